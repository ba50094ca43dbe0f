"""What follows from what the steps wrote and how commands ended. Nothing here starts, reads or waits for anything.

A claim is judged by counts, gaps and exit codes. What a tool says counts in two places alone: whether the failed step and the cause
stand in its last lines, and what its history, its lineage and its numbers tell, which are compared with what is known from outside.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pydantic import TypeAdapter, ValidationError

from orchkit.model.records import Measured
from tests.lab.driver.contract import Told
from tests.lab.ml_pipeline.log import STEPS

TAIL = 30
"""Lines at the end of what a command wrote in which a reader looks for what went wrong."""

GROWTH = 1.5
"""From which factor on the second gap between attempts is longer than the first one by intention."""

Numbers = dict[str, tuple[float | None, str]]
"""Values with their units, by id of the measurement."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the step log."""

    step: str
    event: str
    time: float
    pid: int


@dataclass(frozen=True, slots=True)
class Played:
    """One command that was given, as it looked from outside."""

    exit_code: int | None
    """Null when it took too long and was ended."""
    began: float
    ended: float
    output: tuple[str, ...]
    events: tuple[Event, ...]
    peak_mb: float | None = None

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    def ended_well(self, step: str) -> int:
        """Count how often a step ended well."""
        return counts(self.events, "end")[step]


def read_events(text: str) -> tuple[Event, ...]:
    """Read a step log in the order of its times. A line that was cut off by a kill is no event."""
    found = []
    for line in text.splitlines():
        try:
            found.append(Event(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return tuple(sorted(found, key=lambda event: event.time))


def counts(events: Iterable[Event], event: str = "start") -> Counter[str]:
    """Count events of one kind by step."""
    return Counter(one.step for one in events if one.event == event)


def finished(played: Played, steps: Sequence[str] = STEPS, *, times: int = 1) -> Iterator[str]:
    """Say what is wrong with a run that should have ended well: its exit code, steps that are missing, steps that came twice."""
    if played.exit_code != 0:
        yield f"the command ended with {_code(played)}"
    ended, started = counts(played.events, "end"), counts(played.events)
    for step in steps:
        if ended[step] != times or started[step] != times:
            yield f"`{step}` was started {started[step]} times and ended well {ended[step]} times, not {times}"


def stopped_at(played: Played, step: str, cause: str) -> Iterator[str]:
    """Say what is wrong with a run in which a step failed."""
    if played.exit_code in {0, None}:
        yield f"the command ended with {_code(played)} although `{step}` failed"
    if counts(played.events, "fail")[step] == 0:
        yield f"`{step}` did not fail"
    if later := [name for name in STEPS[STEPS.index(step) + 1 :] if counts(played.events)[name]]:
        yield f"steps after the failed one were started: {', '.join(later)}"
    for what, told in (("the name of the failed step", tells(played, step)), ("the cause", tells(played, cause))):
        if not told:
            yield f"{what} does not stand in the last {TAIL} lines"


def tells(played: Played, text: str) -> bool:
    """Say whether a word stands in the last lines of what a command wrote; a class may be called `Train` where a function is called `train`."""
    return re.search(rf"\b{re.escape(text)}\b", "\n".join(played.output[-TAIL:]), re.IGNORECASE) is not None


def resumed(played: Played, step: str) -> Iterator[str]:
    """Say what is wrong with a run that should go on at a step, repeating nothing that had ended well."""
    if played.exit_code != 0:
        yield f"the command ended with {_code(played)}"
    if again := repeated(played.events, step):
        yield f"{again} of the {STEPS.index(step)} steps that had ended well were repeated"
    if missing := [name for name in STEPS[STEPS.index(step) :] if counts(played.events, "end")[name] != 1]:
        yield f"did not end well exactly once: {', '.join(missing)}"


def repeated(events: Iterable[Event], step: str) -> int:
    """Count the steps before this one that were started again."""
    return len(set(counts(events)) & set(STEPS[: STEPS.index(step)]))


def backed_off(events: Sequence[Event], step: str, failures: int) -> Iterator[str]:
    """Say what is wrong with attempts that should come again after growing gaps."""
    attempts = counts(events)[step]
    if attempts != failures + 1:
        yield f"`{step}` was tried {attempts} times, not {failures + 1}"
    waited = gaps(events, step)
    if any(later < GROWTH * earlier for earlier, later in pairwise(waited)):
        yield f"the gaps between attempts do not grow by {GROWTH:g}: {', '.join(f'{gap:.1f} s' for gap in waited)}"


def gaps(events: Sequence[Event], step: str) -> list[float]:
    """Return the seconds from each failure of a step to its next start."""
    of_step = [event for event in events if event.step == step]
    return [after.time - before.time for before, after in pairwise(of_step) if (before.event, after.event) == ("fail", "start")]


def skipped(events: Iterable[Event]) -> int:
    """Count the steps of the workflow that were not started."""
    return len(set(STEPS) - set(counts(events)))


def spacing(events: Sequence[Event]) -> tuple[float, float] | None:
    """Return the seconds a step from the first start to the last, and those of them in which no step worked; null if a step is missing."""
    starts = {event.step: event.time for event in reversed(events) if event.event == "start"}
    if not set(STEPS) <= set(starts):
        return None
    first, last = starts[STEPS[0]], starts[STEPS[-1]]
    busy = _covered([(max(low, first), min(high, last)) for low, high in _spells(events)])
    return (last - first) / (len(STEPS) - 1), (last - first - busy) / (len(STEPS) - 1)


def _spells(events: Sequence[Event]) -> Iterator[tuple[float, float]]:
    """Yield when each step worked, from its start to its end in the same process."""
    begun: dict[tuple[str, int], float] = {}
    for event in events:
        if event.event == "start":
            begun[event.step, event.pid] = event.time
        elif (event.step, event.pid) in begun:
            yield begun.pop((event.step, event.pid)), event.time


def _covered(spells: Iterable[tuple[float, float]]) -> float:
    """Add up spells, counting once where they overlap."""
    total, reached = 0.0, float("-inf")
    for low, high in sorted(spells):
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return total


def seconds_to_know(played: Played, step: str) -> float | None:
    """Return how long after a step's last failure the command ended."""
    failures = [event.time for event in played.events if (event.step, event.event) == (step, "fail")]
    return max(0.0, played.ended - failures[-1]) if failures else None


_TOLD = TypeAdapter(tuple[Told, ...])


def told_runs(played: Played) -> tuple[Told, ...] | str:
    """Read a tool's history from the last line of its output, or say why that is not possible."""
    if played.exit_code != 0 or not played.output:
        return f"asked for its history, the tool ended with {_code(played)}"
    try:
        return _TOLD.validate_json(played.output[-1])
    except ValidationError as error:
        return f"the history cannot be read: {error.errors(include_url=False)[0]['msg']}"


def remembered(told: Sequence[Told], failed_step: str) -> Iterator[str]:
    """Say what a history lacks whose last two runs ended well and failed."""
    if len(told) < 2:
        yield f"the history has {len(told)} of two runs"
        return
    good, bad = told[-2:]
    if (good.state, bad.state) != ("completed", "failed"):
        yield f"the history says {good.state} and {bad.state} of a run that ended well and one that failed"
    if missing := [step for step in STEPS if good.steps.get(step) != "completed"]:
        yield f"the history of the good run does not say that these ended well: {', '.join(missing)}"
    if bad.steps.get(failed_step) != "failed":
        yield f"the history does not say that `{failed_step}` failed"


def first_difference(good: Told, bad: Told) -> str | None:
    """Return the first step whose numbers differ between two runs."""
    return next((step for step in STEPS if good.numbers.get(step) != bad.numbers.get(step)), None)


def told_edges(played: Played) -> set[tuple[str, str]] | str:
    """Read a tool's lineage from the last line of its output, or say why that is not possible."""
    try:
        return {(str(source), str(target)) for source, target in json.loads(played.output[-1])}
    except (ValueError, TypeError, IndexError):
        return f"the lineage cannot be read; the command ended with {_code(played)}"


def summed(repeats: Sequence[Mapping[str, tuple[float | None, str]]], why: str) -> dict[str, Measured]:
    """Put repeats together: median and range of each number, or null where no repeat has it."""
    names = dict.fromkeys(name for repeat in repeats for name in repeat)
    return {name: _measured([repeat[name] for repeat in repeats if name in repeat], why) for name in names}


def _measured(found: Sequence[tuple[float | None, str]], why: str) -> Measured:
    values = [_rounded(value) for value, _ in found if value is not None]
    unit = found[0][1]
    if not values:
        return Measured(value=None, unit=unit, why=why)
    return Measured(value=_rounded(median(values)), unit=unit, low=min(values), high=max(values))


def _rounded(value: float) -> float:
    """Keep milliseconds and kilobytes; more is noise."""
    return round(value, 3)


def unlike(expected: Mapping[str, float], found: Mapping[str, tuple[Any, str]]) -> Iterator[str]:
    """Say which counts are not what the folder foresees."""
    for name, value in expected.items():
        measured = found.get(name, (None, ""))[0]
        if measured != value:
            yield f"`{name}` is {measured}, and the folder expects {value:g}"


def _code(played: Played) -> str:
    return "no exit code, because it took too long" if played.exit_code is None else f"exit code {played.exit_code}"
