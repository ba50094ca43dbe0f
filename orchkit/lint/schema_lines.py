"""The first line of a record names its JSON Schema, so that editors help."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePosixPath

from orchkit.errors import Problem
from orchkit.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the first line of every record."""
    for file, kind in subject.tree.kinds.items():
        wanted = schema_line(file, kind)
        with (subject.root / file).open(encoding="utf-8-sig") as opened:
            first = opened.readline().rstrip()
        if first != wanted:
            yield Problem(f"{file}:1", "the first line does not name the record's schema", f"Write there: `{wanted}`")


def schema_line(file: str, kind: str) -> str:
    """Return the line for a record at `file`, a path that begins with the dataset's folder."""
    path = PurePosixPath(file)
    relative = os.path.relpath(PurePosixPath(path.parts[0]) / "schema" / f"{kind}.json", path.parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={relative}"
