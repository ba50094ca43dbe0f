"""Two deployments as volume grows: the drawing's points, from the comparison's straight lines. Exact until it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from orchkit.costs import BreakEven, Stretch
from orchkit.views.axis import Tick
from orchkit.views.numbers import fixed, grouped, plain

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 12, 40
"""Room around the plot for labels, in units of the drawing."""
TICKS = 5


@dataclass(frozen=True, slots=True)
class Curve:
    """One deployment: the band between its low and its high end, and the middle."""

    series: int
    name: str
    bands: tuple[str, ...]
    """Polygons, one a stretch: a step is a gap."""
    middles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws."""

    curves: tuple[Curve, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    here: str | None
    """Where the workload stands."""
    crossings: tuple[tuple[str, str], ...]


def chart(comparison: BreakEven, names: tuple[str, str], here: Fraction) -> Chart | None:
    """Lay out a comparison around where the reader stands and where the order first changes; nothing where nothing is known."""
    if not comparison.stretches:
        return None
    start = comparison.stretches[0].start
    end = min(_nice(_far(comparison, here, start)), comparison.stretches[-1].end)
    shown = [stretch for stretch in comparison.stretches if stretch.start < end]
    top = max((side[1] for stretch in shown for pair in _cut(stretch, end)[2:] for side in pair), default=Fraction(1)) or Fraction(1)
    scale = _Scale(start, end, _nice(top))
    curves = tuple(
        Curve(
            series, name, tuple(_band(scale, stretch, side, end) for stretch in shown), tuple(_middle(scale, stretch, side, end) for stretch in shown)
        )
        for series, name, side in ((1, names[0], 0), (3, names[1], 1))
    )
    return Chart(
        curves=curves,
        x_ticks=tuple(Tick(scale.x(at), plain(Fraction(round(at * 10), 10))) for at in _steps(Fraction(0), end) if at >= start),
        y_ticks=tuple(Tick(scale.y(at), grouped(at)) for at in _steps(Fraction(0), scale.top)),
        here=scale.x(here) if start <= here <= end else None,
        crossings=tuple((scale.x(one.at), scale.y(_height(shown, one.at, end))) for one in comparison.crossings if one.at <= end),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    start: Fraction
    end: Fraction
    top: Fraction

    def x(self, value: Fraction) -> str:
        return fixed(LEFT + (value - self.start) * (WIDTH - LEFT - RIGHT) / (self.end - self.start), 2)

    def y(self, value: Fraction) -> str:
        return fixed(HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / self.top, 2)


def _far(comparison: BreakEven, here: Fraction, start: Fraction) -> Fraction:
    """Return how far the chart reaches: twice where the reader stands, and past the first change of order."""
    first = comparison.crossings[0].at * 3 / 2 if comparison.crossings else Fraction(0)
    return max(2 * here, first, start + 10)


def _nice(top: Fraction) -> Fraction:
    """Round up to a short multiple of a power of ten, so that the ticks are numbers that people read."""
    power = Fraction(10) ** (len(str(int(top))) - 1)
    return next(power * tenths / 10 for tenths in (10, 15, 20, 30, 40, 50, 60, 80, 100) if power * tenths / 10 >= top)


def _steps(start: Fraction, end: Fraction) -> Iterable[Fraction]:
    return (start + (end - start) * index / TICKS for index in range(TICKS + 1))


Ends = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]


def _cut(stretch: Stretch, end: Fraction) -> tuple[Fraction, Fraction, Ends, Ends]:
    """Return a stretch cut off at the end of the chart."""
    if stretch.end <= end:
        return stretch.start, stretch.end, stretch.first, stretch.second
    share = (end - stretch.start) / (stretch.end - stretch.start)
    first, second = (_part(side, share) for side in (stretch.first, stretch.second))
    return stretch.start, end, first, second


def _part(side: Ends, share: Fraction) -> Ends:
    (low, high), (low_end, high_end) = side
    return (low, high), (low + (low_end - low) * share, high + (high_end - high) * share)


def _band(scale: _Scale, stretch: Stretch, side: int, end: Fraction) -> str:
    start, stop, *sides = _cut(stretch, end)
    (low, high), (low_end, high_end) = sides[side]
    corners = ((start, low), (stop, low_end), (stop, high_end), (start, high))
    return " ".join(f"{scale.x(x)},{scale.y(y)}" for x, y in corners)


def _middle(scale: _Scale, stretch: Stretch, side: int, end: Fraction) -> str:
    start, stop, *sides = _cut(stretch, end)
    before, after = (sum(pair, Fraction(0)) / 2 for pair in sides[side])
    return f"{scale.x(start)},{scale.y(before)} {scale.x(stop)},{scale.y(after)}"


def _height(shown: list[Stretch], at: Fraction, end: Fraction) -> Fraction:
    """Return how high the first deployment's middle lies where the order changes."""
    stretch = next(one for one in reversed(shown) if one.start <= at)
    start, stop, first, _ = _cut(stretch, end)
    before, after = (sum(pair, Fraction(0)) / 2 for pair in first)
    return before + (after - before) * (at - start) / (stop - start)
