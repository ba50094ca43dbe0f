"""Matrices and totals exactly as a source printed them, errors included: kept for reproduction and correction."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from orchkit.model.base import Exact, Id, Record, Text


class PrintedTotal(Record):
    """One line of a printed ranking."""

    tool: Id
    label: Text
    """The name as printed, which may differ from the tool's."""
    total: Exact
    """The weighted score as printed."""


class PrintedRanking(Record):
    """A ranking as printed: its weight profile and its lines, in the printed order."""

    profile: Id
    label: Text
    """The archetype's heading as printed."""
    totals: tuple[PrintedTotal, ...]


class PublishedSet(Record):
    """One source's matrix of scores and the totals it computed from it."""

    source: Id
    note: Text
    """What the scores are: one author's opinion, when."""
    matrix: dict[Id, dict[Id, Annotated[int, Field(ge=1, le=5, strict=True)]]]
    """Score by tool and criterion."""
    rankings: tuple[PrintedRanking, ...]
