"""Weight profiles: shares that sum to one, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from orchkit.model.catalogue import Catalogue
from orchkit.model.criteria import Criterion, Profile
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
