"""A subject's score over its dated states: the drawing's marks and lines. Exact until it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from orchkit.assessment.evaluate import Ends, ends_of
from orchkit.assessment.group import Evaluation
from orchkit.views.axis import Tick
from orchkit.views.checklist_text import evaluator_text, score_text
from orchkit.views.numbers import fixed

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 12, 32
"""Room around the plot for labels, in units of the drawing."""
INSET = 30
"""From the plot's ends to the first and the last day: room for marks beside each other, and for half a label."""
SERIES = 6
"""Evaluators that get a colour of their own; later ones begin again."""
MARK = 8
"""Width of a mark."""
THINNEST = 3
"""Height of the mark of a known score, whose ends are the same."""
APART = 86
"""Units between two days that both get a label."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One state: from the lowest to the highest score that its unknown items allow."""

    x: str
    y: str
    height: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One evaluator's states, joined along their lower ends."""

    series: int
    name: str
    marks: tuple[Mark, ...]
    points: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything that the template draws."""

    lines: tuple[Line, ...]
    days: tuple[Tick, ...]
    scores: tuple[Tick, ...]
    target: str | None


def trend_chart(states: Sequence[Evaluation], target: Fraction | None) -> Trend:
    """Lay out dated states, the oldest first; those to which nothing applies have no score and no mark."""
    days = [state.date for state in states if state.date]
    first, last = days[0], days[-1]
    by: dict[str, list[Evaluation]] = {}
    for state in states:
        by.setdefault(evaluator_text(state).casefold(), []).append(state)
    beside = min(len(by), SERIES)
    shifts = [Fraction(2 * place - beside + 1, 2) * (MARK + 1) for place in range(beside)]
    lines = (_line(index % SERIES, mine, _Scale(first, last, shifts[index % SERIES])) for index, mine in enumerate(by.values()))
    return Trend(
        lines=tuple(line for line in lines if line.marks),
        days=tuple(_days(days, _Scale(first, last))),
        scores=tuple(Tick(_y(Fraction(score)), f"{score} %") for score in range(0, 101, 25)),
        target=None if target is None else _y(target),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    shift: Fraction = Fraction(0)
    """How far an evaluator's marks stand from their day, so that two of one day are both seen."""

    def x(self, day: date) -> Fraction:
        room = WIDTH - LEFT - RIGHT - 2 * INSET
        share = Fraction((day - self.first).days, (self.last - self.first).days) if self.first != self.last else Fraction(1, 2)
        return LEFT + INSET + share * room + self.shift


def _line(place: int, states: Iterable[Evaluation], scale: _Scale) -> Line:
    known = [(state, state.date or scale.first, ends) for state in states if (ends := ends_of(state.total))]
    marks = tuple(_mark(state, ends, scale.x(day)) for state, day, ends in known)
    points = " ".join(f"{fixed(scale.x(day), 2)},{_y(ends[0])}" for _, day, ends in known)
    return Line(place + 1, evaluator_text(known[0][0]) if known else "", marks, points)


def _mark(state: Evaluation, ends: Ends, x: Fraction) -> Mark:
    height = max((ends[1] - ends[0]) * _plot() / 100, Fraction(THINNEST))
    label = f"{state.date}, {evaluator_text(state)}: {score_text(state.total)}"
    return Mark(fixed(x - MARK // 2, 2), fixed(_low(ends[0]) - height, 2), fixed(height, 2), label)


def _plot() -> int:
    return HEIGHT - TOP - BOTTOM


def _low(score: Fraction) -> Fraction:
    return HEIGHT - BOTTOM - score * _plot() / 100


def _y(score: Fraction) -> str:
    return fixed(_low(score), 2)


def _days(days: Sequence[date], scale: _Scale) -> Iterator[Tick]:
    """Label days from the first on, none so near to the one before that they would overlap."""
    before: Fraction | None = None
    for day in dict.fromkeys(days):
        at = scale.x(day)
        if before is None or at - before >= APART:
            before = at
            yield Tick(fixed(at, 2), str(day))
