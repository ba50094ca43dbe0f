"""A page is UTF-8 text."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every page under docs/."""
    yield from subject.unreadable_pages
