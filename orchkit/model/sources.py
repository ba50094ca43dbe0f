"""The bibliography and the dataset's own identity."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from orchkit.model.base import Day, Record, Text, Url

Release = Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
"""A dataset version: year, month, counter (2026.11.0)."""


class Dataset(Record):
    """What this dataset is, which version, and when its facts go stale."""

    version: Release
    """Version of the dataset. Year, month, counter within the month."""
    released_on: Day
    """Day of this version."""
    licence: Text
    """SPDX name of the data's licence. The code has its own."""
    stale_after_days: Annotated[int, Field(gt=0, strict=True)]
    """A citation read longer ago than this is flagged as stale."""


class Source(Record):
    """A text that the dataset cites more than once: who wrote it, what they sell, when it was read."""

    title: Text
    author: Text | None = None
    """The author's name, where one is printed."""
    publisher: Text
    """Who put it out."""
    url: Url | None = None
    """Where it stands; null when only a copy is known, which `note` then says."""
    published_on: Day | None = None
    """The day printed on it; null when none is."""
    read_on: Day
    """The day it was last read."""
    sells: Text
    """What the publisher sells that the text bears on: the reader's warning."""
    note: Text | None = None
    """What else a reader must know before trusting it."""
