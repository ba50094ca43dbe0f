"""Weight intervals: inside them first place stays, outside it changes; by brute force, and by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.scoring import WeightInterval
from orchkit.scoring.intervals import weight_intervals
from tests.pure.scoring.whole_cases import Weighted, first_place, moved, whole
from tests.strategies import Cells, weighted_cells

HAIR = Fraction(1, 10**9)
"""Less than the distance of any two crossings of the drawn cases."""


@given(weighted_cells(), st.fractions(0, 1, max_denominator=1000))
def test_inside_first_place_stays_and_outside_it_has_changed(case: Weighted, part: Fraction) -> None:
    scores, weights = case
    now = first_place(scores, weights)
    for one in weight_intervals(*whole(case)):
        inside = one.low + HAIR + part * (one.high - one.low - 2 * HAIR)
        assert one.low <= one.weight <= one.high
        if one.low < inside < one.high:
            assert first_place(scores, moved(weights, one.criterion, inside)) == now
        if one.low > 0:
            assert first_place(scores, moved(weights, one.criterion, one.low - HAIR)) == one.below != now
        if one.high < 1:
            assert first_place(scores, moved(weights, one.criterion, one.high + HAIR)) == one.above != now


@given(weighted_cells())
def test_a_criterion_that_holds_all_the_weight_has_no_interval(case: Weighted) -> None:
    scores, weights = case
    found = [one.criterion for one in weight_intervals(*whole(case))]
    assert found == [name for name in next(iter(scores.values())) if weights[name] != sum(weights.values())]


@given(weighted_cells(), st.integers(2, 9), st.randoms(use_true_random=False))
def test_no_scale_of_weights_and_no_order_of_tools_shows_through(case: Weighted, factor: int, shuffle: Random) -> None:
    scores, weights = case
    tools = list(scores)
    shuffle.shuffle(tools)
    again = {tool: scores[tool] for tool in tools}, {name: factor * weight for name, weight in weights.items()}
    assert weight_intervals(*whole(again)) == weight_intervals(*whole(case))


def interval(case: Weighted, criterion: str) -> WeightInterval:
    return next(one for one in weight_intervals(*whole(case)) if one.criterion == criterion)


BY_HAND: list[tuple[str, Cells, dict[str, int], str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = [
    # 5t + (1 - t) against 3: level at t = 1/2
    ("two criteria", {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}}, {"a": 3, "b": 1}, "a", ("1/2", "1", ("bee",), ())),
    ("the same, seen from the other", {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}}, {"a": 3, "b": 1}, "b", ("0", "1/2", (), ("bee",))),
    ("nothing changes first place", {"ant": {"a": 5, "b": 4}, "bee": {"a": 3, "b": 3}}, {"a": 1, "b": 1}, "a", ("0", "1", (), ())),
    # level at t = 0 itself: the weight can fall all the way
    ("level at the end", {"ant": {"a": 5, "b": 3}, "bee": {"a": 3, "b": 3}}, {"a": 1, "b": 1}, "a", ("0", "1", (), ())),
    ("a tie ends at once", {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}}, {"a": 1, "b": 1}, "a", ("1/2", "1/2", ("bee",), ("ant",))),
    (
        "a tie that no weight of this criterion breaks",
        {"ant": {"a": 5, "b": 1, "c": 2}, "bee": {"a": 5, "b": 2, "c": 1}},
        {"a": 1, "b": 1, "c": 1},
        "a",
        ("0", "1", (), ()),
    ),
    # 1..5 in b: bee may have t + 5(1 - t), which is above ant's 4 up to t = 1/4
    ("an unknown score comes in", {"ant": {"a": 4, "b": 4}, "bee": {"a": 1, "b": None}}, {"a": 1, "b": 1}, "a", ("1/4", "1", ("ant", "bee"), ())),
    (
        "two take over together",
        {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}, "cat": {"a": 3, "b": 3}},
        {"a": 3, "b": 1},
        "a",
        ("1/2", "1", ("bee", "cat"), ()),
    ),
    # where ant and bee cross, cat lies above both: first place is cat's below 3/4 and ant's above
    (
        "the nearest rival counts",
        {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}, "cat": {"a": 4, "b": 4}},
        {"a": 9, "b": 1},
        "a",
        ("3/4", "1", ("cat",), ()),
    ),
]


@pytest.mark.parametrize(("scores", "weights", "criterion", "expected"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND])
def test_by_hand(scores: Cells, weights: dict[str, int], criterion: str, expected: tuple[str, str, tuple[str, ...], tuple[str, ...]]) -> None:
    found = interval((scores, weights), criterion)
    assert (str(found.low), str(found.high), found.below, found.above) == expected


def test_the_articles_startup_holds_from_one_fifteenth_of_learning_curve_up(catalogue: Catalogue) -> None:
    """Metaflow against Prefect: 1/14 behind where learning curve weighs nothing (2.95 / 0.7 and 3 / 0.7), 1 ahead where it is all: level at 1/15."""
    found = orchkit.sensitivity(catalogue, "startup", scores="published:engineersofai", samples=0).intervals[0]
    assert (found.criterion, found.low, found.high, found.below, found.room) == (
        "learning-curve",
        Fraction(1, 15),
        Fraction(1),
        ("prefect",),
        Fraction(7, 30),
    )
