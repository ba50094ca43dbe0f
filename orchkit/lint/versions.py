"""A version of a checklist as the rules look at it: its file, the version before, whether it is released.

Rules about wording look at drafts alone: what is released can no longer be mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.checklist import Checklist, Item
from orchkit.store.records import Located


class Version(NamedTuple):
    """One version of one checklist."""

    name: str
    number: str
    located: Located
    checklist: Checklist
    earlier: dict[str, Checklist]
    """Every older version, oldest first."""
    released: bool

    @property
    def before(self) -> str | None:
        """The number of the version right before this one; null for the first."""
        return next(reversed(self.earlier), None)

    def items(self) -> Iterator[tuple[Path_, Item]]:
        """Yield each item with its path in the file."""
        for number, section in enumerate(self.checklist.sections):
            for index, item in enumerate(section.items):
                yield ("sections", number, "items", index), item

    def problem(self, path: Path_, fact: str, repair: str) -> Problem:
        """Say what is wrong with the value at `path`."""
        return self.located.problem(path, fact, repair)


def versions(subject: Subject) -> Iterator[Version]:
    """Yield every version of every checklist. Where it cannot be read what is released, all are taken for it: that is one problem, not many."""
    released = subject.released
    for name, located in subject.located("checklist"):
        number = Path(located.file).stem
        every = subject.catalogue.checklists[name]
        numbers = list(every)
        earlier = {one: every[one] for one in numbers[: numbers.index(number)]}
        yield Version(name, number, located, every[number], earlier, released is None or released.has(name, number))


def drafts(subject: Subject) -> Iterator[Version]:
    """Yield the versions that can still be mended."""
    return (version for version in versions(subject) if not version.released)
