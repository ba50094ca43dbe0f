"""Recorded runs as the replay draws them: ten steps on the recorded clock, the failure in step five, and what was repeated afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orchkit.model.records import CaseResult, Held, LabRecord, Trace

MARK = re.compile(r"\[(\d+)\] exit code (\S+)\Z")
"""Stands in a record's log before the last lines of each command."""


_SAID = {Held.FAILED: "No step was started", Held.UNSUPPORTED: "Not claimed", Held.NOT_RUN: "Not run"}


class Spell(NamedTuple):
    """One step at work, in seconds since its command was given."""

    step: str
    began: float
    ended: float
    failed: bool
    again: bool
    """Whether it had ended well in the command before."""


class Act(NamedTuple):
    """One command of a recorded case."""

    spells: tuple[Spell, ...]
    seconds: float
    """When the last step ended."""
    exit_code: str | None
    said: tuple[str, ...]
    """The last lines that it wrote."""

    @property
    def first(self) -> float:
        """When the first step began: until then the tool was starting."""
        return min(spell.began for spell in self.spells)

    @property
    def length(self) -> float:
        """How long the steps took, from the first beginning to the last end; never nothing, so that it can be divided by."""
        return max(self.seconds - self.first, 0.001)


class Run(NamedTuple):
    """A tool in a mode: the run that fails in step five, and the one that goes on, where there is one."""

    id: str
    name: str
    tool: str
    acts: tuple[Act, ...]
    no_resume: str | None
    """Why there is no second act."""

    @property
    def repeated(self) -> int:
        """How many steps the second act did once more although they had ended well."""
        return len({spell.step for act in self.acts[1:] for spell in act.spells if spell.again})


def runs_of(record: LabRecord, short: str) -> Iterator[Run]:
    """Yield what can be replayed of a record: the case `resume` where it was played, else the failure alone."""
    for mode, result in record.modes.items():
        resume, failure = result.cases.get("resume"), result.cases.get("failure")
        case = resume if resume and resume.trace else failure
        if case is None or not case.trace:
            continue
        why = None if case is resume else _why(resume)
        yield Run(f"{record.tool}-{mode}", f"{short}, {result.name}", record.tool, tuple(_acts(case)), why)


def _why(resume: CaseResult | None) -> str:
    if resume is None or resume.why is None:
        return "It was not asked to resume."
    return f"{_SAID[resume.outcome]}: {resume.why}"


def _acts(case: CaseResult) -> Iterator[Act]:
    logs = _logs(case.log)
    done: set[str] = set()
    for command in sorted({line.command for line in case.trace}):
        spells = tuple(_spells([line for line in case.trace if line.command == command], done))
        done |= {spell.step for spell in spells if not spell.failed}
        exit_code, said = logs.get(command, (None, ()))
        yield Act(spells, max(spell.ended for spell in spells), exit_code, said)


def _spells(lines: Sequence[Trace], done: set[str]) -> Iterator[Spell]:
    """Pair starts with ends. A step that never ended, because it was killed, lasts until the last line."""
    last = max(line.seconds for line in lines)
    open_: dict[str, float] = {}
    for line in lines:
        if line.event == "start":
            open_[line.step] = line.seconds
        elif line.step in open_:
            yield Spell(line.step, open_.pop(line.step), line.seconds, line.event == "fail", line.step in done)
    for step, began in open_.items():
        yield Spell(step, began, last, failed=True, again=step in done)


def _logs(lines: Sequence[str]) -> dict[int, tuple[str | None, tuple[str, ...]]]:
    """Cut a log where the commands begin: exit code and lines of each."""
    found: dict[int, tuple[str | None, list[str]]] = {}
    at = 0
    for line in lines:
        if mark := MARK.match(line):
            at = int(mark[1])
            found[at] = (mark[2], [])
        elif at:
            found[at][1].append(line)
    return {command: (code, tuple(said)) for command, (code, said) in found.items()}
