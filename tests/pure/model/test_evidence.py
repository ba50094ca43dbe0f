"""Judgements and what supports them: nothing without a source, nothing unknown without a reason."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from orchkit.model.evidence import Citation, Fact, Score
from orchkit.model.tools import Point
from tests.strategies import citation, score_data

CITED = {"sources": [citation()]}

ONE_PLACE = "names exactly one of `source`, `url`, `package` and `record`"

ACCEPTED: list[tuple[str, Any, dict[str, Any]]] = [
    ("a score", Score, score_data(3)),
    ("an unknown score with its reason", Score, score_data(None)),
    ("an unknown score with a source that is silent", Score, {**score_data(None), **CITED}),
    ("a fact", Fact, {"value": "Apache-2.0", **CITED}),
    ("an unknown fact with its reason", Fact, {"value": None, "why": "nobody has looked"}),
    ("a citation of the bibliography", Citation, {**citation(), "url": None, "source": "engineersofai"}),
    ("a citation of a package", Citation, {**citation(), "url": None, "package": "apache-airflow==3.3.2"}),
    ("a citation of a pre-release", Citation, {**citation(), "url": None, "package": "zenml==0.5.0rc1"}),
]


@pytest.mark.parametrize(("model", "data"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_accepted(model: Any, data: dict[str, Any]) -> None:
    TypeAdapter(model).validate_python(data)


REFUSED: list[tuple[str, Any, dict[str, Any], str]] = [
    ("a value without sources", Score, {**score_data(3), "sources": []}, "a value needs `sources`: say how it is known and where that can be read"),
    ("a value without basis", Score, {**score_data(3), "basis": None}, "a value needs `basis`"),
    ("a value without confidence", Score, {**score_data(3), "confidence": None}, "a value needs `confidence`"),
    ("a bare value", Score, {"value": 3, "why": "because"}, "a value needs `basis`, `sources`, `confidence`"),
    ("a value without its reason", Score, {**score_data(3), "why": ""}, "at least 1 character"),
    ("a value with blanks for a reason", Score, {**score_data(3), "why": "  "}, "at least 1 character"),
    ("null with a basis", Score, {**score_data(None), "basis": "reviewed"}, "an unknown value has neither `basis` nor `confidence`"),
    ("null with a confidence", Score, {**score_data(None), "confidence": "low"}, "an unknown value has neither `basis` nor `confidence`"),
    ("null without a reason", Score, {"value": None}, "Field required"),
    ("no value at all", Score, {"why": "because"}, "Field required"),
    ("a value below the scale", Score, score_data(0), "greater than or equal to 1"),
    ("a value above the scale", Score, score_data(6), "less than or equal to 5"),
    ("a value between two", Score, {**score_data(3), "value": 3.5}, "valid integer"),
    ("a value as text", Score, {**score_data(3), "value": "3"}, "valid integer"),
    ("a value that is true", Score, {**score_data(3), "value": True}, "valid integer"),
    ("a basis of no kind", Score, {**score_data(3), "basis": "guessed"}, "'measured', 'documented', 'reviewed' or 'published'"),
    ("a field of no record", Score, {**score_data(3), "comment": "x"}, "Extra inputs are not permitted"),
    ("an unknown fact without a reason", Fact, {"value": None}, "an unknown fact needs `why`"),
    ("a fact without a source", Fact, {"value": "Apache-2.0"}, "a fact needs `sources`"),
    ("a statement without a source", Point, {"text": "It is fast to start.", "sources": []}, "a statement needs `sources`"),
    ("a citation of nothing", Citation, {**citation(), "url": None}, ONE_PLACE),
    ("a citation of two places", Citation, {**citation(), "source": "engineersofai"}, ONE_PLACE),
    ("a citation of three places", Citation, {**citation(), "source": "a", "package": "a==1"}, ONE_PLACE),
    ("a citation that shows nothing", Citation, {**citation(), "shows": " "}, "at least 1 character"),
    ("a citation that nobody read", Citation, {"url": "https://example.org", "shows": "x"}, "Field required"),
    ("a package without a version", Citation, {**citation(), "url": None, "package": "apache-airflow"}, "should match pattern"),
    ("a package with a range", Citation, {**citation(), "url": None, "package": "apache-airflow>=3.3.2"}, "should match pattern"),
    ("an address without its scheme", Citation, {**citation(), "url": "airflow.apache.org"}, "should match pattern"),
    ("an address that runs a script", Citation, {**citation(), "url": "javascript:alert(1)"}, "should match pattern"),
    ("an address that breaks out of an attribute", Citation, {**citation(), "url": 'https://example.org/"onclick="x'}, "should match pattern"),
    ("a day that is a number", Citation, {**citation(), "read_on": 0}, "a day"),
    ("a day that does not exist", Citation, {**citation(), "read_on": "2026-02-30"}, "valid date"),
]


@pytest.mark.parametrize(("model", "data", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(model: Any, data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(model).validate_python(data)
    assert message in str(caught.value)


def test_a_record_cannot_be_changed() -> None:
    score = Score.model_validate(score_data(3))
    with pytest.raises(ValidationError, match="frozen"):
        score.value = 5  # type: ignore[misc]
