"""The weighted sum: its laws, its ties, its intervals, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.scoring import RankedTool, Ranking, rank
from tests.strategies import Cells, catalogue_of, scores, weighted_cells

Weighted = tuple[Cells, dict[str, int]]

known = weighted_cells(unknowns=False)
mixed = weighted_cells()


def ends(line: RankedTool) -> tuple[Fraction, Fraction]:
    """A line's lowest and highest score, whether known or not."""
    if line.score_range is not None:
        return line.score_range
    assert line.score is not None
    return line.score, line.score


def places(line: RankedTool) -> tuple[int, int]:
    """A line's best and worst rank, whether known or not."""
    if line.rank_range is not None:
        return line.rank_range
    assert line.rank is not None
    return line.rank, line.rank


def by_tool(ranking: Ranking) -> dict[str, RankedTool]:
    return {line.tool: line for line in ranking.ranking}


# --- laws -------------------------------------------------------------------------------------------------------------


@given(mixed, st.fractions(min_value=Fraction(1, 1000), max_value=1000))
def test_only_the_ratio_of_weights_matters(case: Weighted, factor: Fraction) -> None:
    matrix, weights = case
    catalogue = catalogue_of(matrix)
    assert rank(catalogue, {name: factor * weight for name, weight in weights.items()}) == rank(catalogue, weights)


@given(mixed, st.data())
def test_no_order_of_tools_criteria_or_weights_shows_through(case: Weighted, data: st.DataObject) -> None:
    matrix, weights = case
    tools = data.draw(st.permutations(list(matrix)))
    criteria = data.draw(st.permutations(list(weights)))
    shuffled = {tool: {name: matrix[tool][name] for name in criteria} for tool in tools}
    again = rank(catalogue_of(shuffled), {name: weights[name] for name in reversed(criteria)}, tools=data.draw(st.permutations(tools)))
    assert again.ranking == rank(catalogue_of(matrix), weights).ranking


@given(mixed, st.data())
def test_a_better_score_never_hurts(case: Weighted, data: st.DataObject) -> None:
    matrix, weights = case
    tool, criterion = data.draw(st.sampled_from([(tool, name) for tool, row in matrix.items() for name in row]))
    value = matrix[tool][criterion]
    assume(value is not None and value < 5)
    assert value is not None
    better = {**matrix, tool: {**matrix[tool], criterion: data.draw(st.integers(value + 1, 5))}}
    before, after = by_tool(rank(catalogue_of(matrix), weights)), by_tool(rank(catalogue_of(better), weights))
    strictly = weights[criterion] > 0
    for old, new in zip(ends(before[tool]), ends(after[tool]), strict=True):
        assert new > old if strictly else new == old
    assert all(new <= old for old, new in zip(places(before[tool]), places(after[tool]), strict=True))
    for other in matrix.keys() - {tool}:
        assert ends(after[other]) == ends(before[other])
        assert all(new >= old for old, new in zip(places(before[other]), places(after[other]), strict=True))


@given(mixed)
def test_a_score_lies_between_the_lowest_and_the_highest_of_its_row(case: Weighted) -> None:
    matrix, weights = case
    for line in rank(catalogue_of(matrix), weights).ranking:
        low, high = ends(line)
        row = [matrix[line.tool][name] for name, weight in weights.items() if weight]
        assert 1 <= min(value or 1 for value in row) <= low <= high <= max(value or 5 for value in row) <= 5


@given(mixed)
def test_contributions_add_up_to_the_score(case: Weighted) -> None:
    matrix, weights = case
    catalogue = catalogue_of(matrix)
    ranking = rank(catalogue, weights)
    for line in ranking.ranking:
        assert list(line.contributions) == [name for name in catalogue.criteria if weights[name]]
        parts = [part for part in line.contributions.values() if part is not None]
        if line.score is not None:
            assert len(parts) == len(line.contributions)
            assert sum(parts) == line.score
        else:
            unknown = sum(ranking.weights[name] for name, part in line.contributions.items() if part is None)
            assert ends(line) == (sum(parts) + unknown, sum(parts) + 5 * unknown)


@given(known)
def test_ranks_are_competition_ranks_and_ties_are_equality(case: Weighted) -> None:
    matrix, weights = case
    lines = rank(catalogue_of(matrix), weights).ranking
    sums = {tool: sum(weight * (row[name] or 0) for name, weight in weights.items()) for tool, row in matrix.items()}
    for line in lines:
        assert line.rank == 1 + sum(other > sums[line.tool] for other in sums.values())
        assert list(line.tied_with) == sorted(tool for tool, total in sums.items() if total == sums[line.tool] and tool != line.tool)
        assert (line.rank_range, line.score_range) == (None, None)
        assert line.score == Fraction(sums[line.tool], sum(weights.values()))
    assert [(line.rank, line.tool) for line in lines] == sorted((line.rank or 0, line.tool) for line in lines)


@given(mixed)
def test_a_tie_is_mutual(case: Weighted) -> None:
    matrix, weights = case
    lines = by_tool(rank(catalogue_of(matrix), weights))
    for line in lines.values():
        for other in line.tied_with:
            assert line.tool in lines[other].tied_with
            assert line.score == lines[other].score is not None


@given(mixed, st.data())
def test_what_weighs_nothing_changes_nothing(case: Weighted, data: st.DataObject) -> None:
    matrix, weights = case
    widened = [{tool: {**row, "idle": data.draw(scores())} for tool, row in matrix.items()} for _ in range(2)]
    first, second = (rank(catalogue_of(one), {**weights, "idle": 0}).ranking for one in widened)
    assert first == second == rank(catalogue_of(matrix), weights).ranking


# --- unknowns: the interval is what completing the matrix in every way gives ------------------------------------------


def completions(matrix: Cells) -> Iterator[Cells]:
    """Every matrix that the unknown cells allow, each of them 1 to 5."""
    gaps = [(tool, name) for tool, row in matrix.items() for name, value in row.items() if value is None]
    for values in product(range(1, 6), repeat=len(gaps)):
        filler = dict(zip(gaps, values, strict=True))
        yield {tool: {name: filler.get((tool, name), value) for name, value in row.items()} for tool, row in matrix.items()}


def outcomes(matrix: Cells, weights: Mapping[str, int]) -> Iterator[dict[str, tuple[int, int]]]:
    """Unnormalised score and rank of each tool, completion by completion; nothing of orchkit is used."""
    for complete in completions(matrix):
        sums = {tool: sum(weights[name] * (value or 0) for name, value in row.items()) for tool, row in complete.items()}
        yield {tool: (total, 1 + sum(other > total for other in sums.values())) for tool, total in sums.items()}


@settings(max_examples=60)
@given(weighted_cells(max_tools=3, max_criteria=3))
def test_score_range_and_rank_range_are_exactly_what_completions_attain(case: Weighted) -> None:
    matrix, weights = case
    assume(sum(value is None for row in matrix.values() for value in row.values()) <= 5)
    attained = list(outcomes(matrix, weights))
    for line in rank(catalogue_of(matrix), weights).ranking:
        totals = [Fraction(one[line.tool][0], sum(weights.values())) for one in attained]
        ranks = [one[line.tool][1] for one in attained]
        assert ends(line) == (min(totals), max(totals))
        assert places(line) == (min(ranks), max(ranks))
        assert (line.score is None) == (min(totals) != max(totals))
        assert (line.rank is None) == (min(ranks) != max(ranks))


@settings(max_examples=60)
@given(weighted_cells(max_tools=3, max_criteria=3), st.data())
def test_learning_a_value_never_widens_what_is_open(case: Weighted, data: st.DataObject) -> None:
    matrix, weights = case
    gaps = [(tool, name) for tool, row in matrix.items() for name, value in row.items() if value is None]
    assume(gaps)
    tool, name = data.draw(st.sampled_from(gaps))
    learnt = {**matrix, tool: {**matrix[tool], name: data.draw(st.integers(1, 5))}}
    before, after = by_tool(rank(catalogue_of(matrix), weights)), by_tool(rank(catalogue_of(learnt), weights))
    for one in matrix:
        for old, new in ((ends(before[one]), ends(after[one])), (places(before[one]), places(after[one]))):
            assert old[0] <= new[0] <= new[1] <= old[1]


UNKNOWN_ROWS: list[tuple[str, Cells, dict[str, tuple[Any, Any]]]] = [
    ("an unknown leaves both open", {"ant": {"alpha": None}, "bee": {"alpha": 3}}, {"ant": ((1, 5), (1, 2)), "bee": ((3, 3), (1, 2))}),
    (
        "at the top of the scale nobody can be beaten",
        {"ant": {"alpha": None}, "bee": {"alpha": 5}},
        {"ant": ((1, 5), (1, 2)), "bee": ((5, 5), (1, 1))},
    ),
    ("at the bottom nobody can be beaten by", {"ant": {"alpha": None}, "bee": {"alpha": 1}}, {"ant": ((1, 5), (1, 1)), "bee": ((1, 1), (1, 2))}),
    ("two unknowns may fall either way", {"ant": {"alpha": None}, "bee": {"alpha": None}}, {"ant": ((1, 5), (1, 2)), "bee": ((1, 5), (1, 2))}),
]


@pytest.mark.parametrize(("matrix", "expected"), [row[1:] for row in UNKNOWN_ROWS], ids=[row[0] for row in UNKNOWN_ROWS])
def test_what_an_unknown_leaves_open(matrix: Cells, expected: dict[str, tuple[Any, Any]]) -> None:
    ranking = rank(catalogue_of(matrix), {"alpha": 1})
    assert {line.tool: (ends(line), places(line)) for line in ranking.ranking} == expected
    assert all(line.tied_with == () for line in ranking.ranking)


def test_an_absent_score_is_as_unknown_as_a_null_one() -> None:
    matrix: Cells = {"ant": {"alpha": 3, "beta": None}, "bee": {"alpha": 3, "beta": 3}}
    catalogue = catalogue_of(matrix)
    data = catalogue.model_dump(mode="json")
    del data["tools"]["ant"]["scores"]["beta"]
    assert rank(Catalogue.model_validate(data), {"beta": 1, "alpha": 1}) == rank(catalogue, {"beta": 1, "alpha": 1})


# --- what is ranked ---------------------------------------------------------------------------------------------------


def test_floats_count_as_the_decimals_that_were_written(catalogue: Catalogue) -> None:
    """In floats this sum is 3.9 or 3.9000000000000004, depending on the order; the tie of engineersofai's archetype C hangs on it."""
    weights = {"cloud-portability": 0.25, "enterprise-support": 0.2, "artifact-lineage": 0.2, "community": 0.2, "ml-features": 0.15}
    ranking = rank(catalogue, weights, scores="published:engineersofai")
    assert ranking.ranking == rank(catalogue, "enterprise", scores="published:engineersofai").ranking
    assert [line.tool for line in ranking.ranking if line.rank == 1] == ["dagster", "kubeflow-pipelines"]
    assert ranking.of("dagster").score == Fraction(39, 10)


def test_the_ranking_says_what_it_was_computed_from(catalogue: Catalogue) -> None:
    ranking = rank(catalogue, "startup", scores="published:engineersofai")
    assert (ranking.profile, ranking.dataset_version, ranking.scores) == ("startup", catalogue.dataset.version, "published:engineersofai")
    assert ranking.weights["learning-curve"] == Fraction(3, 10)
    assert list(ranking.weights) == list(catalogue.criteria)
    assert sum(ranking.weights.values()) == 1
    assert rank(catalogue, {"community": 1}).profile is None


def test_a_shortlist_is_ranked_among_itself(catalogue: Catalogue) -> None:
    ranking = rank(catalogue, "enterprise", scores="published:engineersofai", tools=["zenml", "airflow", "zenml"])
    assert [(line.tool, line.rank) for line in ranking.ranking] == [("zenml", 1), ("airflow", 2)]


def test_a_tool_by_itself_is_first() -> None:
    catalogue = catalogue_of({"ant": {"alpha": None}, "bee": {"alpha": 5}})
    assert [(line.tool, line.rank, line.score_range) for line in rank(catalogue, "first", tools=["ant"]).ranking] == [
        ("ant", 1, (Fraction(1), Fraction(5)))
    ]


def test_own_scores_replace_single_ones(catalogue: Catalogue) -> None:
    plain = rank(catalogue, {"community": 1, "observability": 1}, scores="published:engineersofai")
    own = rank(catalogue, {"community": 1, "observability": 1}, scores="published:engineersofai", own_scores={"zenml": {"community": 5}})
    assert (plain.of("zenml").score, own.of("zenml").score) == (Fraction(5, 2), Fraction(4))
    assert {line.tool: line.score for line in own.ranking if line.tool != "zenml"} == {
        line.tool: line.score for line in plain.ranking if line.tool != "zenml"
    }


def test_own_scores_fill_what_is_unknown() -> None:
    catalogue = catalogue_of({"ant": {"alpha": None}, "bee": {"alpha": 3}})
    assert rank(catalogue, "first", own_scores={"ant": {"alpha": 3}}).of("ant").tied_with == ("bee",)


def test_ranking_leaves_the_catalogue_alone(catalogue: Catalogue) -> None:
    before = catalogue.model_dump_json()
    rank(catalogue, "startup", scores="published:engineersofai", own_scores={"zenml": {"community": 5}})
    rank(catalogue, "startup", own_scores={"zenml": {"community": 5}})
    assert catalogue.model_dump_json() == before


def test_a_tool_that_is_not_ranked_is_not_in_the_ranking() -> None:
    data = catalogue_of({"ant": {"alpha": 2}, "bee": {"alpha": 3}}).model_dump(mode="json")
    data["tools"]["bee"]["facts"] |= {"ranked": False, "why_not_ranked": "it starts nothing by itself"}
    catalogue = Catalogue.model_validate(data)
    assert [line.tool for line in rank(catalogue, "first").ranking] == ["ant"]
    with pytest.raises(InputError, match="unknown tool `bee`"):
        rank(catalogue, "first", tools=["bee"])


def test_an_unscored_json_number_is_a_float(catalogue: Catalogue) -> None:
    data = orchkit.rank(catalogue, "startup", scores="published:engineersofai").model_dump(mode="json")
    assert data["ranking"][0]["score"] == 4.45
    assert type(data["ranking"][0]["score"]) is float


# --- what is refused --------------------------------------------------------------------------------------------------

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown profile", {"weights": "startpu"}, r"^profile: unknown weight profile `startpu`\. Did you mean `startup`\?$"),
    ("a profile like nothing known", {"weights": "zzz"}, r"^profile: unknown weight profile `zzz`\. Use one of: startup, growth, enterprise\.$"),
    ("an unknown criterion", {"weights": {"comunity": 1}}, r"^weights: unknown criterion `comunity`\. Did you mean `community`\?$"),
    ("an unknown tool", {"tools": ["airflw"]}, r"^tool: unknown tool `airflw`\. Did you mean `airflow`\?$"),
    ("an unknown set of scores", {"scores": "published:engineersofa"}, r"^scores: unknown set .* Did you mean `published:engineersofai`\?$"),
    ("a published set without its prefix", {"scores": "engineersofai"}, r"^scores: unknown set of scores `engineersofai`"),
    ("an own score for an unknown tool", {"own_scores": {"airflw": {}}}, r"^own scores: unknown tool `airflw`\. Did you mean `airflow`\?$"),
    (
        "an own score on an unknown criterion",
        {"own_scores": {"airflow": {"comunity": 3}}},
        r"^own scores: airflow: unknown criterion `comunity`\. Did you",
    ),
    (
        "an own score below the scale",
        {"own_scores": {"airflow": {"community": 0}}},
        r"^own scores: airflow\.community: `0` is off the scale\. Write a whole number",
    ),
    ("an own score above the scale", {"own_scores": {"airflow": {"community": 6}}}, "`6` is off the scale"),
    ("an own score between two", {"own_scores": {"airflow": {"community": 2.5}}}, "`2.5` is off the scale"),
    ("an own score that is true", {"own_scores": {"airflow": {"community": True}}}, "`True` is off the scale"),
    ("an own score that is text", {"own_scores": {"airflow": {"community": "3"}}}, "`3` is off the scale"),
    ("an own score that is a list", {"own_scores": {"airflow": {"community": []}}}, "is off the scale"),
]


@pytest.mark.parametrize(("arguments", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(catalogue: Catalogue, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        rank(catalogue, **{"weights": "startup", **arguments})


def test_every_problem_is_named_not_only_the_first(catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        rank(catalogue, "startup", tools=["nix", "zenml", "nux"])
    assert [problem.fact for problem in caught.value.problems] == ["unknown tool `nix`", "unknown tool `nux`"]
