"""Weight intervals: how far one weight can move, the others keeping their proportions, before first place changes.

Let the weight of criterion c be t and let the other weights share 1 - t in the proportions they have. Then a tool's sum is
t · value(c) + (1 - t) · rest, with `rest` its weighted mean over the other criteria: a straight line in t. Two lines cross
once at most, so both ends of the interval are solutions of linear equations and exact.

That first place turns where two sums become equal, and that the others are rescaled afterwards, is the criticality of a
weight in Triantaphyllou & Sánchez 1997, "A sensitivity analysis approach for some deterministic multi-criteria decision
making methods" (Decision Sciences 28:151-194). Unknown scores make each sum an interval between two lines; first place is
then the set of tools that may hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from orchkit.model.base import Exact, Record
from orchkit.scoring.whole import Cells, Row, Totals, may_be_first, totals


class WeightInterval(Record):
    """How far one criterion's weight can move before first place changes. Shares of the whole, from 0 to 1."""

    criterion: str
    weight: Exact
    """The share now."""
    low: Exact
    """Down to here first place stays; at this end others may draw level."""
    high: Exact
    """Up to here first place stays."""
    below: tuple[str, ...] = ()
    """Tools that may be first just below `low`; empty where the weight can fall to 0."""
    above: tuple[str, ...] = ()
    """Tools that may be first just above `high`; empty where the weight can rise to 1."""

    @property
    def room(self) -> Fraction:
        """The smaller distance to an end at which first place changes; 1 where it changes at neither."""
        return min([self.weight - self.low] * bool(self.below) + [self.high - self.weight] * bool(self.above), default=Fraction(1))


class _Lines(NamedTuple):
    """Every tool's lowest and highest sum as straight lines: their values where the weight is 0 and where it is 1, one scale for all."""

    low: tuple[tuple[int, int], ...]
    high: tuple[tuple[int, int], ...]
    top: tuple[tuple[int, int], ...]
    """The lowest sums that no other's lowest sum reaches everywhere: somebody is surely above a sum where one of these is."""


class _Where(NamedTuple):
    """Weights at which one line is surely above another: from one end of the range to a crossing."""

    crossing: Fraction
    rising: bool
    """Whether it is above from the crossing upwards; else up to the crossing."""


def weight_intervals(cells: Cells, weights: Row) -> tuple[WeightInterval, ...]:
    """Return each criterion's weight interval, in the order of the criteria.

    `weights` are whole numbers in that order, at least one above 0. Left out is a criterion that holds all the weight: the
    others have no proportions to keep.
    """
    sums = totals(cells, weights)
    return tuple(_interval(cells, weights, sums, index) for index in range(len(weights)) if weights[index] != sum(weights))


def _interval(cells: Cells, weights: Row, sums: Totals, criterion: int) -> WeightInterval:
    lines = _lines(cells, weights, sums, criterion)
    now = Fraction(weights[criterion], sum(weights))
    first = may_be_first(*_at(lines, now))
    low, high = Fraction(0), Fraction(1)
    for ends in _holds(lines, first, now):
        low, high = max(low, ends[0]), min(high, ends[1])
    return WeightInterval(
        criterion=cells.criteria[criterion],
        weight=now,
        low=low,
        high=high,
        below=_beyond(cells, lines, low, -1) if low > 0 else (),
        above=_beyond(cells, lines, high, 1) if high < 1 else (),
    )


def _lines(cells: Cells, weights: Row, sums: Totals, criterion: int) -> _Lines:
    own, others = weights[criterion], sum(weights) - weights[criterion]

    def of(rows: tuple[Row, ...], total: Row) -> tuple[tuple[int, int], ...]:
        return tuple((whole - own * row[criterion], others * row[criterion]) for whole, row in zip(total, rows, strict=True))

    low = of(cells.low, sums.low)
    return _Lines(low, low if cells.known else of(cells.high, sums.high), tuple(_outermost(low)))


def _outermost(lines: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """Yield the lines that no other reaches everywhere, from the highest start down; a handful, however many tools there are."""
    highest = None
    for start, end in sorted(set(lines), reverse=True):
        if highest is None or end > highest:
            highest = end
            yield start, end


def _at(lines: _Lines, weight: Fraction) -> tuple[list[int], list[int]]:
    """Return lowest and highest sums at a weight, one scale for all."""
    up, down = weight.numerator, weight.denominator - weight.numerator
    low = [down * start + up * end for start, end in lines.low]
    return low, low if lines.low is lines.high else [down * start + up * end for start, end in lines.high]


def _holds(lines: _Lines, first: tuple[int, ...], now: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield intervals around the weight as it is, whose intersection is where first place is what it is."""
    for holder, rival in product(first, lines.top):
        yield _stays(rival, lines.high[holder])
    if lines.low is not lines.high:  # where all is known, others come in exactly where a holder goes
        for outsider in set(range(len(lines.high))).difference(first):
            yield _stays_out(lines.top, lines.high[outsider], now)


def _stays(rival: tuple[int, int], holder: tuple[int, int]) -> tuple[Fraction, Fraction]:
    """Return where the holder's highest sum is not below the rival's lowest one."""
    above = _surely_above(rival, holder)
    if above is None:
        return Fraction(0), Fraction(1)
    return (Fraction(0), above.crossing) if above.rising else (above.crossing, Fraction(1))


def _stays_out(top: tuple[tuple[int, int], ...], outsider: tuple[int, int], now: Fraction) -> tuple[Fraction, Fraction]:
    """Return the interval around the weight as it is in which some other's lowest sum is above the outsider's highest one."""
    if any(start > outsider[0] and end > outsider[1] for start, end in top):
        return Fraction(0), Fraction(1)
    places = [found for line in top if (found := _surely_above(line, outsider))]
    low = min((one.crossing for one in places if one.rising), default=Fraction(1))
    high = max((one.crossing for one in places if not one.rising), default=Fraction(0))
    if low < high:  # the two reach into each other: somebody is above everywhere
        return Fraction(0), Fraction(1)
    return (low, Fraction(1)) if now > low else (Fraction(0), high)


def _surely_above(line: tuple[int, int], other: tuple[int, int]) -> _Where | None:
    """Return where `line` is above `other`, or None where it is nowhere above, or everywhere."""
    start, end = line[0] - other[0], line[1] - other[1]
    if (start > 0) == (end > 0):
        return None
    return _Where(Fraction(start, start - end), rising=end > 0)


def _beyond(cells: Cells, lines: _Lines, end: Fraction, direction: int) -> tuple[str, ...]:
    """Return who may be first just beyond an end: sums are compared at the end, and where they are equal by their slopes."""
    low, high = _at(lines, end)
    slopes = [[direction * (line[1] - line[0]) for line in side] for side in (lines.low, lines.high)]
    found = may_be_first(list(zip(low, slopes[0], strict=True)), list(zip(high, slopes[1], strict=True)))
    return tuple(sorted(cells.tools[index] for index in found))
