"""The smallest flips: they flip, nothing smaller does, and no one-point flip is left out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.weights import read_weights
from orchkit.scoring import WeightFlip
from orchkit.scoring.flips import one_point_flips, smallest_weight_flip
from tests.pure.scoring.whole_cases import Weighted, first_place, whole
from tests.strategies import Cells, weighted_cells

HAIR = Fraction(1, 10**9)


def after(weights: dict[str, int], flip: WeightFlip, more: Fraction = Fraction(0)) -> dict[str, Fraction]:
    """The weights with the change made, and a little more of it where `more` says so."""
    changed = read_weights(weights, weights)
    for name, share in flip.taken.items():
        changed[name] -= share * (1 + more)
    changed[flip.given_to] += flip.moved * (1 + more)
    return changed


@given(weighted_cells())
def test_the_smallest_change_of_weights_brings_the_challengers_level_and_not_before(case: Weighted) -> None:
    scores, weights = case
    flip = smallest_weight_flip(*whole(case))
    now = first_place(scores, weights)
    if flip is None:
        return
    assert now == (flip.leader,)
    changed = after(weights, flip)
    assert sum(changed.values()) == 1
    assert min(changed.values()) >= 0
    assert sum(flip.taken.values()) == flip.moved
    assert first_place(scores, after(weights, flip, -HAIR)) == now
    then = first_place(scores, changed)
    assert then == tuple(sorted((flip.leader, *flip.challengers))) != now
    if flip.moved < 1 and min(after(weights, flip, HAIR).values()) >= 0:
        assert first_place(scores, after(weights, flip, HAIR)) != now


GRID = 12


@given(weighted_cells(max_tools=4, max_criteria=3))
def test_no_weights_on_a_grid_flip_first_place_more_cheaply(case: Weighted) -> None:
    scores, weights = case
    flip, now = smallest_weight_flip(*whole(case)), first_place(scores, weights)
    shares = read_weights(weights, weights)
    for parts in product(range(GRID + 1), repeat=len(weights)):
        if sum(parts) == GRID:
            there = {name: Fraction(part, GRID) for name, part in zip(shares, parts, strict=True)}
            distance = sum(abs(there[name] - shares[name]) for name in shares) / 2
            if len(now) == 1 and first_place(scores, there) != now:
                # Where nobody can get ahead, somebody may still draw level where all weight is moved.
                assert (distance >= flip.moved) if flip else (now[0] in first_place(scores, there))


@given(weighted_cells())
def test_one_point_flips_are_what_ranking_again_finds(case: Weighted) -> None:
    scores, weights = case
    now = first_place(scores, weights)
    expected = set()
    for tool, row in scores.items():
        for name, value in row.items():
            for changed in (value + 1, value - 1) if value else ():
                if 1 <= changed <= 5:
                    then = first_place({**scores, tool: {**row, name: changed}}, weights)
                    if then != now:
                        expected.add((tool, name, value, changed, then))
    found = one_point_flips(*whole(case))
    assert {(one.tool, one.criterion, one.value, one.changed_to, one.first) for one in found} == expected
    assert len(found) == len(expected)


BY_HAND: list[tuple[str, Cells, dict[str, int], WeightFlip | None]] = [
    (  # ant leads by 2·3/4 - 2·1/4 = 1; each point moved from a to b takes 4 off it
        "two criteria",
        {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}},
        {"a": 3, "b": 1},
        WeightFlip(leader="ant", challengers=("bee",), moved=Fraction(1, 4), taken={"a": Fraction(1, 4)}, given_to="b"),
    ),
    (  # the lead is (4 + 2)/4 - 0 = 1.5 with half the weight on c: a gives its quarter for 4 - (-1) = 5 a point, b the rest for 3
        "more than one criterion must give",
        {"ant": {"a": 5, "b": 3, "c": 1}, "bee": {"a": 1, "b": 1, "c": 2}},
        {"a": 1, "b": 3, "c": 0},
        WeightFlip(leader="ant", challengers=("bee",), moved=Fraction(2, 3), taken={"a": Fraction(1, 4), "b": Fraction(5, 12)}, given_to="c"),
    ),
    ("nobody can get ahead", {"ant": {"a": 5, "b": 3}, "bee": {"a": 3, "b": 3}}, {"a": 1, "b": 1}, None),
    ("a tie has nothing to flip", {"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}}, {"a": 1, "b": 1}, None),
    ("nor has an open first place", {"ant": {"a": 4, "b": 3}, "bee": {"a": None, "b": 1}}, {"a": 1, "b": 0}, None),
    (  # at worst bee has 5 in b: the lead is 3·4/5 - 1·1/5 = 11/5, and a point moved from a to b takes 4 off it
        "an unknown score counts as what is worse for the leader",
        {"ant": {"a": 4, "b": 4}, "bee": {"a": 1, "b": None}},
        {"a": 4, "b": 1},
        WeightFlip(leader="ant", challengers=("bee",), moved=Fraction(11, 20), taken={"a": Fraction(11, 20)}, given_to="b"),
    ),
]


@pytest.mark.parametrize(("scores", "weights", "expected"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND])
def test_by_hand(scores: Cells, weights: dict[str, int], expected: WeightFlip | None) -> None:
    assert smallest_weight_flip(*whole((scores, weights))) == expected


def test_two_challengers_as_near_as_each_other_are_both_named() -> None:
    scores: Cells = {"ant": {"a": 5, "b": 1}, "dog": {"a": 3, "b": 3}, "cat": {"a": 3, "b": 3}}
    flip = smallest_weight_flip(*whole((scores, {"a": 3, "b": 1})))
    assert flip is not None
    assert flip.challengers == ("cat", "dog")


def test_a_challenger_that_needs_another_change_is_not_named() -> None:
    """Half of the weight given to b brings bee level, given to c it brings cat: one change is named, with whom it serves."""
    scores: Cells = {"ant": {"a": 5, "b": 1, "c": 1}, "cat": {"a": 1, "b": 1, "c": 5}, "bee": {"a": 1, "b": 5, "c": 1}}
    flip = smallest_weight_flip(*whole((scores, {"a": 1, "b": 0, "c": 0})))
    assert flip is not None
    assert (flip.challengers, flip.given_to, flip.moved) == (("bee",), "b", Fraction(1, 2))


def test_a_score_on_a_criterion_without_weight_flips_nothing(catalogue: Catalogue) -> None:
    found = orchkit.sensitivity(catalogue, "growth", scores="published:engineersofai", samples=0)
    assert {one.criterion for one in found.score_flips} <= {name for name, weight in found.weights.items() if weight}


def test_the_articles_startup_flips_at_three_scores(catalogue: Catalogue) -> None:
    """Metaflow's lead over Prefect is 0.25: a point of learning curve (0.3) or of local development (0.25, which draws level)."""
    found = orchkit.sensitivity(catalogue, "startup", scores="published:engineersofai", samples=0).score_flips
    assert [(one.tool, one.criterion, one.value, one.changed_to, one.first) for one in found] == [
        ("metaflow", "learning-curve", 5, 4, ("prefect",)),
        ("metaflow", "local-development", 5, 4, ("metaflow", "prefect")),
        ("prefect", "learning-curve", 4, 5, ("prefect",)),
    ]


@given(weighted_cells(), st.integers(2, 9))
def test_no_scale_of_weights_and_no_order_of_tools_shows_through(case: Weighted, factor: int) -> None:
    scores, weights = case
    again = dict(reversed(scores.items())), {name: factor * weight for name, weight in weights.items()}
    assert smallest_weight_flip(*whole(again)) == smallest_weight_flip(*whole(case))
    assert one_point_flips(*whole(again)) == one_point_flips(*whole(case))
