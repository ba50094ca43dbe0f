"""Sensitivity: what it takes to change first place, in one record, and the rule by which there is a clear winner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.scoring.acceptability import SAMPLES, Acceptability, acceptability
from orchkit.scoring.dominance import Dominance, dominance
from orchkit.scoring.flips import ScoreFlip, WeightFlip, one_point_flips, smallest_weight_flip
from orchkit.scoring.intervals import WeightInterval, weight_intervals
from orchkit.scoring.matrix import OWN, OwnScores, decision_matrix, restricted
from orchkit.scoring.ranking import Ranking, rank
from orchkit.scoring.whole import Cells, Row, Totals, may_be_first, totals, whole_cells, whole_weights

SLIGHT = Fraction(1, 20)
"""A lead that falls when less than this share of weight moves is no clear lead. Two people who weigh the same criteria on the
same day differ by more than five points in a hundred; nothing finer is meant by a weight."""


class Standing(StrEnum):
    """How firm first place is. The rule is fixed here, before anybody's weights are known."""

    ALONE = "alone"
    """There is one tool and nothing to compare it with."""
    OPEN = "open"
    """Unknown scores leave it open who is first."""
    SHARED = "shared"
    """Several tools have exactly the same sum."""
    CLOSE = "close"
    """One tool is first, and one score changed by one point, or less than `SLIGHT` of the weight moved, changes that."""
    CLEAR = "clear"
    """One tool is first, and neither of these is enough."""


class Sensitivity(Record):
    """Everything that says how far a ranking's first place can be trusted."""

    profile: str | None
    """The weight profile, or null when the weights are the user's own."""
    dataset_version: str
    scores: str
    """Which scores: `catalogue`, or `published:ID`."""
    weights: dict[str, Exact]
    """Share by criterion; they sum to 1."""
    standing: Standing
    """Whether there is a clear winner, by the rule of this library."""
    first: tuple[str, ...]
    """Tools that may be first: one where first place is decided, several where it is shared or open."""
    lead: Exact | None
    """By how many points of the 1-5 scale the first is surely ahead of the next; null where first place is shared or open."""
    intervals: tuple[WeightInterval, ...]
    """How far each weight can move before first place changes; without the criterion that holds all the weight, if one does."""
    weight_flip: WeightFlip | None
    """The smallest change of weights that costs the first tool its place; null where it is shared or open, or no weights would do."""
    score_flips: tuple[ScoreFlip, ...]
    """Each score whose change by one point changes first place."""
    dominance: Dominance
    acceptability: Acceptability | None
    """Shares of all weights by rank; null when no weights were to be drawn."""

    @property
    def clear(self) -> bool:
        """Whether there is a clear winner."""
        return self.standing is Standing.CLEAR


def sensitivity(  # noqa: PLR0913 - what `rank` takes, and how many weights to draw from which seed
    catalogue: Catalogue,
    weights: Mapping[str, Any] | str,
    *,
    tools: Collection[str] = (),
    scores: str = OWN,
    own_scores: OwnScores = MappingProxyType({}),
    samples: int = SAMPLES,
    seed: int = 0,
) -> Sensitivity:
    """Say how firm the first place of a ranking is.

    Takes what `rank` takes. `samples` weights are drawn for the rank acceptabilities, from 1 to 1,000,000, or none when it
    is 0; `seed` is any whole number. Everything else is exact. Methods are named in the modules `intervals`, `flips`,
    `dominance` and `acceptability` of `orchkit.scoring`.
    Raises `InputError` as `rank` does, and for a number of samples that cannot be drawn.

    >>> import orchkit
    >>> catalogue = orchkit.load()
    >>> result = orchkit.sensitivity(catalogue, "startup", scores="published:engineersofai", samples=1_000)
    >>> result.first, result.standing.value, float(result.lead)
    (('metaflow',), 'close', 0.25)
    """
    ranking = rank(catalogue, weights, tools=tools, scores=scores, own_scores=own_scores)
    matrix = restricted(decision_matrix(catalogue, scores, own_scores), tools)
    return sensitivity_of(ranking, whole_cells(matrix), acceptability(matrix, samples=samples, seed=seed) if samples else None)


def sensitivity_of(ranking: Ranking, cells: Cells, drawn: Acceptability | None) -> Sensitivity:
    """Gather everything about a ranking and the matrix that it was made from. The kernel: nothing is checked."""
    whole = whole_weights(ranking.weights, cells.criteria)
    sums = totals(cells, whole)
    first = may_be_first(sums.low, sums.high)
    weight_flip, score_flips = smallest_weight_flip(cells, whole), one_point_flips(cells, whole)
    return Sensitivity(
        profile=ranking.profile,
        dataset_version=ranking.dataset_version,
        scores=ranking.scores,
        weights=ranking.weights,
        standing=_standing(sums, first, weight_flip, score_flips),
        first=tuple(sorted(cells.tools[index] for index in first)),
        lead=_lead(cells, whole, sums, first),
        intervals=weight_intervals(cells, whole),
        weight_flip=weight_flip,
        score_flips=score_flips,
        dominance=dominance(cells),
        acceptability=drawn,
    )


def _standing(sums: Totals, first: tuple[int, ...], weight_flip: WeightFlip | None, score_flips: tuple[ScoreFlip, ...]) -> Standing:
    if len(sums.low) == 1:
        return Standing.ALONE
    if len(first) > 1:
        return Standing.SHARED if all(sums.low[tool] == sums.high[tool] for tool in first) else Standing.OPEN
    if score_flips or (weight_flip and weight_flip.moved < SLIGHT):
        return Standing.CLOSE
    return Standing.CLEAR


def _lead(cells: Cells, weights: Row, sums: Totals, first: tuple[int, ...]) -> Fraction | None:
    others = [high for index, high in enumerate(sums.high) if index not in first]
    if len(first) > 1 or not others:
        return None
    return Fraction(sums.low[first[0]] - max(others), sum(weights) * cells.point)
