"""The bench's results as the method page shows them: the budget table with its drawing, and the levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from orchkit.site.bench import Levers, Results, Row
from orchkit.views.environment import render

TOP = 2
"""Where an interval's drawing ends, in bounds."""

NARROWEST = 3
"""What is drawn of an interval without width, so that its colour is seen, in units of 100 a bound."""


def number(value: float | None, unit: str = "") -> str:
    """Write a measured value with three digits that count.

    >>> number(0.41267, "×"), number(15.48, "s"), number(1372.6, "ms"), number(None)
    ('0.413 ×', '15.5 s', '1370 ms', '–')
    """
    if value is None:
        return "–"
    rounded = float(f"{value:.3g}")
    text = f"{rounded:.0f}" if rounded >= 100 else f"{rounded:.3g}"  # noqa: PLR2004 - from here on three digits have no decimal
    return f"{text} {unit}".strip()


def span(low: float | None, high: float | None) -> str:
    """Write a range.

    >>> span(0.3, 0.45), span(None, None)
    ('0.3–0.45', '–')
    """
    return "–" if low is None else f"{number(low)}–{number(high)}"


@dataclass(frozen=True, slots=True)
class Interval:
    """A row's drawing, in units of 100 a bound; what reaches past the end is cut there, and says so."""

    low: float
    value: float
    width: float
    cut: bool
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the template draws it."""

    row: Row
    value: str
    bound: str
    span: str
    pair: str
    verdict: str
    interval: Interval | None


def bench_table(results: Results) -> Markup:
    """Render the budget table with its drawing, and what it was measured on."""
    lines = [_line(row) for row in results.rows]
    return render("bench_table.html.jinja", results=results, lines=lines, notes=_notes(results.rows), tally=tally(results.rows), top=100 * TOP)


def lever_table(levers: Levers) -> Markup:
    """Render before and after each lever."""
    return render("lever_table.html.jinja", levers=levers, number=number)


def verdict(row: Row) -> str:
    """Say whether a row keeps to its bound."""
    if row.value is None:
        return "not measured"
    return "no bound" if row.met is None else "met" if row.met else "missed"


def tally(rows: Sequence[Row]) -> str:
    """Say how many bounds hold.

    >>> tally([])
    'Bounds: 0 met, 0 missed, 0 not measured.'
    """
    bounded = [row for row in rows if row.bound is not None]
    met, missed = (sum(row.met is verdict for row in bounded) for verdict in (True, False))
    return f"Bounds: {met} met, {missed} missed, {len(bounded) - met - missed} not measured."


def _notes(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Name the rows of each note; what several rows say is said once."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if text := row.note or (f"Not measured: {row.why}" if row.why else None):
            found.setdefault(text, []).append(row.name)
    return found


def _line(row: Row) -> Line:
    return Line(
        row=row,
        value=number(row.value, row.unit),
        bound="–" if row.bound is None else f"≤ {number(row.bound, row.unit)}",
        span=span(row.low, row.high),
        pair="" if row.ours is None else f"{number(row.ours, row.pair_unit or '')} against {number(row.stock, row.pair_unit or '')}",
        verdict=verdict(row),
        interval=_interval(row),
    )


def _interval(row: Row) -> Interval | None:
    if row.value is None or not row.bound:
        return None
    assert row.low is not None
    assert row.high is not None
    low, value, high = (part / row.bound for part in (row.low, row.value, row.high))
    left, right = min(low, TOP), min(high, TOP)
    spare = max(0, NARROWEST - 100 * (right - left))
    return Interval(
        low=min(100 * left - spare / 2, 100 * TOP - NARROWEST),
        value=100 * min(value, TOP),
        width=100 * (right - left) + spare,
        cut=high > TOP,
        label=f"{row.what}: {number(value)} of its bound, runs from {number(low)} to {number(high)}",
    )
