"""Exact numbers as text: the digits that decimal arithmetic gives."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchkit.views.numbers import fixed, percent, plain, span

EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.integers(0, 5))
def test_rounds_like_decimal_ties_to_even(number: Decimal, digits: int) -> None:
    expected = str(number.quantize(Decimal(1).scaleb(-digits), context=EXACT))
    assert fixed(Fraction(number), digits) == (expected.removeprefix("-") if Decimal(expected) == 0 else expected)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_is_never_off_by_more_than_half_a_digit(number: Fraction, digits: int) -> None:
    assert abs(Fraction(fixed(number, digits)) - number) <= Fraction(1, 2 * 10**digits)


TIES = [
    ("0.125", 2, "0.12"),
    ("0.375", 2, "0.38"),
    ("-0.125", 2, "-0.12"),
    ("2.5", 0, "2"),
    ("3.5", 0, "4"),
    ("0.005", 2, "0.00"),
    ("-0.005", 2, "0.00"),
    ("4.45", 1, "4.4"),
    ("0.999", 2, "1.00"),
]


@pytest.mark.parametrize(("number", "digits", "text"), TIES, ids=[f"{row[0]} to {row[1]}" for row in TIES])
def test_a_tie_goes_to_the_even_digit(number: str, digits: int, text: str) -> None:
    assert fixed(Fraction(number), digits) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_plain_text_is_the_number_itself_and_has_no_idle_zeros(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)
    text = plain(number)
    assert Fraction(text) == number
    assert "." not in text or text[-1] not in "0."


ROWS = [
    (plain(Fraction(1, 3)), "0.333333"),
    (plain(Fraction(1, 10**7)), "0"),
    (percent(Fraction(1)), "100 %"),
    (percent(Fraction(0)), "0 %"),
    (percent(Fraction(1, 8)), "12.5 %"),
    (percent(Fraction(1, 1000)), "0.1 %"),
    (percent(Fraction(2, 3)), "66.7 %"),
    (span((Fraction(0), Fraction(100)), 0), "0–100"),
]


@pytest.mark.parametrize(("written", "expected"), ROWS, ids=[row[1] for row in ROWS])
def test_written(written: str, expected: str) -> None:
    assert written == expected
