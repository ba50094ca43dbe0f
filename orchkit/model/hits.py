"""What became of comparing the advice with published decisions: the first run, kept as it was, and why what still misses does."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from orchkit.model.base import Day, Id, Record, Text


class MissKind(StrEnum):
    """Why the advice is not what a team chose."""

    NOT_HELD = "not-held"
    """They chose what the dataset does not hold."""
    BEFORE = "before-its-time"
    """What is advised could not be had yet."""
    UNSAID = "unsaid"
    """The text does not answer the questions that would have told."""
    UNASKED = "unasked"
    """They decided by something that no question asks."""
    NEAR = "no-clear-winner"
    """The advice says itself that there is no clear winner, and their choice is behind by less than the margin."""
    WEIGHED = "weighed-otherwise"
    """The advice knows their reasons and weighs them differently."""
    RULE = "rule"
    """A rule decided that does not fit them."""


class Miss(Record):
    """Why one case misses, where that does not follow from the numbers."""

    kind: MissKind
    why: Text


class FirstRun(Record):
    """What the advisor said when it was run on the cases for the first time. Never edited."""

    ran_on: Day
    dataset_version: Text
    coding: Annotated[Text, Field(pattern=r"^[0-9a-f]{7,40}$")]
    """The commit that holds the coding, made before."""
    rules: Annotated[Text, Field(pattern=r"^[0-9a-f]{7,40}$")]
    """The commit whose rules were run."""
    chosen: dict[Id, tuple[Id, ...]]
    """What counted as a hit, by case: tools and outcomes; empty where the dataset did not hold what they chose."""
    advised: dict[Id, tuple[Text, ...]]
    """The first three of what was advised, by case: a tool, an outcome, or ``stay:TOOL``."""


class CaseRuns(Record):
    """The authored file `hits.yaml`."""

    first_run: FirstRun | None = None
    since: Text | None = None
    """Which rules were changed since the first run, and for what reason."""
    misses: dict[Id, Miss] = {}
