"""A stage isolates and cleans up whatever runs on it. What runs here is a few lines of Python in the place of a tool."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.driver.cases import CASES, Trial
from tests.lab.driver.contract import CaseEntry, Mode, Verb
from tests.lab.driver.processes import wait_until
from tests.lab.driver.stage import Place, StageError, open_stage

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").is_file(), reason="the lab reads what only Linux says of processes")

LINES = """\
import json, os, subprocess, sys, time
LOG = os.environ["LAB_STEPS"]
def note(step, event):
    with open(LOG, "a") as log:
        log.write(json.dumps({"step": step, "event": event, "time": time.time(), "pid": os.getpid()}) + chr(10))
"""
DAEMON = LINES + "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True)\n"
Staged = Callable[..., Place]


@pytest.fixture
def tool(tmp_path: Path) -> Staged:
    """Make a place out of a script that is run for every verb."""

    def make(script: str, *, seconds: int = 20, prepare: tuple[str, ...] = ()) -> Place:
        (tmp_path / "tool").mkdir()
        (tmp_path / "tool" / "workflow.py").write_text(script, "utf-8")
        command = f"{sys.executable} workflow.py {{run}} {{regularisation}}"
        mode = Mode(name="m", what="w", verbs=dict.fromkeys(Verb, command), prepare=prepare, limit_seconds=seconds)
        return Place(tmp_path / "tool", Path(sys.prefix), mode)

    return make


def test_a_command_sees_its_stage_and_nothing_of_the_caller(tool: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_THE_CALLER", "1")
    script = "import os, sys\nprint(sys.argv[2])\nfor name in sorted(os.environ): print(name, os.environ[name])"
    with open_stage(tool(script), CaseEntry(environment={"OWN": "{home}/own"})) as stage:
        seen = stage.scrubbed(stage.play(Verb.RUN, regularisation=0.5).output)
    assert seen[0] == "0.5"
    assert {"HOME {work}/home", "TMPDIR {work}/tmp", "OWN {work}/home/own", "OMP_NUM_THREADS 1", "USER lab", "LAB_RUN {work}/runs/run"} <= set(seen)
    assert not any(line.startswith("OF_THE_CALLER") for line in seen)
    assert not stage.work.exists()


def test_what_hangs_is_ended(tool: Staged) -> None:
    with open_stage(tool("import time\ntime.sleep(60)", seconds=1), CaseEntry()) as stage:
        assert stage.play(Verb.RUN).exit_code is None


def test_what_leaves_its_session_is_found_and_ended(tool: Staged) -> None:
    with open_stage(tool(DAEMON), CaseEntry()) as stage:
        assert stage.play(Verb.RUN).exit_code == 0
        assert stage.left_over() == (1, 0)
        ours = stage.ours
    assert not ours.pids()


def test_a_process_is_killed_in_the_step_that_is_named(tool: Staged) -> None:
    with open_stage(tool(LINES + "note('load', 'start')\ntime.sleep(60)"), CaseEntry()) as stage:
        playing = stage.start(Verb.RUN)
        began = time.monotonic()
        played = playing.kill_in("load", playing.process)
    assert played.exit_code == -9
    assert [(event.step, event.event) for event in played.events] == [("load", "start")]
    assert time.monotonic() - began < 30


def test_memory_is_that_of_the_whole_tree(tool: Staged) -> None:
    child = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; held = bytearray(50_000_000); time.sleep(2)'])"
    with open_stage(tool(child), CaseEntry()) as stage:
        peak = stage.start(Verb.RUN).wait(watch_memory=True).peak_mb
    assert peak is not None
    assert 50 < peak < 500


def test_a_stage_that_cannot_be_prepared_says_why(tool: Staged) -> None:
    place = tool("", prepare=(f"{sys.executable} -c \"raise SystemExit('no database')\"",))
    with pytest.raises(StageError, match="ended with 1: no database"), open_stage(place, CaseEntry()):
        pass


def test_a_case_is_judged_on_a_stage(tool: Staged) -> None:
    with open_stage(tool(LINES + "note('load', 'start'); note('load', 'end')"), CaseEntry()) as stage:
        trial = Trial(stage)
        CASES["unit"].play(trial)
        assert trial.wrong == []
        CASES["first-run"].play(trial)
        assert trial.wrong == []
        assert set(trial.found) == {"unit-run", "cold-start", "cold-run", "warm-start", "warm-run"}
        CASES["failure"].play(trial)
        assert "`train` did not fail" in trial.wrong


def test_waiting_ends_when_the_time_is_over() -> None:
    assert wait_until(lambda: True, 1)
    assert not wait_until(lambda: False, 0.1)
