"""The smallest change that costs a tool its first place: in the weights, and in one score by one point.

Size of a change of weights: the share of weight that moves from some criteria to others, which is half the sum of the
absolute differences (half the L1 distance). "Five points moved" can be said in a meeting; a Euclidean distance cannot.
Asking for the least sum of absolute changes of weight that makes another alternative first is the linear programme of
Wolters & Mareschal 1995, "Novel types of sensitivity analysis for additive MCDM methods" (European Journal of Operational
Research 81:281-290). For a weighted sum it needs no solver. Moving a share s from criterion p to criterion q takes
s · (d(p) - d(q)) from the leader's lead, d being leader minus challenger; so weight goes to the criterion with the least d
and is taken first where d is greatest, a continuous knapsack, which greed solves exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter, mul

from orchkit.model.base import Exact, Record
from orchkit.model.criteria import HIGHEST, LOWEST
from orchkit.scoring.whole import Cells, Row, may_be_first, totals


class WeightFlip(Record):
    """The smallest change of weights after which another tool may draw level with the first; the least more, and it may lead."""

    leader: str
    challengers: tuple[str, ...]
    """Who is level then; several where the change serves for each of them."""
    moved: Exact
    """The share of weight that moves, from 0 to 1."""
    taken: dict[str, Exact]
    """Share taken away by criterion."""
    given_to: str
    """The criterion that gets it."""


class ScoreFlip(Record):
    """One score, changed by one point, after which first place is another's or is shared."""

    tool: str
    criterion: str
    value: int
    """The score as it is."""
    changed_to: int
    first: tuple[str, ...]
    """Tools that may be first then."""


def smallest_weight_flip(cells: Cells, weights: Row) -> WeightFlip | None:
    """Return the smallest change of weights that costs the first tool its place.

    `weights` are whole numbers in the order of the criteria, at least one above 0. None where first place is shared or
    open, so that there is nothing to take, and where no weights put another tool ahead. An unknown score counts as what is
    worse for the leader. Of several changes that are equally small it is the one for the first challenger by id, and to the
    first criterion.
    """
    sums = totals(cells, weights)
    first = may_be_first(sums.low, sums.high)
    if len(first) > 1:
        return None
    found = {}
    for challenger in range(len(cells.tools)):
        lead = _lead(cells, first[0], challenger)
        if challenger != first[0] and min(lead) < 0:
            found[challenger] = _cheapest(lead, weights)
    if not found:
        return None
    nearest = min(found, key=lambda challenger: (sum(found[challenger].values(), Fraction(0)), cells.tools[challenger]))
    lead, taken = _lead(cells, first[0], nearest), found[nearest]
    least = sum(taken.values(), Fraction(0))
    given_to = lead.index(min(lead))
    changed = [weight - taken.get(index, 0) + (least if index == given_to else 0) for index, weight in enumerate(weights)]
    level = totals(cells, changed)
    return WeightFlip(
        leader=cells.tools[first[0]],
        challengers=tuple(sorted(cells.tools[index] for index in may_be_first(level.low, level.high) if index != first[0])),
        moved=least / sum(weights),
        taken={cells.criteria[index]: share / sum(weights) for index, share in sorted(taken.items())},
        given_to=cells.criteria[given_to],
    )


def _lead(cells: Cells, leader: int, challenger: int) -> list[int]:
    """Return how far the leader is surely ahead on each criterion."""
    return [mine - theirs for mine, theirs in zip(cells.low[leader], cells.high[challenger], strict=True)]


def _cheapest(lead: list[int], weights: Row) -> dict[int, Fraction]:
    """Return what to take from which criterion, so that the lead by the weighted sum is gone: most dear first."""
    left, least = sum(map(mul, weights, lead)), min(lead)
    taken: dict[int, Fraction] = {}
    for index, advantage in sorted(enumerate(lead), key=itemgetter(1), reverse=True):
        if left > 0 and weights[index] and advantage > least:
            taken[index] = min(Fraction(weights[index]), Fraction(left, advantage - least))
            left -= taken[index] * (advantage - least)
    return taken


def one_point_flips(cells: Cells, weights: Row) -> tuple[ScoreFlip, ...]:
    """Return every known score whose change by one point, within the scale, changes who may be first.

    `weights` are whole numbers in the order of the criteria. In the order of the tools' ids, then of the criteria, up before down.
    """
    sums = totals(cells, weights)
    now = may_be_first(sums.low, sums.high)
    return tuple(flip for tool in _by_id(cells) for flip in _flips_of(cells, weights, (sums.low, sums.high), now, tool))


def _by_id(cells: Cells) -> list[int]:
    return sorted(range(len(cells.tools)), key=cells.tools.__getitem__)


def _flips_of(cells: Cells, weights: Row, sums: tuple[Row, Row], now: tuple[int, ...], tool: int) -> Iterator[ScoreFlip]:
    low, high = list(sums[0]), list(sums[1])
    for criterion, weight in enumerate(weights):
        value = cells.low[tool][criterion]
        if value != cells.high[tool][criterion] or not weight:
            continue
        for step in (cells.point, -cells.point):
            if not LOWEST * cells.point <= value + step <= HIGHEST * cells.point:
                continue
            low[tool], high[tool] = sums[0][tool] + step * weight, sums[1][tool] + step * weight
            then = may_be_first(low, high)
            if then != now:
                yield ScoreFlip(
                    tool=cells.tools[tool],
                    criterion=cells.criteria[criterion],
                    value=value // cells.point,
                    changed_to=(value + step) // cells.point,
                    first=tuple(sorted(cells.tools[index] for index in then)),
                )
