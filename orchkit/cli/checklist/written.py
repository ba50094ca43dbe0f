"""A decision file that a command writes: as JSON, whole or not at all, and over nothing unless that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.model.input.decision import DecisionFile
from orchkit.store.files import write_over
from orchkit.version import __version__
from orchkit.views.state import decision_data

_YAML = (".yaml", ".yml")


def writable(path: Path, *, overwrite: bool) -> None:
    """Refuse a path before any work is done. Raises `InputError`."""
    if path.suffix.lower() in _YAML:
        raise InputError(Problem(str(path), "is the name of a YAML file, and what is written is JSON", f"Name it {path.stem}.orchkit.json"))
    if path.exists() and not overwrite:
        raise InputError(Problem(str(path), "exists already, and may hold somebody's answers", "Name another file, or add --overwrite"))


def write_decision(path: Path, decision: DecisionFile, *, overwrite: bool) -> None:
    """Write a decision file. Raises `InputError` where it exists and may not be overwritten, and where it cannot be written."""
    writable(path, overwrite=overwrite)
    text = json.dumps(decision_data(decision) | {"orchkit_version": __version__}, indent=2, ensure_ascii=False) + "\n"
    write_over(path, text)
