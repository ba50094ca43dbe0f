"""An item says where it comes from, or its checklist does for all of them."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.lint.versions import drafts


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the items of drafts."""
    for version in drafts(subject):
        if not version.checklist.sources:
            for path, item in version.items():
                if not item.sources:
                    fact = f"the item `{item.id}` has no source, and the checklist has none for all of them"
                    yield version.problem(path, fact, "Add `sources:` to the item, or once to the checklist, each with `shows` and `read_on`")
