"""An item says how long its check and its remedy take."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.lint.versions import drafts
from orchkit.model.checklist import Effort


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the items of drafts."""
    for version in drafts(subject):
        for path, item in version.items():
            for name in ("check_effort", "remedy_effort"):
                if getattr(item, name) is None:
                    repair = f"Add `{name}:` with one of {', '.join(Effort)}: how long one person works on it"
                    yield version.problem(path, f"the item `{item.id}` has no `{name}`", repair)
