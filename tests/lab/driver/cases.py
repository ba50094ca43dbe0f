"""What is asked of every tool, case by case: which commands are given, what has to hold, and what is measured on the way."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.lab.driver import judgement
from tests.lab.driver.contract import Verb
from tests.lab.driver.judgement import Numbers, Played, counts, finished
from tests.lab.driver.stage import SETTLED_SECONDS, Stage
from tests.lab.ml_pipeline.log import FAILS, STEPS
from tests.lab.ml_pipeline.steps import EDGES

FAILED_STEP = "train"
"""Step five of ten."""
SECRET = "hunter2-of-the-lab"  # noqa: S105 - nobody's
FLAKY = 2
SHARDS = (3, 5)
SLOW_SECONDS = 30


@dataclass
class Trial:
    """One repeat of one case on its stage: what was played, what is wrong, what was measured."""

    stage: Stage
    played: list[Played] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    found: Numbers = field(default_factory=dict)

    def play(self, verb: Verb, run: str = "run", **asked: Any) -> Played:
        return self.keep(self.stage.play(verb, run, **asked))

    def keep(self, played: Played) -> Played:
        self.played.append(played)
        return played

    def claim(self, problems: Iterable[str]) -> None:
        self.wrong.extend(problems)

    def measure(self, unit: str, **values: float | None) -> None:
        self.found |= {name.replace("_", "-"): (value, unit) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Case:
    """How one thing is asked. What it is and why stands in `checklists/lab.yaml`."""

    needs: tuple[Verb, ...]
    play: Callable[[Trial], None]
    repeats: int = 1
    patch: str | None = None
    """A file of the tool's folder that the case needs."""
    offline: bool = False
    """Whether it is played where there is no network but loopback."""


def first_run(trial: Trial) -> None:
    cold, warm = trial.play(Verb.ONE, "cold"), trial.play(Verb.ONE, "warm")
    trial.claim([*finished(cold, STEPS[:1]), *finished(warm, STEPS[:1])])
    trial.measure("s", cold_start=_until_first(cold), cold_run=cold.seconds, warm_start=_until_first(warm), warm_run=warm.seconds)


def whole_run(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.RUN, "first")))
    played = trial.play(Verb.RUN, "second")
    trial.claim(finished(played))
    per_step, idle = judgement.spacing(played.events) or (None, None)
    trial.measure("s", step_to_step=per_step, overhead_per_step=idle, whole_run=played.seconds)


def memory(trial: Trial) -> None:
    played = trial.keep(trial.stage.start(Verb.RUN).wait(watch_memory=True))
    trial.claim(finished(played))
    trial.measure("MB", peak_memory=played.peak_mb)


def failure(trial: Trial) -> None:
    played = trial.play(Verb.RUN, fail=FAILED_STEP)
    trial.claim(judgement.stopped_at(played, FAILED_STEP, FAILS))
    trial.measure("s", seconds_to_know=judgement.seconds_to_know(played, FAILED_STEP))
    trial.measure("count", exit_code=played.exit_code, facts_told=judgement.tells(played, FAILED_STEP) + judgement.tells(played, FAILS))


def resume(trial: Trial) -> None:
    failed = trial.play(Verb.RUN, fail=FAILED_STEP)
    trial.claim(() if failed.exit_code else ("the first run did not fail",))
    played = trial.play(Verb.RESUME)
    trial.claim(judgement.resumed(played, FAILED_STEP))
    trial.measure("count", steps_repeated=judgement.repeated(played.events, FAILED_STEP))
    trial.measure("s", resume_start=_until_first(played), resume_run=played.seconds)


def retry(trial: Trial) -> None:
    played = trial.play(Verb.RETRY, flaky={FAILED_STEP: FLAKY})
    trial.claim(() if played.exit_code == 0 else (f"the command ended with exit code {played.exit_code}",))
    trial.claim(judgement.backed_off(played.events, FAILED_STEP, FLAKY))
    first, second, *_ = [*judgement.gaps(played.events, FAILED_STEP), None, None]
    trial.measure("count", attempts=counts(played.events)[FAILED_STEP])
    trial.measure("s", first_gap=first, second_gap=second)


def unchanged(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.CACHED)))
    second, third = trial.play(Verb.CACHED), trial.play(Verb.CACHED)
    for name, played in (("second", second), ("third", third)):
        trial.claim(() if played.exit_code == 0 else (f"the {name} run ended with exit code {played.exit_code}",))
        trial.claim(() if not counts(played.events) else (f"the {name} run repeated {', '.join(counts(played.events))}",))
    trial.measure("count", skipped_second=judgement.skipped(second.events), skipped_third=judgement.skipped(third.events))


def changed_helper(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.CACHED)))
    helper = trial.stage.code / "ml_pipeline" / "steps.py"
    before = helper.read_text(encoding="utf-8")
    after = before.replace("TEST_SHARE = 0.3", "TEST_SHARE = 0.25")
    assert before != after
    helper.write_text(after, encoding="utf-8")
    played = trial.play(Verb.CACHED)
    stale = [step for step in STEPS[STEPS.index("split") :] if not counts(played.events, "end")[step]]
    trial.claim((f"these kept a result of the code before the change: {', '.join(stale)}",) if stale else ())
    trial.measure("count", stale_steps=len(stale))


def fan_out(trial: Trial) -> None:
    for shards in SHARDS:
        played = trial.play(Verb.FAN_OUT, f"of-{shards}", shards=shards)
        trial.claim(() if played.exit_code == 0 else (f"the command ended with exit code {played.exit_code}",))
        ended = counts(played.events, "end")
        trial.claim(() if ended["shard"] == shards else (f"{ended['shard']} parts were worked on, not {shards}",))
        gathered = trial.stage.run_folder(f"of-{shards}") / "gathered.json"
        trial.claim(() if gathered.is_file() and len(_json(gathered)["parts"]) == shards else ("the parts were not brought together",))
        trial.measure("s", **{f"fan_out_{shards}": played.seconds})


def history(trial: Trial) -> None:
    trial.play(Verb.RUN, "good")
    trial.play(Verb.RUN, "bad", fail=FAILED_STEP)
    told = judgement.told_runs(trial.play(Verb.HISTORY))
    trial.claim((told,) if isinstance(told, str) else judgement.remembered(told, FAILED_STEP))


def parameters(trial: Trial) -> None:
    values = (1.0, 0.01)
    for value in values:
        trial.claim(finished(trial.play(Verb.RUN, f"with-{value}", regularisation=value)))
    told = judgement.told_runs(trial.play(Verb.HISTORY))
    if isinstance(told, str):
        trial.claim((told,))
        return
    seen = tuple(_number(run.parameters.get("regularisation")) for run in told[-2:])
    trial.claim(() if seen == values else (f"the history says {seen} of runs with {values}",))


def lineage(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.RUN)))
    told = judgement.told_edges(trial.play(Verb.LINEAGE))
    if isinstance(told, str):
        trial.claim((told,))
        return
    missing = [f"{source} to {target}" for source, target in EDGES if (source, target) not in told]
    trial.claim((f"the lineage lacks {', '.join(missing)}",) if missing else ())
    trial.measure("count", edges_told=len(set(EDGES) & told))


def wrong_output(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.TRACKED, "right")))
    trial.claim(finished(trial.play(Verb.TRACKED, "wrong", wrong="features")))
    told = judgement.told_runs(trial.play(Verb.HISTORY))
    if isinstance(told, str):
        trial.claim((told,))
        return
    first = judgement.first_difference(*told[-2:]) if len(told) >= len(("right", "wrong")) else None
    trial.claim(() if first == "features" else (f"by the numbers that the tool keeps, the first step that differs is {first}, not features",))


def unit(trial: Trial) -> None:
    played = trial.play(Verb.UNIT)
    trial.claim(() if played.exit_code == 0 else (f"the command ended with exit code {played.exit_code}",))
    trial.claim(() if sum(counts(played.events).values()) == 1 else (f"{sum(counts(played.events).values())} steps were started, not one",))
    trial.measure("s", unit_run=played.seconds)


def added_step(trial: Trial) -> None:
    _apply(trial, "add_step.patch")
    trial.claim(finished(trial.play(Verb.RUN), (*STEPS, "announce")))


def resources(trial: Trial) -> None:
    _apply(trial, "resources.patch")
    trial.claim(finished(trial.play(Verb.RUN)))


def concurrent(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.RUN, "before")))
    values = {"left": 1.0, "right": 0.01}
    trial.stage.log.write_text("", encoding="utf-8")
    running = [trial.stage.start_beside(Verb.RUN, run, regularisation=value) for run, value in values.items()]
    done = [trial.keep(playing.wait()) for playing in running]
    trial.claim(f"a run ended with exit code {played.exit_code}" for played in done if played.exit_code != 0)
    lacking = [step for step in STEPS if done[-1].ended_well(step) != len(values)]
    trial.claim((f"these did not end well twice: {', '.join(lacking)}",) if lacking else ())
    for run, value in values.items():
        metrics = trial.stage.run_folder(run) / "metrics.json"
        trial.claim(
            ()
            if metrics.is_file() and _json(metrics)["regularisation"] == value
            else (f"of two runs the one called {run} has not its own parameter",)
        )


def killed(trial: Trial) -> None:
    stage = trial.stage
    playing = stage.start(Verb.RUN, slow={FAILED_STEP: SLOW_SECONDS})
    control = stage.service if stage.place.mode.control == "service" else playing.process
    assert control is not None
    trial.keep(playing.kill_in(FAILED_STEP, control))
    time.sleep(SETTLED_SECONDS)
    trial.measure("count", processes_left=stage.strangers())
    stage.clear()
    if Verb.HISTORY in stage.place.mode.verbs:
        told = judgement.told_runs(stage.play(Verb.HISTORY))
        trial.measure("count", shown_running=None if isinstance(told, str) else sum(run.state == "running" for run in told))
    played = trial.play(Verb.RESUME if Verb.RESUME in stage.place.mode.verbs else Verb.RUN)
    trial.claim(() if played.exit_code == 0 else (f"what was left could not be brought to an end: exit code {played.exit_code}",))
    missing = [step for step in STEPS[STEPS.index(FAILED_STEP) :] if not counts(played.events, "end")[step]]
    trial.claim((f"these did not end well afterwards: {', '.join(missing)}",) if missing else ())
    trial.measure("count", steps_repeated=judgement.repeated(played.events, FAILED_STEP))


def secret(trial: Trial) -> None:
    played = trial.play(Verb.SECRET, secret=SECRET)
    trial.claim(finished(played))
    entry = trial.stage.run_folder("run") / "registry" / "entry.json"
    trial.claim(() if entry.is_file() and _json(entry)["signed"] else ("the secret did not reach the step",))
    holding = [path for path in trial.stage.work.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    names = [path.relative_to(trial.stage.work).as_posix() for path in holding]
    trial.claim((f"the secret stands in {', '.join(names)}",) if names else ())
    trial.measure("count", files_with_secret=len(names))


def offline(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.RUN)))


def look_ups(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.RUN)))
    time.sleep(SETTLED_SECONDS)
    names = trial.stage.looked_up()
    trial.claim((f"looked up: {', '.join(sorted(names))}",) if names else ())
    trial.measure("count", names_looked_up=len(names))


def left_overs(trial: Trial) -> None:
    trial.claim(finished(trial.play(Verb.RUN)))
    trial.stage.stop_service()
    processes, ports = trial.stage.left_over()
    trial.claim((f"{processes} processes and {ports} open ports are left",) if processes else ())
    trial.measure("count", processes_left=processes, ports_left=ports)


CASES: dict[str, Case] = {
    "first-run": Case((Verb.ONE,), first_run, repeats=3),
    "whole-run": Case((Verb.RUN,), whole_run, repeats=3),
    "memory": Case((Verb.RUN,), memory),
    "failure": Case((Verb.RUN,), failure),
    "resume": Case((Verb.RUN, Verb.RESUME), resume),
    "retry": Case((Verb.RETRY,), retry),
    "unchanged": Case((Verb.CACHED,), unchanged),
    "changed-helper": Case((Verb.CACHED,), changed_helper),
    "fan-out": Case((Verb.FAN_OUT,), fan_out),
    "history": Case((Verb.RUN, Verb.HISTORY), history),
    "parameters": Case((Verb.RUN, Verb.HISTORY), parameters),
    "lineage": Case((Verb.RUN, Verb.LINEAGE), lineage),
    "wrong-output": Case((Verb.TRACKED, Verb.HISTORY), wrong_output),
    "unit": Case((Verb.UNIT,), unit),
    "added-step": Case((Verb.RUN,), added_step, patch="add_step.patch"),
    "resources": Case((Verb.RUN,), resources, patch="resources.patch"),
    "concurrent": Case((Verb.RUN,), concurrent),
    "killed": Case((Verb.RUN,), killed),
    "secret": Case((Verb.SECRET,), secret),
    "offline": Case((Verb.RUN,), offline, offline=True),
    "look-ups": Case((Verb.RUN,), look_ups, offline=True),
    "left-overs": Case((Verb.RUN,), left_overs),
}
"""All cases, in the order in which they are played and shown."""


def _until_first(played: Played) -> float | None:
    return max(0.0, played.events[0].time - played.began) if played.events else None


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _number(value: str | float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None


def _apply(trial: Trial, patch: str) -> None:
    """Change the stage's copy of the workflow, and count what is changed."""
    text = (trial.stage.code / patch).read_text(encoding="utf-8")
    subprocess.run(["git", "apply", "-p1", patch], cwd=trial.stage.code, check=True, env=trial.stage.git_environment())
    lines = text.splitlines()
    trial.measure("count", files_changed=sum(line.startswith("+++ ") for line in lines))
    trial.measure(
        "lines",
        lines_added=sum(line.startswith("+") and not line.startswith("+++ ") for line in lines),
        lines_removed=sum(line.startswith("-") and not line.startswith("--- ") for line in lines),
    )
