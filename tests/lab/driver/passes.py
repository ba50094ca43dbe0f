"""One pass over one tool: its environment, then case after case, each repeat in a fresh stage, to one record."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchkit.model.records import CaseResult, Held, LabRecord, ModeResult, Trace
from tests.bench.machine import machine
from tests.lab.driver.cases import Case, Trial
from tests.lab.driver.contract import CaseEntry, Mode, ToolFolder
from tests.lab.driver.folders import ROOT, TOOLS, left_out, lock_digest, orchestration_lines, source_digest
from tests.lab.driver.judgement import TAIL, Numbers, summed, unlike
from tests.lab.driver.stage import Place, Stage, StageError, namespace, open_stage

CACHE = ROOT / ".cache" / "lab"
PYTHON = "3.12"

QUESTION = """
import importlib.metadata, json, platform
found = {one.metadata["Name"].lower(): one.version for one in importlib.metadata.distributions()}
print(json.dumps([platform.python_version(), found]))
"""
"""Asked of a tool's own interpreter."""

Say = Callable[[str], None]

FAILURES = (StageError, OSError, subprocess.SubprocessError, ValueError)
"""What makes a case impossible to play, and leaves the others as they are."""


class InstallError(Exception):
    """A tool's environment cannot be made."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A tool's environment, and what it measures."""

    venv: Path
    python: str
    versions: dict[str, str]
    found: Numbers

    def result(self, tool: str, folder: ToolFolder, mode: Mode) -> CaseResult:
        """Return what is measured of the environment, and what a mode wants written and started beforehand."""
        lines = sum(orchestration_lines((TOOLS / tool / name).read_text("utf-8")) for name in mode.orchestration or folder.orchestration)
        found = self.found | {"orchestration-lines": (lines, "lines"), "services": (float(mode.service is not None), "count")}
        return CaseResult(outcome=Held.HELD, repeats=1, measurements=summed([found], ""))


def run_tool(tool: str, folder: ToolFolder, chosen: Mapping[str, Case], modes: list[str], day: date, say: Say) -> LabRecord:
    """Play the cases on every mode of a tool. Raises `InstallError`."""
    installed = install(tool, say)
    here = machine()
    found: dict[str, ModeResult] = {}
    for name, mode in folder.modes.items():
        if modes and name not in modes:
            continue
        place = Place(TOOLS / tool, installed.venv, mode)
        played = _run_mode(place, chosen, lambda text, name=name: say(f"{tool} {name} {text}"))  # type: ignore[misc]
        found[name] = ModeResult(name=mode.name, what=mode.what, cases={"install": installed.result(tool, folder, mode), **dict(played)})
    return LabRecord(
        tool=tool,
        day=day,
        machine=here,
        python=installed.python,
        package=folder.package,
        lock_sha256=lock_digest(tool),
        source_sha256=source_digest(tool),
        versions=installed.versions,
        modes=found,
    )


def install(tool: str, say: Say) -> Installed:
    """Make a tool's environment from its lock, byte code compiled; one that is there and fits the lock is taken."""
    venv, lock = CACHE / tool, TOOLS / tool / "requirements.txt"
    stamp, wanted = venv / "lock.sha256", lock_digest(tool)
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        say(f"{tool}: installing")
        done = subprocess.run([ROOT / "tools" / "setup.sh", "lab_venv", venv, PYTHON, lock], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["it is not said why"]
            raise InstallError(f"the lock cannot be installed: {said[-1]}")
        stamp.write_text(wanted, "utf-8")
    python, versions = _ask(venv)
    packages = sum(path.stat().st_size for path in (venv / "lib").rglob("*") if path.is_file() and not path.is_symlink())
    found: Numbers = {"distributions": (len(versions), "count"), "installed": (packages / 1e6, "MB")}
    return Installed(venv, python, versions, found)


def _run_mode(place: Place, chosen: Mapping[str, Case], say: Say) -> Iterator[tuple[str, CaseResult]]:
    with ExitStack() as groups:
        shared: dict[str, Stage] = {}
        for name, case in chosen.items():
            entry = place.mode.cases.get(name, CaseEntry())
            began = time.monotonic()
            if entry.unsupported:
                result = CaseResult(outcome=Held.UNSUPPORTED, why=entry.unsupported, repeats=0)
            elif why := left_out(case, entry, place.mode, place.folder):
                result = CaseResult(outcome=Held.NOT_RUN, why=why, repeats=0)
            else:
                result = _run_case(case, entry, lambda case=case, entry=entry: _stage(place, case, entry, shared, groups))  # type: ignore[misc]
            say(f"{name}: {result.outcome} ({time.monotonic() - began:.0f} s){f': {result.why}' if result.why else ''}")
            yield name, result


def _run_case(case: Case, entry: CaseEntry, staged: Callable[[], AbstractContextManager[Stage]]) -> CaseResult:
    """Play a case as often as it wants; the first repeat in which something is wrong is the last."""
    repeats: list[Numbers] = []
    trial: Trial | None = None
    log: tuple[str, ...] = ()
    try:
        for _ in range(case.repeats):
            with staged() as stage:
                trial = Trial(stage)
                case.play(trial)
                trial.claim(unlike(entry.expect, trial.found))
                log = _tail(trial)
            repeats.append(trial.found)
            if trial.wrong:
                break
    except FAILURES as error:
        return CaseResult(outcome=Held.NOT_RUN, why=f"it could not be played: {_said(error)}", repeats=0, log=getattr(error, "log", ()))
    assert trial is not None
    return CaseResult(
        outcome=Held.FAILED if trial.wrong else Held.HELD,
        why="; ".join(dict.fromkeys(trial.wrong)) or None,
        repeats=len(repeats),
        measurements=summed(repeats, "the steps that it is measured by were not all run"),
        trace=_trace(trial),
        log=log,
    )


@contextmanager
def _stage(place: Place, case: Case, entry: CaseEntry, shared: dict[str, Stage], groups: ExitStack) -> Iterator[Stage]:
    if case.offline:
        with namespace() as (prefix, names), open_stage(place, entry, prefix=prefix, names=names) as stage:
            yield stage
    elif entry.group is None:
        with open_stage(place, entry) as stage:
            yield stage
    else:
        if entry.group not in shared:
            shared[entry.group] = groups.enter_context(open_stage(place, entry))
        yield shared[entry.group]


def _trace(trial: Trial) -> tuple[Trace, ...]:
    return tuple(
        Trace(step=event.step, event=event.event, seconds=round(max(0.0, event.time - played.began), 3), command=number)
        for number, played in enumerate(trial.played, 1)
        for event in played.events
    )


def _tail(trial: Trial) -> tuple[str, ...]:
    lines = [line for number, played in enumerate(trial.played, 1) for line in (f"[{number}] exit code {played.exit_code}", *played.output[-TAIL:])]
    return trial.stage.scrubbed(lines)


def _ask(venv: Path) -> tuple[str, dict[str, str]]:
    """Ask an environment for its Python and for what was installed."""
    done = subprocess.run([venv / "bin" / "python", "-I", "-c", QUESTION], capture_output=True, text=True, check=True)
    python, versions = json.loads(done.stdout)
    return python, dict(sorted(versions.items()))


def _said(error: BaseException) -> str:
    """Return the first line of what an error says, without folders of this machine."""
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return re.sub(r"/\S*/lab-\w+", "{work}", said.replace(str(ROOT), "{repository}"))
