"""A case: a team's decision for, against or without an orchestrator, as somebody published it, coded as answers to the advisor's questions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from orchkit.model.base import Day, Id, Record, Text
from orchkit.model.evidence import Citation


class CaseKind(StrEnum):
    """What stands behind a case."""

    ACCOUNT = "account"
    """Published by the team, or by somebody who was there."""
    SOURCE_STORY = "source_story"
    """Told by a source of this handbook to make a point. It cannot be verified and counts nowhere."""


class AuthorKind(StrEnum):
    """Who tells it."""

    COMPANY = "company"
    """An organisation, in its own name."""
    PRACTITIONER = "practitioner"
    """A person, about their own work."""


class Instead(StrEnum):
    """What a team can decide that is not the name of a tool."""

    STAY = "stay"
    CRON_SCRIPT = "cron-script"
    BUILD_YOUR_OWN = "build-your-own"


class Choice(Record):
    """One thing that was used, considered or chosen: a tool of the dataset, another by its name, or no tool at all."""

    tool: Id | None = None
    """A tool of this dataset."""
    other: Text | None = None
    """The name of something that this dataset does not hold."""
    outcome: Instead | None = None
    """A decision that names no tool."""
    deployment: Text | None = None
    """In which form, where the text says so, for a tool of this dataset."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(thing is not None for thing in (self.tool, self.other, self.outcome)) != 1:
            msg = "an entry names exactly one of `tool`, `other` and `outcome`"
            raise ValueError(msg)
        if self.deployment is not None and self.tool is None:
            msg = "`deployment` belongs to a `tool`"
            raise ValueError(msg)
        return self


class Coding(Record):
    """How the answers came about."""

    coded_on: Day
    before_first_run: StrictBool
    """Whether the answers were written down before the advisor was first run on the case."""
    notes: dict[Id, Text]
    """For every coded answer, what in the text justifies it."""


class Case(Record):
    """One published decision: what happened in our words, and its context as far as the text tells it."""

    kind: CaseKind
    organisation: Text
    """Who decided: a name, or a description where none is given."""
    author: Text | None = None
    """Who wrote it, where the text says so."""
    author_kind: AuthorKind
    title: Text
    """As printed, or translated; a title of ours is said to be one in `note`."""
    published_on: Day | None = None
    """The day printed on it; null when none was seen."""
    published_year: Annotated[int, Field(ge=1990, le=2100, strict=True)] | None = None
    """The year, where that is all that was seen."""
    story: Text
    """What happened, in two or three sentences of ours."""
    moved_from: tuple[Choice, ...] | None = None
    """What ran before the decision. Empty when the text says nothing did; null when it does not say."""
    considered: tuple[Choice, ...] = ()
    """What the text names as considered."""
    chose: tuple[Choice, ...]
    """What was decided. A team that stayed has `outcome: stay` and what it stayed with."""
    reasons: tuple[Text, ...] = ()
    """The stated reasons, short, in our words."""
    context: dict[Id, Id] = {}
    """Answer by question of the advisor, as far as the text says it. What is unsaid is absent, never guessed."""
    coding: Coding
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """The page that was read, first; then what supports it."""
    note: Text | None = None
    """What a reader must know before trusting it: a copy, a translation, a missing part."""

    @property
    def year(self) -> int | None:
        """The year of publication, where any date was seen."""
        return self.published_on.year if self.published_on else self.published_year

    @model_validator(mode="after")
    def _one_date(self) -> Self:
        if self.published_on is not None and self.published_year is not None:
            msg = "`published_year` is for a text of which no day was seen; `published_on` says it already"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _every_answer_is_justified(self) -> Self:
        if missing := [question for question in self.context if question not in self.coding.notes]:
            msg = f"the answer to `{missing[0]}` has no note in `coding`: say which passage justifies it"
            raise ValueError(msg)
        if spare := [question for question in self.coding.notes if question not in self.context]:
            msg = f"`coding` has a note on `{spare[0]}`, which `context` does not answer"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _an_account_ends(self) -> Self:
        if self.kind is CaseKind.ACCOUNT and not self.chose:
            msg = "an account of a decision needs `chose`: what was decided"
            raise ValueError(msg)
        return self
