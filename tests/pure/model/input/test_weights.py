"""A user's weights: what counts, and what is refused with its fact and its repair."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchkit.errors import InputError
from orchkit.model.input.weights import read_weight, read_weights
from tests.strategies import CRITERIA, usable_weights

READ: list[tuple[str, Any, Fraction]] = [
    ("a whole number", 3, Fraction(3)),
    ("zero", 0, Fraction(0)),
    ("the largest", 1_000_000, Fraction(1_000_000)),
    ("a float is the decimal it prints as", 0.1, Fraction(1, 10)),
    ("a float in scientific notation", 1e-7, Fraction(1, 10**7)),
    ("a fraction", Fraction(1, 3), Fraction(1, 3)),
    ("text, a whole number", "3", Fraction(3)),
    ("text, a decimal", "0.25", Fraction(1, 4)),
    ("text without a leading zero", ".5", Fraction(1, 2)),
    ("text that ends in a point", "2.", Fraction(2)),
    ("text with an exponent", "25e-2", Fraction(1, 4)),
    ("text with blanks around it", " 7 ", Fraction(7)),
    ("text with a plus", "+7", Fraction(7)),
    ("minus zero", -0.0, Fraction(0)),
]


@pytest.mark.parametrize(("given_weight", "exact"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read_exactly(given_weight: Any, exact: Fraction) -> None:
    assert read_weight(given_weight) == exact


REFUSED: list[tuple[str, Any, str]] = [
    ("negative", -1, "`-1` is negative"),
    ("a negative float", -0.5, "`-0.5` is negative"),
    ("a negative fraction", Fraction(-1, 2), "`-1/2` is negative"),
    ("negative text", "-3", "`-3` is negative"),
    ("not a number", float("nan"), "`nan` is not a plain, finite number"),
    ("infinite", float("inf"), "`inf` is not a plain, finite number"),
    ("minus infinite", float("-inf"), "`-inf` is not a plain, finite number"),
    ("true", True, "`True` is not a plain, finite number"),
    ("false", False, "`False` is not a plain, finite number"),
    ("null", None, "`None` is not a plain, finite number"),
    ("a list", [1], "is not a plain, finite number"),
    ("a word", "high", "`high` is not a plain, finite number"),
    ("empty text", "", "`` is not a plain, finite number"),
    ("text that says NaN", "NaN", "`NaN` is not a plain, finite number"),
    ("text that says infinity", "Infinity", "`Infinity` is not a plain, finite number"),
    ("a fraction as text", "1/3", "`1/3` is not a plain, finite number"),
    ("a per cent sign", "30%", "`30%` is not a plain, finite number"),
    ("a decimal comma", "0,5", "`0,5` is not a plain, finite number"),
    ("digits of another script", "३", "is not a plain, finite number"),
    ("short to write, long to hold", "1e999999999", "`1e999999999` is not a plain, finite number"),
    ("more digits than anyone means", "9" * 5_000, "is not a plain, finite number"),
    ("a whole number that no float can hold", 10**400, "is not a plain, finite number"),
    ("a fraction that no float can hold", Fraction(10**400, 3), "is more than 1,000,000"),
    ("more than anyone means", 1_000_001, "`1000001` is more than 1,000,000"),
    ("a float beyond any weight", 1e300, "`1e+300` is more than 1,000,000"),
    ("a megabyte of digits and a letter", "1" * 1_000_000 + "x", "is not a plain, finite number"),
]


@pytest.mark.parametrize(("given_weight", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused_with_place_fact_and_repair(given_weight: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_weights({"alpha": 1, "beta": given_weight}, CRITERIA, "--weight")
    (problem,) = caught.value.problems
    assert problem.place == "--weight: beta"
    assert message in problem.fact
    assert len(problem.fact) < 100
    assert problem.repair == "Write a number from 0 up, like 3 or 0.25"


@pytest.mark.parametrize("nothing", [{}, {"alpha": 0}, {"alpha": 0.0, "beta": "0"}], ids=["none given", "one zero", "all zero"])
def test_all_zero_is_refused(nothing: dict[str, Any]) -> None:
    with pytest.raises(
        InputError, match=r"^weights: all weights are zero, so nothing can be ranked\. Give at least one criterion a weight above 0\.$"
    ):
        read_weights(nothing, CRITERIA)


def test_all_wrong_entries_are_named() -> None:
    with pytest.raises(InputError) as caught:
        read_weights({"alpha": -1, "beat": 1, "gamma": "x"}, CRITERIA)
    assert [str(problem) for problem in caught.value.problems] == [
        "weights: unknown criterion `beat`. Did you mean `beta`?",
        "weights: alpha: `-1` is negative. Write a number from 0 up, like 3 or 0.25.",
        "weights: gamma: `x` is not a plain, finite number. Write a number from 0 up, like 3 or 0.25.",
    ]


@given(usable_weights(CRITERIA))
def test_shares_sum_to_one_in_the_order_of_the_criteria(weights: dict[str, int]) -> None:
    shares = read_weights({name: weights[name] for name in reversed(CRITERIA) if weights[name]}, CRITERIA)
    assert list(shares) == list(CRITERIA)
    assert sum(shares.values()) == 1
    assert shares == {name: Fraction(weight, sum(weights.values())) for name, weight in weights.items()}


@given(st.integers(0, 10**6), st.integers(0, 9))
def test_a_decimal_is_the_same_number_as_text_and_as_float(digits: int, places: int) -> None:
    text = f"{digits}e-{places}"
    assert read_weight(text) == read_weight(float(text)) == Fraction(digits, 10**places)
