"""What a team decided, in its own words: the part of a decision that nobody computes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.model.advice import OutcomeKind
from orchkit.model.base import Day, Id, Record
from orchkit.model.input.responses import Name

Words = Annotated[str, StringConstraints(max_length=2_000)]
"""A few sentences of a user; may be empty."""

MAX_DISSENT = 20


class Status(StrEnum):
    """How far a decision is. The words are those of MADR 4, template/adr-template.md, field `status`."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


class Dissent(Record):
    """A voice against the decision, kept with it."""

    who: Name = ""
    what: Words = ""


class Choice(Record):
    """What was decided, by whom, why, and against what."""

    outcome: OutcomeKind | None = None
    """What to do; `choose` where only a tool is named; null, with no tool, where the computed first place is meant."""
    tool: Id | None = None
    """The tool to adopt or to stay with."""
    deployment: Id | None = None
    """The way to have it, by its id among the tool's deployments."""
    status: Status = Status.PROPOSED
    superseded_by: Name = ""
    """The decision that took the place of this one."""
    decided_on: Day | None = None
    """The day that the team gives."""
    deciders: Name = ""
    consulted: Name = ""
    """Whose opinion was sought."""
    informed: Name = ""
    """Who is kept up to date."""
    why: Words = ""
    consequences: Words = ""
    """What is accepted with it, a line each."""
    dissent: Annotated[tuple[Dissent, ...], Field(max_length=MAX_DISSENT)] = ()
    review_on: Day | None = None
    """The day on which the decision is looked at again."""

    @property
    def meant(self) -> OutcomeKind | None:
        """What to do; null where the computed first place is meant."""
        return self.outcome or (OutcomeKind.CHOOSE if self.tool else None)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.outcome is OutcomeKind.CHOOSE and self.tool is None:
            msg = "the outcome `choose` needs `tool`: name the tool that was chosen"
            raise ValueError(msg)
        if self.tool is not None and self.meant not in (OutcomeKind.CHOOSE, OutcomeKind.STAY):
            msg = f"the outcome `{self.outcome}` takes no tool: leave `tool` out, or write `choose` or `stay`"
            raise ValueError(msg)
        if self.deployment is not None and self.tool is None:
            msg = "`deployment` names a deployment of a tool: name the `tool` too"
            raise ValueError(msg)
        if self.meant is None and self.status is not Status.PROPOSED:
            msg = f"it is {self.status}, and nothing is named that was chosen: add `tool` or `outcome`"
            raise ValueError(msg)
        if self.decided_on and self.review_on and self.review_on < self.decided_on:
            msg = f"the review on {self.review_on} is before the decision on {self.decided_on}"
            raise ValueError(msg)
        return self
