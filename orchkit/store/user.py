"""Files that users bring: a decision file or a bare response, JSON or YAML, read within bounds; and fields put back into one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import MAX_BYTES, Locate, parse_json, read_decision
from orchkit.store.files import write_over
from orchkit.store.records import Located, read_text
from orchkit.store.strict_yaml import parse

_YAML = (".yaml", ".yml")
_KEY = re.compile(r"[^\s#]")


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
    if _is_yaml(path, text):
        located = Located(place, parse(text, place, max_bytes=MAX_BYTES))
        return located.document.value, located.where
    return parse_json(text, place), place


def store_fields(path: Path, fields: Mapping[str, Any]) -> None:
    """Put top-level fields into a decision file and leave all else as it is; in YAML its comments and its order too.

    Raises `InputError` where the file is a bare response, where it cannot be written, and where its YAML is laid out so that a
    field cannot be put in by lines.
    """
    place = str(path)
    text = read_text(path, place, MAX_BYTES)
    before = parse(text, place, max_bytes=MAX_BYTES).value if _is_yaml(path, text) else parse_json(text, place)
    if not isinstance(before, dict) or "format" not in before:
        raise InputError(Problem(place, "is a response by itself, which has no room for a result", "Export a decision file, or begin one"))
    wanted = {**before, **fields}
    if _is_yaml(path, text):
        after = _with_lines(text, fields)
        if parse(after, place, max_bytes=MAX_BYTES).value != wanted:
            raise InputError(
                Problem(place, "is YAML in which a field cannot be replaced by lines", "Put each field on lines of its own, or keep JSON")
            )
    else:
        after = json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"
    write_over(path, after, repair="Check the permissions of its folder")


def _is_yaml(path: Path, text: str) -> bool:
    return path.suffix.lower() in _YAML or (path.suffix.lower() != ".json" and not text.lstrip().startswith(("{", "[")))


def _with_lines(text: str, fields: Mapping[str, Any]) -> str:
    """Replace each field's lines by one line of JSON, which is YAML too; a new field comes last."""
    lines = text.splitlines()
    for name, value in fields.items():
        line = f"{name}: {json.dumps(value, ensure_ascii=True)}"
        start = next((number for number, old in enumerate(lines) if old.startswith(f"{name}:")), None)
        if start is None:
            lines.append(line)
        else:
            end = next((number for number in range(start + 1, len(lines)) if _KEY.match(lines[number])), len(lines))
            lines[start:end] = [line]
    return "\n".join(lines) + "\n"
