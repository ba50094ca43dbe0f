"""A frozen release is what was frozen, and what it published under a version stays what it was."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import DataError, Problem
from orchkit.lint.subject import Subject
from orchkit.model.catalogue import Catalogue
from orchkit.model.releases import ReleaseIndex, release_order
from orchkit.store.releases import FOLDER, INDEX, checked_release, read_index


def check(subject: Subject) -> Iterator[Problem]:
    """Compare each file under checklists/releases/ with the index, and the dataset with the newest of them."""
    try:
        index = read_index(subject.folder)
    except DataError as error:
        yield from error.problems
        return
    yield from _strays(subject, index)
    for version in index.releases:
        released = _read(subject, index, version)
        if isinstance(released, Problem):
            yield released
        elif version == index.newest:
            yield from _kept(subject, version, released)


def _strays(subject: Subject, index: ReleaseIndex) -> Iterator[Problem]:
    for path in sorted((subject.folder / FOLDER).glob("*")):
        if path.name != INDEX and (path.suffix != ".json" or path.stem not in index.releases):
            yield Problem(path.relative_to(subject.root).as_posix(), "is no release of the index", "Remove it; `orchkit release` writes both")


def _read(subject: Subject, index: ReleaseIndex, version: str) -> Catalogue | Problem:
    """Read one release whole: today's code must be able to, for as long as links name it."""
    path = subject.folder / FOLDER / f"{version}.json"
    place = path.relative_to(subject.root).as_posix()
    if not path.is_file():
        return Problem(place, "is missing, and links name it", "Take it from the repository's history again")
    try:
        return checked_release(path.read_bytes().decode(), version, index, place)
    except UnicodeDecodeError:
        return Problem(place, f"is not what was frozen as release {version}: it is not UTF-8 text", "Take it from the repository's history again")
    except DataError as error:
        return error.problems[0]


def _kept(subject: Subject, version: str, released: Catalogue) -> Iterator[Problem]:
    """Compare the dataset with the newest release. That one was compared with those before it when it was frozen."""
    today = subject.catalogue
    dataset = f"{subject.folder.name}/dataset.yaml"
    if release_order(today.dataset.version) < release_order(version):
        yield Problem(dataset, f"the version {today.dataset.version} is older than the last release, {version}", "Raise `version`")
    if today.dataset.version == version and today != released:
        yield Problem(dataset, f"version {version} is released, and the data is not what was released", "Raise `version` and `released_on`")
    for name, versions in released.checklists.items():
        for number, checklist in versions.items():
            place = f"{subject.folder.name}/lists/{name}/{number}.yaml"
            now = today.checklists.get(name, {}).get(number)
            if now is None:
                yield Problem(place, f"is gone, and release {version} has it: saved answers name it", "Put it back")
            elif now != checklist:
                repair = "Undo the change here, and make it in a copy under the next version"
                yield Problem(place, f"differs from what release {version} published; a released checklist version never changes", repair)
