"""What is read from outside has bounds: size, depth, how much is said of it. Beyond them stands one message, and nothing waits on the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest

import orchkit
from orchkit.errors import LONGEST, MOST, InputError, NewerError
from orchkit.model.input.decision import MAX_RESPONSES, DecisionFile
from orchkit.model.input.reading import MAX_BYTES, MAX_DEPTH, parse_json, read_decision, response_problems
from orchkit.model.input.responses import MAX_ANSWERS, Response

CATALOGUE = orchkit.load()
HEAD: dict[str, Any] = {"format": "orchkit-decision", "dataset_version": CATALOGUE.dataset.version}
RESPONSE: dict[str, Any] = {"checklist": "production-adoption", "version": "1.0"}
MANY = 100_000


def read(text: str) -> DecisionFile:
    return read_decision(parse_json(text, "ours.json"), "ours.json", CATALOGUE)


def refused(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def file_of(**parts: Any) -> str:
    return json.dumps({**HEAD, **parts})


def names(count: int) -> list[str]:
    return [f"x-{number}" for number in range(count)]


def answers(count: int) -> dict[str, Any]:
    return {name: {} for name in names(count)}


def test_a_file_at_its_bounds_is_read() -> None:
    deep: Any = "x"
    for _ in range(MAX_DEPTH - 2):
        deep = [deep]
    text = file_of(result={"x": deep}, title="Ours")
    assert read(text + " " * (MAX_BYTES - len(text))).result == {"x": deep}


ONE_BEYOND = [
    pytest.param(file_of() + " " * (MAX_BYTES + 1 - len(file_of())), "has 5,000,001 characters, more than the 5,000,000", id="a character too long"),
    pytest.param("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "is nested more than 32 levels deep", id="a level too deep"),
    pytest.param(file_of(weights={"community": 10**4_000}), "is more than 1,000,000", id="a number of 4,000 digits"),
    pytest.param(file_of(weights={"community": 0}).replace(": 0}", f": {'9' * 1_000_000}}}"), "ours.json", id="a number of a million digits"),
    pytest.param(file_of(weights={"community": 0}).replace(": 0}", ": 1e-999999999}"), "", id="a number with nothing before its exponent"),
    pytest.param(file_of(weights={"community": 1e-300}), "", id="a number too small to matter"),
    pytest.param(file_of(title="x" * 1_000_000), "title: ", id="a title of a million characters"),
    pytest.param(file_of(**{"x" * 1_000_000: 1}), "unknown field `xxx", id="a key of a million characters"),
    pytest.param(file_of(dataset_version="2026.11." + "1" * 1_000_000), "", id="a release of a million digits"),
    pytest.param(file_of(responses=[RESPONSE | {"version": "1." + "0" * 1_000_000}]), "unknown version `1.000", id="a version of a million digits"),
    pytest.param(file_of(shortlist=["airflow"] * MANY), "a tool stands in it twice", id="a tool many times"),
    pytest.param(file_of(responses=[RESPONSE] * (MAX_RESPONSES + 1)), "has more than 100 entries", id="a response too many"),
    pytest.param(file_of(responses=[RESPONSE | {"answers": answers(MAX_ANSWERS + 1)}]), "has more than 1000 entries", id="an answer too many"),
]


@pytest.mark.parametrize(("text", "message"), ONE_BEYOND)
def test_what_is_beyond_is_one_short_message(text: str, message: str) -> None:
    if message == "":
        read(text)
        return
    (problem,) = refused(text)
    assert message in problem
    assert len(problem) < 3 * LONGEST


MANY_WRONG = [
    pytest.param(file_of(**dict.fromkeys(names(MANY), 1)), id="fields"),
    pytest.param(file_of(weights=dict.fromkeys(names(MANY), 1)), id="criteria"),
    pytest.param(file_of(weights=dict.fromkeys(names(MANY), -1)), id="negative weights"),
    pytest.param(file_of(shortlist=names(MANY)), id="tools"),
    pytest.param(file_of(own_scores={name: {"community": {"value": 3, "why": "x"}} for name in names(MANY // 10)}), id="scored tools"),
    pytest.param(file_of(responses=[RESPONSE | {"answers": answers(MAX_ANSWERS)}] * MAX_RESPONSES), id="items"),
    pytest.param(json.dumps({**RESPONSE, **dict.fromkeys(names(MANY), 1)}), id="fields of a response"),
]


@pytest.mark.parametrize("text", MANY_WRONG)
def test_of_many_wrong_things_the_first_are_told(text: str) -> None:
    problems = refused(text)
    assert len(problems) == MOST + 1
    assert problems[-1] == f"ours.json: has more wrong with it than these {MOST} things. Mend them, then read it again to see the others."
    assert len("".join(problems)) < (MOST + 1) * 4 * LONGEST


def test_as_many_as_are_told_are_all_told() -> None:
    assert len(refused(file_of(**dict.fromkeys(names(MOST), 1)))) == MOST


NAMES = [
    ({"tool": "airflw"}, "responses[0].tool: unknown tool `airflw`. Did you mean `airflow`?"),
    ({"tool": "airflow", "deployment": "mwa"}, "responses[0].deployment: unknown deployment of `airflow` `mwa`. "),
    ({"tool": "airflw", "deployment": "mwaa"}, "responses[0].tool: unknown tool `airflw`. Did you mean `airflow`?"),
    ({"deployment": "mwaa"}, "responses[0]: `deployment` needs `tool`"),
    (
        {"retired": {"failed-run-resume": {}}},
        "responses[0].retired.failed-run-resume: unknown item of any version of checklist `production-adoption` `failed-run-resume`. Did you mean",
    ),
]


@pytest.mark.parametrize(("parts", "message"), NAMES)
def test_a_name_in_a_response_is_checked(parts: dict[str, Any], message: str) -> None:
    (problem,) = refused(file_of(responses=[{**RESPONSE, **parts}]))
    assert problem.startswith(f"ours.json: {message}")


def test_names_in_a_response_that_exist_are_taken() -> None:
    deployment = next(iter(CATALOGUE.tools["airflow"].deployments))
    parts = {"tool": "airflow", "deployment": deployment, "retired": {"failed-run-resumes": {"outcome": "met"}}}
    (response,) = read(file_of(responses=[{**RESPONSE, **parts}])).responses
    assert (response.tool, response.deployment) == ("airflow", deployment)


def test_a_measurement_is_checked_where_measurements_have_ids() -> None:
    criteria = {name: one.model_copy(update={"measurements": {}}) for name, one in CATALOGUE.criteria.items()}
    unnamed = CATALOGUE.model_copy(update={"criteria": criteria})
    said = {"others": [{"measurements": {"minutes-to-resum": 3}}], "measurements": {"minutes-to-resume": 3}}
    response = Response.model_validate({**RESPONSE, "answers": {"failed-run-resumes": said}})
    (problem,) = response_problems(response, "ours", CATALOGUE)
    place = "ours: answers.failed-run-resumes.others[0].measurements.minutes-to-resum"
    assert str(problem) == f"{place}: unknown measurement `minutes-to-resum`. Did you mean `minutes-to-resume`?"
    assert list(response_problems(response, "ours", unnamed)) == []


def test_a_response_of_a_future_version_is_not_called_damaged() -> None:
    with pytest.raises(NewerError, match=r"responses\[0\]\.schema_version: 2 is the format of a newer release"):
        read(file_of(responses=[{**RESPONSE, "schema_version": 2, "mood": "good"}]))
    with pytest.raises(NewerError, match="schema_version: 2 is the format of a newer release"):
        read(json.dumps({**RESPONSE, "schema_version": 2, "mood": "good"}))


def test_a_response_that_is_too_large_or_too_deep_is_refused() -> None:
    note = {"failed-run-resumes": {"note": "x" * 20_000_000}}
    assert "more than the 5,000,000 that are read" in refused(json.dumps({**RESPONSE, "answers": note}))[0]
    deep: Any = {}
    for _ in range(MAX_DEPTH):
        deep = {"note": deep}
    assert f"is nested more than {MAX_DEPTH} levels deep" in refused(json.dumps({**RESPONSE, "answers": deep}))[0]
