"""How a judgement is known: its value, the kind of knowledge behind it, why, and where that can be read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.model.base import Day, Id, Record, Text, Url
from orchkit.model.records import Held, RecordName


class Basis(StrEnum):
    """How a judgement is known, the strongest kind first."""

    MEASURED = "measured"
    DOCUMENTED = "documented"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class Confidence(StrEnum):
    """How likely a second reviewer with the same sources would write the same value."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PackageVersion = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9._-]+==[0-9][a-zA-Z0-9.]*$")]
"""A released Python package, written name==version."""


class LabPlace(Record):
    """One case in a record of the lab, and what it came to."""

    tool: Id
    day: RecordName
    mode: Id
    case: Id
    outcome: Held
    """What the record says became of the case. Lint compares the two."""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"the lab's record {self.tool}/{self.day}, {self.case} in {self.mode}"


class Citation(Record):
    """Where a statement can be read: a source of the bibliography, a web address, a released package, or a record of the lab."""

    source: Id | None = None
    """Id of a file under `checklists/sources/`."""
    url: Url | None = None
    """Address of the page, where it is not in the bibliography."""
    package: PackageVersion | None = None
    """The released package that was opened and read."""
    record: LabPlace | None = None
    """The case of the lab that was run."""
    shows: Text
    """The passage: what stands there that supports the statement. A landing page supports nothing."""
    read_on: Day
    """The day on which somebody read it."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(place is not None for place in (self.source, self.url, self.package, self.record)) != 1:
            msg = "a citation names exactly one of `source`, `url`, `package` and `record`"
            raise ValueError(msg)
        return self

    @property
    def elsewhere(self) -> str:
        """Where it can be read, in words, if that is not the bibliography."""
        return self.url or (f"the package {self.package}" if self.package else str(self.record))

    @property
    def place(self) -> str:
        """The one place that it names: equal for citations of the same place."""
        return self.source or self.elsewhere


class Supported(Record):
    """Something that is said, with at least one place where it can be read."""

    sources: tuple[Citation, ...]

    @model_validator(mode="after")
    def _supported(self) -> Self:
        if not self.sources:
            msg = "a statement needs `sources`: where it can be read"
            raise ValueError(msg)
        return self


class Score(Record):
    """One judgement on the 1-5 scale of a criterion, or `null` with the reason why it is unknown."""

    value: Annotated[int, Field(ge=1, le=5, strict=True)] | None
    """1 to 5 as the criterion describes them; null when unknown."""
    basis: Basis | None = None
    """How the value is known. Absent only when the value is null."""
    why: Text
    """The reason for the value, or the reason why it is unknown."""
    sources: tuple[Citation, ...] = ()
    """What supports it. At least one, unless the value is null."""
    confidence: Confidence | None = None
    """How sure the reviewer is. Absent only when the value is null."""

    @model_validator(mode="after")
    def _supported(self) -> Self:
        if self.value is None:
            if self.basis is not None or self.confidence is not None:
                msg = "an unknown value has neither `basis` nor `confidence`; `why` says why it is unknown"
                raise ValueError(msg)
            return self
        missing = [name for name in ("basis", "sources", "confidence") if not getattr(self, name)]
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            msg = f"a value needs {names}: say how it is known and where that can be read"
            raise ValueError(msg)
        return self


class Fact(Record):
    """One statement about a tool that can be checked, or `null` with the reason why it is unknown."""

    value: Text | None
    """The fact in a few words or one sentence."""
    why: Text | None = None
    """Wanted when the value is null: why it is unknown."""
    sources: tuple[Citation, ...] = ()
    """Where it can be read. At least one, unless the value is null."""

    @model_validator(mode="after")
    def _supported(self) -> Self:
        if self.value is None and self.why is None:
            msg = "an unknown fact needs `why`: the reason why it is unknown"
            raise ValueError(msg)
        if self.value is not None and not self.sources:
            msg = "a fact needs `sources`: where it can be read"
            raise ValueError(msg)
        return self
