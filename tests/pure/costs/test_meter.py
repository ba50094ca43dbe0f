"""The CI meter. The caps and the fifty executions are those of intellabel.txt, section on ZenML; the days are by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.costs import ci_meter
from orchkit.errors import InputError
from orchkit.model.input.workload import Workload
from tests.strategies import workloads

CATALOGUE = orchkit.load()


def runs(workload: Any, **options: Any) -> list[tuple[int, Fraction | None, int | None]]:
    meter = ci_meter(CATALOGUE, workload, **options)
    return [(plan.per_month, plan.pushes_until_empty, plan.runs_out_on_day) for plan in meter.plans if plan.counts == "runs"]


def test_fifty_executions_a_push_last_ten_forty_and_a_hundred_pushes() -> None:
    found = {cap: pushes for cap, pushes, _ in runs({"executions_per_push": 50})}
    assert found == {500: Fraction(10), 2000: Fraction(40), 5000: Fraction(100)}


@pytest.mark.parametrize(
    ("workload", "days"),
    [
        ({"pushes_per_month": 10, "executions_per_push": 50}, [None, None, None]),  # 500 runs: the cap lasts exactly
        ({"pushes_per_month": 11, "executions_per_push": 50}, [28, None, None]),  # 550 runs: 27.3 days
        ({"pushes_per_month": 100, "executions_per_push": 50}, [4, 13, None]),  # 5,000 runs: 3, 12 and 30 days
        ({"pushes_per_month": 300, "executions_per_push": 50}, [2, 5, 11]),  # 15,000 runs: 1, 4 and 10 days
        ({"runs_per_day": 100}, [6, 21, None]),  # scheduled runs use the cap too: 5, 20 and 50 days
        ({}, [None, None, None]),
    ],
)
def test_the_day_it_runs_out(workload: dict[str, Any], days: list[int | None]) -> None:
    assert [day for _, _, day in runs(workload)] == days


def test_a_shorter_month_runs_out_earlier_in_it() -> None:
    workload = {"pushes_per_month": 100, "executions_per_push": 50}
    assert [day for _, _, day in runs(workload, days_per_month=28)] == [3, 12, None]


def test_minutes_beyond_the_cap_have_a_price() -> None:
    workload = {"pushes_per_month": 100, "executions_per_push": 10, "tasks_per_run": 1, "minutes_per_task": 4}
    team = next(plan for plan in ci_meter(CATALOGUE, workload).plans if plan.price == "github/team")
    assert (team.per_month, team.used_per_month, team.runs_out_on_day, team.overage_usd_per_month) == (3000, Fraction(4000), 23, Fraction(6))


@settings(max_examples=60)
@given(workloads(), st.integers(1, 31))
def test_use_reaches_the_cap_on_that_day_and_not_the_day_before(workload: Workload, days: int) -> None:
    for plan in ci_meter(CATALOGUE, workload, days_per_month=days).plans:
        a_day = plan.used_per_month / days
        if plan.runs_out_on_day is None:
            assert plan.used_per_month <= plan.per_month
        else:
            assert (plan.runs_out_on_day - 1) * a_day <= plan.per_month < plan.runs_out_on_day * a_day


@pytest.mark.parametrize("days", [0, 32, True, 2.5])
def test_no_such_month(days: Any) -> None:
    with pytest.raises(InputError, match="is no length of a month"):
        ci_meter(CATALOGUE, days_per_month=days)
