"""JSON Schemas from the models: for editors, for other programs, and for the folder `checklists/schema/`, which is committed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from orchkit.advice import Advice
from orchkit.assessment import Assessment, ChecklistReport, Gate, GroupResult
from orchkit.costs import BreakEven, CiMeter, CostEstimate
from orchkit.decision.comparison import Comparison
from orchkit.decision.diff import Diff
from orchkit.decision.replay import Replay
from orchkit.errors import DataError, Problem
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response
from orchkit.model.records import LabRecord
from orchkit.model.releases import ReleasedChecklists, ReleaseIndex
from orchkit.scoring import Ranking
from orchkit.store.tree import SCHEMAS

MODELS: dict[str, type[BaseModel]] = {
    **SCHEMAS,
    "response": Response,
    "decision": DecisionFile,
    "ranking": Ranking,
    "comparison": Comparison,
    "advice": Advice,
    "assessment": Assessment,
    "gate": Gate,
    "group-result": GroupResult,
    "checklist-report": ChecklistReport,
    "cost-estimate": CostEstimate,
    "break-even": BreakEven,
    "ci-meter": CiMeter,
    "diff": Diff,
    "replay": Replay,
    "release-index": ReleaseIndex,
    "released-checklists": ReleasedChecklists,
    "lab-record": LabRecord,
}
"""What has a schema, by its name: the authored files, what users write, what orchkit computes."""

_RESULTS = {
    "ranking",
    "comparison",
    "advice",
    "assessment",
    "group-result",
    "checklist-report",
    "gate",
    "cost-estimate",
    "break-even",
    "ci-meter",
    "diff",
    "replay",
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> dict[str, Any]:
    """Return one schema as data."""
    mode: Literal["serialization", "validation"] = "serialization" if name in _RESULTS else "validation"
    made = MODELS[name].model_json_schema(mode=mode)
    return {"$schema": _DIALECT, "$id": f"{name}.json", **made, "title": name.capitalize()}


@cache
def text_of(name: str) -> str:
    """Return one schema as the text of its file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all schemas into the dataset folder and return their paths. Raises `DataError` where one cannot be written."""
    target = folder / "schema"
    written = []
    for name in MODELS:
        path = target / f"{name}.json"
        try:
            target.mkdir(exist_ok=True)
            path.write_text(text_of(name), encoding="utf-8", newline="\n")
        except OSError as error:
            raise DataError(Problem(str(path), f"cannot be written: {error.strerror or error}", "Check the permissions")) from None
        written.append(path)
    return written


def problems(folder: Path) -> list[Problem]:
    """Compare the committed schemas with the models."""
    target = folder / "schema"
    found = [_compared(target / f"{name}.json", folder.parent, text_of(name)) for name in MODELS]
    strays = [path for path in sorted(target.glob("*.json")) if path.stem not in MODELS] if target.is_dir() else []
    unknown = [Problem(path.relative_to(folder.parent).as_posix(), "belongs to no model", "Remove it") for path in strays]
    return [problem for problem in found if problem] + unknown


def _compared(path: Path, root: Path, wanted: str) -> Problem | None:
    place = path.relative_to(root).as_posix()
    if not path.is_file():
        return Problem(place, "is missing", "Run `orchkit schema --write`")
    if path.read_bytes() != wanted.encode():
        return Problem(place, "is not what the models give", "Run `orchkit schema --write`; a schema is never edited by hand")
    return None
