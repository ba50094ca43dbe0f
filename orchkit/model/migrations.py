"""A migration: from one tool to another, step by step, with what it costs and what goes wrong on the way."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from orchkit.model.base import Id, Record, Text
from orchkit.model.evidence import Basis, Citation
from orchkit.model.tools import Point

Days = Annotated[float, Field(gt=0)]
"""Working days of one engineer."""


class Effort(Record):
    """Working days, from a simple case to a hard one."""

    low_days: Days
    high_days: Days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low_days > self.high_days:
            msg = f"`low_days` ({self.low_days:g}) is more than `high_days` ({self.high_days:g})"
            raise ValueError(msg)
        return self


class Step(Record):
    """One step, which can be finished and seen to be finished."""

    title: Text
    text: Text
    """What is done, and what it is easy to forget."""
    effort: Effort
    done_when: Text
    """What can be shown when it is done: a number, a command or an artefact."""
    per_workflow: bool = False
    """Whether the step is repeated for every workflow; else it is done once."""
    sources: tuple[Citation, ...] = ()


class Migration(Record):
    """The authored file `migrations/<id>.yaml`."""

    title: Text
    order: Annotated[int, Field(ge=1, strict=True)]
    """Place in the list, from 1."""
    from_tool: Id
    to_tool: Id | None = None
    """Null where only the departure is told."""
    summary: Text
    worth_it: tuple[Text, ...]
    """When the move pays."""
    not_worth_it: tuple[Text, ...]
    """When it does not."""
    carries_over: tuple[Point, ...]
    """What can be taken along as it is, and what cannot."""
    basis: Basis
    """How the efforts are known."""
    basis_why: Text
    """Where the ranges come from, and what they assume of the team and of the workflows."""
    steps: tuple[Step, ...]
    parallel_run: Text
    """How long both run side by side, what is compared, and what ends it."""
    risks: tuple[Point, ...]
    sources: tuple[Citation, ...] = ()

    def days(self, workflows: int) -> Effort:
        """Return the working days of one engineer for a number of workflows.

        >>> step = Step(title="t", text="t", effort=Effort(low_days=1, high_days=2), done_when="d", per_workflow=True)
        >>> Migration.model_construct(steps=(step, step.model_copy(update={"per_workflow": False}))).days(10)
        Effort(low_days=11.0, high_days=22.0)
        """
        times = [(step.effort, workflows if step.per_workflow else 1) for step in self.steps]
        return Effort(low_days=sum(one.low_days * n for one, n in times), high_days=sum(one.high_days * n for one, n in times))
