"""What is judged, and how heavily each kind of team weighs it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from orchkit.model.base import Exact, Id, Record, Text
from orchkit.model.lab import LabNumberId

LOWEST, HIGHEST = 1, 5
"""Ends of the scale on which every criterion is judged."""


class Anchors(Record):
    """What a 1, a 3 and a 5 look like; 2 and 4 lie between."""

    one: Text
    three: Text
    five: Text


class Bounds(Record):
    """From which value on a measurement reaches a score, as the descriptions say it; null where they draw no line there."""

    two: Exact | None = None
    three: Exact | None = None
    four: Exact | None = None
    five: Exact | None = None

    @property
    def by_score(self) -> dict[int, Fraction]:
        """The lines that are drawn, by the score that they begin, lowest first."""
        lines = zip(range(LOWEST + 1, HIGHEST + 1), (self.two, self.three, self.four, self.five), strict=True)
        return {score: line for score, line in lines if line is not None}


class Measurement(Record):
    """Something that can be measured and bears on a criterion: never negative."""

    name: Text
    """What is measured, put so that a number and the unit answer it."""
    unit: Text
    """Unit of its values: `s`, `min`, `h`, `lines`, `count`."""
    direction: Literal["lower_is_better", "higher_is_better"]
    highest: Exact | None = None
    """The highest value there can be; null where there is none."""
    bounds: Bounds | None = None
    """What a value implies on the criterion's scale; null where the descriptions of a 1, a 3 and a 5 name no number for it."""
    lab: LabNumberId | None = None
    """The number of a case of the lab that is this measurement; null where the lab does not take it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        lines = list(self.bounds.by_score.values()) if self.bounds else []
        if self.bounds and not lines:
            msg = "`bounds` draw no line: name at least one of `two`, `three`, `four`, `five`, or leave them out"
            raise ValueError(msg)
        rising = self.direction == "higher_is_better"
        if any((low >= high) if rising else (low <= high) for low, high in pairwise(lines)):
            msg = f"`bounds` have to {'rise' if rising else 'fall'} from `two` to `five`, because {self.direction.replace('_', ' ')}"
            raise ValueError(msg)
        if wrong := [line for line in (*lines, self.highest) if line is not None and self.problem(line)]:
            msg = f"{float(wrong[0]):g} is no value of it: {self.problem(wrong[0])}"
            raise ValueError(msg)
        return self

    def problem(self, value: Fraction) -> str | None:
        """Say why something cannot have been measured; null where it can."""
        if value < 0:
            return "it is less than 0"
        if self.highest is not None and value > self.highest:
            return f"it is more than {float(self.highest):g}, the highest there can be"
        return None

    def implied(self, value: Fraction) -> tuple[int, int] | None:
        """Return the lowest and the highest score that a value allows; null where no bounds are drawn.

        Between two lines the descriptions leave open which score it is: with lines at 3 and at 5 alone, what reaches the first
        and not the second allows a 3 and a 4.
        """
        if self.bounds is None:
            return None
        lines = self.bounds.by_score
        reached = [score for score, line in lines.items() if (value >= line if self.direction == "higher_is_better" else value <= line)]
        missed = [score for score in lines if score not in reached]
        return max(reached, default=LOWEST), min(missed, default=HIGHEST + 1) - 1


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
    measurements: dict[Id, Measurement] = {}
    """What can be measured that bears on it, by ids that are unique over all criteria and never reused."""


class Criteria(Record):
    """All criteria by id, in the order in which tables print them."""

    criteria: dict[Id, Criterion]

    @model_validator(mode="after")
    def _measurements_once(self) -> Self:
        owners: dict[str, str] = {}
        for name, criterion in self.criteria.items():
            for measurement in criterion.measurements:
                if measurement in owners:
                    msg = f"the measurement `{measurement}` stands under `{owners[measurement]}` and under `{name}`; it bears on one criterion"
                    raise ValueError(msg)
                owners[measurement] = name
        return self


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
