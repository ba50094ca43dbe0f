"""What the lab asks of every tool, and what of it bears on a team's own proof of concept. What came out stands in the records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from orchkit.model.base import Exact, Id, Record, Text
from orchkit.model.records import Held, LabRecord, Measured, RecordName

LabNumberId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", max_length=80)]
"""A number of a case: the case's id, a full stop, the number's id."""


class LabGroup(StrEnum):
    """What a case is about, in the order in which pages show it."""

    START = "start"
    FAILURE = "failure"
    REUSE = "reuse"
    KNOWLEDGE = "knowledge"
    CHANGE = "change"
    ISOLATION = "isolation"


LAB_GROUPS = {
    LabGroup.START: "Install and run",
    LabGroup.FAILURE: "Failure",
    LabGroup.REUSE: "Reuse and fan-out",
    LabGroup.KNOWLEDGE: "What the tool knows afterwards",
    LabGroup.CHANGE: "Tests and changes",
    LabGroup.ISOLATION: "Isolation and what is left",
}
"""What each group is called."""


class BearsOn(Record):
    """What a case says of an item of the checklist `proof-of-concept`."""

    leaves_open: Text
    """What the item asks beyond the case."""
    at_most: dict[Id, Exact] = {}
    """Numbers of the case that have to be small enough for the case to speak for the item."""


class LabCase(Record):
    """One thing that is asked of every tool."""

    name: Text
    """Two or three words, for the head of a table."""
    holds: Text
    """What is true where the case held."""
    why: Text
    """What it costs a team where it does not hold, or what its numbers are good for."""
    group: LabGroup
    numbers: dict[Id, Text] = {}
    """What is measured on the way, each with what the number means."""
    answers: dict[Id, BearsOn] = {}
    """Items of the checklist `proof-of-concept` that the case bears on."""

    @model_validator(mode="after")
    def _bounds_what_it_measures(self) -> Self:
        bounded = [name for answer in self.answers.values() for name in answer.at_most]
        if unknown := [name for name in bounded if name not in self.numbers]:
            msg = f"`at_most` bounds `{unknown[0]}`, which is none of the case's `numbers`"
            raise ValueError(msg)
        return self


class NotRun(Record):
    """A tool that cannot be had where the lab runs."""

    why: Text
    would_run: Text
    """What somebody with the means would run."""


class LabCases(Record):
    """The file `lab.yaml`: the cases, and the tools that are left out."""

    cases: dict[Id, LabCase]
    """In the order in which they are played and shown."""
    not_run: dict[Id, NotRun] = {}

    @model_validator(mode="after")
    def _each_item_once(self) -> Self:
        items = [item for case in self.cases.values() for item in case.answers]
        if twice := next((item for item in items if items.count(item) > 1), None):
            msg = f"`{twice}` is answered by two cases; leave it to the one that bears on it more"
            raise ValueError(msg)
        return self


class LabPass(Record):
    """The newest record of a tool, without its logs."""

    name: RecordName
    record: LabRecord

    def outcomes(self, case: str) -> dict[str, Held]:
        """Return what became of a case, by mode; modes that know no such case are left out."""
        return {name: mode.cases[case].outcome for name, mode in self.record.modes.items() if case in mode.cases}

    def measured(self, number: str) -> dict[str, Measured]:
        """Return a number, written `case.number`, by mode; modes without it are left out."""
        case, _, name = number.partition(".")
        found = {mode: result.cases[case].measurements for mode, result in self.record.modes.items() if case in result.cases}
        return {mode: numbers[name] for mode, numbers in found.items() if name in numbers}
