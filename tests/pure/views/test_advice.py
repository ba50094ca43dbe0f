"""The advisor's page: what it draws, what may be changed on it, and what it hands to the other pages."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.advice import advise
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import read_decision
from orchkit.model.input.weights import read_weights
from orchkit.scoring import rank_decision
from orchkit.views import VIEWS
from orchkit.views.advice import draw_frameworks, draw_teams, usable
from orchkit.views.place import Place
from orchkit.views.state import PageState, follow, initial, to_fragment
from orchkit.views.view import Change
from tests.pure.views.rendered import Page
from tests.strategies import Cells, catalogue_of, contexts, sound_contexts, states, texts, weighted_cells

CATALOGUE = orchkit.load()
BANK = CATALOGUE.advice.bank
VIEW = VIEWS["advice"]
DRAWN = settings(max_examples=12)
"""A whole page takes long to draw: fewer examples."""


def state_of(**decision: object) -> PageState:
    return PageState(decision=DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, **decision}))


def changed(state: PageState, **changes: str) -> PageState:
    """Apply changes: `answer_team__size="7"` is what a choice of the question `team-size` sends."""
    named = [Change(name=name.replace("__", "-").replace("_", ".", 1), value=value) for name, value in changes.items()]
    return VIEW.change(CATALOGUE, state, {}, named)


def drawn(state: PageState, catalogue: Catalogue = CATALOGUE) -> Page:
    return Page(str(VIEW.draw(catalogue, state, Place(), {}, VIEW.complaints(catalogue, state, {}))))


# --- what it draws ----------------------------------------------------------------------------------------------------


@DRAWN
@given(states(CATALOGUE, responses=False))
def test_any_state_is_drawn_whole(state: PageState) -> None:
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    advice, problems = usable(CATALOGUE, state.decision)
    rows = [attributes["id"] for tag, attributes in page.elements if tag == "tr" and (attributes.get("id") or "").startswith("advice-")]
    assert rows == [f"advice-{line.tool}" for line in advice.candidates]
    assert all(str(problem) in page.text for problem in problems)
    asked = [attributes["id"] for tag, attributes in page.elements if tag == "fieldset" and "id" in attributes]
    assert asked == [f"ask-{name}" for name in BANK.first] + [
        f"ask-{name}" for group in BANK.groups for name, question in BANK.questions.items() if question.group == group and question.first is None
    ]


@DRAWN
@given(contexts(CATALOGUE))
def test_what_was_answered_is_chosen(context: dict[str, str]) -> None:
    values = drawn(state_of(context=context)).values()
    assert {name: values[f"answer.{name}"] for name in BANK.questions} == {name: context.get(name, "") for name in BANK.questions}


@DRAWN
@given(weighted_cells())
def test_a_catalogue_without_questions_is_drawn(case: tuple[Cells, dict[str, int]]) -> None:
    catalogue = catalogue_of(case[0])
    drawn(initial(catalogue), catalogue).check_that_only_the_templates_speak()


def test_nothing_answered_is_no_advice() -> None:
    page = drawn(initial(CATALOGUE))
    assert "Nothing is answered yet." in page.text
    assert "Provisional" not in page.text
    assert "No clear winner" not in page.text


def test_reasons_stand_with_their_answers() -> None:
    page = drawn(state_of(context={"long-running": "agents", "kubernetes": "none", "cloud": "aws"}))
    assert "Agents and language models, dynamic workflows." in page.text
    assert "“Agents that call models and tools and decide what comes next” (long-running)" in page.text
    assert "It needs a Kubernetes cluster of yours, and there is none." in page.text
    assert "out of the order: Argo Workflows, Azure Data Factory, Kubeflow Pipelines." in page.text


def test_a_clash_is_said_and_the_rest_is_used() -> None:
    page = drawn(state_of(context={"support": "required", "budget": "nothing", "long-running": "agents"}))
    assert "`support: required` and `budget: nothing` cannot both be so" in page.text
    advice, _ = usable(CATALOGUE, state_of(context={"support": "required", "budget": "nothing", "long-running": "agents"}).decision)
    assert advice == advise(CATALOGUE, {"long-running": "agents"})


def test_the_matrix_shows_who_points_where() -> None:
    page = drawn(state_of(context={"focus": "mixed"}))
    dots = [attributes.get("aria-label") for tag, attributes in page.elements if tag == "svg" and attributes.get("class") == "ok-dot"]
    assert dots == ["points at it", "points at it"]


def test_teams_and_frameworks_are_drawn_whole() -> None:
    teams, frameworks = Page(str(draw_teams(CATALOGUE, Place()))), Page(str(draw_frameworks(CATALOGUE, Place())))
    for page in (teams, frameworks):
        page.check_that_only_the_templates_speak()
    assert all(team.name in teams.text for team in CATALOGUE.advice.teams.values())
    rows = sum(len(framework.rows) for framework in CATALOGUE.advice.frameworks.values())
    assert len([1 for tag, attributes in frameworks.elements if tag == "tr" and "id" in attributes]) == rows


# --- what may be changed ----------------------------------------------------------------------------------------------


def test_an_answer_is_given_changed_and_taken_back() -> None:
    state = changed(initial(CATALOGUE), answer_kubernetes="none", answer_focus="mixed")
    assert list(state.decision.context.items()) == [("focus", "mixed"), ("kubernetes", "none")]
    assert changed(state, answer_kubernetes="planned").decision.context["kubernetes"] == "planned"
    assert changed(state, answer_kubernetes="").decision.context == {"focus": "mixed"}
    assert changed(state, answer_team__size="7").decision.context["team-size"] == "5-to-9"


@given(texts())
def test_an_answer_that_does_not_exist_changes_nothing(text: str) -> None:
    before = state_of(context={"focus": "mixed"})
    after = VIEW.change(CATALOGUE, before, {}, [Change(name="answer.kubernetes", value=text)])
    assert after.decision.context in (before.decision.context, {"focus": "mixed", "kubernetes": text.strip()})
    assert after.decision == before.decision or text.strip() in BANK.questions["kubernetes"].answers


@pytest.mark.parametrize("name", ["answer.nonsense", "team", "weigh-by"])
def test_what_cannot_be_taken_is_complained_of(name: str) -> None:
    state = VIEW.change(CATALOGUE, initial(CATALOGUE), {}, [Change(name=name, value="nonsense")])
    assert list(VIEW.complaints(CATALOGUE, state, {})) == [name]
    assert "Use one of" in drawn(state).text or "Did you mean" in drawn(state).text


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(InputError, match="is no field of this page"):
        changed(initial(CATALOGUE), nonsense="1")


def test_a_team_brings_its_answers_and_clearing_takes_them_away() -> None:
    state = changed(initial(CATALOGUE), team="bank")
    assert state.decision.context == CATALOGUE.advice.teams["bank"].answers
    assert changed(state, action_clear="").decision.context == {}


@DRAWN
@given(sound_contexts(CATALOGUE))
def test_the_scores_page_gets_the_weights_that_were_shown(context: dict[str, str]) -> None:
    state = changed(state_of(context=context), action_use__weights="")
    shown = advise(CATALOGUE, context)
    assert read_weights(state.decision.weights, CATALOGUE.criteria) == shown.weights
    assert all(weight == int(weight) for weight in state.decision.weights.values())
    ranking = rank_decision(CATALOGUE, state.decision)
    assert {line.tool: line.score for line in ranking.ranking if line.score is not None} == {
        line.tool: line.score_range[0]
        for line in advise(CATALOGUE, {}, weights=state.decision.weights).candidates
        if line.score_range[0] == line.score_range[1]
    }


def test_weights_edited_in_scores_come_back_when_asked_for() -> None:
    state = changed(state_of(context={"focus": "ml-first"}), action_use__weights="")
    state = VIEWS["scores"].change(CATALOGUE, state, {}, [Change(name="weight.community", value="90")])
    own = changed(state, weigh__by="own")
    assert usable(CATALOGUE, state.decision)[0].weights != usable(CATALOGUE, own.decision)[0].weights
    assert usable(CATALOGUE, own.decision)[0].weights["community"] > Fraction(1, 2)
    assert "by the weights that you set yourself" in drawn(own).text


# --- links and files --------------------------------------------------------------------------------------------------


@given(contexts(CATALOGUE), st.sampled_from(["context", "own"]))
def test_a_link_carries_the_context(context: dict[str, str], by: str) -> None:
    state = state_of(context=context, advise_by=by, profile="startup")
    again, problems = follow(CATALOGUE, initial(CATALOGUE), to_fragment(CATALOGUE, state))
    assert problems == []
    assert (again.decision.context, again.decision.advise_by) == (context, by)


@pytest.mark.parametrize(
    ("fragment", "message"),
    [
        ("context=nonsense:1", "unknown question `nonsense`"),
        ("context=kubernetes:maybe", "unknown answer `maybe`"),
        ("context=focus:mixed,focus:ml-first", "answers a question twice"),
        ("advise-by=magic", "unknown part `advise-by=magic`"),
    ],
)
def test_a_link_with_answers_that_do_not_exist_says_so(fragment: str, message: str) -> None:
    after, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert after == initial(CATALOGUE)
    assert message in str(problems[0])


def test_a_file_gives_the_context_back_and_names_what_it_cannot_use() -> None:
    state = state_of(context={"focus": "mixed"}, advise_by="own", weights={"community": 1})
    text = VIEW.exports["decision"](CATALOGUE, state, {}).text
    again = read_decision(json.loads(text), "mine", CATALOGUE)
    assert again.model_copy(update={"result": None, "orchkit_version": None}) == state.decision
    broken = json.loads(text) | {"context": {"focus": "mixd", "kubernets": "none"}}
    with pytest.raises(InputError) as caught:
        read_decision(broken, "mine", CATALOGUE)
    assert [str(problem) for problem in caught.value.problems] == [
        "mine: context.focus: unknown answer to `focus` `mixd`. Did you mean `mixed`?",
        "mine: context.kubernets: unknown question `kubernets`. Did you mean `kubernetes`?",
    ]


def test_the_exported_advice_is_the_librarys() -> None:
    state = state_of(context={"focus": "mixed"})
    assert json.loads(VIEW.exports["json"](CATALOGUE, state, {}).text) == json.loads(advise(CATALOGUE, {"focus": "mixed"}).model_dump_json())


def test_a_change_is_announced_in_one_sentence() -> None:
    assert VIEW.announce(CATALOGUE, state_of(context={"pain": "habits"}), {}) == "Settle reviews, alerts and a runbook before you look at tools."
    assert "cannot both be so" in VIEW.announce(CATALOGUE, state_of(context={"support": "required", "budget": "nothing"}), {})
