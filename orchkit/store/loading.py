"""Where a catalogue comes from: the installed wheel, a folder, a compiled file, a frozen release."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from orchkit.errors import DataError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.store.bundle import read_bundle
from orchkit.store.releases import carried_index, own_folder, read_release, unknown_release

_CARRIED = "_data/catalogue.json"


def load(path: str | Path | None = None, *, release: str | None = None) -> Catalogue:
    """Load a catalogue.

    Without `path`: the dataset that the installed wheel carries, or, in a checkout, the one in `checklists/`. With
    `path`: a dataset folder, or a compiled file, which a frozen release is too. With `release`: that release, out of
    `releases/` in the dataset folder; a wheel carries none but its own. Raises `DataError` with place, fact and repair.

    >>> import orchkit
    >>> orchkit.load().profiles["startup"].name
    'Startup'
    """
    if release is not None:
        return _load_release(release, None if path is None else Path(path))
    if path is not None:
        return _load_path(Path(path))
    carried = resources.files("orchkit") / _CARRIED
    if carried.is_file():
        return read_bundle(carried.read_text(encoding="utf-8"), "the dataset carried by orchkit")
    return _load_path(own_folder())


def _load_release(version: str, path: Path | None) -> Catalogue:
    """Find a release in a dataset folder; elsewhere only the one that is there can be had."""
    folder = own_folder() if path is None else path
    if folder.is_dir():
        return read_release(folder, version)
    here = load(path)
    if here.dataset.version == version:
        return here
    if path is not None:
        raise DataError(Problem(str(path), f"is release {here.dataset.version}, not {version[:20]}", "Name the file of that release"))
    index = carried_index()
    if version not in index.releases:
        raise DataError(unknown_release(version, index))
    fact = f"the frozen release {version} is not carried by the installed orchkit, which has dataset {here.dataset.version}"
    repair = f'Fetch `releases/{version}.json` from the handbook\'s site and name the file as the dataset: load("FILE"), or orchkit --data FILE'
    raise DataError(Problem("release", fact, repair))


def _load_path(path: Path) -> Catalogue:
    if path.is_dir():
        from orchkit.store.tree import load_tree  # noqa: PLC0415 - needs the YAML parser, which the browser does not have

        return load_tree(path)
    if not path.is_file():
        raise DataError(
            Problem(str(path), "is neither a dataset folder nor a compiled dataset", "Name the folder `checklists` of a checkout, or a compiled file")
        )
    try:
        return read_bundle(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(Problem(str(path), f"cannot be read: {error}", "Check the path, the permissions and that it is a compiled dataset")) from None
