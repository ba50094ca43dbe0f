"""A comparison: its cells follow from the data and from nothing else, its parts sum to what they are parts of."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.decision.compare import compare, compare_decision, compared_tools
from orchkit.decision.comparison import Comparison, Entry, Gap, Row, agree
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from tests.article import ARTICLE
from tests.strategies import Cells, case_data, catalogue_of, decisions, sound_contexts, weighted_cells

CATALOGUE = ARTICLE
RANKED = list(CATALOGUE.ranked_tools)
SLOW = settings(max_examples=15, deadline=None)


def some_tools(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True)


def rows(comparison: Comparison) -> dict[str, Row]:
    return {row.id: row for group in comparison.groups for row in group.rows}


@SLOW
@given(st.data(), some_tools(RANKED), sound_contexts(CATALOGUE))
def test_the_order_of_the_tools_changes_no_cell(data: st.DataObject, tools: list[str], context: dict[str, str]) -> None:
    other = data.draw(st.permutations(tools))
    one, two = (compare(CATALOGUE, names, "growth", context=context) for names in (tools, other))
    assert rows(one) == rows(two)
    assert one.lines == two.lines
    assert {group.id: group.notes for group in one.groups} == {group.id: group.notes for group in two.groups}
    assert (one.costs, one.advised, one.weights) == (two.costs, two.advised, two.weights)


@given(weighted_cells())
def test_the_parts_sum_to_the_difference_of_the_scores(drawn: tuple[Cells, dict[str, int]]) -> None:
    cells, weights = drawn
    tools = list(cells)[:4]
    comparison = compare(catalogue_of(cells), tools, weights)
    assert len(comparison.gaps) == len(tools) * (len(tools) - 1) // 2
    for gap in comparison.gaps:
        assert [sum((part[end] for part in gap.parts.values()), Fraction(0)) for end in (0, 1)] == list(gap.difference)
        first, second = comparison.lines[gap.first], comparison.lines[gap.second]
        if first.score is not None and second.score is not None:
            assert gap.difference == (first.score - second.score,) * 2
        assert gap.difference[0] <= gap.difference[1]
        if gap.shares is not None:
            assert sum(gap.shares.values()) == 1
            assert {name for name, share in gap.shares.items() if share} == {name for name, part in gap.parts.items() if any(part)}


@given(weighted_cells())
def test_who_is_ahead_stays_ahead_whatever_the_unknown_scores_are(drawn: tuple[Cells, dict[str, int]]) -> None:
    cells, weights = drawn
    tools = list(cells)[:4]
    found = rows(compare(catalogue_of(cells), tools, weights))
    for name in next(iter(cells.values())):
        values = {tool: cells[tool][name] for tool in tools}
        ends = {tool: (1, 5) if value is None else (value, value) for tool, value in values.items()}
        ahead = {tool for tool in tools if all(ends[tool][0] >= ends[other][1] for other in tools if other != tool)}
        row = found[f"scores.{name}"]
        assert set(row.ahead) == (ahead if all(ends[tool][0] >= max(high for _, high in ends.values()) for tool in ahead) else set())
        assert row.agrees == (None not in values.values() and len(set(values.values())) == 1)


@SLOW
@given(some_tools(RANKED))
def test_only_differences_hides_exactly_the_rows_with_equal_values(tools: list[str]) -> None:
    comparison = compare(CATALOGUE, tools)
    kept = {row.id for _, shown in comparison.rows(differences=True) for row in shown}
    for row in rows(comparison).values():
        equal = len({frozenset(entry.value for entry in entries) for entries in row.cells.values()}) == 1
        known = all(entries and all(entry.value is not None and not entry.leaves_out for entry in entries) for entries in row.cells.values())
        assert (row.id in kept) == (not (equal and known)), row.id
    assert all(shown for _, shown in comparison.rows(differences=True))
    assert len(kept) + comparison.agreeing == len(rows(comparison))


ENTRIES = st.builds(Entry, value=st.sampled_from([None, 1, 2, "a"]), of=st.sampled_from([None, "x", "y"]), leaves_out=st.sampled_from([(), ("z",)]))


@given(st.lists(st.lists(ENTRIES, max_size=3).map(tuple), min_size=2, max_size=4))
def test_what_is_unknown_agrees_with_nothing(cells: list[tuple[Entry, ...]]) -> None:
    if any(not entry.known for entries in cells for entry in entries) or not all(cells):
        assert not agree(cells)
    assert agree(cells) == agree(cells[::-1])


def test_one_way_to_have_a_tool_more_makes_no_difference_where_it_says_the_same() -> None:
    assert agree([(Entry(value="yes", of="a"), Entry(value="yes", of="b")), (Entry(value="yes", of="c"),)])
    assert not agree([(Entry(value="yes", of="a"), Entry(value="no", of="b")), (Entry(value="yes", of="c"),)])


@SLOW
@given(decisions(CATALOGUE))
def test_any_sound_decision_is_compared_or_refused(decision: DecisionFile) -> None:
    try:
        comparison = compare_decision(CATALOGUE, decision)
    except InputError as error:
        assert error.problems  # noqa: PT017 - either is right
        return
    assert comparison.tools == (decision.compared if len(decision.compared) > 1 else comparison.tools)
    assert comparison.tools[: len(decision.compared)] == decision.compared
    assert Comparison.model_validate_json(comparison.model_dump_json()).tools == comparison.tools
    for row in rows(comparison).values():
        assert set(row.cells) == set(comparison.tools)
        for entry in (entry for entries in row.cells.values() for entry in entries):
            assert entry.value is not None or entry.why, row.id


def test_without_a_choice_the_first_two_of_the_ranking_are_compared() -> None:
    def chosen(**parts: Any) -> tuple[str, ...]:
        return compared_tools(CATALOGUE, DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, **parts}))

    first = [line.tool for line in orchkit.rank(CATALOGUE, "startup").ranking]
    assert chosen() == tuple(first[:2])
    assert chosen(compared=[first[3]]) == (first[3], first[0])
    assert chosen(shortlist=[first[4], first[5]]) == tuple(line.tool for line in orchkit.rank(CATALOGUE, "startup", tools=first[4:]).ranking)
    assert chosen(shortlist=[first[4]]) == (first[4], first[0])
    assert chosen(compared=first[2:5]) == tuple(first[2:5])


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("one", {"tools": ["airflow"]}, "tools: 1 tool is named. Name two to four of: airflow, dagster,"),
    ("none", {"tools": []}, "tools: 0 tools are named."),
    ("five", {"tools": RANKED[:5]}, "tools: 5 tools are named."),
    ("twice the same", {"tools": ["airflow", "airflow"]}, "tools: `airflow` stands there twice. Name each tool once."),
    ("unknown", {"tools": ["airflow", "airflw"]}, "tools: unknown tool `airflw`. Did you mean `airflow`?"),
    ("one name", {"tools": "airflow"}, "tools: `airflow` is one name, and a list of names is wanted."),
    ("weights", {"weights": {"comunity": 1}}, "weights: unknown criterion `comunity`. Did you mean `community`?"),
    ("scores", {"scores": "published:x"}, "scores: unknown set of scores"),
    ("context", {"context": {"kubernetes": "maybe"}}, "context: kubernetes: unknown answer `maybe`"),
    ("workload", {"workload": {"seats": -1}}, "workload: seats"),
    ("own scores", {"own_scores": {"airflow": {"community": {"value": 7, "why": "x"}}}}, "own scores: airflow.community.value"),
]


@pytest.mark.parametrize(("arguments", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_cannot_be_compared_is_said(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        compare(CATALOGUE, **{"tools": ["airflow", "prefect"], **arguments})
    assert str(caught.value).startswith(message)


def test_own_scores_count_and_are_marked() -> None:
    own = {"airflow": {"community": {"value": 1, "why": "we asked and nobody answered"}}}
    entry = rows(compare(CATALOGUE, ["airflow", "prefect"], own_scores=own))["scores.community"].cells["airflow"][0]
    assert (entry.value, entry.why, entry.own, entry.sources) == (1, "we asked and nobody answered", True, ())


def test_own_amounts_and_the_workload_move_the_costs() -> None:
    edits = {"airflow-mwaa": {line: {"low": 1, "high": 2} for line in CATALOGUE.costs.deployments["airflow-mwaa"].lines}}
    decision = DecisionFile.model_validate(
        {"dataset_version": CATALOGUE.dataset.version, "compared": ["airflow", "prefect"], "cost_edits": edits, "workload": {"seats": 9}}
    )
    comparison = compare_decision(CATALOGUE, decision)
    count = len(edits["airflow-mwaa"])
    (entry,) = [entry for entry in rows(comparison)["costs.managed"].cells["airflow"] if entry.of == CATALOGUE.costs.deployments["airflow-mwaa"].name]
    assert entry.value == (Fraction(count), Fraction(2 * count))
    assert (entry.own, entry.leaves_out) == (True, ())
    assert comparison.costs is not None
    assert {cost.tool for cost in comparison.costs.deployments} == {"airflow", "prefect"}


def test_what_the_advisor_says_is_what_the_advisor_says() -> None:
    answers = CATALOGUE.advice.teams[next(iter(CATALOGUE.advice.teams))].answers
    advice = orchkit.advise(CATALOGUE, answers)
    comparison = compare(CATALOGUE, RANKED[:4], context=answers)
    place, points, out = (rows(comparison)[f"advice.{name}"].cells for name in ("place", "points", "ruled-out"))
    for candidate in (one for one in advice.candidates if one.tool in comparison.tools):
        assert place[candidate.tool][0].value == f"{candidate.rank} of {len(advice.candidates)}"
        assert points[candidate.tool][0].value == candidate.points_range
    excluded = {(one.tool, CATALOGUE.tools[one.tool].deployments[one.deployment].name) for one in advice.excluded if one.tool in comparison.tools}
    assert {(tool, entry.of) for tool, entries in out.items() for entry in entries if entry.of} == excluded
    assert comparison.advised == type(comparison.advised)(outcome=advice.recommendation.outcome, tool=advice.recommendation.tool)


def test_a_tool_outside_the_shortlist_was_not_asked_about() -> None:
    cells = rows(compare(CATALOGUE, ["airflow", "prefect"], shortlist=["prefect", "dagster"]))["advice.place"].cells
    assert cells["airflow"][0].value is None
    assert "not on your shortlist" in str(cells["airflow"][0].why)
    assert str(cells["prefect"][0].value).endswith("of 2")


def _with_cases(*cases: dict[str, Any]) -> Catalogue:
    data = catalogue_of({"ant": {"alpha": 3}, "bee": {"alpha": 4}, "cat": {"alpha": None}}).model_dump(mode="json")
    return Catalogue.model_validate(data | {"cases": {f"case-{index}": {**case_data(), **case} for index, case in enumerate(cases)}})


def test_moves_are_accounts_of_moves() -> None:
    ant, bee = [{"tool": "ant"}], [{"tool": "bee"}]
    catalogue = _with_cases(
        {"moved_from": ant, "chose": bee},
        {"moved_from": ant, "chose": bee, "kind": "source_story"},
        {"moved_from": ant, "chose": [*ant, *bee]},
        {"moved_from": [*ant, *bee], "chose": bee},
        {"moved_from": [], "considered": ant, "chose": bee},
    )
    found = rows(compare(catalogue, ["ant", "bee", "cat"]))
    assert [entry.case for entry in found["moving.from-ant"].cells["bee"]] == ["case-0"]
    assert [entry.case for entry in found["moving.over-ant"].cells["bee"]] == ["case-4"]
    assert found["moving.from-ant"].cells["ant"] == ()
    (nobody,) = found["moving.from-ant"].cells["cat"]
    assert (nobody.value, nobody.why) == (None, "No account is recorded.")


def test_days_of_a_move_are_its_steps_for_ten_workflows() -> None:
    step = {"title": "t", "text": "t", "done_when": "d", "effort": {"low_days": 0.5, "high_days": 2}}
    told = {"title": "t", "summary": "s", "worth_it": [], "not_worth_it": [], "carries_over": [], "basis": "reviewed", "basis_why": "b"}
    about = {**told, "parallel_run": "p", "risks": [], "steps": [{**step, "per_workflow": True}, step]}
    moves = {
        "ant-to-bee": {**about, "order": 1, "from_tool": "ant", "to_tool": "bee"},
        "leaving-ant": {**about, "order": 2, "from_tool": "ant", "steps": [step]},
    }
    data = catalogue_of({"ant": {"alpha": 3}, "bee": {"alpha": 4}, "cat": {"alpha": None}}).model_dump(mode="json")
    found = rows(compare(Catalogue.model_validate(data | {"migrations": moves}), ["ant", "bee", "cat"]))
    (days,) = found["moving.days-ant"].cells["bee"]
    assert (days.value, days.migration) == ((Fraction(11, 2), Fraction(22)), "ant-to-bee")
    assert found["moving.days-ant"].cells["ant"] == ()
    (unwritten,) = found["moving.days-ant"].cells["cat"]
    assert (unwritten.value, unwritten.why) == (None, "Its steps are not written down.")
    assert "moving.days-bee" not in found, "nothing is known of a move from there"
    ((leaving,), (unknown,)) = (found["moving.leaving"].cells[tool] for tool in ("ant", "bee"))
    assert (leaving.value, unknown.value) == ((Fraction(1, 2), Fraction(2)), None)


def test_a_catalogue_with_nothing_but_scores_is_compared() -> None:
    catalogue = catalogue_of({"ant": {"alpha": 3}, "bee": {"alpha": None}})
    for tools in permutations(["ant", "bee"]):
        comparison = compare(catalogue, tools)
        assert comparison.costs is None
        assert rows(comparison)["scores.alpha"].ahead == ()
        assert isinstance(comparison.gaps[0], Gap)
        assert comparison.gaps[0].shares is None
