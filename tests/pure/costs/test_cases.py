"""The six stacks of engineersofai.txt, section 'Total Cost of Ownership Analysis', with their own inputs."""

from __future__ import annotations

from fractions import Fraction

import pytest

import orchkit
from orchkit.costs import corrected_case, estimate_cost
from orchkit.model.costs import Category

CATALOGUE = orchkit.load()
FOUND = corrected_case(CATALOGUE, "engineersofai")

PRINTED = [
    # stack, usd a month low and high by hand, usd a year as printed, share of an engineer as printed
    ("airflow-astronomer", (500, 2000), (6_000, 24_000), "0.5"),
    ("airflow-self-hosted", (450, 450), (5_400, 5_400), "0.25"),
    ("prefect-cloud", (600, 2100), (7_200, 25_200), "0.1"),
    ("kubeflow-gke", (1250, 1250), (15_000, 15_000), "0.5"),
    ("metaflow-batch", (350, 650), (4_200, 7_800), "0.1"),
    ("zenml-prefect", (650, 1150), (7_800, 13_800), "0.2"),
]


@pytest.mark.parametrize(("stack", "monthly", "yearly", "fte"), PRINTED, ids=[row[0] for row in PRINTED])
def test_a_printed_total_is_reproduced(stack: str, monthly: tuple[int, int], yearly: tuple[int, int], fte: str) -> None:
    found = next(one for one in FOUND.stacks if one.stack == stack)
    assert yearly == (12 * monthly[0], 12 * monthly[1])
    assert found.usd_per_year == found.printed_usd_per_year == tuple(map(Fraction, yearly))
    assert found.reproduced
    assert found.printed_fte == Fraction(fte)
    assert found.people_usd_per_year == Fraction(fte) * FOUND.engineer_usd_per_year
    assert found.with_people_usd_per_year == tuple(end + found.people_usd_per_year for end in yearly)


def test_all_six_are_there() -> None:
    assert [one.stack for one in FOUND.stacks] == [row[0] for row in PRINTED]


def test_a_total_that_were_wrong_would_be_noticed() -> None:
    case = CATALOGUE.costs.cases["engineersofai"]
    stack = case.stacks["kubeflow-gke"]
    printed = stack.printed.model_copy(update={"usd_per_year": stack.printed.usd_per_year.model_copy(update={"high": Fraction(16_000)})})
    stacks = {**case.stacks, "kubeflow-gke": stack.model_copy(update={"printed": printed})}
    cases = {"engineersofai": case.model_copy(update={"stacks": stacks})}
    spoilt = CATALOGUE.model_copy(update={"costs": CATALOGUE.costs.model_copy(update={"cases": cases})})
    assert [one.stack for one in corrected_case(spoilt, "engineersofai").stacks if not one.reproduced] == ["kubeflow-gke"]


def test_a_years_runs_are_priced_as_a_months() -> None:
    assert (FOUND.runs_per_year, FOUND.runs_per_month) == (10_400, Fraction(2600, 3))
    assert FOUND.months_in_the_printed_month == Fraction(150, 13)  # eleven and a half


def test_the_managed_stack_is_printed_with_more_people_and_ours_is_not() -> None:
    assert {one.stack: one.more_people_than for one in FOUND.stacks if one.more_people_than} == {"airflow-astronomer": "airflow-self-hosted"}
    ours = estimate_cost(CATALOGUE)
    for managed, own in (("airflow-astro", "airflow-self-hosted"), ("airflow-mwaa", "airflow-self-hosted"), ("prefect-cloud", "prefect-self-hosted")):
        pairs = zip(ours.of(managed).by_category[Category.PEOPLE], ours.of(own).by_category[Category.PEOPLE], strict=True)
        assert all(less <= more for less, more in pairs)


def test_people_are_the_largest_line_where_they_are() -> None:
    for one in FOUND.stacks:
        assert one.people_above_the_rest == (one.people_usd_per_year > one.usd_per_year[1])
    assert {one.stack for one in FOUND.stacks if not one.people_above_the_rest} == {"prefect-cloud"}


def test_the_stack_that_cannot_exist_is_marked_and_replaced() -> None:
    zenml = next(one for one in FOUND.stacks if one.stack == "zenml-prefect")
    assert "stack-that-cannot-exist" in zenml.errors
    lines = CATALOGUE.costs.deployments[zenml.corrected_by].lines
    assert not [name for line in lines.values() for name in (line.price, *line.plans) if name and name.startswith("prefect/")]
