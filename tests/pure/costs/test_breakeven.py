"""Break-even: by hand on a small catalogue, and as a property of every pair: equal at the point, another order across it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.costs import BOUNDS, break_even, estimate_cost
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Costs
from orchkit.model.input.workload import Axis, BreakEvenChoice, Workload
from tests.strategies import break_even_choices, citation, workloads

CATALOGUE = orchkit.load()
START, END = map(Fraction, BOUNDS["runs_per_day"])


def priced(unit: str, amount: float | None, **includes: int) -> dict[str, Any]:
    known = {"amounts": {"global": amount}, "basis": "published", "confidence": "high", "sources": [citation()]}
    unknown: dict[str, Any] = {"amounts": None}
    return {
        "name": unit,
        "unit": unit,
        "where": "anywhere",
        "why": "as said",
        **(unknown if amount is None else known),
        **({"includes": includes} if includes else {}),
    }


def line(**how: Any) -> dict[str, Any]:
    about = {"name": "Line", "category": "scaling", "basis": "reviewed", "confidence": "low", "why": "as said", "sources": [citation()]}
    return about | how


PRICES = {
    "base": priced("usd_per_month", 100),
    "run": priced("usd_per_run", 0.5),
    "small": priced("usd_per_month", 10, runs_per_month=1000),
    "large": priced("usd_per_month", 500, runs_per_month=5000),
    "quote": priced("usd_per_month", None),
}
FIXED = {"base": line(price="shop/base", per="months")}
METERED = {"runs": line(price="shop/run", per="runs")}
FREE_FIRST = {"runs": line(price="shop/run", per="runs", included_per_month=3650)}
PLANS = {"plan": line(plans=["shop/small", "shop/large"])}
RANGED = {"base": line(price="shop/base", per="months", quantity={"low": 0.5, "high": 1.5})}
UNKNOWN = {"base": line(price="shop/base", per="months"), "extra": line(price="shop/quote", per="months")}


def shop(**deployments: dict[str, Any]) -> Catalogue:
    costs = Costs.model_validate(
        {
            "prices": {"shop": {"provider": "Shop", "prices": PRICES}},
            "deployments": {name: {"name": name, "summary": name, "lines": lines} for name, lines in deployments.items()},
            "workloads": {"salary_usd_per_year": 1, "salary_why": "why", "salary_sources": [], "workloads": {}},
        }
    )
    return CATALOGUE.model_copy(update={"costs": costs})


def test_a_fixed_price_meets_a_meter() -> None:
    found = break_even(shop(a=FIXED, b=METERED), "a", "b", workload=Workload())
    (one,) = found.crossings
    assert (one.at, one.kind, one.cheaper_before, one.cheaper_after) == (Fraction(2400, 365), "equal", "b", "a")  # 1,200 a year at 0.50 a run
    assert found.surely == ((START, one.at, "b"), (one.at, END, "a"))


def test_what_is_free_moves_the_point() -> None:
    (one,) = break_even(shop(a=FIXED, b=FREE_FIRST), "a", "b", workload=Workload()).crossings
    assert one.at == Fraction(2400 + 12 * 3650, 365)


def test_a_step_of_a_plan_is_a_change_of_order_without_equality() -> None:
    found = break_even(shop(a=FIXED, b=PLANS), "a", "b", workload=Workload())
    (one,) = found.crossings
    assert (one.at, one.kind, one.cheaper_before, one.cheaper_after) == (Fraction(12_000, 365), "step", "b", "a")
    assert found.ends_at == Fraction(60_000, 365)


def test_ranges_that_overlap_leave_a_gap_between_what_is_sure() -> None:
    found = break_even(shop(a=RANGED, b=METERED), "a", "b", workload=Workload())
    assert [one.at for one in found.crossings] == [Fraction(2400, 365)]
    assert found.surely == ((START, Fraction(1200, 365), "b"), (Fraction(3600, 365), END, "a"))


def test_equal_all_along_is_no_change_of_order() -> None:
    found = break_even(shop(a=FIXED, b=dict(FIXED)), "a", "b", workload=Workload())
    assert (found.crossings, found.surely) == ((), ())


def test_an_unknown_line_is_named_and_the_rest_compared() -> None:
    found = break_even(shop(a=UNKNOWN, b=METERED), "a", "b", workload=Workload())
    assert found.left_out == {"a": ("extra",)}
    assert [one.at for one in found.crossings] == [Fraction(2400, 365)]


@settings(max_examples=25, deadline=None)
@given(workloads(rated=False), break_even_choices(CATALOGUE))
def test_equal_at_the_point_and_another_order_across_it(workload: Workload, choice: BreakEvenChoice) -> None:
    found = break_even(CATALOGUE, choice.first, choice.second, choice.axis, workload=workload)
    points = (
        sorted({found.stretches[0].start, *(one.end for one in found.stretches), *(one.at for one in found.crossings)}) if found.stretches else []
    )

    def difference(x: Fraction) -> Fraction:
        moved = workload.model_copy(update={choice.axis: x})
        costs = estimate_cost(CATALOGUE, moved, deployments=[choice.first, choice.second])
        return costs.of(choice.first).middle - costs.of(choice.second).middle

    for one in found.crossings:
        before = [x for x in points if x < one.at]
        after = [x for x in points if x > one.at]
        just_before, just_after = (max(before) + one.at) / 2, (min(after) + one.at) / 2
        if one.kind == "equal":
            assert difference(one.at) == 0
        first_cheaper = one.cheaper_before == choice.first
        assert (difference(just_before) < 0) is first_cheaper
        assert (difference(just_after) > 0) is first_cheaper
    signs = [difference((start + end) / 2) for start, end in pairwise(points)]
    order = [sign > 0 for sign in signs if sign]
    assert sum(one != other for one, other in pairwise(order)) == len(found.crossings)


@settings(max_examples=20, deadline=None)
@given(workloads(rated=False), break_even_choices(CATALOGUE), st.fractions(0, 1))
def test_what_is_sure_is_sure(workload: Workload, choice: BreakEvenChoice, share: Fraction) -> None:
    found = break_even(CATALOGUE, choice.first, choice.second, choice.axis, workload=workload)
    for start, end, cheaper in found.surely:
        inside = start + (end - start) * (share * 98 + 1) / 100
        costs = estimate_cost(CATALOGUE, workload.model_copy(update={choice.axis: inside}), deployments=[choice.first, choice.second])
        dearer = choice.second if cheaper == choice.first else choice.first
        assert costs.of(cheaper).per_year[1] < costs.of(dearer).per_year[0]


@pytest.mark.parametrize("axis", get_args(Axis))
def test_every_axis_reaches_as_far_as_the_workload(axis: Axis) -> None:
    low, high = BOUNDS[axis]
    Workload.model_validate({axis: low})
    Workload.model_validate({axis: high})
    with pytest.raises(ValueError, match=axis):
        Workload.model_validate({axis: high + 1})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("crom", "build-your-own"), "unknown costed deployment `crom`. Did you mean `cron`"),
        (("cron", "cron"), "`cron` is compared with itself"),
        (("cron", "build-your-own", "runs_per_dya"), "nothing that can grow. Did you mean `runs_per_day`"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError) as caught:
        break_even(CATALOGUE, *arguments)
    assert message in str(caught.value)
