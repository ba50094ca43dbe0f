"""The comparison's page: two to four tools side by side, what makes the difference between them, and every row with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from markupsafe import Markup

from orchkit.decision.compare import FEWEST_COMPARED, compare_decision, compared_tools
from orchkit.decision.comparison import Comparison, Entry, Row, Unit
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.criteria import HIGHEST, LOWEST
from orchkit.model.input.context import usable_context
from orchkit.model.input.decision import MOST_COMPARED, DecisionFile
from orchkit.scoring import settled
from orchkit.views import compare_text
from orchkit.views.environment import render
from orchkit.views.numbers import fixed, percent
from orchkit.views.place import Place
from orchkit.views.ranking_table import rank_text, score_text
from orchkit.views.spreadsheet import csv_text
from orchkit.views.state import PageState
from orchkit.views.view import Complaint, Download, Options, View, take_over, with_decision

WIDTH = 500
"""Units across a drawing."""

LINE = 14
"""Units of height for each tool's bar."""

SERIES = (1, 3, 4, 7)
"""Which colour each column has, by its place."""

ROWS = {"all": "all rows", "differences": "only differences"}


class Slot(NamedTuple):
    """One select: a tool that stands there, or the empty one behind the last."""

    tool: str | None
    label: str
    offered: tuple[str, ...]
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a drawing, in its units."""

    series: int
    x: Fraction
    y: int
    width: Fraction
    unknown: bool
    label: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """What one criterion adds, drawn: towards one of two tools, or for each of more."""

    name: str
    weight: str
    bars: tuple[Bar, ...]
    reading: str


Usable = tuple[Comparison, tuple[Problem, ...]]

_LAST: list[tuple[Catalogue, DecisionFile, Usable]] = []
"""What was compared last: a page draws it, tells it and, with other rows, draws it again."""


def usable(catalogue: Catalogue, decision: DecisionFile) -> Usable:
    """Compare by as much of a decision as can be used, and say what cannot."""
    meant = decision.model_copy(update={"compare_rows": "all"})
    if not any(known is catalogue and before == meant for known, before, _ in _LAST):
        _LAST[:] = [(catalogue, meant, _usable(catalogue, meant))]
    return _LAST[0][2]


def _usable(catalogue: Catalogue, decision: DecisionFile) -> Usable:
    context, problems = usable_context(decision.context, catalogue.advice.bank, "your answers")
    sound = settled(catalogue, decision).model_copy(update={"context": context})
    first = next(iter(catalogue.profiles))
    money: dict[str, object] = {"workload": None, "cost_edits": {}}
    weights: dict[str, object] = {"profile": first, "weights": {}}
    for update in ({}, money, weights, money | weights):
        try:
            return compare_decision(catalogue, sound.model_copy(update=update)), tuple(problems)
        except InputError as error:
            problems += [problem for problem in error.problems[:1] if problem not in problems]
    plain = DecisionFile(dataset_version=catalogue.dataset.version, profile=first, context=context)
    return compare_decision(catalogue, plain), tuple(problems)


def draw(catalogue: Catalogue, state: PageState, place: Place, _options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the whole page: which tools, what makes the difference, every row."""
    comparison, problems = usable(catalogue, state.decision)
    differences, write = state.decision.compare_rows == "differences", writer(catalogue, place)
    return render(
        "compare.html.jinja",
        catalogue=catalogue,
        place=place,
        complaints=complaints,
        problems=problems,
        comparison=comparison,
        slots=slots(catalogue, comparison.tools),
        removable=len(comparison.tools) > FEWEST_COMPARED,
        rows_shown=state.decision.compare_rows,
        choices=ROWS,
        headline=compare_text.headline(catalogue, comparison),
        sentences=compare_text.gap_sentences(catalogue, comparison),
        weighed_by=compare_text.weighed_by(catalogue, comparison),
        advised=compare_text.advised_text(catalogue, comparison),
        agreeing=compare_text.agreeing_text(comparison),
        columns=[_column(catalogue, comparison, tool, series) for tool, series in zip(comparison.tools, SERIES, strict=False)],
        criteria=criteria_drawn(catalogue, comparison),
        pair=len(comparison.tools) == FEWEST_COMPARED,
        groups=[(group, [(row, write.cells(row, comparison)) for row in rows]) for group, rows in comparison.rows(differences=differences)],
        width=WIDTH,
        middle=WIDTH // 2,
        height=LINE if len(comparison.tools) == FEWEST_COMPARED else LINE * len(comparison.tools),
        line=LINE,
    )


class Column(NamedTuple):
    """The head of a column."""

    tool: str
    name: str
    series: int
    standing: str


def _column(catalogue: Catalogue, comparison: Comparison, tool: str, series: int) -> Column:
    line = comparison.lines[tool]
    standing = f"{score_text(line)}, rank {rank_text(line)} of {comparison.ranked}"
    return Column(tool, compare_text.name_of(catalogue, tool), series, standing)


class Drawn(NamedTuple):
    """One cell as the template draws it."""

    said: list[Markup]
    mark: str
    """Whether no other surpasses it, for a score."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Entries as HTML, each written once: what is known of a tool does not change with the weights."""

    catalogue: Catalogue
    place: Place
    written: dict[tuple[Unit, str, Entry], Markup] = field(default_factory=dict)

    def cells(self, row: Row, comparison: Comparison) -> list[Drawn]:
        """Write a row's cells, in the order of the columns."""
        currency, level = compare_text.currency_of(comparison), len(row.ahead) > 1
        marked = row.ahead if len(row.ahead) < len(comparison.tools) else ()
        return [
            Drawn([self.write(row.unit, currency, entry) for entry in row.cells[tool]], ("level" if level else "ahead") if tool in marked else "")
            for tool in comparison.tools
        ]

    def write(self, unit: Unit, currency: str, entry: Entry) -> Markup:
        """Write an entry."""
        key = unit, currency, entry
        if key not in self.written:
            text = compare_text.value_text(entry, unit, currency)
            self.written[key] = render(
                "compare_entry.html.jinja", catalogue=self.catalogue, place=self.place, unit=unit.value, entry=entry, text=text
            )
        return self.written[key]


_WRITERS: list[Writer] = []
MOST_WRITTEN = 5_000
"""Entries that are kept: more than four tools have, and few enough for a browser's memory."""


def writer(catalogue: Catalogue, place: Place) -> Writer:
    """Return the writer that was used last, where it can be used again."""
    if not any(one.catalogue is catalogue and one.place == place and len(one.written) < MOST_WRITTEN for one in _WRITERS):
        _WRITERS[:] = [Writer(catalogue, place)]
    return _WRITERS[0]


def slots(catalogue: Catalogue, tools: tuple[str, ...]) -> list[Slot]:
    """Return the selects: one a tool, which offers it and all that stand in no other, and one to add another."""
    free = [name for name in catalogue.ranked_tools if name not in tools]
    last = len(tools) - 1
    found = [
        Slot(tool, f"Tool {index + 1}", tuple(name for name in catalogue.ranked_tools if name == tool or name in free), index == last > 1)
        for index, tool in enumerate(tools)
    ]
    if len(tools) < MOST_COMPARED and free:
        found.append(Slot(None, f"Tool {len(tools) + 1}", tuple(free), may_be_empty=True))
    return found


def criteria_drawn(catalogue: Catalogue, comparison: Comparison) -> list[Criterion]:
    """Draw what each criterion adds, the one that makes the largest difference first."""
    weighed = [name for name, weight in comparison.weights.items() if weight]
    adds = {name: {tool: _adds(comparison, tool, name) for tool in comparison.tools} for name in weighed}

    def distance(name: str) -> Fraction:
        middles = [low + high for low, high in adds[name].values()]
        return max(middles) - min(middles)

    order = sorted(weighed, key=lambda name: (-distance(name), weighed.index(name)))
    if len(comparison.tools) == FEWEST_COMPARED:
        return [_towards(catalogue, comparison, name) for name in order]
    return [_side_by_side(catalogue, comparison, name, adds) for name in order]


def _adds(comparison: Comparison, tool: str, criterion: str) -> compare_text.Span:
    part, weight = comparison.lines[tool].contributions[criterion], comparison.weights[criterion]
    return (part, part) if part is not None else (weight * LOWEST, weight * HIGHEST)


Adds = Mapping[str, Mapping[str, compare_text.Span]]


def _towards(catalogue: Catalogue, comparison: Comparison, criterion: str) -> Criterion:
    """Draw a bar from the middle towards the tool that the criterion speaks for; the first tool is on the left."""
    gap = comparison.gaps[0]
    top = max((abs(end) for part in gap.parts.values() for end in part), default=Fraction(0)) or Fraction(1)
    unit, middle = Fraction(WIDTH, 2) / top, Fraction(WIDTH, 2)
    low, high = gap.parts[criterion]
    bars = []
    for number, tool, least, most in ((0, gap.first, low, high), (1, gap.second, -high, -low)):
        label = compare_text.name_of(catalogue, tool)
        sure, reach = max(least, Fraction(0)), max(most, Fraction(0))
        for start, end, unknown in ((Fraction(0), sure, False), (sure, reach, True)):
            if end > start:
                x = middle - end * unit if number == 0 else middle + start * unit
                bars.append(Bar(SERIES[number], x, 0, (end - start) * unit, unknown, f"{label}, unknown" if unknown else label))
    share = f", {percent(gap.shares[criterion])}" if gap.shares and low else ""
    if low == high:
        ahead = compare_text.short_of(catalogue, gap.first if low > 0 else gap.second)
        reading = f"{fixed(abs(low), 2)} for {ahead}{share}" if low else "0.00, no difference"
    else:
        reading = f"{compare_text.signed((low, high))} for {compare_text.short_of(catalogue, gap.first)}, unknown"
    return Criterion(catalogue.criteria[criterion].name, percent(comparison.weights[criterion]), tuple(bars), reading)


def _side_by_side(catalogue: Catalogue, comparison: Comparison, criterion: str, adds: Adds) -> Criterion:
    """Draw a bar for each tool, all on one scale."""
    unit = WIDTH / (max(high for row in adds.values() for _, high in row.values()) or Fraction(1))
    bars, said = [], []
    for number, tool in enumerate(comparison.tools):
        (low, high), name = adds[criterion][tool], compare_text.short_of(catalogue, tool)
        known = low == high
        said.append(f"{name} {fixed(low, 2) if known else '?'}")
        bars.append(Bar(SERIES[number], Fraction(0), number * LINE, low * unit, unknown=False, label=f"{name}: {fixed(low, 2)}"))
        if not known:
            bars.append(Bar(SERIES[number], low * unit, number * LINE, (high - low) * unit, unknown=True, label=f"{name}, unknown"))
    return Criterion(catalogue.criteria[criterion].name, percent(comparison.weights[criterion]), tuple(bars), " · ".join(said))


def announce(catalogue: Catalogue, state: PageState, _options: Options) -> str:
    """Say which tools stand there, and how many rows."""
    comparison, problems = usable(catalogue, state.decision)
    if problems:
        return str(problems[0])
    hidden = f" {compare_text.agreeing_text(comparison)} They are hidden." if state.decision.compare_rows == "differences" else ""
    return compare_text.headline(catalogue, comparison) + hidden


def _shown(catalogue: Catalogue, state: PageState) -> tuple[str, ...]:
    """Return the tools that the page shows, chosen or not."""
    try:
        return compared_tools(catalogue, settled(catalogue, state.decision))
    except InputError:
        return usable(catalogue, state.decision)[0].tools


def _take_tool(catalogue: Catalogue, state: PageState, _options: Options, place: str, value: str) -> PageState:
    """Put a tool into a place, or behind the last; nothing chosen takes away the one that stands there."""
    tools = list(_shown(catalogue, state))
    index = int(place) if place.isascii() and place.isdecimal() and len(place) == 1 else MOST_COMPARED
    if index > len(tools) or index >= MOST_COMPARED:
        raise InputError(Problem("tools", f"`{place[:60]}` is no place for a tool", "Reload the page"))
    if not value:
        return _without(state, tools, tools[index] if index < len(tools) else "")
    if value not in catalogue.ranked_tools:
        raise InputError(Problem("tools", f"unknown tool `{value[:60]}`", nearest(value, catalogue.ranked_tools)))
    if value in tools and tools.index(value) != index:
        raise InputError(Problem("tools", f"`{value}` stands there already", "Choose another"))
    tools[index : index + 1] = [value]
    return with_decision(state, compared=tuple(tools))


def _without(state: PageState, tools: list[str], tool: str) -> PageState:
    if tool in tools and len(tools) <= FEWEST_COMPARED:
        raise InputError(Problem("tools", "two are the fewest that can be compared", "Choose another in its place"))
    return with_decision(state, compared=tuple(one for one in tools if one != tool))


def _remove(catalogue: Catalogue, state: PageState, _options: Options, tool: str, _value: str) -> PageState:
    return _without(state, list(_shown(catalogue, state)), tool)


def _take_rows(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    if value not in ROWS:
        raise InputError(Problem("rows", f"unknown choice `{value[:60]}`", nearest(value, ROWS)))
    return with_decision(state, compare_rows=value)


def _reset(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    return with_decision(state, compared=(), compare_rows="all")


def _csv(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    comparison, _ = usable(catalogue, state.decision)
    rows = compare_text.csv_rows(catalogue, comparison, differences=state.decision.compare_rows == "differences")
    return Download(filename="comparison.csv", media_type="text/csv", text=csv_text(rows))


def _markdown(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    comparison, _ = usable(catalogue, state.decision)
    text = compare_text.markdown(catalogue, comparison, differences=state.decision.compare_rows == "differences")
    return Download(filename="comparison.md", media_type="text/markdown", text=text)


def _json(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    comparison, _ = usable(catalogue, state.decision)
    return Download(filename="comparison.json", media_type="application/json", text=comparison.model_dump_json(indent=2) + "\n")


VIEW = View(
    name="compare",
    draw=draw,
    announce=announce,
    takes={"tool.": _take_tool, "remove.": _remove, "rows": _take_rows, "action.reset": _reset},
    exports={"csv": _csv, "markdown": _markdown, "json": _json},
    take_over=take_over,
    whole=True,
    linked=True,
)
