"""Frozen releases: the folder `checklists/releases/`, each file pinned by the index beside it, none ever edited."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from orchkit.errors import DataError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import dotted, explain
from orchkit.model.releases import FrozenRelease, ReleaseIndex, digest, release_order
from orchkit.store.bundle import compile_dataset, read_bundle

FOLDER = "releases"
INDEX = "index.json"

_CARRIED = "_data/releases.json"


def carried_index() -> ReleaseIndex:
    """Read the index that the installed wheel carries, or, in a checkout, the one in `checklists/releases/`."""
    carried = resources.files("orchkit") / _CARRIED
    if carried.is_file():
        return parse_index(carried.read_text(encoding="utf-8"), "the index of releases carried by orchkit")
    return read_index(own_folder())


def own_folder() -> Path:
    """Return the dataset folder of the checkout that this code lies in."""
    return Path(__file__).resolve().parents[2] / "checklists"


def read_index(folder: Path) -> ReleaseIndex:
    """Read the index of a dataset folder; a folder without one has no releases. Raises `DataError`."""
    path = folder / FOLDER / INDEX
    if not path.exists():
        return ReleaseIndex()
    place = f"{folder.name}/{FOLDER}/{INDEX}"
    try:
        return parse_index(path.read_text(encoding="utf-8"), place)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(Problem(place, f"cannot be read: {error}", "Take it from the repository again")) from None


def parse_index(text: str, place: str) -> ReleaseIndex:
    """Read an index. Raises `DataError`."""
    try:
        return ReleaseIndex.model_validate(json.loads(text))
    except ValidationError as error:
        found = list(explain(error, ReleaseIndex))
        raise DataError(Problem(f"{place}: {dotted(path)}" if path else place, fact, repair) for path, fact, repair in found) from None
    except ValueError as error:
        raise DataError(Problem(place, f"is not JSON: {error}", "Take it from the repository again; only `orchkit release` writes it")) from None


def read_release(folder: Path, version: str) -> Catalogue:
    """Read one frozen release of a dataset folder. Raises `DataError` where there is none, and where its bytes are not those that were frozen."""
    index = read_index(folder)
    if version not in index.releases:
        raise DataError(unknown_release(version, index))
    place = f"{folder.name}/{FOLDER}/{version}.json"
    try:
        text = (folder / FOLDER / f"{version}.json").read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(Problem(place, f"cannot be read: {error}", "Take it from the repository again")) from None
    return checked_release(text, version, index, place)


def checked_release(text: str, version: str, index: ReleaseIndex, place: str) -> Catalogue:
    """Read a release's text where it is what was frozen. Raises `DataError`."""
    if digest(text) != index.releases[version].sha256:
        fact = f"is not what was frozen as release {version}: its SHA-256 differs from the index"
        raise DataError(Problem(place, fact, "Take the file from the repository again; a frozen release is never edited"))
    return read_bundle(text, place)


def unknown_release(version: str, index: ReleaseIndex) -> Problem:
    """Say that there is no such release."""
    repair = nearest(version, list(index.releases)) if index.releases else "No release has been frozen yet: leave it out"
    return Problem("release", f"there is no frozen release `{version[:20]}`", repair)


class Frozen(NamedTuple):
    """A release ready to be written."""

    text: str
    record: FrozenRelease
    new: bool
    """Whether it is not there yet."""


def frozen(folder: Path, version: str, orchkit_version: str) -> Frozen:
    """Compile the dataset in `folder` as a release. The same data compiled again is the same bytes.

    Raises `DataError` where `version` is not the dataset's own, where it was frozen with other data, and where it is not newer
    than the last. Whether the data is right is for lint to say.
    """
    index = read_index(folder)
    text = compile_dataset(folder)
    dataset = read_bundle(text, str(folder)).dataset
    mend = f"Raise `version` in {folder.name}/dataset.yaml"
    if version != dataset.version:
        fact = f"`{version[:20]}` is not the dataset's version: {folder.name}/dataset.yaml says {dataset.version}"
        raise DataError(Problem("VERSION", fact, "Mend one of the two"))
    record = FrozenRelease(released_on=dataset.released_on, sha256=digest(text), bytes=len(text.encode()), orchkit_version=orchkit_version)
    if version in index.releases:
        if index.releases[version].sha256 == record.sha256:
            return Frozen(text, index.releases[version], new=False)
        raise DataError(Problem(f"release {version}", "was frozen before, with other data; a frozen release never changes", mend))
    if index.newest and release_order(version) <= release_order(index.newest):
        raise DataError(Problem(f"release {version}", f"is not newer than the last one, {index.newest}", mend))
    return Frozen(text, record, new=True)


def write_release(folder: Path, version: str, made: Frozen) -> Path:
    """Write a release and its line of the index, and return its path. Raises `DataError` where it cannot be written."""
    index = read_index(folder)
    target = folder / FOLDER
    try:
        target.mkdir(exist_ok=True)
        (target / f"{version}.json").write_text(made.text, encoding="utf-8", newline="\n")
        text = index_text(ReleaseIndex(releases={**index.releases, version: made.record}))
        (target / INDEX).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(Problem(str(target), f"cannot be written: {error.strerror or error}", "Check the permissions")) from None
    return target / f"{version}.json"


def index_text(index: ReleaseIndex) -> str:
    """Return an index as the text of its file."""
    return json.dumps(index.model_dump(mode="json"), indent=2) + "\n"
