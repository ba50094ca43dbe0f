"""Released versions of checklists: `checklists/lists/released.json`, which pins each by its digest. Only a release writes it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from orchkit.errors import DataError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import version_order
from orchkit.model.explain import dotted, explain
from orchkit.model.releases import ReleasedChecklists, checklist_digest

FOLDER = "lists"
FILE = "released.json"


def read_released(folder: Path) -> ReleasedChecklists:
    """Read which versions of a dataset folder's checklists are released; none where there is no file. Raises `DataError`."""
    path = folder / FOLDER / FILE
    place = f"{folder.name}/{FOLDER}/{FILE}"
    mend = "Take it from the repository again; only `orchkit checklist release` writes it"
    if not path.exists():
        return ReleasedChecklists()
    try:
        return ReleasedChecklists.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        found = list(explain(error, ReleasedChecklists))
        raise DataError(Problem(f"{place}: {dotted(where)}" if where else place, fact, mend) for where, fact, _ in found) from None
    except (OSError, ValueError) as error:
        raise DataError(Problem(place, f"cannot be read: {error}", mend)) from None


def drafts(catalogue: Catalogue, released: ReleasedChecklists) -> list[tuple[str, str]]:
    """Return checklist and version of all that is not released, in order."""
    return [(name, version) for name, versions in catalogue.checklists.items() for version in versions if not released.has(name, version)]


def with_release(catalogue: Catalogue, released: ReleasedChecklists, versions: list[tuple[str, str]]) -> ReleasedChecklists:
    """Return the released versions with more of them, in the order of names and versions."""
    every = {name: dict(found) for name, found in released.released.items()}
    for name, version in versions:
        every.setdefault(name, {})[version] = checklist_digest(catalogue.checklists[name][version])
    return ReleasedChecklists(released={name: dict(sorted(every[name].items(), key=lambda one: version_order(one[0]))) for name in sorted(every)})


def write_released(folder: Path, released: ReleasedChecklists) -> Path:
    """Write the file and return its path. Raises `DataError` where it cannot be written."""
    path = folder / FOLDER / FILE
    try:
        path.write_text(json.dumps(released.model_dump(mode="json"), indent=2) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(Problem(str(path), f"cannot be written: {error.strerror or error}", "Check the permissions")) from None
    return path
