"""Weight profiles: shares that sum to one, exactly. Measurements: what a value implies on the scale."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from orchkit.model.catalogue import Catalogue
from orchkit.model.criteria import HIGHEST, LOWEST, Criteria, Criterion, Measurement, Profile
from tests.strategies import criterion_data, profile_data


@pytest.mark.parametrize(
    "weights",
    [
        {"alpha": 1},
        {"alpha": 0.5, "beta": 0.5},
        {"alpha": 0.1, "beta": 0.2, "gamma": 0.7},
        {"alpha": 1, "beta": 0},
        {"alpha": Fraction(1, 3), "beta": Fraction(2, 3)},
    ],
    ids=["one", "halves", "tenths, which no float sums to one", "a zero", "thirds"],
)
def test_shares_that_sum_to_one(weights: dict[str, Any]) -> None:
    assert sum(Profile.model_validate(profile_data(weights)).weights.values()) == 1


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"alpha": 0.5, "beta": 0.49}, "the weights sum to 0.99, not to 1"),
        ({"alpha": 30, "beta": 70}, "the weights sum to 100, not to 1"),
        ({}, "the weights sum to 0, not to 1"),
        ({"alpha": 1.5, "beta": -0.5}, "weights are not negative: beta"),
        ({"alpha": "1"}, "a number is wanted"),
        ({"alpha": True}, "a number is wanted, not true or false"),
        ({"alpha": None}, "a number is wanted"),
        ({"Alpha": 1}, "should match pattern"),
    ],
    ids=["too little", "per cent", "none", "negative", "text", "true", "null", "no id"],
)
def test_weights_refused(weights: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Profile.model_validate(profile_data(weights))
    assert message in str(caught.value)


def test_a_criterion_on_which_less_is_better_is_refused() -> None:
    with pytest.raises(ValidationError, match="higher_is_better"):
        Criterion.model_validate({**criterion_data("cost"), "direction": "lower_is_better"})


def test_profiles_weigh_only_criteria_that_exist(catalogue: Catalogue) -> None:
    assert {name for profile in catalogue.profiles.values() for name in profile.weights} <= set(catalogue.criteria)


HOURS = {"name": "hours to the first run", "unit": "h", "direction": "lower_is_better"}
QUERIES = {"name": "queries answered", "unit": "count of 4", "direction": "higher_is_better", "highest": 4}


@pytest.mark.parametrize(
    ("data", "value", "scores"),
    [
        ({**HOURS, "bounds": {"two": 160, "three": 40, "five": 8}}, "8", (5, 5)),
        ({**HOURS, "bounds": {"two": 160, "three": 40, "five": 8}}, "8.1", (3, 4)),
        ({**HOURS, "bounds": {"two": 160, "three": 40, "five": 8}}, "40.5", (2, 2)),
        ({**HOURS, "bounds": {"two": 160, "three": 40, "five": 8}}, "161", (1, 1)),
        ({**QUERIES, "bounds": {"two": 1, "five": 4}}, "0", (1, 1)),
        ({**QUERIES, "bounds": {"two": 1, "five": 4}}, "3", (2, 4)),
        ({**QUERIES, "bounds": {"two": 1, "five": 4}}, "4", (5, 5)),
        ({**QUERIES, "bounds": {"three": 2}}, "1", (1, 2)),
        ({**QUERIES, "bounds": {"three": 2}}, "2", (3, 5)),
        (QUERIES, "2", None),
    ],
)
def test_what_a_value_implies(data: dict[str, Any], value: str, scores: tuple[int, int] | None) -> None:
    assert Measurement.model_validate(data).implied(Fraction(value)) == scores


@st.composite
def measurements(draw: st.DrawFn) -> Measurement:
    """Draw a measurement with bounds."""
    rising = draw(st.booleans())
    lines = sorted(draw(st.sets(st.integers(0, 100), min_size=1, max_size=4)), reverse=not rising)
    names = sorted(draw(st.sets(st.sampled_from(range(4)), min_size=len(lines), max_size=len(lines))))
    bounds = {("two", "three", "four", "five")[name]: line for name, line in zip(names, lines, strict=True)}
    return Measurement.model_validate({"name": "it", "unit": "s", "direction": "higher_is_better" if rising else "lower_is_better", "bounds": bounds})


@given(measurements(), st.fractions(0, 100), st.fractions(0, 100))
def test_a_better_value_never_implies_less(measurement: Measurement, one: Fraction, other: Fraction) -> None:
    worse, better = sorted((one, other), reverse=measurement.direction == "lower_is_better")
    low, high = measurement.implied(worse), measurement.implied(better)
    assert low is not None
    assert high is not None
    assert low <= high
    assert LOWEST <= low[0] <= low[1] <= HIGHEST


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"bounds": {"three": 8, "five": 40}}, "have to fall from `two` to `five`, because lower is better"),
        ({"bounds": {"three": 8, "five": 8}}, "have to fall"),
        ({"bounds": {}}, "`bounds` draw no line"),
        ({"bounds": {"five": -1}}, "-1 is no value of it: it is less than 0"),
        ({"highest": 4, "bounds": {"five": 5}}, "5 is no value of it: it is more than 4, the highest there can be"),
        ({"direction": "higher_is_better", "bounds": {"three": 8, "five": 4}}, "have to rise"),
        ({"direction": "smaller"}, "lower_is_better"),
        ({"unit": ""}, "at least 1 character"),
    ],
)
def test_measurements_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Measurement.model_validate({**HOURS, **changed})
    assert message in str(caught.value)


def test_a_measurement_bears_on_one_criterion() -> None:
    criteria = {name: {**criterion_data(name), "measurements": {"hours": HOURS}} for name in ("alpha", "beta")}
    with pytest.raises(ValidationError, match="`hours` stands under `alpha` and under `beta`"):
        Criteria.model_validate({"criteria": criteria})


def test_the_lines_that_are_drawn_leave_a_3_where_the_description_has_one(catalogue: Catalogue) -> None:
    reached = {name: one.bounds.by_score for name, (_, one) in catalogue.measurements.items() if one.bounds}
    assert reached["hours-to-first-scheduled-run"] == {2: 160, 3: 40, 5: 8}
    assert reached["people-with-merged-change"] == {2: 20, 3: 100, 5: 500}
