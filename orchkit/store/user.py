"""Files that users bring: a decision file or a bare response, JSON or YAML, read within bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import MAX_BYTES, Locate, parse_json, read_decision
from orchkit.store.records import Located, read_text
from orchkit.store.strict_yaml import parse

_YAML = (".yaml", ".yml")


def read_decision_file(path: Path, catalogue: Catalogue) -> DecisionFile:
    """Read a decision file. Raises `InputError` with all that is wrong in it; in YAML with the line."""
    data, place = _read(path)
    return read_decision(data, place, catalogue)


def dataset_named_in(path: Path) -> str | None:
    """Say which dataset a decision file was made with; null where it does not say. Raises `InputError` where it cannot be read."""
    data, _ = _read(path)
    made = data.get("dataset_version") if isinstance(data, dict) else None
    return made if isinstance(made, str) else None


def _read(path: Path) -> tuple[Any, str | Locate]:
    """Return the data in a file, and what names places in it."""
    place = str(path)
    if path.is_dir():
        raise InputError(Problem(place, "is a folder", "Name a decision file"))
    text = read_text(path, place, MAX_BYTES)
    if path.suffix.lower() in _YAML or (path.suffix.lower() != ".json" and not text.lstrip().startswith(("{", "["))):
        located = Located(place, parse(text, place, max_bytes=MAX_BYTES))
        return located.document.value, located.where
    return parse_json(text, place), place
