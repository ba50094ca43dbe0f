"""Evaluations: one person's answers to one version of one checklist, about one subject."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.model.base import Day, Exact, Id, Record, Text, Url
from orchkit.model.checklist import ChecklistVersion

LONGEST_NOTE = 10_000

Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE)]
"""Free text of a user; may be empty."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""A short free text of a user; may be empty."""

MAX_ANSWERS = 1_000
MAX_MEASUREMENTS = 50
MAX_COPIES = 20
MOST_REVISIONS = 1_000_000


class Outcome(StrEnum):
    """What an item came to."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """How the evaluator knows the outcome."""

    CHECKED = "checked"
    """Somebody ran the check."""
    DOCUMENTED = "documented"
    """The tool's documentation says so, and the evaluator took that over; nobody ran the check."""
    LAB = "lab"
    """The handbook's lab ran the tool with a workflow of its own, and the evaluator took that over; nobody ran the check here."""


class Statement(Record):
    """What one evaluator says of one item."""

    outcome: Outcome = Outcome.UNKNOWN
    ground: Ground = Ground.CHECKED
    note: Note = ""
    """What was seen. `not_applicable` counts only with a note that says why."""
    evidence: Url | None = None
    """Where the proof lies: a run, a log, a ticket."""
    measurements: Annotated[dict[Id, Exact], Field(max_length=MAX_MEASUREMENTS)] = {}
    """What was measured, by the ids in `criteria.yaml`, in the unit that stands there."""
    owner: Name = ""
    """Who sees to it."""
    due_on: Day | None = None
    """By when."""
    to_confirm: Text | None = None
    """Why an answer that was carried over from an older version of the checklist has to be looked at again; it counts as unknown until then."""


class Answer(Statement):
    """The outcome of one item, with what supports it."""

    revision: Annotated[int, Field(ge=0, le=MOST_REVISIONS, strict=True)] = 0
    """How often it was changed. Of two copies of one evaluation the one that was changed more often is the newer."""
    others: Annotated[tuple[Statement, ...], Field(max_length=MAX_COPIES)] = ()
    """What other copies of this evaluation say at the same revision. While they differ in the outcome, the item is unknown."""


class Response(Record):
    """One evaluation: answers to one checklist about one subject by one evaluator."""

    schema_version: Literal[1] = 1
    id: Id = "first"
    """Tells the evaluations of one checklist in one file apart. A handle, not a name: two files may use the same one for different evaluations."""
    checklist: Id
    version: ChecklistVersion
    """The version that was answered; the response can always be scored against it."""
    subject: Name = ""
    """What was assessed, in words: a tool, a deployment, your own platform."""
    tool: Id | None = None
    """The assessed tool, where it is one of the dataset."""
    deployment: Id | None = None
    """The assessed deployment of that tool."""
    evaluator: Name = ""
    date: Day | None = None
    target_percent: Annotated[Exact, Field(ge=0, le=100)] | None = None
    """The score that the team wants to reach."""
    answers: Annotated[dict[Id, Answer], Field(max_length=MAX_ANSWERS)] = {}
    """Answer by item id. An item that is absent is unknown."""
    retired: Annotated[dict[Id, Answer], Field(max_length=MAX_ANSWERS)] = {}
    """Answers to items that the checklist no longer has, from the upgrade on."""

    @model_validator(mode="after")
    def _deployment_of_a_tool(self) -> Self:
        if self.deployment is not None and self.tool is None:
            msg = "`deployment` needs `tool`: whose deployment it is"
            raise ValueError(msg)
        return self
