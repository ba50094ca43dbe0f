"""Nothing is left to be written that a scaffold left so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject

TO_WRITE = "To be written."
"""What a scaffold holds where a record wants a text that only its writer knows."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every text of every record."""
    for located in subject.tree.files.values():
        for path in _left(located.document.value, ()):
            yield located.problem(path, "is still to be written", "Write it; the comments of the file say what is wanted")


def _left(value: Any, path: Path_) -> Iterator[Path_]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _left(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _left(inner, (*path, index))
    elif value == TO_WRITE:
        yield path
