"""The lab's pages: what was run, what became of each case, how long things took, what did not hold, and what nobody could run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Score
from orchkit.model.lab import LAB_GROUPS, LabPass
from orchkit.model.records import CaseResult, Held, LabRecord, Measured
from orchkit.site.replay import Run, runs_of
from orchkit.site.speed import number
from orchkit.store.evidence import read_evidence
from orchkit.views.environment import render
from orchkit.views.place import Place

OUTCOMES = {Held.HELD: "yes", Held.FAILED: "no", Held.UNSUPPORTED: "not claimed", Held.NOT_RUN: "not run"}
"""What a table prints for each outcome."""

WIDE = 100
"""Width of a bar's drawing."""

_UNITS = {"count": "", "lines": "lines", "s": "s", "MB": "MB"}


class Column(NamedTuple):
    """One tool in one mode."""

    tool: str
    short: str
    mode: str
    name: str
    what: str
    cases: dict[str, CaseResult]


class Bar(NamedTuple):
    """A measured number of one tool in one mode, drawn against the largest there is."""

    column: Column
    measured: Measured
    value: str
    low: float
    middle: float
    high: float


def columns(catalogue: Catalogue) -> list[Column]:
    """Return every tool that was run, in every mode, in the order of the tools' names."""
    return [
        Column(tool, catalogue.tools[tool].facts.short, mode, result.name, result.what, result.cases)
        for tool, run in sorted(catalogue.lab.items(), key=lambda one: catalogue.tools[one[0]].facts.short.lower())
        for mode, result in run.record.modes.items()
    ]


def lab_runs(catalogue: Catalogue, place: Place) -> Markup:
    """Render what was run, on what, and when."""
    runs = _in_order(catalogue)
    machines = dict.fromkeys(run.record.machine.model_copy(update={"load_before": 0.0}) for run in runs)  # each once, in order
    return render("lab_runs.html.jinja", catalogue=catalogue, place=place, runs=runs, machines=machines)


def lab_matrix(catalogue: Catalogue, place: Place) -> Markup:
    """Render what became of every case in every mode."""
    shown = columns(catalogue)
    tools = [(tool, len(list(found))) for tool, found in groupby(shown, key=lambda one: one.tool)]
    groups = {
        LAB_GROUPS[group]: {name: case for name, case in catalogue.lab_cases.cases.items() if case.group is group and name != "install"}
        for group in LAB_GROUPS
    }
    return render("lab_matrix.html.jinja", catalogue=catalogue, place=place, columns=shown, tools=tools, groups=groups, outcomes=OUTCOMES)


def lab_chart(catalogue: Catalogue, place: Place, measurement: str) -> Markup:
    """Render one number, written `case.number`, of every tool in every mode as bars, the smallest first. Raises `InputError` for an unknown one."""
    case, _, name = measurement.partition(".")
    known = [f"{one}.{number}" for one, about in catalogue.lab_cases.cases.items() for number in about.numbers]
    if measurement not in known:
        raise InputError(Problem("macro `lab_chart`", f"unknown number `{measurement}`", nearest(measurement, known)))
    found = [(column, column.cases[case].measurements.get(name)) for column in columns(catalogue) if case in column.cases]
    most = max((one.high for _, one in found if one and one.high), default=1.0)
    bars = sorted((_bar(column, one, most) for column, one in found if one and one.value is not None), key=lambda bar: bar.middle)
    missing = [column for column, one in found if one is None or one.value is None]
    about = catalogue.lab_cases.cases[case].numbers[name]
    return render("lab_chart.html.jinja", place=place, about=about, bars=bars, missing=missing, wide=WIDE)


def lab_failures(catalogue: Catalogue, place: Place) -> Markup:
    """Render what did not hold, tool by tool, in the words of the record."""
    return render("lab_failures.html.jinja", catalogue=catalogue, place=place, columns=columns(catalogue), failed=Held.FAILED)


def lab_not_run(catalogue: Catalogue, place: Place) -> Markup:
    """Render the tools that could not be had, why, and what somebody with the means would run."""
    return render("lab_not_run.html.jinja", catalogue=catalogue, place=place)


def lab_judgements(catalogue: Catalogue, place: Place) -> Markup:
    """Render the scores that rest on a record, or that cite one."""
    found = [
        (tool, criterion, score)
        for tool, about in catalogue.tools.items()
        for criterion, score in about.scores.items()
        if any(one.record for one in score.sources)
    ]
    return render("lab_judgements.html.jinja", catalogue=catalogue, place=place, found=found, was=_published)


def tool_lab(catalogue: Catalogue, place: Place, tool: str) -> Markup:
    """Render what the lab found of one tool, or that there is no record of it yet. Raises `InputError` for an unknown tool."""
    if tool not in catalogue.tools:
        raise InputError(Problem("macro `tool_lab`", f"unknown tool `{tool}`", nearest(tool, catalogue.tools)))
    run = catalogue.lab.get(tool)
    shown = [column for column in columns(catalogue) if column.tool == tool]
    numbers = _numbers_of_interest(shown)
    return render(
        "tool_lab.html.jinja",
        catalogue=catalogue,
        place=place,
        tool=tool,
        run=run,
        columns=shown,
        outcomes=OUTCOMES,
        numbers=numbers,
        said=said,
        not_run=catalogue.lab_cases.not_run.get(tool),
    )


def lab_replay(catalogue: Catalogue, place: Place) -> Markup:
    """Render the recorded runs that the player replays; without it they are read as tables."""
    runs: list[Run] = []
    for tool, found in records().items():
        if tool in catalogue.tools:
            runs.extend(runs_of(list(found.values())[-1], catalogue.tools[tool].facts.short))
    return render("lab_replay.html.jinja", place=place, runs=sorted(runs, key=lambda run: run.name.lower()), wide=WIDE)


@cache
def records() -> dict[str, dict[str, LabRecord]]:
    """Return the records of this checkout by tool and by name, the oldest first, logs and all, read once per build."""
    return read_evidence(Path("checklists"))


def said(measured: Measured) -> str:
    """Write a measured number with its range, where it has one."""
    if measured.value is None:
        return "–"
    value = number(measured.value, _UNITS[measured.unit])
    return value if measured.low == measured.high else f"{value} ({number(measured.low)}–{number(measured.high)})"


SHOWN = (
    ("install.distributions", "Installed packages"),
    ("install.installed", "Installed size"),
    ("install.orchestration-lines", "Lines for the orchestrator"),
    ("first-run.cold-run", "One step, fresh home"),
    ("first-run.warm-run", "One step, once more"),
    ("whole-run.overhead-per-step", "Overhead a step"),
    ("memory.peak-memory", "Peak memory"),
    ("failure.seconds-to-know", "From failure to the end of the command"),
    ("resume.resume-run", "Resumed run"),
)
"""The numbers that a tool's page shows, and what they are called there."""


def _numbers_of_interest(shown: list[Column]) -> Iterator[tuple[str, list[Measured | None]]]:
    for name, label in SHOWN:
        case, _, which = name.partition(".")
        found = [column.cases[case].measurements.get(which) if case in column.cases else None for column in shown]
        if any(found):
            yield label, found


def _in_order(catalogue: Catalogue) -> list[LabPass]:
    return sorted(catalogue.lab.values(), key=lambda run: catalogue.tools[run.record.tool].facts.short.lower())


def _bar(column: Column, measured: Measured, most: float) -> Bar:
    assert measured.value is not None
    low, middle, high = (WIDE * (one or 0.0) / (most or 1.0) for one in (measured.low, measured.value, measured.high))
    return Bar(column, measured, said(measured), low, middle, high)


def _published(catalogue: Catalogue, tool: str, criterion: str, score: Score) -> str | None:
    """Say what the sources' matrix prints, where it prints something else."""
    printed = {found.matrix.get(tool, {}).get(criterion) for found in catalogue.published.values()} - {None, score.value}
    return ", ".join(str(one) for one in sorted(one for one in printed if one is not None)) or None
