"""Dominance: what holds for every completion of the unknown scores, and what for some, compared with trying them all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings

from orchkit.scoring.dominance import dominance
from orchkit.scoring.whole import whole_cells
from tests.pure.scoring.whole_cases import first_place, matrix_of
from tests.strategies import Cells, cells

Known = dict[str, tuple[int, ...]]


def completions(scores: Cells) -> Iterator[Known]:
    """Every way in which the unknown scores may turn out, their ends and a middle."""
    open_cells = [(tool, index) for tool, row in scores.items() for index, value in enumerate(row.values()) if value is None]
    for values in product((1, 3, 5), repeat=len(open_cells)):
        filled = {tool: [value or 0 for value in row.values()] for tool, row in scores.items()}
        for (tool, index), value in zip(open_cells, values, strict=True):
            filled[tool][index] = value
        yield {tool: tuple(row) for tool, row in filled.items()}


def dominated(scores: Known) -> set[tuple[str, str]]:
    """Pairs (dominated, by), by the definition."""
    return {
        (one, other)
        for one, other in product(scores, repeat=2)
        if all(a <= b for a, b in zip(scores[one], scores[other], strict=True)) and scores[one] != scores[other]
    }


@settings(max_examples=60)
@given(cells(max_tools=3, max_criteria=2))
def test_sure_is_what_always_holds_and_possible_what_sometimes_does(scores: Cells) -> None:
    found = dominance(whole_cells(matrix_of(scores)))
    tried = [(dominated(known), set(known)) for known in completions(scores)]
    assert {(one, other) for one, others in found.surely.items() for other in others} == set.intersection(*(pairs for pairs, _ in tried))
    assert {(one, other) for one, others in found.possibly.items() for other in others} == set.union(*(pairs for pairs, _ in tried))
    efficient = [tools - {one for one, _ in pairs} for pairs, tools in tried]
    assert set(found.pareto) == set.intersection(*efficient)
    assert set(found.possibly_pareto) == set.union(*efficient)


@given(cells(unknowns=False))
def test_where_all_is_known_sure_and_possible_are_the_same(scores: Cells) -> None:
    found = dominance(whole_cells(matrix_of(scores)))
    assert (found.surely, found.pareto) == (found.possibly, found.possibly_pareto)
    assert found.pareto


@given(cells(unknowns=False))
def test_a_dominated_tool_is_first_alone_under_no_weights(scores: Cells) -> None:
    found = dominance(whole_cells(matrix_of(scores)))
    criteria = list(next(iter(scores.values())))
    for weights in product(range(3), repeat=len(criteria)):
        if any(weights):
            first = first_place(scores, dict(zip(criteria, weights, strict=True)))
            assert not [tool for tool in found.surely if first == (tool,)]


BY_HAND: list[tuple[str, Cells, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]] = [
    ("equal rows do not dominate each other", {"ant": {"a": 3}, "bee": {"a": 3}}, {}, {}),
    ("one criterion is enough", {"ant": {"a": 3, "b": 4}, "bee": {"a": 3, "b": 3}}, {"bee": ("ant",)}, {"bee": ("ant",)}),
    ("a 5 against an unknown may be equal", {"ant": {"a": 5}, "bee": {"a": None}}, {}, {"bee": ("ant",)}),
    (
        "a 5 against an unknown, with something to spare",
        {"ant": {"a": 5, "b": 4}, "bee": {"a": None, "b": 3}},
        {"bee": ("ant",)},
        {"bee": ("ant",)},
    ),
    ("two unknowns may go either way", {"ant": {"a": None}, "bee": {"a": None}}, {}, {"ant": ("bee",), "bee": ("ant",)}),
]


@pytest.mark.parametrize(("scores", "surely", "possibly"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND])
def test_by_hand(scores: Cells, surely: dict[str, tuple[str, ...]], possibly: dict[str, tuple[str, ...]]) -> None:
    found = dominance(whole_cells(matrix_of(scores)))
    assert (found.surely, found.possibly) == (surely, possibly)
