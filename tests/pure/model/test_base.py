"""Exact numbers, names and what was probably meant."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from orchkit.model.base import Exact, Id, nearest

exact: TypeAdapter[Fraction] = TypeAdapter(Exact)
name: TypeAdapter[str] = TypeAdapter(Id)


@given(st.decimals(min_value=0, max_value=1000, places=4))
def test_a_written_decimal_is_read_as_written(number: Any) -> None:
    assert exact.validate_python(float(number)) == Fraction(number)


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_an_exact_number_is_a_float_in_json_and_comes_back_the_same(number: Fraction) -> None:
    text = exact.dump_json(number)
    assert exact.dump_json(exact.validate_json(text)) == text
    assert float(text) == float(number)


@pytest.mark.parametrize("wrong", [True, False, "0.3", None, float("nan"), float("inf"), float("-inf"), [1], {}], ids=repr)
def test_what_is_no_number_is_refused(wrong: Any) -> None:
    with pytest.raises(ValidationError, match="number is wanted"):
        exact.validate_python(wrong)


@pytest.mark.parametrize("text", ["airflow", "kubeflow-pipelines", "v2", "2-go", "a-1-b"])
def test_an_id(text: str) -> None:
    assert name.validate_python(text) == text


@pytest.mark.parametrize("text", ["", "Airflow", "air flow", "air_flow", "-air", "air-", "air--flow", "air.flow", "../etc", "é", "a\n", "a" * 81])
def test_no_id(text: str) -> None:
    with pytest.raises(ValidationError):
        name.validate_python(text)


def test_what_was_probably_meant() -> None:
    assert nearest("airflw", ["airflow", "zenml"]) == "Did you mean `airflow`"
    assert nearest("zzz", ["airflow", "zenml"]) == "Use one of: airflow, zenml"
