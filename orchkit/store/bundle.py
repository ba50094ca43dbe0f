"""The compiled dataset: one JSON text, carried by the wheel and read back without a YAML parser."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from orchkit.errors import DataError, Problem
from orchkit.model.catalogue import Catalogue

_CARRIED = "_data/catalogue.json"


def compile_dataset(folder: Path) -> str:
    """Return the dataset in `folder` as one line of JSON. Raises `DataError` where it is wrong."""
    from orchkit.store.tree import load_tree  # noqa: PLC0415 - needs the YAML parser, which the browser does not have

    return load_tree(folder).model_dump_json()


def read_bundle(text: str, place: str) -> Catalogue:
    """Read what `compile_dataset` wrote. Raises `DataError` where it was damaged."""
    try:
        return Catalogue.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise DataError(Problem(place, f"is not a compiled dataset: {first['msg']}", "Install orchkit again, or compile the dataset again")) from None


def load(path: str | Path | None = None) -> Catalogue:
    """Load a catalogue.

    Without `path`: the dataset that the installed wheel carries, or, in a checkout, the one in `checklists/`. With
    `path`: a dataset folder, or a file written by `compile_dataset`. Raises `DataError` with place, fact and repair.

    >>> load().profiles["startup"].name
    'Startup'
    """
    if path is not None:
        return _load_path(Path(path))
    carried = resources.files("orchkit") / _CARRIED
    if carried.is_file():
        return read_bundle(carried.read_text(encoding="utf-8"), "the dataset carried by orchkit")
    return _load_path(Path(__file__).resolve().parents[2] / "checklists")


def _load_path(path: Path) -> Catalogue:
    if path.is_dir():
        from orchkit.store.tree import load_tree  # noqa: PLC0415 - as above

        return load_tree(path)
    if not path.is_file():
        raise DataError(
            Problem(str(path), "is neither a dataset folder nor a compiled dataset", "Name the folder `checklists` of a checkout, or a compiled file")
        )
    try:
        return read_bundle(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(Problem(str(path), f"cannot be read: {error}", "Check the path, the permissions and that it is a compiled dataset")) from None
