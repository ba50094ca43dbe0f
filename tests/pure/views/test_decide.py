"""The decide page and its record: what it draws, what may be changed on it, what a link carries, what Markdown it writes."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import given, settings

import orchkit
from orchkit.model.input.decision import DecisionFile
from orchkit.views import VIEWS
from orchkit.views.decide import record_markdown
from orchkit.views.place import Place
from orchkit.views.state import PageState, follow, from_json, initial, to_fragment, to_json
from orchkit.views.view import Change
from tests.article import ARTICLE
from tests.pure.views.rendered import Page
from tests.strategies import states
from tests.twenty import twenty

CATALOGUE = ARTICLE
VERSION = CATALOGUE.dataset.version
VIEW = VIEWS["decide"]
TEAM = next(iter(CATALOGUE.advice.teams.values()))
PLACE = Place.at("https://handbook.example/here/")
HEADINGS = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "## Pros and Cons of the Options",
    "## More Information",
]
"""Those of MADR 4.0.0, template/adr-template.md, in its order."""


def state_of(**decision: object) -> PageState:
    return PageState(decision=DecisionFile.model_validate({"dataset_version": VERSION, **decision}))


def changed(state: PageState, *changes: tuple[str, str]) -> PageState:
    return VIEW.change(CATALOGUE, state, {}, [Change(name=name, value=value) for name, value in changes])


def drawn(state: PageState) -> Page:
    return Page(str(VIEW.draw(CATALOGUE, state, PLACE, {}, VIEW.complaints(CATALOGUE, state, {}))))


def markdown_of(**decision: object) -> str:
    return record_markdown(CATALOGUE, state_of(**decision).decision, PLACE)


# --- the page ---------------------------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(states(CATALOGUE))
def test_any_state_is_drawn_whole(state: PageState) -> None:
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    assert "Decision outcome" in page.text


def test_a_reader_who_comes_first_gets_an_example_and_what_to_do_next() -> None:
    page = drawn(initial(CATALOGUE))
    assert "Nothing of yours is here yet." in page.text
    assert ("a", {"href": "/here/choose/"}) in page.elements
    assert "Chosen: Metaflow" in page.text
    assert "Nothing of yours" not in drawn(state_of(profile="startup", context={"focus": "mixed"})).text


def test_what_was_brought_from_each_page_is_shown_with_the_way_back() -> None:
    response = {"checklist": "production-adoption", "version": "1.0", "subject": "Ours", "answers": {"task-tested-by-itself": {"outcome": "met"}}}
    page = drawn(state_of(context=TEAM.answers, weights={"community": 1}, workload={"seats": 7}, responses=[response]))
    for text in (f"{len(TEAM.answers)} of ", "Your own weights.", "Your workload.", ", Ours:"):
        assert text in page.text
    links = {attributes.get("href") for tag, attributes in page.elements if tag == "a"}
    assert {"/here/choose/", "/here/scores/", "/here/costs/", "/here/checklists/production-adoption/"} <= links


@pytest.mark.parametrize(("parts", "message"), [({"weights": {"community": 0}}, "all weights are zero"), ({"workload": {"currency": "EUR"}}, "rate")])
def test_what_cannot_be_used_is_said_and_the_record_stands_without_it(parts: dict[str, object], message: str) -> None:
    text = drawn(state_of(**parts)).text
    assert message in text
    assert "The record below leaves it out." in text
    assert "Decision drivers" in text


# --- the choice -------------------------------------------------------------------------------------------------------


def test_accepting_pins_what_was_proposed() -> None:
    accepted = changed(state_of(profile="startup"), ("choice.status", "accepted")).decision.choice
    assert accepted is not None
    assert (accepted.outcome, accepted.tool, accepted.status) == ("choose", "metaflow", "accepted")


def test_where_nobody_is_first_there_is_nothing_to_accept() -> None:
    tied = state_of(weights={"local-development": 1})
    assert drawn(tied).text.count("No single tool comes first") == 1
    refused = changed(tied, ("choice.status", "accepted"))
    assert refused.decision.choice is None
    assert "so there is nothing to accept yet. Choose one first." in drawn(refused).text


def test_every_field_is_kept_as_it_was_written() -> None:
    words = {"why": "a\nb", "consequences": "c, d", "deciders": "Ines; Jo", "consulted": "x", "informed": "y"}
    state = changed(
        initial(CATALOGUE),
        ("choice.option", "choose:airflow"),
        ("choice.deployment", "mwaa"),
        *((f"choice.{name}", text) for name, text in words.items()),
        ("choice.decided_on", "2026-11-21"),
        ("choice.review_on", "2027-11-21"),
        ("title", "Ours"),
    )
    shown = drawn(state).values()
    assert {name: shown[f"choice.{name}"] for name in words} == words
    assert (shown["title"], shown["choice.review_on"]) == ("Ours", "2027-11-21")
    choice = state.decision.choice
    assert choice is not None
    assert (choice.tool, choice.deployment) == ("airflow", "mwaa")
    assert changed(state, ("choice.option", "cron")).decision.choice == choice.model_copy(
        update={"outcome": "cron", "tool": None, "deployment": None}
    )
    assert changed(state, ("action.clear", "")).decision.choice is None


def test_a_review_before_the_decision_is_said_beside_its_field_and_nothing_is_lost() -> None:
    state = changed(initial(CATALOGUE), ("choice.decided_on", "2026-11-21"), ("choice.review_on", "2026-11-20"))
    page = drawn(state)
    assert "Look at it again on: the review on 2026-11-20 is before the decision on 2026-11-21." in page.text
    assert page.values()["choice.review_on"] == "2026-11-20"
    mended = changed(state, ("choice.review_on", "2026-12-01"))
    assert mended.rejected == {}
    assert mended.decision.choice is not None


def test_dissent_is_added_written_and_removed() -> None:
    state = changed(initial(CATALOGUE), ("action.add-dissent", ""), ("dissent.0.who", "Jo"), ("dissent.0.what", "No."), ("action.add-dissent", ""))
    assert [one.who for one in state.decision.choice.dissent] == ["Jo", ""]  # type: ignore[union-attr]
    assert (drawn(state).values()["dissent.0.who"], drawn(state).values()["dissent.0.what"]) == ("Jo", "No.")
    left = changed(state, ("drop-dissent.1", ""), ("drop-dissent.0", ""))
    assert left.decision.choice is None


@pytest.mark.parametrize("value", ["choose:", "choose:airflw", "stay:x", "wait", "none:x:y", "cron:airflow"])
def test_what_cannot_be_chosen_changes_nothing(value: str) -> None:
    refused = changed(initial(CATALOGUE), ("choice.option", value))
    assert refused.decision == initial(CATALOGUE).decision
    assert list(refused.rejected.values()) == [value]


# --- the link ---------------------------------------------------------------------------------------------------------


def test_a_link_carries_the_choice_and_no_word() -> None:
    choice = {"tool": "airflow", "deployment": "mwaa", "status": "accepted", "why": "secret", "deciders": "Ines", "dissent": [{"who": "Jo"}]}
    fragment = to_fragment(CATALOGUE, state_of(profile="growth", title="hush", choice=choice))
    assert fragment == f"release={VERSION}&profile=growth&choice=tool:airflow,deployment:mwaa,status:accepted"


@settings(max_examples=30)
@given(states(CATALOGUE, own_scores=False, responses=False))
def test_a_followed_link_gives_the_same_choice(state: PageState) -> None:
    fragment = to_fragment(CATALOGUE, state)
    again, _ = follow(CATALOGUE, initial(CATALOGUE), fragment)
    mine, theirs = state.decision.choice, again.decision.choice
    assert to_fragment(CATALOGUE, again) == fragment
    if mine and mine.meant:
        assert theirs is not None
        assert (theirs.meant, theirs.tool, theirs.deployment, theirs.status) == (mine.meant, mine.tool, mine.deployment, mine.status)
        assert (theirs.why, theirs.dissent, theirs.deciders) == ("", (), "")


def test_a_link_replays_the_record_of_a_choice_without_words() -> None:
    sent = state_of(context=TEAM.answers, weights={"community": 2}, workload={"seats": 9}, choice={"tool": "prefect", "status": "accepted"})
    seen, problems = follow(CATALOGUE, initial(CATALOGUE), to_fragment(CATALOGUE, sent))
    assert problems == []
    assert record_markdown(CATALOGUE, seen.decision, PLACE) == record_markdown(CATALOGUE, sent.decision, PLACE)


BAD_LINKS = [
    ("choice=tool:airflw", "the link: unknown tool `airflw`. Did you mean `airflow`?"),
    ("choice=tool:airflow,deployment:x", "the link: unknown deployment `x` of `airflow`."),
    ("choice=why:because", "the link: says of the choice what no link carries. It was ignored."),
    ("choice=tool:airflow,tool:prefect", "the link: says of the choice what no link carries."),
    ("choice=status:accepted", "nothing is named that was chosen"),
    ("choice=outcome:wait", "the link: choice: 'wait' is not one of the allowed values."),
]


@pytest.mark.parametrize(("fragment", "message"), BAD_LINKS, ids=[row[0] for row in BAD_LINKS])
def test_a_choice_in_a_link_that_cannot_be_used_says_so(fragment: str, message: str) -> None:
    after, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert after == initial(CATALOGUE)
    assert message in str(problems[0])


# --- the record -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(20))
def test_a_record_has_the_form_of_madr(index: int) -> None:
    decision = DecisionFile.model_validate(twenty(CATALOGUE)[index])
    text = record_markdown(CATALOGUE, decision, PLACE)
    assert text.startswith("---\nstatus: ")
    _, front, body = text.split("---\n", 2)
    fields = yaml.safe_load(front)
    assert list(fields) == [name for name in ("status", "date", "decision-makers", "consulted", "informed") if name in fields]
    assert fields["status"] == (decision.choice.status if decision.choice else "proposed")
    headings = re.findall(r"^#+ .*$", body, re.MULTILINE)
    assert [heading for heading in headings if heading in HEADINGS] == HEADINGS
    assert len([heading for heading in headings if heading.startswith("# ")]) == 1
    assert 'Chosen option: "' in body


def test_a_choice_that_is_not_computed_is_said_with_its_reason() -> None:
    given = markdown_of(profile="startup", choice={"tool": "airflow", "why": "It runs already."})
    assert 'Chosen option: "Apache Airflow", because: It runs already.' in given
    assert "This is not the computed first place, which is “Metaflow”. The reason above is the team's." in given
    assert "The team gives no reason for that." in markdown_of(profile="startup", choice={"tool": "airflow"})
    assert "* This is the computed first place." in markdown_of(profile="startup", choice={"tool": "metaflow"})
    assert "Nobody has chosen yet." in markdown_of(profile="startup")


def test_the_parts_of_a_record_come_from_the_file() -> None:
    response = {"checklist": "production-adoption", "version": "1.0", "answers": {"task-tested-by-itself": {"outcome": "not_met"}}}
    text = markdown_of(
        title="Ours",
        context=TEAM.answers,
        own_scores={"prefect": {"learning-curve": {"value": 5, "why": "Our newcomers were done by noon."}}},
        workload={"seats": 9},
        responses=[response],
        choice={
            "tool": "prefect",
            "status": "superseded",
            "superseded_by": "ADR-7",
            "decided_on": "2026-11-21",
            "deciders": "Ines, Jo",
            "consequences": "We pay for seats.\nTwo people learn it.",
            "dissent": [{"who": "Ada", "what": "Too early."}],
            "review_on": "2027-05-21",
        },
    )
    for part in (
        'status: "superseded by ADR-7"\ndate: "2026-11-21"\ndecision-makers: "Ines, Jo"\n',
        "# Ours\n",
        "What counts, by the weight profile",
        "* A constraint: ",
        "Left out:",
        "Our newcomers were done by noon.",
        "a year for the team's workload",
        "not met: ",
        "* Accepted: We pay for seats.\n* Accepted: Two people learn it.",
        "* It is looked at again on 2027-05-21.",
        "* Ada: Too early.",
        f"Computed from dataset {VERSION} by orchkit {orchkit.__version__}.",
        f"Replay it: <https://handbook.example/here/decide/#release={VERSION}&",
        "are in no link; the decision file carries them.",
        "### Sources",
    ):
        assert part in text, part


def test_a_tampered_result_is_said_in_the_record() -> None:
    kept = {"ranking": [{"tool": "mine"}], "dataset_version": VERSION, "orchkit_version": orchkit.__version__}
    assert "The stored result does not follow from the file: ranking" in markdown_of(profile="startup", result=kept)


def test_words_at_the_beginning_of_a_line_make_no_structure() -> None:
    why = "# Heading\n- entry\n1. number\n> quote\n---\n```\n{: .x }"
    body = markdown_of(profile="startup", title="# Twice {: #x }", choice={"tool": "airflow", "why": why, "consequences": why})
    assert re.findall(r"^#+ (?:Heading|Twice)", body, re.MULTILINE) == []
    assert "because: \\# Heading" in body
    assert "\n\n\\- entry\n\n1\\. number\n\n&gt; quote\n\n\\---\n\n" in body


# --- files ------------------------------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(states(CATALOGUE))
def test_export_and_import_give_the_same_decision(state: PageState) -> None:
    text = VIEW.export("decision", CATALOGUE, state, {}, PLACE).text
    again = from_json(json.dumps({"decision": json.loads(text)}), "the file", CATALOGUE).decision
    written = {"result": None, "orchkit_version": None}
    assert again.model_copy(update=written) == state.decision.model_copy(update=written)


def test_an_export_stores_the_short_result_and_its_record_says_that_it_follows() -> None:
    data = json.loads(VIEW.export("decision", CATALOGUE, state_of(context=TEAM.answers), {}, PLACE).text)
    assert list(data["result"]) == ["orchkit_version", "dataset_version", "dataset_digest", "ranking", "advice", "costs"]
    assert data["result"]["ranking"][0].keys() == {"tool", "rank", "score"}
    assert data["result"]["dataset_digest"] is None
    assert "The result that the file stores follows from it." in record_markdown(CATALOGUE, DecisionFile.model_validate(data), PLACE)


def test_a_file_in_which_something_cannot_be_used_stores_no_result() -> None:
    data = json.loads(VIEW.export("decision", CATALOGUE, state_of(weights={"community": 0}), {}, PLACE).text)
    assert "result" not in data


def test_a_state_comes_back_the_same() -> None:
    state = state_of(choice={"outcome": "cron", "status": "accepted", "why": "enough"})
    assert from_json(to_json(state), "the state", CATALOGUE) == state
