"""Two passes are compared by what they say, not by how."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchkit.model.records import LabRecord
from orchkit.site.agreement import Compared, Difference, compare
from tests.conftest import ROOT
from tests.lab.driver.compare import newest_in, told
from tests.recorded import number, record, write


def of(**changes: object) -> LabRecord:
    return LabRecord.model_validate(record() | changes)


def test_a_pass_is_like_itself() -> None:
    found = compare([(of(), of())])
    assert (found.differing, found.missing, found.counts) == ([], [], [])
    assert set(found.ratios) == {1.0}
    assert found.same == found.total == sum(len(mode.cases) for mode in of().modes.values())


def test_what_differs_is_named() -> None:
    data = record()
    cases = data["modes"]["script"]["cases"]
    cases["resume"] |= {"outcome": "failed", "why": "it began anew"}
    cases["failure"]["measurements"]["exit-code"] = number(2)
    cases["first-run"]["measurements"]["cold-run"] = number(9.0, "s")
    del cases["install"]
    found = compare([(of(), LabRecord.model_validate(data))])
    assert found.differing == [Difference("ant", "script", "resume", None, "yes", "no", ("it began anew",))]
    assert found.missing == [("ant", "script", "install")]
    assert found.counts == [Difference("ant", "script", "failure", "exit-code", "1", "2")]
    assert max(found.ratios) == 2.0
    assert list(told(found))[:2] == [f"verdicts: {found.same} of {found.same + 1} the same", "  ant script resume: yes and no"]


@given(st.lists(st.floats(1, 50), min_size=1))
def test_ratios_are_summed_up_in_order(ratios: list[float]) -> None:
    *_, line = told(Compared(ratios=ratios))
    middle, ninth, most = map(float, re.findall(r"(\d+\.\d+) ×", line))
    assert 1 <= middle <= max(ninth, middle) <= most


def test_the_newest_record_of_each_folder_counts(tmp_path: Path) -> None:
    write(tmp_path, record(), "2026-11-20")
    write(tmp_path, record(version="1.3.0"), "2026-11-20.2")
    assert newest_in(tmp_path / "evidence")["ant"].version == "1.3.0"


@pytest.mark.parametrize(("tool", "code", "said"), [("ant", 0, "verdicts: 10 of 10 the same"), ("bee", 1, "have no tool in common")])
def test_the_command(tmp_path: Path, tool: str, code: int, said: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write(one, record())
    write(other, record(tool=tool))
    done = subprocess.run(
        [sys.executable, "-m", "tests.lab.driver.compare", one / "evidence", other / "evidence"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert said in done.stdout + done.stderr
