"""Nothing was read after the dataset was released, nor long before. There is no clock here: the release's own day is the measure."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """Look at citations and at the bibliography."""
    released, stale = subject.catalogue.dataset.released_on, subject.catalogue.dataset.stale_after_days
    read = [(cited.located, (*cited.path, "read_on"), cited.citation.read_on) for cited in subject.citations()]
    read += [(located, ("read_on",), subject.catalogue.sources[name].read_on) for name, located in subject.located("source")]
    for located, path, day in read:
        if day > released:
            repair = "Mend the day, or raise `version` and `released_on` in checklists/dataset.yaml"
            yield located.problem(path, f"{day} is after the dataset's release on {released}", repair)
        elif (released - day).days > stale:
            fact = f"{day} is {(released - day).days} days before the dataset's release, more than {stale}"
            yield located.problem(path, fact, "Read it again, mend what has changed, and write the new day")
