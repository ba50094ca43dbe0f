"""Rank reversal: the weighted sum of unnormalised scores passes the published tests for it; a sum of normalised ones does not.

The three tests are those of Wang & Triantaphyllou 2008, "Ranking irregularities when evaluating alternatives by using some
ELECTRE methods" (Omega 36:45-63): the best stays best when another is replaced by a worse one; rankings of the pairs are
transitive; put together they are the ranking of all. Before them stands what everybody means by the word: a tool that
comes or goes turns no two others around.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import WSM
from pymcdm.normalizations import minmax_normalization

from orchkit.model.input.weights import read_weights
from orchkit.scoring import rank_matrix
from tests.pure.scoring.whole_cases import Weighted, first_place, matrix_of
from tests.strategies import Cells, weighted_cells

known = weighted_cells(unknowns=False)


def order(scores: Cells, weights: dict[str, int]) -> dict[str, int]:
    """Rank by tool."""
    matrix = matrix_of(scores)
    return {line.tool: line.rank or 0 for line in rank_matrix(matrix, read_weights(weights, matrix.criteria))}


def sign(number: int) -> int:
    return (number > 0) - (number < 0)


@given(known, st.data())
def test_a_tool_that_goes_turns_no_two_others_around(case: Weighted, data: st.DataObject) -> None:
    scores, weights = case
    gone = data.draw(st.sampled_from(list(scores)))
    rest = {tool: row for tool, row in scores.items() if tool != gone}
    before, after = order(scores, weights), order(rest, weights)
    for one, other in combinations(rest, 2):
        assert sign(before[one] - before[other]) == sign(after[one] - after[other])


@given(known, st.data())
def test_first_stays_first_when_another_becomes_worse(case: Weighted, data: st.DataObject) -> None:
    scores, weights = case
    now = first_place(scores, weights)
    others = [tool for tool in scores if tool not in now]
    if others:
        worse = data.draw(st.sampled_from(others))
        lowered: dict[str, int | None] = {name: data.draw(st.integers(1, value or 1)) for name, value in scores[worse].items()}
        assert first_place({**scores, worse: lowered}, weights) == now


@given(known)
def test_pairs_are_transitive_and_make_up_the_whole(case: Weighted) -> None:
    scores, weights = case
    whole = order(scores, weights)
    for one, other in combinations(scores, 2):
        pair = order({one: scores[one], other: scores[other]}, weights)
        assert sign(pair[one] - pair[other]) == sign(whole[one] - whole[other])


def test_normalising_by_the_column_turns_two_around_when_a_third_goes() -> None:
    """What this library does not do: with cat, whose a is least, min-max normalisation makes 3 against 2 there half as much."""
    scores: Cells = {"ant": {"a": 2, "b": 3}, "bee": {"a": 3, "b": 2}, "cat": {"a": 1, "b": 2}}
    body, weights, types = WSM(minmax_normalization), np.array([0.6, 0.4]), np.ones(2)

    def normalised(*tools: str) -> dict[str, float]:
        rows = np.array([list(scores[tool].values()) for tool in tools], float)
        return dict(zip(tools, body(rows, weights, types, validation=False).round(9).tolist(), strict=True))

    assert normalised("ant", "bee", "cat") == {"ant": 0.7, "bee": 0.6, "cat": 0.0}
    assert normalised("ant", "bee") == {"ant": 0.4, "bee": 0.6}
    assert first_place(scores, {"a": 3, "b": 2}) == first_place({tool: scores[tool] for tool in ("ant", "bee")}, {"a": 3, "b": 2}) == ("bee",)
