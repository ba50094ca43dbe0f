"""The lab's training pipeline: ten functions that give the same every time, and misbehave only when they are asked to."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.ml_pipeline import steps
from tests.lab.ml_pipeline.log import FAILS, STEPS, StepFailedError

Ask = Callable[..., None]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAB_STEPS", str(tmp_path / "steps.jsonl"))
    return tmp_path / "steps.jsonl"


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    file = tmp_path / "case.json"
    monkeypatch.setenv("LAB_CASE", str(file))

    def write(**asked: Any) -> None:
        file.write_text(json.dumps(asked), "utf-8")

    return write


def whole_run(run: Path, regularisation: float = steps.REGULARISATION) -> dict[str, str]:
    """Call the ten steps in order, as the edges say."""
    made: dict[str, str] = {}
    for name in STEPS:
        sources = [source for source, target in steps.EDGES if target == name]
        extra = {"regularisation": regularisation} if name == "train" else {}
        made[name] = getattr(steps, name)(str(run), *(made[source] for source in sources), **extra)
    return made


def events(log: Path) -> list[tuple[str, str]]:
    return [(line["step"], line["event"]) for line in map(json.loads, log.read_text("utf-8").splitlines())]


def test_the_edges_name_what_each_step_takes() -> None:
    for name in STEPS:
        wanted = [parameter for parameter in inspect.signature(getattr(steps, name)).parameters.values() if parameter.default is parameter.empty]
        assert len(wanted) == 1 + sum(target == name for _, target in steps.EDGES), name
    assert {name for edge in steps.EDGES for name in edge} == set(STEPS)
    assert all(STEPS.index(source) < STEPS.index(target) for source, target in steps.EDGES)


def test_a_whole_run_trains_a_model_that_is_accepted(tmp_path: Path, log: Path) -> None:
    made = whole_run(tmp_path / "run")
    assert all(Path(path).exists() for path in made.values())
    assert steps.numbers(made["compare"])["accepted"] == 1
    assert steps.numbers(made["evaluate"])["accuracy"] > 0.95
    assert events(log) == [(name, event) for name in STEPS for event in ("start", "end")]


def test_two_runs_leave_the_same_numbers(tmp_path: Path) -> None:
    first, second = whole_run(tmp_path / "a"), whole_run(tmp_path / "b")
    for name in ("load", "split", "features", "evaluate", "compare"):
        assert steps.numbers(first[name]) == steps.numbers(second[name])


def test_a_run_carries_its_own_parameter(tmp_path: Path) -> None:
    made = whole_run(tmp_path, regularisation=0.01)
    assert steps.numbers(made["evaluate"])["regularisation"] == 0.01


def test_a_step_fails_when_asked_and_says_why(tmp_path: Path, log: Path, ask: Ask) -> None:
    ask(fail="train")
    with pytest.raises(StepFailedError, match=FAILS):
        whole_run(tmp_path / "run")
    assert events(log)[-1] == ("train", "fail")
    assert not (tmp_path / "run" / "model.joblib").exists()


def test_a_flaky_step_fails_so_often_and_then_no_more(tmp_path: Path, log: Path, ask: Ask) -> None:
    ask(flaky={"load": 2})
    for _ in range(2):
        with pytest.raises(StepFailedError):
            steps.load(str(tmp_path))
    steps.load(str(tmp_path))
    assert [event for _, event in events(log)] == ["start", "fail", "start", "fail", "start", "end"]


def test_a_wrong_step_says_nothing_and_first_differs_in_its_own_numbers(tmp_path: Path, ask: Ask) -> None:
    right = whole_run(tmp_path / "right")
    ask(wrong="features")
    wrong = whole_run(tmp_path / "wrong")
    differ = [name for name in STEPS if name != "validate" and steps.numbers(right[name]) != steps.numbers(wrong[name])]
    assert differ[0] == "features"
    assert steps.numbers(wrong["compare"])["accepted"] == 0


def test_rows_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    raw = tmp_path / "raw.csv"
    raw.write_text("radius,malignant\n-1,0\n2,1\n", "utf-8")
    with pytest.raises(ValueError, match="row 0: a negative value"):
        steps.validate(str(tmp_path), str(raw))


def test_a_fan_out_has_as_many_parts_as_are_asked_for_when_it_runs(tmp_path: Path, ask: Ask) -> None:
    ask(shards=3)
    parts = [steps.shard(path) for path in steps.list_shards(str(tmp_path))]
    gathered: Any = json.loads(Path(steps.gather(str(tmp_path), parts)).read_text("utf-8"))
    assert gathered == {"parts": ["0", "1", "2"]}


def test_an_eleventh_step_can_be_added(tmp_path: Path) -> None:
    made = whole_run(tmp_path)
    assert json.loads(Path(steps.announce(str(tmp_path), made["report"])).read_text("utf-8"))["report"] == made["report"]
