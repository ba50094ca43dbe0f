"""The lab's records: `checklists/evidence/<tool>/<day>.json`. The lab writes them; nothing edits them."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from orchkit.errors import DataError, InputError, Problem
from orchkit.model.explain import dotted, explain
from orchkit.model.lab import LabPass
from orchkit.model.records import RECORD_NAME, LabRecord
from orchkit.store.records import read_text

FOLDER = "evidence"
MAX_BYTES = 4_000_000
"""No record needs more."""

_MEND = "Take it from the repository again, or run the lab anew; a record is never edited"


def read_evidence(folder: Path) -> dict[str, dict[str, LabRecord]]:
    """Read all records of a dataset folder by tool and by name, the oldest first. Raises `DataError` with every problem."""
    found: dict[str, dict[str, LabRecord]] = {}
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*/*.json")):
        try:
            found.setdefault(path.parent.name, {})[path.stem] = read_one(path, folder.parent)
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return {tool: dict(sorted(records.items(), key=lambda one: order(one[0]))) for tool, records in found.items()}


def read_one(path: Path, root: Path) -> LabRecord:
    """Read one record, which has to be of the tool and the day that its path says. Raises `DataError`."""
    shown_as = path.relative_to(root).as_posix()
    if not re.match(RECORD_NAME, path.stem):
        raise DataError(Problem(shown_as, f"`{path.stem}` is no name of a record", "Name it after its day, as 2026-11-22.json"))
    try:
        record = LabRecord.model_validate_json(read_text(path, shown_as, MAX_BYTES))
    except InputError as error:
        raise DataError(error.problems) from None
    except ValidationError as error:
        found = list(explain(error, LabRecord))
        raise DataError(Problem(f"{shown_as}: {dotted(where)}" if where else shown_as, fact, _MEND) for where, fact, _ in found) from None
    if (record.tool, str(record.day)) != (path.parent.name, path.stem.partition(".")[0]):
        raise DataError(Problem(shown_as, f"is a record of {record.tool} on {record.day}", "Put it where its tool and day belong"))
    return record


def newest(records: dict[str, dict[str, LabRecord]]) -> dict[str, LabPass]:
    """Return the newest record of each tool, without its logs, of records as `read_evidence` returns them."""
    return {tool: LabPass(name=(last := next(reversed(found))), record=found[last].summary()) for tool, found in records.items()}


def order(name: str) -> tuple[str, int]:
    """Sort names of records by day and then by the number behind it."""
    day, _, number = name.partition(".")
    return day, int(number or 1)
