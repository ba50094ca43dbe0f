"""The compiled dataset: one JSON text, carried by the wheel and read back without a YAML parser."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from orchkit.errors import DataError, Problem
from orchkit.model.catalogue import Catalogue


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
