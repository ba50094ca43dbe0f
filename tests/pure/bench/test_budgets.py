"""The bench's rows: each is measured by somebody, rounded without changing what it says, and chosen by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchkit.site.bench import Results, Row, read_results
from tests.bench.__main__ import MEASURES
from tests.bench.arithmetic import Pairs, sample
from tests.bench.budgets import BUDGETS, GROUPS, Budget, Measured, added, finished, ratio, unmeasured, wanted
from tests.bench.levers import LEVERS
from tests.bench.levers import wanted as wanted_levers


def test_every_row_has_a_name_of_its_own_and_a_measure() -> None:
    names = [budget.name for budget in BUDGETS]
    assert len(set(names)) == len(names)
    assert tuple(MEASURES) == GROUPS


def test_the_committed_run_is_of_this_table() -> None:
    committed = [(row.name, row.what, row.unit, row.bound) for row in read_results().rows]
    assert committed == [(budget.name, budget.what, budget.unit, budget.bound) for budget in BUDGETS]


@given(st.lists(st.floats(0.0001, 1e6), min_size=1, max_size=9), st.floats(0.01, 1e6))
def test_rounding_keeps_a_row_true(runs: list[float], bound: float) -> None:
    row = finished(Budget("one", "group", "One", "ms", bound), Measured("one", sample(runs)))
    assert row.value == pytest.approx(sample(runs).value, rel=1e-3)
    assert row.value is not None
    assert row.met == (row.value <= bound)


@pytest.mark.parametrize(("value", "met"), [(0.8499, True), (0.85, True), (0.850049, True), (0.8502, False)])
def test_a_bound_is_met_by_what_is_printed(value: float, met: bool) -> None:  # noqa: FBT001 - a column of the table
    assert finished(Budget("bytes", "bytes", "Bytes", "×", 0.85), Measured("bytes", sample([value]))).met is met


def test_without_a_bound_nothing_is_met_or_missed() -> None:
    assert finished(Budget("one", "group", "One", "s"), Measured("one", sample([1.0]))).met is None


def test_a_ratio_carries_both_sides() -> None:
    measured = ratio("help", Pairs(ours=(0.4, 0.5, 0.9), stock=(0.1, 0.1, 0.1)), "ms", scale=1000)
    row = finished(Budget("help", "help", "Help", "×", 8), measured)
    assert (row.value, row.low, row.high, row.ours, row.stock, row.pair_unit) == (5, 4, 9, 500, 100, "ms")


def test_what_was_not_measured_says_why() -> None:
    row = unmeasured(BUDGETS[0], "no browser")
    assert (row.value, row.met, row.why) == (None, None, "no browser")
    assert row.bound == BUDGETS[0].bound


def test_rows_are_chosen_by_their_own_name_or_by_what_is_measured_together() -> None:
    assert wanted([]) == BUDGETS
    assert [budget.name for budget in wanted(["help", "start"])] == ["start-first", "start-reload", "start-later", "start-next", "help"]
    assert [budget.name for budget in wanted(["dom-p95"])] == ["dom-p95"]
    with pytest.raises(KeyError, match="halp"):
        wanted(["halp"])


def test_levers_are_chosen_by_name() -> None:
    assert wanted_levers(["all"]) == list(LEVERS)
    assert wanted_levers(["trimming"]) == ["trimming"]
    assert wanted_levers([]) == []
    with pytest.raises(KeyError, match="lever"):
        wanted_levers(["lever"])


VALUES = {"name": "one", "what": "One", "unit": "ms", "value": 2.0, "low": 1.0, "high": 3.0, "bound": 2.0, "met": True}


@pytest.mark.parametrize(
    "wrong",
    [
        {"met": False},
        {"value": 4.0, "met": False},
        {"value": 0.5},
        {"value": None},
        {"value": None, "low": None, "high": None, "met": None},
        {"bound": None},
        {"why": "it was measured"},
    ],
    ids=["met", "above", "below", "half a row", "no reason", "met without a bound", "reason"],
)
def test_a_row_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    assert Row.model_validate(VALUES).met
    with pytest.raises(ValueError, match="do not fit together"):
        Row.model_validate({**VALUES, **wrong})


def test_a_row_that_was_measured_apart_says_so_and_leaves_the_others() -> None:
    kept = read_results()
    machine = kept.machine.model_copy(update={"load_before": 0.25})
    help_row = next(budget for budget in BUDGETS if budget.name == "help")
    run = Results(measured_on=date(2026, 12, 1), machine=machine, versions={}, rows=(finished(help_row, Measured("help", sample([3.0]))),))
    found = added(kept, run)
    assert [row.name for row in found.rows] == [row.name for row in kept.rows]
    assert [row for row in found.rows if row.name != "help"] == [row for row in kept.rows if row.name != "help"]
    (row,) = (row for row in found.rows if row.name == "help")
    assert row.value == 3
    assert row.note == "Measured apart, on 2026-12-01; before it, 0.25 processes were running on average."
    with pytest.raises(ValueError, match="another machine's"):
        added(kept, run.model_copy(update={"machine": machine.model_copy(update={"cores": 96})}))
