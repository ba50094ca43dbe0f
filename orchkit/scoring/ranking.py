"""The weighted sum and the ranking it gives, exact, with ties stated and unknowns carried through as intervals.

Method: simple additive weighting (Fishburn 1967, "Additive utilities with incomplete product set"; Hwang & Yoon
1981, "Multiple Attribute Decision Making", ch. 3): score = Σ weightᵢ · valueᵢ with Σ weightᵢ = 1. Ranks are standard
competition ranks (1, 2, 2, 4). With unknown values, unknowns of different tools vary independently, so a tool's ranks
reach from 1 + the tools that surely beat it to 1 + the tools that may beat it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.weights import Weights, read_weights
from orchkit.scoring.matrix import OWN, Matrix, OwnScores, decision_matrix, restricted
from orchkit.scoring.whole import totals, whole_cells, whole_weights


class RankedTool(Record):
    """One line of a ranking."""

    tool: str
    rank: int | None
    """Position, ties sharing the better one; null when unknown values leave it open."""
    rank_range: tuple[int, int] | None = None
    """Best and worst position that the unknown values allow; null when the rank is known."""
    tied_with: tuple[str, ...] = ()
    """Tools with exactly the same score."""
    score: Exact | None
    """Weighted sum on the 1-5 scale, unrounded; null when a value with weight is unknown."""
    score_range: tuple[Exact, Exact] | None = None
    """Lowest and highest score that the unknown values allow; null when the score is known."""
    contributions: dict[str, Exact | None]
    """Weight × value by criterion, criteria without weight left out; null where the value is unknown."""


class Ranking(Record):
    """Tools in order, with what the order was computed from."""

    profile: str | None
    """The weight profile, or null when the weights are the user's own."""
    dataset_version: str
    scores: str
    """Which scores: `catalogue`, or `published:ID`."""
    weights: dict[str, Exact]
    """Share by criterion; they sum to 1."""
    ranking: tuple[RankedTool, ...]

    def of(self, tool: str) -> RankedTool:
        """Return one tool's line."""
        return next(line for line in self.ranking if line.tool == tool)


def rank(
    catalogue: Catalogue,
    weights: Mapping[str, Any] | str,
    *,
    tools: Collection[str] = (),
    scores: str = OWN,
    own_scores: OwnScores = MappingProxyType({}),
) -> Ranking:
    """Rank tools by weighted sum.

    `weights` is the id of a weight profile, or a mapping from criterion to a non-negative number, any sum. `tools`
    restricts the ranking (all ranked tools when empty). `scores` names the set of scores; `own_scores` replaces single
    ones, by tool and criterion. Scores lie on the 1-5 scale.
    Raises `InputError` for an unknown profile, criterion, tool or set of scores and for weights that cannot be used.

    >>> import orchkit
    >>> catalogue = orchkit.load()
    >>> result = orchkit.rank(catalogue, "startup", scores="published:engineersofai")
    >>> [(line.tool, float(line.score)) for line in result.ranking][:2]
    [('metaflow', 4.45), ('prefect', 4.2)]
    """
    profile, exact = resolve_weights(catalogue, weights)
    return ranking_of(catalogue, profile, exact, scores, restricted(decision_matrix(catalogue, scores, own_scores), tools))


def ranking_of(catalogue: Catalogue, profile: str | None, weights: Weights, scores: str, matrix: Matrix) -> Ranking:
    """Rank by weights that are resolved and the matrix that `scores` stands for."""
    return Ranking(
        profile=profile,
        dataset_version=catalogue.dataset.version,
        scores=scores,
        weights=weights,
        ranking=rank_matrix(matrix, weights),
    )


def resolve_weights(catalogue: Catalogue, weights: Mapping[str, Any] | str) -> tuple[str | None, Weights]:
    """Return the profile's id, if one was named, and exact weights that sum to 1."""
    if isinstance(weights, Mapping):
        return None, read_weights(weights, catalogue.criteria)
    if not isinstance(weights, str):
        fact = f"{type(weights).__name__} is neither the id of a weight profile nor a mapping"
        raise InputError(Problem("weights", fact, 'Write "startup", or {"community": 1}'))
    if weights not in catalogue.profiles:
        raise InputError(Problem("profile", f"unknown weight profile `{weights}`", nearest(weights, catalogue.profiles)))
    return weights, read_weights(catalogue.profiles[weights].weights, catalogue.criteria)


def rank_matrix(matrix: Matrix, weights: Weights) -> tuple[RankedTool, ...]:
    """Rank the rows of a matrix. The kernel: exact numbers in, lines out, nothing checked."""
    cells, whole = whole_cells(matrix), whole_weights(weights, matrix.criteria)
    sums, unit = totals(cells, whole), sum(whole) * cells.point
    share = cache(lambda points: Fraction(points, unit))  # many scores are the same
    lows, highs = sorted(sums.low), sorted(sums.high)
    level = defaultdict(list)
    for name, low, high in zip(cells.tools, sums.low, sums.high, strict=True):
        if low == high:
            level[low].append(name)
    lines = []
    for name, row, low, high in zip(cells.tools, zip(cells.low, cells.high, strict=True), sums.low, sums.high, strict=True):
        known = low == high
        first = 1 + len(lows) - bisect_right(lows, high)
        last = 1 + len(highs) - bisect_right(highs, low) - (high > low)
        parts = zip(cells.criteria, whole, *row, strict=True)
        lines.append(
            RankedTool(
                tool=name,
                rank=first if first == last else None,
                rank_range=None if first == last else (first, last),
                tied_with=tuple(sorted(other for other in level[low] if other != name)) if known else (),
                score=share(low) if known else None,
                score_range=None if known else (share(low), share(high)),
                contributions={key: share(weight * least) if least == most else None for key, weight, least, most in parts if weight},
            )
        )
    return tuple(sorted(lines, key=_order))


def _order(line: RankedTool) -> tuple[int, int, str]:
    """Order lines by the best rank, then the worst, then the id, so that no input order shows through."""
    first, last = line.rank_range or (line.rank, line.rank)
    assert first is not None
    assert last is not None
    return first, last, line.tool
