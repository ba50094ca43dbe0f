"""Rank acceptability: shares that add up, known integrals, the same sums as pymcdm, and slices that give the same as the whole."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pymcdm.methods import WSM

from orchkit.errors import InputError
from orchkit.scoring import Acceptability, Interval, Matrix, rank_matrix
from orchkit.scoring.acceptability import Count, _weights, acceptability
from orchkit.scoring.dominance import dominance
from orchkit.scoring.whole import whole_cells
from tests.pure.scoring.whole_cases import matrix_of
from tests.strategies import Cells, cells

FEW = 200
ERRORS = 4
"""Standard errors that a share may be away from its true value; the seed is fixed, so this holds or not, for good."""


def shares(scores: Cells, samples: int = FEW, seed: int = 0) -> Acceptability:
    return acceptability(matrix_of(scores), samples=samples, seed=seed)


# --- laws -------------------------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(cells(unknowns=False))
def test_every_tool_has_one_rank_and_every_rank_one_tool(scores: Cells) -> None:
    assume(len({tuple(row.values()) for row in scores.values()}) == len(scores))
    found = shares(scores)
    assert {sum(line.ranks) for line in found.tools} == {1}
    assert {sum(column) for column in zip(*(line.ranks for line in found.tools), strict=True)} == {1}
    assert all(line.possible == line.ranks and line.open == 0 for line in found.tools)


@settings(max_examples=50)
@given(cells())
def test_what_is_sure_is_possible_and_the_rest_is_open(scores: Cells) -> None:
    for line in shares(scores).tools:
        assert all(0 <= sure <= possible <= 1 for sure, possible in zip(line.ranks, line.possible, strict=True))
        assert sum(line.ranks) + line.open == 1
        assert sum(line.possible) >= 1
        assert (line.central_weights is not None) == (line.ranks[0] > 0)


@settings(max_examples=50)
@given(cells())
def test_ranks_are_those_of_the_ranking_by_each_drawn_weight(scores: Cells) -> None:
    matrix, times = matrix_of(scores), 20
    found = acceptability(matrix, samples=times, seed=5)
    ranges: dict[str, list[tuple[int, int]]] = {tool: [] for tool in scores}
    for weights in islice(_weights(len(matrix.criteria), 27, 5), times):
        total = sum(weights)
        for line in rank_matrix(matrix, {name: Fraction(weight, total) for name, weight in zip(matrix.criteria, weights, strict=True)}):
            ranges[line.tool].append(line.rank_range or (line.rank or 0, line.rank or 0))
    for tool, pairs in ranges.items():
        for rank, (sure, possible) in enumerate(zip(found.of(tool).ranks, found.of(tool).possible, strict=True), 1):
            assert sure == Fraction(pairs.count((rank, rank)), times)
            assert possible == Fraction(sum(best <= rank <= worst for best, worst in pairs), times)


@settings(max_examples=50)
@given(cells(unknowns=False))
def test_a_dominated_tool_is_never_first_alone(scores: Cells) -> None:
    found = shares(scores)
    for tool, others in dominance(whole_cells(matrix_of(scores))).surely.items():
        assert found.of(tool).ranks[0] == 0 or found.of(others[0]).ranks[0] > 0
        if all(a < b for a, b in zip(scores[tool].values(), scores[others[0]].values(), strict=True)):  # type: ignore[operator]
            assert found.of(tool).ranks[0] == 0


@settings(max_examples=50)
@given(cells(), st.randoms(use_true_random=False))
def test_the_order_of_tools_does_not_show_through(scores: Cells, shuffle: Random) -> None:
    tools = list(scores)
    shuffle.shuffle(tools)
    assert shares({tool: scores[tool] for tool in tools}) == shares(scores)


@settings(max_examples=50)
@given(cells(), st.integers(1, 70), st.integers(0, 2**70))
def test_slices_end_in_the_whole(scores: Cells, size: int, seed: int) -> None:
    count = Count(whole_cells(matrix_of(scores)), samples=100, seed=seed)
    drawn = []
    while count.drawn < count.samples:
        count.proceed(size)
        drawn.append(count.result().samples)
    assert drawn == [*range(size, 100, size), 100]
    assert count.result() == shares(scores, 100, seed)


def test_scores_between_the_points_are_counted_exactly_too() -> None:
    """Thirds need another unit than points, and wider lanes."""
    third = {"ant": Fraction(10, 3), "bee": Fraction(7, 3)}
    matrix = Matrix(("a", "b"), {tool: {"a": Interval(value, value), "b": Interval(6 - value, 6 - value)} for tool, value in third.items()})
    found = acceptability(matrix, samples=2_000)
    assert abs(found.of("ant").ranks[0] - Fraction(1, 2)) < ERRORS * found.standard_error


# --- values that are known otherwise ----------------------------------------------------------------------------------

INTEGRALS: list[tuple[str, Cells, dict[str, Fraction]]] = [
    ("halves", {"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}}, {"ant": Fraction(1, 2), "bee": Fraction(1, 2)}),
    # 5t + (1 - t) > 2 where t > 1/4
    ("a quarter", {"ant": {"a": 5, "b": 1}, "bee": {"a": 2, "b": 2}}, {"ant": Fraction(3, 4), "bee": Fraction(1, 4)}),
    # the greatest of three weights is as likely one as another
    (
        "thirds",
        {"ant": {"a": 5, "b": 1, "c": 1}, "bee": {"a": 1, "b": 5, "c": 1}, "cat": {"a": 1, "b": 1, "c": 5}},
        dict.fromkeys(("ant", "bee", "cat"), Fraction(1, 3)),
    ),
    # bee is at 2: first where the weight of a is below 1/4; in a triangle of weights that is 1 - (3/4)^2
    (
        "a strip of the triangle",
        {"ant": {"a": 5, "b": 1, "c": 1}, "bee": {"a": 2, "b": 2, "c": 2}},
        {"ant": Fraction(9, 16), "bee": Fraction(7, 16)},
    ),
]


@pytest.mark.parametrize(("scores", "expected"), [row[1:] for row in INTEGRALS], ids=[row[0] for row in INTEGRALS])
def test_first_ranks_are_near_the_integrals(scores: Cells, expected: dict[str, Fraction]) -> None:
    found = shares(scores, 10_000)
    assert found.standard_error == 0.005
    for tool, share in expected.items():
        assert abs(found.of(tool).ranks[0] - share) < ERRORS * found.standard_error


def test_central_weights_are_the_centre_of_where_a_tool_is_first() -> None:
    """The mean of the greatest of three uniform weights is (1 + 1/2 + 1/3)/3 = 11/18, which leaves 7/36 for each of the others."""
    found = shares({"ant": {"a": 5, "b": 1, "c": 1}, "bee": {"a": 1, "b": 5, "c": 1}, "cat": {"a": 1, "b": 1, "c": 5}}, 10_000)
    central = found.of("ant").central_weights
    assert central is not None
    assert sum(central.values()) == 1
    for name, expected in {"a": Fraction(11, 18), "b": Fraction(7, 36), "c": Fraction(7, 36)}.items():
        assert abs(central[name] - expected) < Fraction(1, 100)


def test_an_unknown_score_leaves_a_share_open() -> None:
    """bee has t + 5(1 - t) at most: it may pass ant's 4 up to t = 1/4, and at least it has 1."""
    found = shares({"ant": {"a": 4, "b": 4}, "bee": {"a": 1, "b": None}}, 10_000)
    ant, bee = found.of("ant"), found.of("bee")
    assert (int(ant.possible[0]), int(bee.ranks[0]), bee.central_weights) == (1, 0, None)
    assert abs(ant.ranks[0] - Fraction(3, 4)) < ERRORS * found.standard_error
    assert ant.open == bee.open == 1 - ant.ranks[0] == bee.possible[0]


def test_tools_that_are_equal_share_the_better_rank() -> None:
    found = shares({"ant": {"a": 4, "b": 2}, "bee": {"a": 4, "b": 2}, "cat": {"a": 1, "b": 1}})
    assert [(line.tool, tuple(map(int, line.ranks))) for line in found.tools] == [("ant", (1, 0, 0)), ("bee", (1, 0, 0)), ("cat", (0, 0, 1))]


# --- the same sums elsewhere ------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(cells(unknowns=False))
def test_pymcdm_counts_the_same(scores: Cells) -> None:
    """pymcdm's weighted sum without its normalisation, one vector of weights a call. Near ties, where floats may err, are left out."""
    assume(len({tuple(row.values()) for row in scores.values()}) == len(scores))
    matrix = np.array([list(row.values()) for row in scores.values()], float)
    body, times = WSM(lambda column, cost: column), 50  # noqa: ARG005 - the name is pymcdm's
    counted = np.zeros((len(scores), len(scores)), int)
    for weights in islice(_weights(matrix.shape[1], 27, 0), times):
        sums = body(matrix, np.array(weights) / 2**27, np.ones(matrix.shape[1]), validation=False)
        assume(min(np.diff(np.sort(sums)), default=1) > 1e-9)
        for tool, rank in enumerate(body.rank(sums)):
            counted[tool, int(rank) - 1] += 1
    found = shares(scores, times)
    assert [[times * share for share in found.of(tool).ranks] for tool in scores] == counted.tolist()


@pytest.mark.parametrize("samples", [0, -1, 1_000_001])
def test_a_number_of_weights_that_cannot_be_drawn(samples: int) -> None:
    with pytest.raises(InputError, match=r"^samples: .* weights cannot be drawn\. Write a whole number from 1 to 1,000,000\.$"):
        shares({"ant": {"a": 1}, "bee": {"a": 2}}, samples)


def test_one_seed_gives_one_result_and_another_seed_another() -> None:
    scores: Cells = {"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}}
    assert shares(scores, seed=1) == shares(scores, seed=1)
    assert shares(scores, seed=1).tools != shares(scores, seed=2).tools
