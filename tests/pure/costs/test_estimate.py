"""A year's cost: sums checked by hand, properties of every sum, and bad input that is refused with a message."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.costs import CostEstimate, estimate_cost, runs_per_year
from orchkit.costs.quantities import per_year
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Category, Driver
from orchkit.model.input.workload import CostEdit, Workload, changed
from tests.strategies import cost_edits, workloads

CATALOGUE = orchkit.load()
NAMES = tuple(CATALOGUE.costs.deployments)
SLOW = settings(max_examples=20, deadline=None)


def estimate(catalogue: Catalogue = CATALOGUE, **fields: Any) -> CostEstimate:
    return estimate_cost(catalogue, {"salary_per_year": 110_000, **fields})


def line(found: CostEstimate, deployment: str, name: str) -> tuple[Fraction, Fraction] | None:
    return next(one.per_year for one in found.of(deployment).lines if one.line == name)


# --- checked by hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deployment", "name", "fields", "expected"),
    [
        ("build-your-own", "people", {}, (220_000, 220_000)),  # two engineers
        ("build-your-own", "people", {"overhead_percent": 30}, (286_000, 286_000)),
        ("airflow-self-hosted", "people", {}, (27_500, 55_000)),  # a quarter to a half
        ("airflow-self-hosted", "upgrades", {}, (1_500, 5_000)),  # 3 to 10 days of 500 each: 110,000 over 220
        ("kubeflow-gke", "cluster", {}, (876, 876)),  # 0.10 an hour, 8,760 hours
        ("kubeflow-gke", "migration", {"workflows_to_move": 20, "horizon_years": 1}, (27_500, 55_000)),  # three to six months
        ("kubeflow-gke", "migration", {"workflows_to_move": 20, "horizon_years": 5}, (5_500, 11_000)),
        ("vertex-ai-pipelines", "runs", {"runs_per_day": 10}, (Fraction("109.5"),) * 2),  # 3,650 runs at 0.03
        ("vertex-ai-pipelines", "runs", {"pushes_per_month": 10, "executions_per_push": 50}, (180, 180)),  # 6,000 runs
        ("dagster-plus", "credits", {"runs_per_day": 10, "tasks_per_run": 4}, (511, 584)),  # 14,600 credits at 0.035 to 0.040
        ("dagster-plus", "plan", {"seats": 1}, (120, 120)),
        ("dagster-plus", "plan", {"seats": 2}, (1_200, 1_200)),
        ("dagster-plus", "plan", {"seats": 3}, (1_200, 1_200)),
        ("dagster-plus", "plan", {"seats": 4}, None),  # the provider names no price
    ],
)
def test_a_line(deployment: str, name: str, fields: dict[str, Any], expected: tuple[Fraction, Fraction] | None) -> None:
    assert line(estimate(**fields), deployment, name) == expected


def test_the_year_of_the_article_has_ten_thousand_four_hundred_runs() -> None:
    assert runs_per_year(Workload(runs_per_day=Fraction(200, 7))) == Fraction(200 * 365, 7)
    assert runs_per_year(Workload(runs_per_day=Fraction(1), pushes_per_month=Fraction(2), executions_per_push=Fraction(50))) == 365 + 1200


def test_prices_of_the_region_are_taken_and_others_say_so() -> None:
    us, eu = (estimate(region=region, runs_per_day=0) for region in ("us", "eu"))
    assert (line(us, "cron", "machine"), line(eu, "cron", "machine")) == ((Fraction("1192.236"),) * 2, (Fraction("1324.512"),) * 2)
    regions = {one.line: one.region for one in eu.of("airflow-mwaa").lines}
    assert regions["environment"] == "japan"


def test_a_currency_multiplies_prices_and_not_the_salary() -> None:
    found = estimate(currency="EUR", currency_per_usd=0.5)
    assert line(found, "kubeflow-gke", "cluster") == (Fraction(438),) * 2
    assert line(found, "build-your-own", "people") == (Fraction(220_000),) * 2
    unpaid = estimate_cost(CATALOGUE, {"currency": "EUR", "currency_per_usd": 0.5})
    assert CATALOGUE.costs.workloads is not None
    assert line(unpaid, "build-your-own", "people") == (CATALOGUE.costs.workloads.salary_usd_per_year,) * 2


# --- properties -------------------------------------------------------------------------------------------------------


def in_dollars() -> st.SearchStrategy[Workload]:
    return workloads(rated=False)


@SLOW
@given(in_dollars(), cost_edits(CATALOGUE))
def test_a_total_is_the_sum_of_its_lines_and_of_its_categories(workload: Workload, edits: dict[str, dict[str, CostEdit]]) -> None:
    for cost in estimate_cost(CATALOGUE, workload, edits=edits).deployments:
        known = [one.per_year for one in cost.lines if one.per_year is not None]
        assert cost.per_year == (sum(span[0] for span in known), sum(span[1] for span in known))
        assert cost.per_year == tuple(sum((span[end] for span in cost.by_category.values()), Fraction(0)) for end in (0, 1))
        assert all(0 <= low <= high for low, high in known)
        assert set(cost.left_out) == {one.line for one in cost.lines if one.per_year is None}


@SLOW
@given(in_dollars(), st.sampled_from(["runs_per_day", "tasks_per_run", "minutes_per_task", "pushes_per_month", "workflows_to_move"]))
def test_more_volume_never_costs_less(workload: Workload, axis: str) -> None:
    more = changed(workload, **{axis: getattr(workload, axis) * 2 + 1})
    before, after = (estimate_cost(CATALOGUE, one) for one in (workload, more))
    for name in NAMES:
        if before.of(name).left_out == after.of(name).left_out:
            assert all(least <= most for least, most in zip(before.of(name).per_year, after.of(name).per_year, strict=True))


@SLOW
@given(in_dollars(), st.sampled_from([Fraction(1, 3), Fraction(9, 10), Fraction(150)]))
def test_a_currency_scales_every_amount(workload: Workload, rate: Fraction) -> None:
    pay = None if workload.salary_per_year is None else workload.salary_per_year * rate
    dollars, other = (
        estimate_cost(CATALOGUE, workload),
        estimate_cost(CATALOGUE, changed(workload, currency="XTS", currency_per_usd=rate, salary_per_year=pay)),
    )
    for cost in dollars.deployments:
        assert other.of(cost.deployment).per_year == tuple(end * rate for end in cost.per_year)


@SLOW
@given(in_dollars(), st.sampled_from(NAMES), st.data())
def test_an_unknown_price_is_left_out_by_name_and_never_counts_as_nothing(workload: Workload, name: str, data: st.DataObject) -> None:
    lines = [key for key, one in CATALOGUE.costs.deployments[name].lines.items() if one.price is not None]
    key = data.draw(st.sampled_from(lines))
    price = CATALOGUE.costs.deployments[name].lines[key].price
    assert price is not None
    known = estimate_cost(CATALOGUE, workload).of(name)
    unknown = estimate_cost(without_price(CATALOGUE, price), workload).of(name)
    assert key in unknown.left_out
    assert set(unknown.left_out) >= set(known.left_out)
    gone = [one.per_year for one in known.lines if one.line in set(unknown.left_out) - set(known.left_out) and one.per_year]
    assert unknown.per_year == tuple(known.per_year[end] - sum(span[end] for span in gone) for end in (0, 1))


def without_price(catalogue: Catalogue, name: str) -> Catalogue:
    """The catalogue as if nobody had read a price."""
    provider, _, key = name.partition("/")
    record = catalogue.costs.prices[provider]
    price = record.prices[key].model_copy(update={"amounts": None, "basis": None, "confidence": None})
    prices = {**catalogue.costs.prices, provider: record.model_copy(update={"prices": {**record.prices, key: price}})}
    return catalogue.model_copy(update={"costs": catalogue.costs.model_copy(update={"prices": prices})})


@SLOW
@given(in_dollars())
def test_deployments_with_unknown_lines_stand_last_and_the_others_by_their_middle(workload: Workload) -> None:
    found = estimate_cost(CATALOGUE, workload).deployments
    keys = [(bool(cost.left_out), cost.middle) for cost in found]
    assert keys == sorted(keys)
    assert {cost.deployment for cost in found} == set(NAMES)


@SLOW
@given(in_dollars())
def test_hours_and_months_pass_whatever_runs(workload: Workload) -> None:
    assert (per_year(Driver.HOURS, workload), per_year(Driver.MONTHS, workload)) == (Fraction(8760), Fraction(12))
    assert per_year(Driver.TASK_MINUTES, workload) == 60 * per_year(Driver.TASK_HOURS, workload)


def test_an_own_amount_replaces_a_line_also_an_unknown_one() -> None:
    edits = {"zenml-pro": {"plan": CostEdit(low=Fraction(1000), high=Fraction(2000))}}
    workload = {"runs_per_day": 1000}  # beyond the plans with a printed price
    before, after = estimate_cost(CATALOGUE, workload).of("zenml-pro"), estimate_cost(CATALOGUE, workload, edits=edits).of("zenml-pro")
    assert (before.left_out, after.left_out) == (("plan",), ())
    assert after.per_year == (before.per_year[0] + Fraction(1000), before.per_year[1] + Fraction(2000))
    assert [one.line for one in after.lines if one.edited] == ["plan"]


@pytest.mark.parametrize(
    ("pushes", "plan", "a_year"),
    [
        (10, "zenml/pro-500", 4_788),  # 500 runs: 12 × 399
        (11, "zenml/pro-2000", 11_988),  # 550 runs: 12 × 999
        (100, "zenml/pro-5000", 29_988),  # 5,000 runs: 12 × 2,499
        (101, "zenml/enterprise", None),  # 5,050 runs: by agreement
    ],
)
def test_the_first_plan_that_holds_the_runs_is_paid(pushes: int, plan: str, a_year: int | None) -> None:
    workload = {"runs_per_day": 0, "pushes_per_month": pushes, "executions_per_push": 50}
    line = next(one for one in estimate_cost(CATALOGUE, workload).of("zenml-pro").lines if one.line == "plan")
    assert (line.price, line.per_year) == (plan, None if a_year is None else (Fraction(a_year), Fraction(a_year)))


def test_every_deployment_of_the_issue_is_costed_with_people() -> None:
    wanted = {"airflow-astro", "airflow-self-hosted", "prefect-cloud", "kubeflow-gke", "metaflow-aws-batch", "zenml-oss"}
    wanted |= {"dagster-self-hosted", "dagster-plus", "flyte-self-hosted", "cron", "build-your-own"}
    assert wanted <= set(NAMES)
    for cost in estimate_cost(CATALOGUE).deployments:
        assert Category.PEOPLE in cost.by_category
        assert all(one.sources for one in cost.lines)


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"runs_per_day": -1}, "workload: runs_per_day: -1 is less than 0"),
        ({"runs_per_day": 1e9}, "runs_per_day: 1000000000.0 is more than 1000000"),
        ({"runs_per_day": float("nan")}, "a finite number is wanted"),
        ({"runs_per_day": "many"}, "a number is wanted"),
        ({"tasks_per_run": 0}, "0 is less than 1"),
        ({"minutes_per_task": 20_000}, "more than 10080"),
        ({"seats": 2.5}, "is not a whole number"),
        ({"horizon_years": 0}, "0 is less than 1"),
        ({"region": "mars"}, "'mars' is not one of the allowed values"),
        ({"currency": "euro"}, "does not match"),
        ({"currency": "EUR"}, "the currency is EUR, and no exchange rate is given. Say how many EUR one US dollar costs"),
        ({"currency": "EUR", "currency_per_usd": 0}, "is not more than 0"),
        ({"currency_per_usd": 0.9}, "one US dollar buys one US dollar"),
        ({"runs_per_dya": 3}, "unknown field `runs_per_dya`. Did you mean `runs_per_day`"),
    ],
)
def test_an_absurd_workload_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        estimate_cost(CATALOGUE, fields)
    assert message in str(caught.value)


def test_every_wrong_field_is_named() -> None:
    with pytest.raises(InputError) as caught:
        estimate_cost(CATALOGUE, {"runs_per_day": -1, "seats": -1, "salary_per_year": -1})
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"deployments": ["crom"]}, "unknown costed deployment `crom`. Did you mean `cron`"),
        ({"deployments": "cron"}, "is one name, and a list of names is wanted"),
        ({"workload": "growht"}, "unknown workload `growht`. Did you mean `growth`"),
        ({"edits": {"crom": {}}}, "unknown costed deployment `crom`"),
        ({"edits": {"cron": {"peopel": CostEdit(low=Fraction(1), high=Fraction(1))}}}, "unknown line `peopel`. Did you mean `people`"),
    ],
)
def test_unknown_names(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        estimate_cost(CATALOGUE, **arguments)
    assert message in str(caught.value)


def test_amounts_stay_exact() -> None:
    found = estimate(runs_per_day=0, salary_per_year=100, workflows_to_move=1, horizon_years=3)
    assert line(found, "cron", "people") == (Fraction(2), Fraction(10))
    assert line(found, "kubeflow-gke", "migration") == (Fraction(11, 4) * 100 / 220 / 3, Fraction(11, 2) * 100 / 220 / 3)
