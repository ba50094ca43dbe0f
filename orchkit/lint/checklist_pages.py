"""A checklist has a page."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """Compare the folders under checklists/lists/ with the pages under docs/checklists/."""
    for checklist in subject.catalogue.checklists:
        file = f"docs/checklists/{checklist}.md"
        if not (subject.root / file).is_file():
            repair = f'Write it, with {{{{ view("checklist", checklist="{checklist}") }}}} in it'
            yield Problem(file, f"is missing: the checklist `{checklist}` has no page", repair)
