"""A MINOR version alters no old outcome, and what it adds says since when: it does not gate until the next MAJOR."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.lint.versions import Version, versions
from orchkit.model.checklist import Checklist, Item, is_major, major_of

_DECIDING = ("acceptance", "severity")
"""What an outcome, or its weight in the score, hangs on."""


def check(subject: Subject) -> Iterator[Problem]:
    """Compare each MINOR version with the one before."""
    for version in versions(subject):
        if is_major(version.number):
            yield from _major(version)
        elif version.before is None or major_of(version.before) != major_of(version.number):
            fact = f"there is no version {major_of(version.number)}.0 that {version.number} adds to"
            yield version.problem((), fact, f"Name the file {major_of(version.number)}.0.yaml")
        else:
            yield from _minor(version, version.earlier[version.before])


def _major(version: Version) -> Iterator[Problem]:
    for path, item in version.items():
        if item.since:
            yield version.problem((*path, "since"), "everything in a MAJOR version gates, so nothing is newer than the rest", "Remove it")


def _minor(version: Version, before: Checklist) -> Iterator[Problem]:
    mend = f"Undo it, or make the version {major_of(version.number) + 1}.0"
    if version.checklist.severity_weights != before.severity_weights:
        yield version.problem(("severity_weights",), "other weights give an old response another score", mend)
    old = {item.id: item for item in before.items}
    here = {item.id for item in version.checklist.items}
    for name in old:
        if name not in here:
            yield version.problem((), f"without the item `{name}` an old response gets another score", mend)
    for path, item in version.items():
        if item.id in old:
            yield from _kept(version, path, item, old[item.id], mend)
        elif item.since != version.number:
            place = (*path, "since") if item.since else path
            yield version.problem(place, f"the item `{item.id}` is new in {version.number}", f'Write `since: "{version.number}"`: it gates later')


def _kept(version: Version, path: Path_, item: Item, before: Item, mend: str) -> Iterator[Problem]:
    if item.changed:
        yield version.problem((*path, "changed"), "an answer that may not hold any more is another outcome", mend)
    for name in _DECIDING:
        if getattr(item, name) != getattr(before, name):
            yield version.problem((*path, name), f"another {name} gives an old response another result", mend)
    if item.since != before.since:
        said = f'Write `since: "{before.since}"`' if before.since else "Remove it"
        yield version.problem((*path, "since") if item.since else path, f"the item `{item.id}` is not new, and says otherwise", said)
