"""Where two deployments cost the same as one number of the workload grows, in closed form.

A year's cost is piecewise linear along each axis of the workload: prices times counts that grow in proportion, kinks where
what is free is used up, steps where a plan's limit is passed. Between two such points the difference of two deployments is
a straight line, so its zero is a fraction and no search is needed. Unknown lines are left out on both sides, and the result
names them; where a deployment outgrows its plans, the comparison ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, cast, get_args

from orchkit.costs.estimate import cost_of, resolve_workload
from orchkit.costs.lines import money
from orchkit.costs.quantities import per_year, runs_per_month
from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Driver, Line
from orchkit.model.input.workload import Axis, CostEdits, Workload

BOUNDS: dict[Axis, tuple[int, int]] = {
    "runs_per_day": (0, 1_000_000),
    "tasks_per_run": (1, 10_000),
    "minutes_per_task": (0, 10_080),
    "pushes_per_month": (0, 1_000_000),
    "executions_per_push": (0, 10_000),
    "seats": (0, 100_000),
}
"""How far each axis reaches: the bounds of the workload."""


class Crossing(Record):
    """A point at which the order of the two changes."""

    at: Exact
    kind: Literal["equal", "step"]
    """`equal`: both cost the same there. `step`: a plan's limit is passed there, and the order is another one beyond."""
    cheaper_before: str
    cheaper_after: str


class Stretch(Record):
    """A stretch of the axis, with the costs at both ends: linear between them."""

    start: Exact
    end: Exact
    first: tuple[tuple[Exact, Exact], tuple[Exact, Exact]]
    """(low, high) of the first deployment just after the start and just before the end."""
    second: tuple[tuple[Exact, Exact], tuple[Exact, Exact]]


class BreakEven(Record):
    """Two deployments compared along one axis."""

    axis: Axis
    first: str
    second: str
    currency: str
    crossings: tuple[Crossing, ...]
    """Where the middles of the two ranges change order."""
    surely: tuple[tuple[Exact, Exact, str], ...]
    """(start, end, deployment): stretches on which one is cheaper whatever the ranges hold. Elsewhere they overlap."""
    left_out: dict[str, tuple[str, ...]]
    """Unknown lines by deployment: neither side counts them."""
    ends_at: Exact | None
    """Where a deployment outgrows its known plans, and with it the comparison; null when it never does."""
    stretches: tuple[Stretch, ...]
    """The costs themselves, for a chart."""


def break_even(  # noqa: PLR0913 - a comparison has two sides, an axis, and everything that stays as it is
    catalogue: Catalogue,
    first: str,
    second: str,
    axis: str = "runs_per_day",
    *,
    workload: Any = None,
    edits: CostEdits | None = None,
) -> BreakEven:
    """Compare two costed deployments as one number of the workload grows from its least to its greatest value.

    `axis` is one of the workload's numbers: runs_per_day, tasks_per_run, minutes_per_task, pushes_per_month,
    executions_per_push or seats. All others stay as `workload` has them. Raises `InputError` for an unknown deployment or
    axis, for the same deployment twice, and as `estimate_cost` does.
    """
    if axis not in get_args(Axis):
        raise InputError(Problem("axis", f"`{axis}` is nothing that can grow", nearest(axis, get_args(Axis))))
    for name in (first, second):
        if name not in catalogue.costs.deployments:
            raise InputError(Problem("deployment", f"unknown costed deployment `{name}`", nearest(name, catalogue.costs.deployments)))
    if first == second:
        raise InputError(Problem("deployment", f"`{first}` is compared with itself", "Choose two different ones"))
    meant = resolve_workload(catalogue, workload)
    money(catalogue, meant)
    return _Comparison(catalogue, (first, second), cast("Axis", axis), meant, edits or {}).result()


Cost = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The two deployments as functions of the axis."""

    catalogue: Catalogue
    names: tuple[str, str]
    axis: Axis
    workload: Workload
    edits: CostEdits

    @property
    def low(self) -> Fraction:
        """Where the axis begins."""
        return Fraction(BOUNDS[self.axis][0])

    @property
    def high(self) -> Fraction:
        """Where the axis ends."""
        return Fraction(BOUNDS[self.axis][1])

    def at(self, x: Fraction) -> Workload:
        """Return the workload with the axis at x. Whole numbers stay whole: between two of them nothing is bought."""
        return self.workload.model_copy(update={self.axis: x})

    def costs(self, x: Fraction) -> tuple[tuple[Cost, ...], dict[str, tuple[str, ...]]]:
        """Return (low, high) of both, and their unknown lines."""
        terms = money(self.catalogue, self.at(x))
        found = [cost_of(name, self.catalogue.costs.deployments[name], terms, self.edits.get(name, {})) for name in self.names]
        return tuple(cost.per_year for cost in found), {cost.deployment: cost.left_out for cost in found}

    def kinks(self) -> list[Fraction]:
        """Return every point inside the bounds at which a line of either deployment may kink or step, in order."""
        found = {self.low, self.high}
        for name in self.names:
            for key, line in self.catalogue.costs.deployments[name].lines.items():
                if key not in self.edits.get(name, {}):
                    found.update(x for x in self._of(line) if self.low < x < self.high)
        return sorted(found)

    def _of(self, line: Line) -> list[Fraction]:
        if line.included_per_month is not None and line.per is not None:
            driver, free = line.per, line.included_per_month
            return self._reaches(lambda workload: per_year(driver, workload) / 12, free)
        points: list[Fraction] = []
        for plan in line.plans:
            included = self.catalogue.costs.price(plan).includes
            if included and included.seats is not None and self.axis == "seats":
                points.append(Fraction(included.seats))
            if included and included.runs_per_month is not None:
                points += self._reaches(runs_per_month, Fraction(included.runs_per_month))
            if included and included.minutes_per_month is not None:
                points += self._reaches(lambda workload: per_year(Driver.TASK_MINUTES, workload) / 12, Fraction(included.minutes_per_month))
        return points

    def _reaches(self, measure: Callable[[Workload], Fraction], limit: Fraction) -> list[Fraction]:
        """Return where a measure that is linear along the axis reaches a limit."""
        start, end = measure(self.at(self.low)), measure(self.at(self.high))
        if start == end:
            return []
        return [self.low + (limit - start) * (self.high - self.low) / (end - start)]

    def result(self) -> BreakEven:
        """Walk from kink to kink."""
        _, unknown = self.costs(self.low)
        stretches: list[Stretch] = []
        ends_at: Fraction | None = None
        for start, end in pairwise(self.kinks()):
            one, two = start + (end - start) / 3, start + 2 * (end - start) / 3
            (costs_one, left_out), (costs_two, _) = self.costs(one), self.costs(two)
            if left_out != unknown:
                ends_at = start
                break
            lines = [tuple(_through(one, a, two, b) for a, b in zip(*pair, strict=True)) for pair in zip(costs_one, costs_two, strict=True)]
            ends = [tuple(tuple(line(x) for line in lines[side]) for x in (start, end)) for side in (0, 1)]
            stretches.append(Stretch.model_validate({"start": start, "end": end, "first": ends[0], "second": ends[1]}))
        return BreakEven(
            axis=self.axis,
            first=self.names[0],
            second=self.names[1],
            currency=self.workload.currency,
            crossings=tuple(_crossings(self.names, stretches)),
            surely=tuple(_surely(self.names, stretches)),
            left_out={name: lines for name, lines in unknown.items() if lines},
            ends_at=ends_at,
            stretches=tuple(stretches),
        )


def _through(x: Fraction, y: Fraction, other_x: Fraction, other_y: Fraction) -> Callable[[Fraction], Fraction]:
    """Return the straight line through two points."""
    slope = (other_y - y) / (other_x - x)
    return lambda at: y + slope * (at - x)


def _middles(stretch: Stretch) -> tuple[Fraction, Fraction]:
    """Return the first's middle minus the second's, at both ends."""
    first, second = ([sum(span, Fraction(0)) / 2 for span in side] for side in (stretch.first, stretch.second))
    return first[0] - second[0], first[1] - second[1]


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _crossings(names: tuple[str, str], stretches: list[Stretch]) -> list[Crossing]:
    """Find each change of order: a zero inside a stretch or at its end, or a jump between two stretches."""
    found: list[Crossing] = []
    order = 0  # sign of first minus second, last seen; 0 while they are equal
    since: Fraction | None = None  # where they became equal, if they are
    for stretch in stretches:
        start, end = _middles(stretch)
        for x, difference in ((stretch.start, start), (stretch.end, end)):
            sign = _sign(difference)
            if sign and order and sign != order:
                inside = x == stretch.end and _sign(start) == order
                at = stretch.start - start * (stretch.end - stretch.start) / (end - start) if inside else x
                equal = inside or since is not None
                found.append(_crossing(names, since if since is not None and not inside else at, order, equal=equal))
            if sign:
                order, since = sign, None
            elif since is None:
                since = x
    return found


def _crossing(names: tuple[str, str], at: Fraction, before: int, *, equal: bool) -> Crossing:
    cheaper, dearer = (names[1], names[0]) if before > 0 else names
    return Crossing(at=at, kind="equal" if equal else "step", cheaper_before=cheaper, cheaper_after=dearer)


def _surely(names: tuple[str, str], stretches: list[Stretch]) -> list[tuple[Fraction, Fraction, str]]:
    """Find the stretches on which one's high end lies below the other's low end."""
    parts = []
    for stretch in stretches:
        for cheap, dear, name in ((stretch.first, stretch.second, names[0]), (stretch.second, stretch.first, names[1])):
            if part := _positive(stretch.start, dear[0][0] - cheap[0][1], stretch.end, dear[1][0] - cheap[1][1]):
                parts.append((*part, name))
    found: list[tuple[Fraction, Fraction, str]] = []
    for start, end, name in sorted(parts):
        if found and found[-1][1:] == (start, name):
            found[-1] = (found[-1][0], end, name)
        else:
            found.append((start, end, name))
    return found


def _positive(start: Fraction, at_start: Fraction, end: Fraction, at_end: Fraction) -> tuple[Fraction, Fraction] | None:
    """Return the part of a stretch on which a straight line lies above zero."""
    if at_start <= 0 and at_end <= 0:
        return None
    if at_start > 0 and at_end > 0:
        return start, end
    zero = start - at_start * (end - start) / (at_end - at_start)
    return (start, zero) if at_start > 0 else (zero, end)


def at_axis(workload: Workload, axis: Axis) -> Fraction:
    """Return where a workload stands on an axis."""
    return Fraction(getattr(workload, axis))
