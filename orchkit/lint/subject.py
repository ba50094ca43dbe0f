"""What a rule looks at: the dataset as read, with the place of every value, and the pages beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from orchkit.errors import DataError, InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Citation
from orchkit.model.records import LabRecord
from orchkit.model.releases import ReleasedChecklists
from orchkit.store.records import Located, read_text
from orchkit.store.released import read_released
from orchkit.store.tree import MAX_BYTES, Tree

Path_ = tuple[str | int, ...]

_BY_FOLDER = frozenset({"tool", "scores", "deployments", "features", "checklist"})
"""Kinds of files of which a folder's name is the id; of the others it is the file's."""

_PLACE = re.compile(r"(?P<file>.*?)(?::(?P<line>\d+))?(?:: .*)?\Z", re.DOTALL)


class Cited(NamedTuple):
    """A citation and where it stands."""

    located: Located
    path: Path_
    citation: Citation


@dataclass(frozen=True)
class Subject:
    """A dataset that could be loaded, and the checkout around it."""

    tree: Tree
    catalogue: Catalogue

    @property
    def root(self) -> Path:
        """The root of the checkout."""
        return self.tree.root

    @property
    def folder(self) -> Path:
        """The dataset's folder: every record's path begins with its name."""
        return self.root / Path(next(iter(self.tree.files))).parts[0]

    def located(self, kind: str) -> Iterator[tuple[str, Located]]:
        """Yield (id, file) of every file of one kind: a tool's or a checklist's id for the files in its folder, else the file's name."""
        for file, located in self.tree.files.items():
            if self.tree.kinds[file] == kind:
                path = Path(file)
                yield (path.parent.name if kind in _BY_FOLDER else path.stem), located

    def citations(self) -> Iterator[Cited]:
        """Yield every citation of every file."""
        for located in self.tree.files.values():
            for path, value in _mappings(located.document.value, ()):
                if "shows" in value and "read_on" in value:
                    yield Cited(located, path, Citation.model_validate(value))

    @cached_property
    def released(self) -> ReleasedChecklists | None:
        """The released checklists; null where the file that lists them cannot be read."""
        try:
            return read_released(self.folder)
        except DataError:
            return None

    @property
    def evidence(self) -> dict[str, dict[str, LabRecord]]:
        """The lab's records by tool and by name."""
        return self.tree.evidence

    @cached_property
    def pages(self) -> dict[str, str]:
        """The text of every page that could be read, by its path below the root."""
        return {file: text for file, text in self._read_pages.items() if isinstance(text, str)}

    @property
    def unreadable_pages(self) -> list[Problem]:
        """What is wrong with the other pages."""
        return [problem for found in self._read_pages.values() if isinstance(found, InputError) for problem in found.problems]

    @cached_property
    def _read_pages(self) -> dict[str, str | InputError]:
        found: dict[str, str | InputError] = {}
        for path in sorted((self.root / "docs").rglob("*.md")):
            file = path.relative_to(self.root).as_posix()
            try:
                found[file] = read_text(path, file, MAX_BYTES)
            except InputError as error:
                found[file] = error
        return found


def _mappings(value: Any, path: Path_) -> Iterator[tuple[Path_, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _mappings(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _mappings(inner, (*path, index))


def file_of(problem: Problem) -> str:
    """Return the file that a problem's place begins with."""
    return _split(problem)[0]


def by_place(problem: Problem) -> tuple[str, int, Problem]:
    """Sort problems as an editor shows them: by file, then by line."""
    return (*_split(problem), problem)


def _split(problem: Problem) -> tuple[str, int]:
    match = _PLACE.match(problem.place)
    assert match
    return match["file"], int(match["line"] or 0)
