"""What a pass of the lab leaves: one tool, run on one machine on one day, case by case. Nothing in it is edited afterwards."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.model.base import Day, Id, Record, Text
from orchkit.model.machine import Machine


class Held(StrEnum):
    """What became of a case."""

    HELD = "held"
    """The tool did what the case asks."""
    FAILED = "failed"
    """It was run and did not."""
    UNSUPPORTED = "unsupported"
    """The tool does not claim to do it, so nothing was run."""
    NOT_RUN = "not_run"
    """It could not be run here."""


class Measured(Record):
    """A number of one case: the median of its repeats and their range, or null with the reason why there is none."""

    value: float | None
    unit: Annotated[str, StringConstraints(pattern=r"^(s|MB|lines|count)$")]
    low: float | None = None
    high: float | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.value is None:
            wrong = (self.low, self.high) != (None, None) or self.why is None
        else:
            wrong = self.low is None or self.high is None or not self.low <= self.value <= self.high or self.why is not None
        if wrong:
            msg = "give `value` between `low` and `high`, or null and `why`"
            raise ValueError(msg)
        return self


class Trace(Record):
    """One line that a step wrote: what a replay of the run is drawn from."""

    step: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    event: Annotated[str, StringConstraints(pattern=r"^(start|end|fail)$")]
    seconds: Annotated[float, Field(ge=0)]
    """Since the command that it belongs to was started."""
    command: Annotated[int, Field(ge=1)]
    """Which of the case's commands: the first is 1."""


class CaseResult(Record):
    """What became of one case in one mode, and by which numbers."""

    outcome: Held
    why: Text | None = None
    """Unless it held: what did not, why nothing was run, or why it could not be."""
    repeats: Annotated[int, Field(ge=0)]
    """How often it was run."""
    measurements: dict[Id, Measured] = {}
    trace: tuple[Trace, ...] = ()
    """What the steps wrote in the last repeat."""
    log: tuple[str, ...] = ()
    """The last lines that the last repeat's commands wrote. Folders stand in braces: `{work}`, `{venv}`."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if (self.outcome is Held.HELD) != (self.why is None):
            msg = "`why` says what did not hold; a case that held has none"
            raise ValueError(msg)
        if (self.outcome in {Held.HELD, Held.FAILED}) != (self.repeats > 0):
            msg = "a case that held or failed was run at least once, and no other was run"
            raise ValueError(msg)
        return self


class ModeResult(Record):
    """One way to run the tool, and what became of each case in it."""

    name: Text
    what: Text
    """What is running in this mode, in one sentence."""
    cases: dict[Id, CaseResult]

    def without_logs(self) -> ModeResult:
        """Leave out traces and lines."""
        return self.model_copy(update={"cases": {name: one.model_copy(update={"trace": (), "log": ()}) for name, one in self.cases.items()}})


RECORD_NAME = r"^\d{4}-\d{2}-\d{2}(\.\d+)?$"
RecordName = Annotated[str, StringConstraints(pattern=RECORD_NAME)]
"""The day of a pass, and a number where it was not the day's first: the name of the record's file."""


class LabRecord(Record):
    """The file `evidence/<tool>/<day>.json`."""

    tool: Id
    day: Day
    machine: Machine
    python: Text
    """The version that the tool ran on."""
    package: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")] | None = None
    """The distribution whose version is the tool's; null for a script that needs nothing."""
    lock_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """Digest of the tool's `requirements.txt`."""
    source_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """Digest of the tool's folder and the training pipeline: of what was run."""
    versions: dict[str, Text]
    """Every distribution that was installed, and its version."""
    modes: dict[Id, ModeResult]
    """The results by mode of the tool."""

    @model_validator(mode="after")
    def _has_its_package(self) -> Self:
        if self.package is not None and self.package not in self.versions:
            msg = f"`{self.package}` is not among the `versions` that were installed"
            raise ValueError(msg)
        return self

    @property
    def version(self) -> str | None:
        """The version of the tool that ran; null for a script."""
        return None if self.package is None else self.versions[self.package]

    def summary(self) -> LabRecord:
        """Leave out what only a replay wants, and the versions of what the tool brought along."""
        modes = {name: mode.without_logs() for name, mode in self.modes.items()}
        own = {} if self.package is None else {self.package: self.versions[self.package]}
        return self.model_copy(update={"modes": modes, "versions": own})
