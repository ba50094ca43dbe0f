"""Matrix and weights as whole numbers: every comparison of weighted sums stays exact and costs as little as it can.

Weights are multiplied by their common denominator, scores by theirs. That changes every sum by the same factor, so order,
ties and crossings are those of the fractions. A page asks hundreds of such comparisons between two frames.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import mul
from typing import Any

from orchkit.model.base import Same
from orchkit.scoring.matrix import Matrix

Row = tuple[int, ...]
"""One whole number a criterion."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Lowest and highest scores, a row for each tool; rows and columns in the matrix's order."""

    tools: tuple[str, ...]
    criteria: tuple[str, ...]
    low: tuple[Row, ...]
    high: tuple[Row, ...]
    point: int
    """What one point of the 1-5 scale has become."""

    @property
    def known(self) -> bool:
        """Whether no score is unknown."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Totals:
    """Weighted sums, lowest and highest, a number for each tool."""

    low: tuple[Any, ...]
    high: tuple[Any, ...]


def whole_cells(matrix: Matrix) -> Cells:
    """Return the matrix in whole numbers; kept, because whoever moves a weight asks again and again."""
    return _whole_cells(Same(matrix))


@lru_cache(maxsize=8)
def _whole_cells(same: Same[Matrix]) -> Cells:
    matrix = same.value
    intervals = [[row[name] for name in matrix.criteria] for row in matrix.cells.values()]
    point = lcm(*{end.denominator for row in intervals for one in row for end in (one.low, one.high)})
    return Cells(
        tuple(matrix.cells),
        matrix.criteria,
        tuple(tuple(one.low.numerator * (point // one.low.denominator) for one in row) for row in intervals),
        tuple(tuple(one.high.numerator * (point // one.high.denominator) for one in row) for row in intervals),
        point,
    )


def whole_weights(weights: Mapping[str, Fraction], criteria: Sequence[str]) -> Row:
    """Return the weights in whole numbers, in the order of `criteria`."""
    scale = lcm(*(weight.denominator for weight in weights.values()))
    return tuple(int(weights[name] * scale) for name in criteria)


def totals(cells: Cells, weights: Sequence[int | Fraction]) -> Totals:
    """Return every tool's weighted sum, by weights that are whole numbers or fractions."""
    low = tuple(sum(map(mul, weights, row)) for row in cells.low)
    return Totals(low, low if cells.known else tuple(sum(map(mul, weights, row)) for row in cells.high))


def may_be_first(low: Sequence[Any], high: Sequence[Any]) -> tuple[int, ...]:
    """Return which tools may be first: no other surely has more. One where first place is decided and not shared.

    `low` and `high` are each tool's lowest and highest sum, or anything that is ordered as they are.
    """
    bar = max(low)
    return tuple(index for index, best in enumerate(high) if best >= bar)
