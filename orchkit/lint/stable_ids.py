"""Items keep their ids from version to version, and what becomes of each is said: saved answers hang on them."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.lint.versions import Version, versions
from orchkit.model.base import nearest
from orchkit.model.checklist import Item


def check(subject: Subject) -> Iterator[Problem]:
    """Compare each version with those before it."""
    for version in versions(subject):
        yield from _chain(version)
        old = _ids(version, version.before)
        for path, item in version.items():
            yield from _origin(version, path, item, old)
        yield from _gone(version, old)


def _ids(version: Version, number: str | None) -> list[str]:
    return [item.id for item in version.earlier[number].items] if number else []


def _chain(version: Version) -> Iterator[Problem]:
    """Demand that answers can come from the version right before."""
    given, wanted = version.checklist.upgrades_from, version.before
    if given == wanted:
        return
    if wanted is None:
        yield version.problem(("upgrades_from",), f"there is no version before {version.number}", "Remove it, with `was`, `retired` and `changed`")
    else:
        path: Path_ = ("upgrades_from",) if given else ()
        fact = f"upgrades from {given}" if given else "does not say which version its answers come from"
        yield version.problem(path, f"{fact}, and the version before it is {wanted}", f'Write `upgrades_from: "{wanted}"`')


def _origin(version: Version, path: Path_, item: Item, old: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(item.was):
        place = (*path, "was", index)
        if name == item.id:
            yield version.problem(place, f"`{name}` has its own answers anyway", "Remove it")
        elif name not in old:
            yield version.problem(place, f"`{name}` is no item of the version before", nearest(name, old) if old else "Remove it")
    if item.changed and item.id not in old and not item.was:
        yield version.problem((*path, "changed"), "nothing of the version before is answered here, so nothing can have changed", "Remove it")
    if item.id not in old and any(item.id in _ids(version, number) for number in version.earlier):
        fact = f"the id `{item.id}` was given up in an older version, and answers under it may still lie there"
        yield version.problem((*path, "id"), fact, "Choose another id; none is used twice")


def _gone(version: Version, old: list[str]) -> Iterator[Problem]:
    """Demand a word on each item that is no longer there."""
    here = {item.id for item in version.checklist.items}
    moved = {name for item in version.checklist.items for name in item.was}
    for name in version.checklist.retired:
        place = ("retired", name)
        if name in here or name in moved:
            yield version.problem(place, f"`{name}` is retired, and its answers are still used", "Remove it here, or where they are used")
        elif name not in old:
            yield version.problem(place, f"`{name}` is no item of the version before", nearest(name, old) if old else "Remove it")
    for name in old:
        if name not in here and name not in moved and name not in version.checklist.retired:
            fact = f"the item `{name}` of {version.before} is gone without a word, and saved answers hang on it"
            yield version.problem((), fact, "Name it under `was` of the item that takes its answers, or under `retired` with the reason")
