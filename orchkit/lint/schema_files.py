"""The committed JSON Schemas are what the models give."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit import schemas
from orchkit.errors import Problem
from orchkit.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """Compare checklists/schema/ with the models."""
    yield from schemas.problems(subject.folder)
