"""The comparison's page: what it draws, how tools are chosen on it, what can be taken away from it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.cli import main
from orchkit.decision.compare import compare
from orchkit.model.input.decision import DecisionFile
from orchkit.views import VIEWS, compare_text
from orchkit.views.compare import usable
from orchkit.views.place import Place
from orchkit.views.state import PageState, follow, initial, to_fragment
from orchkit.views.view import Change
from tests.article import ARTICLE
from tests.pure.views.rendered import Page
from tests.strategies import catalogue_of, states, texts

CATALOGUE = ARTICLE
LIVE = orchkit.load()
"""What the command computes on."""
VIEW = VIEWS["compare"]
NAMES = {name: tool.facts.name for name, tool in CATALOGUE.tools.items() if tool.facts.ranked}
DRAWN = 15
"""A whole page takes long to draw: fewer examples."""


def state_of(**decision: object) -> PageState:
    return PageState(decision=DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, **decision}))


def changed(state: PageState, *changes: tuple[str, str]) -> PageState:
    return VIEW.change(CATALOGUE, state, {}, [Change(name=name, value=value) for name, value in changes])


def drawn(state: PageState) -> Page:
    return Page(str(VIEW.draw(CATALOGUE, state, Place(), {}, VIEW.complaints(CATALOGUE, state, {}))))


def columns(page: Page) -> list[str]:
    """The tools in the head of the table."""
    head = next(index for index, (tag, _) in enumerate(page.elements) if tag == "thead")
    links = [attributes["href"] or "" for tag, attributes in page.elements[head:] if tag == "a"]
    return [link.split("/")[2] for link in links[: len(NAMES)] if link.startswith("/tools/")]


def row_ids(page: Page) -> list[str]:
    return [str(attributes["id"]).removeprefix("row-") for tag, attributes in page.elements if tag == "tr" and attributes.get("id")]


# --- what it draws ----------------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN, deadline=None)
@given(states(CATALOGUE), texts())
def test_any_state_is_drawn_whole(state: PageState, refused: str) -> None:
    state = state.model_copy(update={"rejected": {"compare:tool.0": refused, "compare:rows": refused}})
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    comparison, _ = usable(CATALOGUE, state.decision)
    assert columns(page)[: len(comparison.tools)] == list(comparison.tools)
    differences = state.decision.compare_rows == "differences"
    assert row_ids(page) == [row.id for _, rows in comparison.rows(differences=differences) for row in rows]


def test_the_untouched_page_compares_the_first_two_of_the_first_profile() -> None:
    first = [line.tool for line in orchkit.rank(CATALOGUE, next(iter(CATALOGUE.profiles))).ranking][:2]
    page = drawn(initial(CATALOGUE))
    assert columns(page)[:2] == first
    assert f"{NAMES[first[0]]} is 0.25 ahead of {NAMES[first[1]]}" in page.text


def test_drawings_say_in_words_what_they_draw() -> None:
    for tools in (["airflow", "prefect"], ["airflow", "prefect", "dagster"]):
        page = drawn(state_of(compared=tools, profile="startup"))
        labels = [attributes["aria-label"] or "" for tag, attributes in page.elements if tag == "svg" and attributes.get("role") == "img"]
        assert len(labels) == sum(1 for weight in CATALOGUE.profiles["startup"].weights.values() if weight)
        assert all(label.partition(": ")[2] in page.text for label in labels)
    assert "Learning curve: Airflow 0.60 · Prefect 1.20 · Dagster 0.60" in labels


def test_the_first_tool_is_on_the_left() -> None:
    left, right = (drawn(state_of(compared=tools, weights={"learning-curve": 1})) for tools in (["prefect", "airflow"], ["airflow", "prefect"]))

    def bar_of(page: Page) -> dict[str, str | None]:
        rects = [attributes for tag, attributes in page.elements if tag == "rect" and attributes.get("y") == "0"]
        return next(rect for rect in rects if rect.get("class") in {"ok-s1", "ok-s3"})

    bars = [bar_of(left), bar_of(right)]
    assert [(bar["class"], bar["x"]) for bar in bars] == [("ok-s1", "0.00"), ("ok-s3", "250.00")]
    assert "2.00 for Prefect, 100 %" in left.text
    assert "2.00 for Prefect, 100 %" in right.text


@pytest.mark.parametrize(
    ("ant", "bee", "said"),
    [
        (3, 3, "Ant and Bee have the same score: Ant 3.00 and Bee 3.00."),
        (4, 3, "Ant is 1.00 ahead of Bee: Ant 4.00 and Bee 3.00."),
        (5, None, "Ant is ahead; the unknown values could let Bee draw level: Ant 5.00 and Bee 1.00–5.00."),
        (3, None, "Unknown values leave open which is ahead: Ant 3.00 and Bee 1.00–5.00."),
    ],
)
def test_the_headline_says_what_is_known(ant: int, bee: int | None, said: str) -> None:
    catalogue = catalogue_of({"ant": {"alpha": ant}, "bee": {"alpha": bee}})
    assert compare_text.headline(catalogue, compare(catalogue, ["bee", "ant"])) == said


def test_the_sentence_of_a_pair_names_every_part() -> None:
    found = compare_text.gap_sentences(CATALOGUE, compare(CATALOGUE, ["airflow", "prefect"], "startup"))
    said = (
        "Prefect against Apache Airflow, +1.45: for Prefect: Local development 0.75 (45.5 %), Learning curve 0.60 (36.4 %) and "
        "ML-specific features 0.20 (12.1 %); for Apache Airflow: Community 0.10 (6.1 %)."
    )
    assert found == [said]
    catalogue = catalogue_of({"ant": {"alpha": 3, "beta": 5}, "bee": {"alpha": None, "beta": 1}})
    (said,) = compare_text.gap_sentences(catalogue, compare(catalogue, ["bee", "ant"], {"alpha": 1, "beta": 1}))
    assert said == "Ant against Bee, +1.00 to +3.00: for Ant: Beta 2.00; open: Alpha −1.00 to +1.00."  # noqa: RUF001 - the sign of a number


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_tools_are_replaced_added_and_taken_away() -> None:
    state = state_of(compared=["airflow", "prefect"])
    for name, value, wanted in (
        ("tool.1", "dagster", ("airflow", "dagster")),
        ("tool.2", "zenml", ("airflow", "dagster", "zenml")),
        ("tool.3", "prefect", ("airflow", "dagster", "zenml", "prefect")),
        ("remove.airflow", "", ("dagster", "zenml", "prefect")),
        ("tool.2", "", ("dagster", "zenml")),
        ("tool.2", "", ("dagster", "zenml")),
    ):
        state = changed(state, (name, value))
        assert state.decision.compared == wanted
        assert state.rejected == {}
    assert changed(state, ("action.reset", "")).decision.compared == ()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("tool.1", "airflow", "`airflow` stands there already. Choose another."),
        ("tool.0", "airflw", "unknown tool `airflw`. Did you mean `airflow`?"),
        ("tool.3", "zenml", "`3` is no place for a tool."),
        ("tool.-1", "zenml", "`-1` is no place for a tool."),
        ("tool.0", "", "two are the fewest that can be compared."),
        ("remove.airflow", "", "two are the fewest that can be compared."),
        ("rows", "some", "unknown choice `some`. Use one of: all, differences."),
    ],
)
def test_what_cannot_be_chosen_changes_nothing_and_is_said(name: str, value: str, said: str) -> None:
    before = state_of(compared=["airflow", "prefect"])
    after = changed(before, (name, value))
    assert after.decision == before.decision
    assert said in str(VIEW.complaints(CATALOGUE, after, {})[name].problem)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["tool.0", "tool.1", "tool.2", "tool.3"]), st.sampled_from(["", *NAMES])), max_size=8))
def test_no_way_of_choosing_leads_astray(changes: list[tuple[str, str]]) -> None:
    shown = usable(CATALOGUE, changed(initial(CATALOGUE), *changes).decision)[0].tools
    assert 2 <= len(shown) <= 4
    assert len(set(shown)) == len(shown)


def test_a_select_offers_what_stands_in_no_other() -> None:
    html = str(VIEW.draw(CATALOGUE, state_of(compared=["airflow", "prefect", "zenml"]), Place(), {}, {}))
    for index, tool in enumerate(["airflow", "prefect", "zenml"]):
        select = html.partition(f'name="tool.{index}"')[2].partition("</select>")[0]
        assert f'<option value="{tool}" selected>' in select
        assert not any(f'value="{other}"' in select for other in {"airflow", "prefect", "zenml"} - {tool})
        assert ('<option value="">' in select) == (index == 2)
    assert 'name="tool.3" data-ok-focus' in html


def test_only_differences_hides_rows_and_says_how_many() -> None:
    state = changed(state_of(compared=["airflow", "prefect"]), ("rows", "differences"))
    page, whole = drawn(state), drawn(state_of(compared=["airflow", "prefect"]))
    hidden = set(row_ids(whole)) - set(row_ids(page))
    assert "facts.licence" in hidden
    assert f"In {len(hidden)} rows the tools agree. They are hidden." in page.text
    assert "They are hidden." in VIEW.announce(CATALOGUE, state, {})


# --- links ------------------------------------------------------------------------------------------------------------


def test_a_link_carries_tools_and_rows() -> None:
    state = state_of(profile="growth", compared=["zenml", "airflow", "dagster"], compare_rows="differences")
    fragment = to_fragment(CATALOGUE, state)
    assert fragment.endswith("profile=growth&compare=zenml,airflow,dagster&rows=differences")
    again, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert (again.decision.compared, again.decision.compare_rows, problems) == (("zenml", "airflow", "dagster"), "differences", [])


def test_a_link_that_says_what_to_compare_and_no_more_leaves_the_weights_alone() -> None:
    mine = state_of(weights={"community": 2}, context={"kubernetes": "none"}, compared=["zenml", "airflow"])
    after, problems = follow(CATALOGUE, mine, "compare=prefect,dagster")
    assert problems == []
    assert after.decision == mine.decision.model_copy(update={"compared": ("prefect", "dagster")})
    after, _ = follow(CATALOGUE, mine, "profile=growth&compare=prefect,dagster")
    assert (after.decision.weights, after.decision.context) == ({}, {})


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("compare=airflow,airflw", "unknown tool `airflw`. Did you mean `airflow`?"),
        ("compare=", "unknown tool ``"),
        ("compare=airflow,airflow", "compares a tool twice, or more than 4"),
        (f"compare={','.join(list(NAMES)[:5])}", "compares a tool twice, or more than 4"),
        ("rows=none", "unknown part `rows=none`"),
    ],
)
def test_a_link_that_cannot_be_followed_says_so(fragment: str, said: str) -> None:
    after, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert after == initial(CATALOGUE)
    assert said in str(problems[0])


# --- what cannot be used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"weights": {"community": 0}}, "all weights are zero"),
        ({"workload": {"currency": "EUR"}}, "no exchange rate is given"),
        ({"weights": {"community": 0}, "workload": {"currency": "EUR"}}, "no exchange rate is given"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_shown(parts: dict[str, object], said: str) -> None:
    state = state_of(compared=["airflow", "zenml"], **parts)
    page = drawn(state)
    assert said in page.text
    assert columns(page)[:2] == ["airflow", "zenml"]
    assert VIEW.announce(CATALOGUE, state, {}) in page.text


def test_answers_that_clash_are_named() -> None:
    clash = CATALOGUE.advice.bank.contradictions[0]
    context = {question: answers[0] for question, answers in clash.answers.items()}
    assert "cannot both be so" in drawn(state_of(compared=["airflow", "zenml"], context=context)).text


# --- what can be taken away -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("differences", [False, True])
def test_the_page_exports_what_the_command_prints(differences: bool) -> None:  # noqa: FBT001 - one of two cases
    state = state_of(compared=["airflow", "prefect", "zenml"], profile="growth", compare_rows="differences" if differences else "all")
    arguments = ["compare", "airflow", "prefect", "zenml", "--profile", "growth", *(["--differences"] if differences else [])]
    printed = CliRunner().invoke(main, [*arguments, "--format", "markdown"], catch_exceptions=False).stdout
    assert VIEW.exports["markdown"](LIVE, state, {}).text == printed
    if not differences:
        printed = CliRunner().invoke(main, [*arguments, "--format", "json"], catch_exceptions=False).stdout
        assert VIEW.exports["json"](LIVE, state, {}).text == printed


def test_the_csv_has_a_line_for_every_row() -> None:
    state = state_of(compared=["airflow", "prefect"], profile="startup")
    header, *rows = csv.reader(io.StringIO(VIEW.exports["csv"](CATALOGUE, state, {}).text))
    assert header == ["group", "row", "weight", "agree", "Apache Airflow", "Prefect", "Apache Airflow: why", "Prefect: why"]
    by_name = {(row[0], row[1]): row for row in rows}
    assert by_name["Scores", "Learning curve"][2:6] == ["0.3000", "", "2", "4"]
    assert "[Choosing an Orchestrator, read 2026-11-21]" in by_name["Scores", "Learning curve"][6]
    assert by_name["Facts", "Licence"][3] == "yes"
    assert len(rows) == len(row_ids(drawn(state)))
    only = VIEW.exports["csv"](CATALOGUE, changed(state, ("rows", "differences")), {}).text
    assert not any(row[3] == "yes" for row in list(csv.reader(io.StringIO(only)))[1:])


def test_json_is_the_comparison() -> None:
    data = json.loads(VIEW.exports["json"](CATALOGUE, state_of(compared=["airflow", "prefect"]), {}).text)
    assert data["tools"] == ["airflow", "prefect"]
    assert data["groups"][0]["rows"][0]["cells"]["airflow"][0]["value"] == 2
