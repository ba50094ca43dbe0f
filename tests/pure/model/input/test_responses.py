"""The JSON Schemas that are published for what users bring accept what the models write, and refuse what they refuse."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response
from orchkit.views.state import decision_data, to_json
from tests.strategies import decisions, real_responses


@cache
def schema(model: type[BaseModel]) -> Draft202012Validator:
    made = model.model_json_schema()
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


@cache
def dataset() -> Catalogue:
    return orchkit.load()


@given(st.deferred(lambda: real_responses(dataset(), "production-adoption")))
def test_a_response_fits_its_schema_and_comes_back_the_same(response: Response) -> None:
    schema(Response).validate(json.loads(response.model_dump_json()))
    schema(Response).validate(json.loads(to_json(response)))
    assert Response.model_validate_json(response.model_dump_json()) == response


@given(st.deferred(lambda: decisions(dataset())))
def test_a_decision_file_fits_its_schema_and_comes_back_the_same(decision: DecisionFile) -> None:
    schema(DecisionFile).validate(json.loads(decision.model_dump_json()))
    schema(DecisionFile).validate(decision_data(decision))
    assert DecisionFile.model_validate_json(decision.model_dump_json()) == decision


GOOD: dict[str, Any] = {"checklist": "production-adoption", "version": "1.0"}

REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("no checklist", {"version": "1.0"}),
    ("no version", {"checklist": "production-adoption"}),
    ("a version that is a number", {**GOOD, "version": 1.0}),
    ("a version of three parts", {**GOOD, "version": "1.0.0"}),
    ("another schema version", {**GOOD, "schema_version": 2}),
    ("an unknown field", {**GOOD, "score": 100}),
    ("an outcome of no kind", {**GOOD, "answers": {"a": {"outcome": "yes"}}}),
    ("an outcome instead of an answer", {**GOOD, "answers": {"a": "met"}}),
    ("an unknown field in an answer", {**GOOD, "answers": {"a": {"outcome": "met", "comment": "x"}}}),
    ("answers in a list", {**GOOD, "answers": [{"outcome": "met"}]}),
    ("a note that is a number", {**GOOD, "answers": {"a": {"note": 1}}}),
    ("a note that is a book", {**GOOD, "answers": {"a": {"note": "x" * 10_001}}}),
    ("evidence that runs a script", {**GOOD, "answers": {"a": {"evidence": "javascript:alert(1)"}}}),
    ("a subject as long as a page", {**GOOD, "subject": "x" * 201}),
    ("more answers than any checklist has items", {**GOOD, "answers": {f"a-{number}": {} for number in range(1_001)}}),
]


@pytest.mark.parametrize("data", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_the_model_refuses_the_schema_refuses(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Response.model_validate(data)
    assert not schema(Response).is_valid(data)
