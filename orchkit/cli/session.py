"""What every command may ask: which dataset, which checkout."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchkit.errors import InputError, Problem

if TYPE_CHECKING:
    from orchkit.model.catalogue import Catalogue

_DATASET = Path("checklists") / "dataset.yaml"


@dataclass(frozen=True, slots=True)
class Session:
    """The options that stand before the command's name."""

    data: Path | None
    release: str | None = None

    def catalogue(self) -> Catalogue:
        """Load the dataset or the release that was named, or the dataset that orchkit carries. Raises `DataError`."""
        from orchkit.store import load  # noqa: PLC0415 - `--help` does not load the models

        return load(self.data) if self.release is None else self.released(self.release)

    def released(self, version: str) -> Catalogue:
        """Load a frozen release: of the dataset that was named, of the checkout around the current folder, or where orchkit itself looks."""
        from orchkit.store import load  # noqa: PLC0415 - as above
        from orchkit.store.releases import read_index  # noqa: PLC0415 - as above

        with suppress(InputError):
            if self.data is None and version in read_index(self.folder()).releases:
                return load(self.folder(), release=version)
        return load(self.data, release=version)

    def current(self) -> Catalogue:
        """Load the dataset that was named, else that of the checkout around the current folder, else the one that orchkit carries."""
        from orchkit.store import load  # noqa: PLC0415 - as above

        if self.data is not None or self.release is not None:
            return self.catalogue()
        try:
            return load(self.folder())
        except InputError:
            return self.catalogue()

    def folder(self) -> Path:
        """Return the dataset folder: the one that was named, or that of the checkout around the current folder."""
        if self.data is not None:
            if not self.data.is_dir():
                raise InputError(Problem("--data", f"`{self.data}` is not a folder", "Name the folder `checklists` of a checkout"))
            return self.data.resolve()
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / _DATASET).is_file():
                return folder / "checklists"
        fact = f"`{here}` is not in a checkout of the handbook: there is no {_DATASET.as_posix()} in it or above it"
        raise InputError(Problem("the current folder", fact, "Go to a checkout, or name its folder: orchkit --data PATH/checklists"))

    def root(self) -> Path:
        """Return the root of the checkout."""
        return self.folder().parent
