"""A drawn matrix and weights as the kernels take them, and first place by the ranking itself: what they are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from orchkit.model.input.weights import read_weights
from orchkit.scoring import Interval, Matrix, rank_matrix
from orchkit.scoring.whole import Cells, Row, whole_cells, whole_weights
from tests.strategies import Cells as Scores

Weighted = tuple[Scores, dict[str, int]]


def matrix_of(scores: Scores) -> Matrix:
    """The matrix, unknown scores as intervals."""
    cells = {tool: {name: Interval(Fraction(value or 1), Fraction(value or 5)) for name, value in row.items()} for tool, row in scores.items()}
    return Matrix(tuple(next(iter(scores.values()))), cells)


def whole(case: Weighted) -> tuple[Cells, Row]:
    """The case in whole numbers."""
    scores, weights = case
    matrix = matrix_of(scores)
    return whole_cells(matrix), whole_weights(read_weights(weights, matrix.criteria), matrix.criteria)


def first_place(scores: Scores, weights: Mapping[str, Fraction | int]) -> tuple[str, ...]:
    """Tools that may be first, by `rank`."""
    matrix = matrix_of(scores)
    lines = rank_matrix(matrix, read_weights(weights, matrix.criteria))
    return tuple(sorted(line.tool for line in lines if 1 in (line.rank, *(line.rank_range or ()))))


def moved(weights: Mapping[str, Fraction | int], criterion: str, share: Fraction) -> dict[str, Fraction]:
    """The weights with one criterion at a share and the others in the proportions they have."""
    others = sum(weights.values()) - weights[criterion]
    return {name: share if name == criterion else (1 - share) * Fraction(weight) / others for name, weight in weights.items()}
