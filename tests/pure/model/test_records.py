"""Records of the lab: nothing without its unit, its range and, where it is missing, its reason."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from orchkit.model.records import CaseResult, LabRecord, Measured
from tests.conftest import ROOT

EVIDENCE = sorted((ROOT / "checklists" / "evidence").rglob("*.json"))

HELD = {"outcome": "held", "repeats": 1}
MEASURED = {"value": 2.0, "unit": "s", "low": 1.0, "high": 3.0}
WHOLE_RUN = {**HELD, "measurements": {"whole-run": MEASURED}}

REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    (Measured, {**MEASURED, "high": None}, "give `value` between `low` and `high`"),
    (Measured, {**MEASURED, "value": 4.0}, "give `value` between `low` and `high`"),
    (Measured, {"value": None, "unit": "s"}, "or null and `why`"),
    (Measured, {**MEASURED, "why": "because"}, "or null and `why`"),
    (Measured, {**MEASURED, "unit": "parsecs"}, "unit"),
    (CaseResult, {**HELD, "why": "because"}, "a case that held has none"),
    (CaseResult, {"outcome": "failed", "repeats": 1}, "`why` says what did not hold"),
    (CaseResult, {"outcome": "held", "repeats": 0}, "run at least once"),
    (CaseResult, {"outcome": "not_run", "why": "no server", "repeats": 1}, "no other was run"),
    (CaseResult, {"outcome": "passed", "repeats": 1}, "outcome"),
]


@pytest.mark.parametrize(("model", "data", "why"), REFUSED)
def test_refused(model: Any, data: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(why)):
        model.model_validate(data)


def test_accepted() -> None:
    assert Measured.model_validate(MEASURED).value == 2
    assert Measured.model_validate({"value": None, "unit": "s", "why": "it never began"}).value is None
    assert CaseResult.model_validate({"outcome": "unsupported", "why": "it has no scheduler", "repeats": 0}).log == ()


@pytest.mark.parametrize("file", EVIDENCE, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_committed_record_can_be_read_and_is_where_it_belongs(file: Path) -> None:
    text = file.read_text("utf-8")
    record = LabRecord.model_validate_json(text)
    assert (file.parent.name, file.name.partition(".")[0]) == (record.tool, record.day.isoformat())
    assert record.modes
    assert not re.search(r"(?<![}\w])/(tmp/(?!flyte/)|home/|root/|Users/)", text), "a folder of the machine"


def test_a_record_survives_being_written() -> None:
    record = LabRecord.model_validate(
        {
            "tool": "prefect",
            "day": "2026-11-21",
            "machine": {"processor": "one", "cores": 2, "memory_gb": 8, "system": "Debian", "load_before": 0.1},
            "python": "3.12.1",
            "lock_sha256": hashlib.sha256(b"lock").hexdigest(),
            "source_sha256": hashlib.sha256(b"source").hexdigest(),
            "versions": {"prefect": "3.8.8"},
            "modes": {
                "ephemeral": {"name": "a script", "what": "One process.", "cases": {"whole-run": WHOLE_RUN}},
            },
        }
    )
    assert LabRecord.model_validate_json(record.model_dump_json(exclude_defaults=True)) == record
