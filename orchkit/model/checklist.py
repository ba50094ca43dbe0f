"""Checklists: items whose acceptance names a number, a command or an artefact."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.model.base import Day, Id, Record, Text
from orchkit.model.evidence import Citation

ChecklistVersion = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
"""MAJOR.MINOR: MAJOR when an old response would get another outcome."""


ProposedOutcome = Literal["met", "partly_met", "not_met", "not_applicable"]
"""What a documented fact can come to."""


def major_of(version: str) -> int:
    """Return the MAJOR part of a version.

    >>> major_of("2.10")
    2
    """
    return int(version.partition(".")[0])


def is_major(version: str) -> bool:
    """Say whether a version begins a MAJOR: whether its MINOR part is zero."""
    return int(version.partition(".")[2]) == 0


def version_order(version: str) -> tuple[int, int]:
    """Return a version in a form that sorts.

    >>> version_order("1.10") > version_order("1.9")
    True
    """
    major, minor = version.split(".")
    return int(major), int(minor)


class Severity(StrEnum):
    """How much a missing item hurts, worst first."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"


class Effort(StrEnum):
    """How long one person works on it, the least first."""

    HOUR = "hour"
    """Up to an hour."""
    DAY = "day"
    """Up to a working day."""
    WEEK = "week"
    """Up to a working week."""
    MONTH = "month"
    """Longer than a week."""


class Documented(Record):
    """What a documented fact of the assessed deployment says about an item. A person accepts it or finds otherwise."""

    trait: Id
    """The trait of the deployment, as `advice/constraints.yaml` names it."""
    present: ProposedOutcome | None = None
    """The outcome to propose where the deployment has the trait."""
    absent: ProposedOutcome | None = None
    """The outcome to propose where it is known not to have it."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.present is None and self.absent is None:
            msg = "a documented fact needs `present` or `absent`: the outcome that it proposes"
            raise ValueError(msg)
        return self


class Item(Record):
    """One line of a checklist: a claim about the subject that is true or false."""

    id: Id
    """Stable for ever: saved answers hang on it."""
    claim: Text
    """One statement, put so that true is good."""
    one_statement: Text | None = None
    """Why the claim is one statement although it reads like two; absent where it does not."""
    acceptance: Text
    """When it counts as met: a number, a command or an artefact."""
    check: Text
    """How to find out."""
    why: Text
    """What goes wrong without it."""
    remedy: Text
    """What to do when it is not met."""
    severity: Severity
    check_effort: Effort | None = None
    """How long the check takes one person. Absent in versions that did not say."""
    remedy_effort: Effort | None = None
    """How long the remedy takes one person. Absent in versions that did not say."""
    measurements: tuple[Id, ...] = ()
    """What the check measures, by the ids under `measurements` in `criteria.yaml`."""
    documented: tuple[Documented, ...] = ()
    """Facts that answer the item where the subject is a deployment of the dataset."""
    was: tuple[Id, ...] = ()
    """Items of the version before whose answers belong here: it was renamed, moved or put together. Empty for one that kept its id."""
    changed: Text | None = None
    """How it differs from the version before so that an old answer may not hold any more; the answer is then to be confirmed."""
    since: ChecklistVersion | None = None
    """The MINOR version that added the item: it does not gate until the next MAJOR. Absent for what a MAJOR version began with."""
    sources: tuple[Citation, ...] = ()
    """Where it comes from; absent where the checklist's own sources say that."""

    def gates_in(self, version: str) -> bool:
        """Say whether a gate asks for the item in a version of its checklist."""
        return self.since is None or major_of(self.since) < major_of(version) or is_major(self.since)


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
    sources: tuple[Citation, ...] = ()
    """Where items come from that name no source of their own."""
    upgrades_from: ChecklistVersion | None = None
    """The version before, whose answers can be carried over; null for the first."""
    retired: dict[Id, Text] = {}
    """Items of the version before that are gone, each with the reason. Their answers are kept beside the new ones."""

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
