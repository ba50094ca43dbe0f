"""What a tool's folder says of itself in ``cases.yaml``: the modes it is run in, and the command for each thing that is asked of it."""

from __future__ import annotations

import shlex
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from orchkit.model.base import Id, Record, Text


class Verb(StrEnum):
    """What the driver can ask of a tool. A command gets `{run}`, the folder of the run, and `{regularisation}`, its parameter."""

    ONE = "one"
    """Run a workflow of one step, `load`."""
    RUN = "run"
    """Run the workflow of ten steps; exit 0 when and only when all have ended well."""
    RESUME = "resume"
    """Go on with the last run, which has failed."""
    RETRY = "retry"
    """Run the workflow, `train` being retried up to three times with exponential back-off that begins with a second or less."""
    CACHED = "cached"
    """Run the workflow, leaving out steps whose result is known."""
    TRACKED = "tracked"
    """Run the workflow, having the tool keep `steps.numbers` of what each step made; `register` may be left out."""
    FAN_OUT = "fan-out"
    """Run `list_shards`, `shard` for each of what it returns, and `gather`."""
    SECRET = "secret"  # noqa: S105 - a word
    """Run the workflow with the value of `LAB_SECRET` handed to `register` as a secret, all logs switched on."""
    UNIT = "unit"
    """Run one step as a unit test would, without the others."""
    HISTORY = "history"
    """Print past runs, the newest last, as JSON in the last line: see `Told`."""
    LINEAGE = "lineage"
    """Print what the tool knows of the flow of data in the last run, as JSON in the last line: a list of [from, to]."""


def _splits(command: str) -> str:
    if not shlex.split(command):
        msg = "a command is wanted"
        raise ValueError(msg)
    return command


Command = Annotated[str, AfterValidator(_splits)]
"""A command, split as a shell does; nothing of it is expanded but `{run}`, `{regularisation}`, `{home}`, `{port}` and `{code}`."""


class Service(Record):
    """Something that has to be running before commands can be given."""

    command: Command
    ready: Command
    """Exits 0 as soon as the service can be used."""
    limit_seconds: Annotated[int, Field(ge=1)] = 120


class CaseEntry(Record):
    """What a folder says of one case."""

    unsupported: Text | None = None
    """Why the tool does not claim to do this: then nothing is run."""
    not_run: Text | None = None
    """Why it cannot be run here."""
    group: Id | None = None
    """Cases of one group share home, state and service. Alone unless it is given."""
    environment: dict[str, str] = {}
    expect: dict[Id, float] = {}
    """Counts that the folder's author foresees; another count fails the case."""

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        if self.unsupported and self.not_run:
            msg = "a case is `unsupported` or `not_run`, not both"
            raise ValueError(msg)
        return self


class Mode(Record):
    """One way to run the tool."""

    name: Text
    what: Text
    """What is running in this mode, in one sentence."""
    orchestration: tuple[Text, ...] = ()
    """Files in which orchestration lines are marked, where the mode has others than the tool's first one."""
    environment: dict[str, str] = {}
    """Set for every command; telemetry is switched off here."""
    prepare: tuple[Command, ...] = ()
    """Run once in each fresh home, before the service; not timed."""
    service: Service | None = None
    control: Literal["command", "service"] = "command"
    """Which process is killed in the case `killed`: the one that drives the run."""
    verbs: dict[Verb, Command]
    limit_seconds: Annotated[int, Field(ge=1)] = 120
    """No command takes longer."""
    cases: dict[Id, CaseEntry] = {}
    """Only what is not as usual."""


class ToolFolder(Record):
    """The file `cases.yaml`. A tool that cannot be had where the lab runs has no folder: `checklists/lab.yaml` says why."""

    package: Text | None = None
    """The distribution whose version is the tool's; none for a script that needs nothing."""
    orchestration: tuple[Text, ...]
    """Files in which orchestration lines are marked, in all modes that name none of their own."""
    modes: dict[Id, Mode]


class Told(Record):
    """One run as the tool tells of it."""

    state: Literal["completed", "failed", "running"]
    steps: dict[str, Literal["completed", "failed", "running", "skipped", "waiting"]] = {}
    parameters: dict[str, str | float | None] = {}
    numbers: dict[str, dict[str, float]] = {}
    """By step: numbers that the workflow had the tool keep, from `steps.numbers`."""
