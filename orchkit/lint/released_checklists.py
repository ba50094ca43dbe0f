"""A released version of a checklist is what was released."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import DataError, Problem
from orchkit.lint.subject import Subject
from orchkit.model.releases import checklist_digest
from orchkit.store.released import FOLDER, read_released


def check(subject: Subject) -> Iterator[Problem]:
    """Compare each version that checklists/lists/released.json names with its file."""
    try:
        released = read_released(subject.folder)
    except DataError as error:
        yield from error.problems
        return
    for name, numbers in released.released.items():
        for number, digest in numbers.items():
            place = f"{subject.folder.name}/{FOLDER}/{name}/{number}.yaml"
            checklist = subject.catalogue.checklists.get(name, {}).get(number)
            if checklist is None:
                yield Problem(place, "is gone, and it is released: saved answers name it", "Take it from the repository's history again")
            elif checklist_digest(checklist) != digest:
                repair = "Undo the change here, and make it in a copy under the next version"
                yield Problem(place, "is not what was released; a released version of a checklist never changes", repair)
