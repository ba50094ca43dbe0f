"""The lab's verdicts follow from what steps wrote and how commands ended; no tool is started here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.driver import judgement
from tests.lab.driver.contract import Told
from tests.lab.driver.judgement import Event, Played
from tests.lab.ml_pipeline.log import FAILS, STEPS

SECONDS = st.floats(0.001, 100)


def ran(steps: Iterable[str], *, began: float = 0.0, work: float = 1.0, wait: float = 0.5) -> list[Event]:
    """Log steps that work for a while one after the other, with a wait between them."""
    events = []
    for step in steps:
        events += [Event(step, "start", began, 1), Event(step, "end", began + work, 1)]
        began += work + wait
    return events


def played(events: Sequence[Event], code: int | None = 0, output: str = "") -> Played:
    return Played(code, 0.0, max((event.time for event in events), default=0.0), tuple(output.splitlines()), tuple(events))


FAILED = [*ran(STEPS[:4]), Event("train", "start", 6.0, 1), Event("train", "fail", 6.5, 1)]
SAID = f"Traceback\n  in train\nRuntimeError: {FAILS}"


def test_a_run_that_ended_well_has_nothing_wrong() -> None:
    assert list(judgement.finished(played(ran(STEPS)))) == []


@pytest.mark.parametrize(
    ("events", "code", "wrong"),
    [
        (ran(STEPS), 1, "the command ended with exit code 1"),
        (ran(STEPS), None, "the command ended with no exit code, because it took too long"),
        (ran(STEPS[:-1]), 0, "`report` was started 0 times and ended well 0 times, not 1"),
        (ran([*STEPS, "load"]), 0, "`load` was started 2 times and ended well 2 times, not 1"),
    ],
)
def test_what_is_wrong_with_a_run_is_said(events: list[Event], code: int | None, wrong: str) -> None:
    assert list(judgement.finished(played(events, code))) == [wrong]


def test_a_failure_that_is_told_holds() -> None:
    assert list(judgement.stopped_at(played(FAILED, 1, SAID), "train", FAILS)) == []


@pytest.mark.parametrize(
    ("events", "code", "output", "wrong"),
    [
        (FAILED, 0, SAID, "the command ended with exit code 0 although `train` failed"),
        (ran(STEPS), 1, SAID, "`train` did not fail"),
        ([*FAILED, Event("report", "start", 9.0, 1)], 1, SAID, "steps after the failed one were started: report"),
        (FAILED, 1, f"a pretrained thing\n{FAILS}", "the name of the failed step does not stand in the last 30 lines"),
        (FAILED, 1, "in train: something", "the cause does not stand in the last 30 lines"),
        (FAILED, 1, SAID + "\nnoise" * 30, "the cause does not stand in the last 30 lines"),
    ],
)
def test_what_is_wrong_with_a_failure_is_said(events: list[Event], code: int, output: str, wrong: str) -> None:
    assert wrong in list(judgement.stopped_at(played(events, code, output), "train", FAILS))


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_resumed_run_repeats_what_stands_between_where_it_began_and_where_it_failed(failed: int, began: int) -> None:
    events = ran(STEPS[began:])
    assert judgement.repeated(events, STEPS[failed]) == max(0, failed - began)
    assert (not list(judgement.resumed(played(events), STEPS[failed]))) == (began == failed)


@given(st.lists(SECONDS, min_size=1, max_size=5))
def test_gaps_are_those_between_a_failure_and_the_next_start(waits: list[float]) -> None:
    events, now = [Event("train", "start", 0.0, 1)], 0.0
    for wait in waits:
        events += [Event("train", "fail", now + 1, 1), Event("train", "start", now + 1 + wait, 2)]
        now += 1 + wait
    assert judgement.gaps(events, "train") == pytest.approx(waits)


@pytest.mark.parametrize(("waits", "held"), [([0.5, 1.0], True), ([1.0, 1.0], False), ([1.0, 1.4], False), ([2.0], False)])
def test_attempts_have_to_back_off(waits: list[float], held: bool) -> None:  # noqa: FBT001 - a column
    events, now = [Event("train", "start", 0.0, 1)], 0.0
    for wait in waits:
        events += [Event("train", "fail", now, 1), Event("train", "start", now + wait, 1)]
        now += wait
    assert (not list(judgement.backed_off(events, "train", 2))) == held


@given(SECONDS, SECONDS, SECONDS)
def test_overhead_is_what_lies_between_steps(began: float, work: float, wait: float) -> None:
    found = judgement.spacing(ran(STEPS, began=began, work=work, wait=wait))
    assert found == pytest.approx((work + wait, wait), abs=1e-6)


@given(SECONDS)
def test_steps_that_work_at_once_are_counted_once(work: float) -> None:
    together = [Event(step, event, time, pid) for pid, step in enumerate(STEPS) for event, time in (("start", 0.0), ("end", work))]
    assert judgement.spacing(sorted(together, key=lambda event: event.time)) == (0.0, 0.0)


def test_without_all_steps_there_is_no_overhead() -> None:
    assert judgement.spacing(ran(STEPS[:9])) is None


@given(st.sets(st.sampled_from(STEPS)))
def test_skipped_steps_are_those_that_were_not_started(started: set[str]) -> None:
    assert judgement.skipped(ran(started)) == len(STEPS) - len(started)


def test_the_time_to_know_begins_with_the_failure() -> None:
    assert judgement.seconds_to_know(Played(1, 0.0, 8.0, (), tuple(FAILED)), "train") == 1.5
    assert judgement.seconds_to_know(played(ran(STEPS)), "train") is None


def test_a_line_that_was_cut_off_is_no_event() -> None:
    line = json.dumps({"step": "load", "event": "start", "time": 1.0, "pid": 3})
    assert judgement.read_events(f'{line}\n{{"step": "lo') == (Event("load", "start", 1.0, 3),)


GOOD = {"state": "completed", "steps": dict.fromkeys(STEPS, "completed")}
BAD = {"state": "failed", "steps": {"train": "failed"}}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ([GOOD, BAD], []),
        ([BAD], ["the history has 1 of two runs"]),
        ([GOOD, GOOD], ["the history says completed and completed of a run that ended well and one that failed"]),
        ([{**GOOD, "steps": {}}, BAD], ["the history of the good run does not say that these ended well: load, validate"]),
        ([GOOD, {"state": "failed"}], ["the history does not say that `train` failed"]),
    ],
)
def test_a_history_is_compared_with_what_was_run(told: list[dict[str, object]], wrong: list[str]) -> None:
    found = list(judgement.remembered([Told.model_validate(run) for run in told], "train"))
    assert len(found) >= len(wrong)
    assert all(any(text.startswith(start) for text in found) for start in wrong)
    assert bool(found) == bool(wrong)


def test_a_history_that_cannot_be_read_says_why() -> None:
    assert judgement.told_runs(played([], 0, 'noise\n[{"state": "completed"}]')) == (Told(state="completed"),)
    assert str(judgement.told_runs(played([], 0, "nothing"))).startswith("the history cannot be read")
    assert str(judgement.told_runs(played([], 1, "[]"))).endswith("exit code 1")


def test_the_first_step_whose_numbers_differ_is_found() -> None:
    good = Told(state="completed", numbers={"split": {"rows": 2.0}, "features": {"share": 0.3}, "evaluate": {"accuracy": 1.0}})
    bad = Told(state="completed", numbers={"split": {"rows": 2.0}, "features": {"share": 0.7}, "evaluate": {"accuracy": 0.1}})
    assert judgement.first_difference(good, bad) == "features"
    assert judgement.first_difference(good, good) is None


@given(st.lists(SECONDS, min_size=1, max_size=9))
def test_the_median_lies_in_the_range_of_the_repeats(values: list[float]) -> None:
    found = judgement.summed([{"whole-run": (value, "s")} for value in values], "why")["whole-run"]
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high


def test_what_no_repeat_measured_says_why() -> None:
    found = judgement.summed([{"whole-run": (None, "s")}], "not all steps were run")["whole-run"]
    assert (found.value, found.why) == (None, "not all steps were run")


def test_counts_that_are_not_foreseen_are_said() -> None:
    assert list(judgement.unlike({"attempts": 3}, {"attempts": (3, "count")})) == []
    assert list(judgement.unlike({"attempts": 3}, {"attempts": (1, "count")})) == ["`attempts` is 1, and the folder expects 3"]
    assert list(judgement.unlike({"attempts": 3}, {})) == ["`attempts` is None, and the folder expects 3"]
