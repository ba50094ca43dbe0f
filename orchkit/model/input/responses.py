"""One person's answers to one version of one checklist."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from orchkit.model.base import Day, Id, Record, Url
from orchkit.model.checklist import ChecklistVersion

Note = Annotated[str, StringConstraints(max_length=10_000)]
"""Free text of a user; may be empty."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""A short free text of a user; may be empty."""

MAX_ANSWERS = 1_000


class Outcome(StrEnum):
    """What an item came to."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Answer(Record):
    """The outcome of one item, with what supports it."""

    outcome: Outcome = Outcome.UNKNOWN
    note: Note = ""
    """What was seen. `not_applicable` counts only with a note that says why."""
    evidence: Url | None = None
    """Where the proof lies: a run, a log, a ticket."""


class Response(Record):
    """Answers to one checklist about one subject."""

    schema_version: Literal[1] = 1
    checklist: Id
    version: ChecklistVersion
    """The version that was answered; the response can always be scored against it."""
    subject: Name = ""
    """What was assessed: a tool, a deployment, your own platform."""
    evaluator: Name = ""
    date: Day | None = None
    answers: Annotated[dict[Id, Answer], Field(max_length=MAX_ANSWERS)] = {}
    """Answer by item id. An item that is absent is unknown."""
