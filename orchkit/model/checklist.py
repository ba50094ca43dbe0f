"""Checklists: items whose acceptance names a number, a command or an artefact."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.model.base import Day, Id, Record, Text
from orchkit.model.evidence import Citation

ChecklistVersion = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
"""MAJOR.MINOR: MAJOR when an old response would get another outcome."""


class Severity(StrEnum):
    """How much a missing item hurts, worst first."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"


class Item(Record):
    """One line of a checklist: a claim about the subject that is true or false."""

    id: Id
    """Stable for ever: saved answers hang on it."""
    claim: Text
    """One statement, put so that true is good."""
    acceptance: Text
    """When it counts as met: a number, a command or an artefact."""
    check: Text
    """How to find out."""
    why: Text
    """What goes wrong without it."""
    remedy: Text
    """What to do when it is not met."""
    severity: Severity
    sources: tuple[Citation, ...] = ()


class Section(Record):
    """Items that belong together."""

    id: Id
    title: Text
    items: tuple[Item, ...]


class SeverityWeights(Record):
    """What an item of each severity counts in the score."""

    blocker: Annotated[int, Field(gt=0, strict=True)]
    major: Annotated[int, Field(gt=0, strict=True)]
    minor: Annotated[int, Field(gt=0, strict=True)]

    def of(self, severity: Severity) -> int:
        """Return the weight of one severity."""
        return int(getattr(self, severity.value))


class Checklist(Record):
    """One version of one checklist."""

    title: Text
    released_on: Day
    purpose: Text
    """Which decision it serves."""
    subject: Text
    """What is assessed with it."""
    severity_weights: SeverityWeights
    sections: tuple[Section, ...]

    @property
    def items(self) -> Iterator[Item]:
        """All items in order."""
        for section in self.sections:
            yield from section.items

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        seen: set[str] = set()
        for name in [*(section.id for section in self.sections), *(item.id for item in self.items)]:
            if name in seen:
                msg = f"the id `{name}` stands twice; ids of sections and items are unique in a checklist"
                raise ValueError(msg)
            seen.add(name)
        return self
