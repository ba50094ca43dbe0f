"""What is judged, and how heavily each kind of team weighs it."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from orchkit.model.base import Exact, Id, Record, Text

LOWEST, HIGHEST = 1, 5
"""Ends of the scale on which every criterion is judged."""


class Anchors(Record):
    """What a 1, a 3 and a 5 look like; 2 and 4 lie between."""

    one: Text
    three: Text
    five: Text


class Criterion(Record):
    """One scored dimension of judgement."""

    name: Text
    """Full name as headings print it."""
    short: Text
    """Name for narrow columns, at most two words."""
    question: Text
    """What the criterion asks of a tool."""
    direction: Literal["higher_is_better"]
    """Every criterion is put so that 5 is good; the name says for what."""
    anchors: Anchors
    measurements: tuple[Text, ...] = ()
    """What can be measured that bears on it, with its unit."""


class Criteria(Record):
    """All criteria by id, in the order in which tables print them."""

    criteria: dict[Id, Criterion]


class Profile(Record):
    """A weight profile: a team archetype and what it cares about."""

    name: Text
    order: Annotated[int, Field(ge=1, strict=True)]
    """Place in lists, the smallest team first."""
    team: Text
    """Who this is: size, models, infrastructure."""
    why: Text
    """Why such a team weighs so."""
    source: Id | None = None
    """The source the profile was printed in."""
    weights: dict[Id, Exact]
    """Share per criterion; they sum to 1. A criterion that is absent weighs 0."""

    @model_validator(mode="after")
    def _sums_to_one(self) -> Self:
        if negative := [name for name, weight in self.weights.items() if weight < 0]:
            msg = f"weights are not negative: {', '.join(negative)}"
            raise ValueError(msg)
        if (total := sum(self.weights.values(), Fraction(0))) != 1:
            msg = f"the weights sum to {float(total):g}, not to 1"
            raise ValueError(msg)
        return self
