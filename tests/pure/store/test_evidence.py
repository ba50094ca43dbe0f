"""The lab's records are read whole or refused with file, fact and repair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orchkit.errors import DataError
from orchkit.model.records import Held
from orchkit.store.evidence import newest, read_evidence
from tests.recorded import record, write


def test_the_newest_record_of_a_tool_counts_and_carries_no_logs(tmp_path: Path) -> None:
    data = tmp_path / "checklists"
    for name in ("2026-11-20", "2026-11-20.2", "2026-11-20.10"):
        write(data, record(version=f"1.{name.partition('.')[2] or 1}"), name)
    found = read_evidence(data)
    assert list(found["ant"]) == ["2026-11-20", "2026-11-20.2", "2026-11-20.10"]
    run = newest(found)["ant"]
    assert (run.name, run.record.version, run.record.versions) == ("2026-11-20.10", "1.10", {"ant": "1.10"})
    assert not any(result.trace or result.log for mode in run.record.modes.values() for result in mode.cases.values())
    assert found["ant"]["2026-11-20"].modes["script"].cases["resume"].trace


def test_outcomes_and_numbers_can_be_asked_by_mode(tmp_path: Path) -> None:
    write(tmp_path, record())
    run = newest(read_evidence(tmp_path))["ant"]
    assert run.outcomes("resume") == {"script": Held.HELD, "server": Held.FAILED}
    assert run.outcomes("retry") == {"server": Held.UNSUPPORTED}
    assert {mode: one.value for mode, one in run.measured("first-run.cold-run").items()} == {"script": 4.5, "server": 75.0}
    assert run.measured("nothing.at-all") == {}


def broken(**changes: Any) -> dict[str, Any]:
    return record() | changes


def mode(case: dict[str, Any]) -> dict[str, Any]:
    return {"m": {"name": "m", "what": "w", "cases": {"resume": case}}}


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (broken(extra=1), None, "unknown field `extra`"),
        (broken(day="2026-11-19"), "2026-11-20", "is a record of ant on 2026-11-19"),
        (broken(), "newest", "`newest` is no name of a record"),
        (broken(package="bee"), None, "`bee` is not among the `versions` that were installed"),
        (broken(lock_sha256="abc"), None, "lock_sha256"),
        (
            broken(modes={"m": {"name": "m", "what": "w", "cases": {"resume": {"outcome": "failed", "repeats": 1}}}}),
            None,
            "`why` says what did not hold",
        ),
        (broken(modes=mode({"outcome": "held", "repeats": 0})), None, "was run at least once"),
    ],
)
def test_a_record_that_was_touched_is_refused(tmp_path: Path, data: dict[str, Any], name: str | None, said: str) -> None:
    write(tmp_path / "checklists", data, name)
    with pytest.raises(DataError, match=said) as caught:
        read_evidence(tmp_path / "checklists")
    assert caught.value.problems[0].place.startswith("checklists/evidence/ant/")


def test_a_record_that_is_no_json_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "checklists", record()).write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="never edited"):
        read_evidence(tmp_path / "checklists")


def test_without_records_there_are_none(tmp_path: Path) -> None:
    assert read_evidence(tmp_path) == {}
