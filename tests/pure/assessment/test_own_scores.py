"""What was measured implies scores: the lower end is proposed, and taking it over touches nothing else."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchkit.assessment import proposed_scores, score_changes, take_own_scores, without_own_score
from orchkit.errors import InputError
from orchkit.model.criteria import HIGHEST, LOWEST
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import read_decision
from orchkit.model.input.responses import Response
from orchkit.scoring import rank_decision
from tests.article import ARTICLE

CATALOGUE = ARTICLE
CHECKLIST, VERSION = "production-adoption", "1.0"
ITEMS = [item.id for item in CATALOGUE.checklists[CHECKLIST][VERSION].items]
EMPTY = DecisionFile(dataset_version=CATALOGUE.dataset.version, profile="startup")
BOUNDED = {name: one for name, (_, one) in CATALOGUE.measurements.items() if one.bounds}


def response(*answers: dict[str, Any], **header: Any) -> Response:
    """Answer the first items, one after the other; an answer of bare numbers is what was measured."""
    shaped = [answer if answer.keys() & {"measurements", "outcome"} else {"outcome": "met", "measurements": answer} for answer in answers]
    about = {"tool": "prefect", "deployment": "self-hosted", "evaluator": "Ana", "date": date(2026, 11, 20), **header}
    return Response.model_validate({"checklist": CHECKLIST, "version": VERSION, "answers": dict(zip(ITEMS, shaped, strict=False)), **about})


ROWS: list[tuple[str, tuple[dict[str, Any], ...], dict[str, tuple[int, int]]]] = [
    ("nothing measured", (), {}),
    ("a value that implies one score", ({"hours-to-first-scheduled-run": 8},), {"learning-curve": (5, 5)}),
    ("a value between two lines", ({"hours-to-first-scheduled-run": 20},), {"learning-curve": (3, 4)}),
    ("a measurement without bounds", ({"peak-memory-mb": 300},), {}),
    ("two that share a score keep what they share", ({"people-with-merged-change": 120, "days-to-first-reply": 3},), {"community": (3, 4)}),
    ("two that share none: everything between", ({"people-with-merged-change": 800, "days-to-first-reply": 45},), {"community": (1, 5)}),
    ("the same thing measured twice", ({"hours-to-first-scheduled-run": 8}, {"hours-to-first-scheduled-run": 100}), {"learning-curve": (2, 5)}),
    (
        "two criteria, in the catalogue's order",
        ({"providers-with-response-time": 1}, {"services-before-local-run": 0}),
        {"local-development": (5, 5), "enterprise-support": (3, 4)},
    ),
    ("an answer that is still to be confirmed", ({"outcome": "met", "to_confirm": "it changed", "measurements": {"lineage-queries": 4}},), {}),
    (
        "an answer that copies contest",
        ({"outcome": "met", "measurements": {"lineage-queries": 4}, "others": [{"outcome": "not_met"}]},),
        {},
    ),
    (
        "copies that agree on the outcome and not on the value",
        ({"outcome": "met", "measurements": {"lineage-queries": 4}, "others": [{"outcome": "met", "measurements": {"lineage-queries": 2}}]},),
        {"artifact-lineage": (2, 5)},
    ),
    ("what documentation says was not measured", ({"outcome": "met", "ground": "documented", "measurements": {"lineage-queries": 4}},), {}),
    ("an item that is not answered yet", ({"outcome": "unknown", "measurements": {"lineage-queries": 4}},), {"artifact-lineage": (5, 5)}),
]


@pytest.mark.parametrize(("answers", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_scores_that_measurements_imply(answers: tuple[dict[str, Any], ...], expected: dict[str, tuple[int, int]]) -> None:
    found = proposed_scores(CATALOGUE, response(*answers))
    assert {one.criterion: one.scores for one in found} == expected
    assert list(expected) == [one.criterion for one in found]
    assert all(one.value == one.scores[0] for one in found)


def test_the_reason_names_value_unit_checklist_version_evaluator_and_date() -> None:
    (found,) = proposed_scores(CATALOGUE, response({"hours-to-first-scheduled-run": 20.5}))
    assert found.why == (
        "Measured on Self-hosted Prefect server: working hours until a newcomer's first workflow has run on schedule: 20.5 h. "
        "Possible are 3 to 4; the lower end counts. Production adoption 1.0, by Ana, on 2026-11-20."
    )
    (found,) = proposed_scores(CATALOGUE, response({"lineage-queries": 4}, evaluator="", date=None, deployment=None))
    assert found.why.startswith("Measured: of four queries, how many are answered")
    assert found.why.endswith(": 4 of 4. Production adoption 1.0, by somebody who gave no name, on a day that was not given.")


measured = st.dictionaries(st.sampled_from(list(BOUNDED)), st.integers(0, 4).map(Fraction), max_size=4)


@given(st.lists(measured, max_size=4))
def test_a_proposal_lies_on_the_scale_and_within_what_its_values_allow(answers: list[dict[str, Fraction]]) -> None:
    for one in proposed_scores(CATALOGUE, response(*answers)):
        low, high = one.scores
        assert LOWEST <= low <= high <= HIGHEST
        assert min(each.scores[0] for each in one.measured) <= one.value <= max(each.scores[1] for each in one.measured)


@given(st.lists(measured, max_size=4), st.integers(1, 5))
def test_taking_over_replaces_the_tools_scores_on_what_was_measured_and_nothing_else(answers: list[dict[str, Fraction]], value: int) -> None:
    own = {"prefect": {"ml-features": {"value": value, "why": "seen"}}, "zenml": {"community": {"value": value, "why": "seen"}}}
    before = DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, "profile": "startup", "own_scores": own})
    one = response(*answers)
    found = proposed_scores(CATALOGUE, one)
    if not found:
        with pytest.raises(InputError, match="holds no measured value that implies a score"):
            take_own_scores(CATALOGUE, before, one)
        return
    after = take_own_scores(CATALOGUE, before, one)
    assert after.model_copy(update={"own_scores": before.own_scores}) == before
    assert {name: row for name, row in after.own_scores.items() if name != "prefect"} == {"zenml": before.own_scores["zenml"]}
    assert {name: score.value for name, score in after.own_scores["prefect"].items()} == {"ml-features": value} | {
        each.criterion: each.value for each in found
    }
    assert take_own_scores(CATALOGUE, after, one) == after
    assert not any(change.changes for change in score_changes(CATALOGUE, after, one))
    rank_decision(CATALOGUE, after)


def test_what_would_change_names_what_is_there() -> None:
    one = response({"hours-to-first-scheduled-run": 100})
    (change,) = score_changes(CATALOGUE, EMPTY, one)
    assert (change.tool, change.own_before, change.catalogue_score, change.proposed.value, change.changes) == ("prefect", None, 4, 2, True)
    (again,) = score_changes(CATALOGUE, take_own_scores(CATALOGUE, EMPTY, one), one)
    assert again.own_before is not None
    assert (again.own_before.value, again.changes) == (2, False)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({"tool": None, "deployment": None}, "names no tool of the catalogue, so no score can be its own. Say which tool was assessed"),
        ({"tool": "prefcet", "deployment": None}, "`prefcet` is not ranked, so it has no scores. Did you mean `prefect`"),
    ],
)
def test_scores_belong_to_a_ranked_tool(header: dict[str, Any], message: str) -> None:
    one = response({"lineage-queries": 4}, **header)
    assert score_changes(CATALOGUE, EMPTY, one) == ()
    with pytest.raises(InputError, match=message):
        take_own_scores(CATALOGUE, EMPTY, one)


def test_one_own_score_is_removed_and_an_empty_row_with_it() -> None:
    both = take_own_scores(CATALOGUE, EMPTY, response({"lineage-queries": 4, "hours-to-first-scheduled-run": 8}))
    one = without_own_score(both, "prefect", "artifact-lineage")
    assert list(one.own_scores["prefect"]) == ["learning-curve"]
    assert without_own_score(one, "prefect", "artifact-lineage") == one
    assert without_own_score(one, "prefect", "learning-curve") == EMPTY


BAD = [
    ({"lineage-queries": 5}, r"measurements\.lineage-queries: 5 cannot have been measured: it is more than 4, the highest there can be"),
    ({"peak-memory-mb": -1}, r"-1 cannot have been measured: it is less than 0\. Write it in MB"),
    ({"peak-memory": 1}, r"unknown measurement `peak-memory`\. Did you mean `peak-memory-mb`"),
    ({"peak-memory-mb": "much"}, r"measurements\.peak-memory-mb: a number is wanted"),
]


@pytest.mark.parametrize(("values", "message"), BAD)
def test_values_that_nobody_can_have_measured_are_refused(values: dict[str, Any], message: str) -> None:
    data = {"checklist": CHECKLIST, "version": VERSION, "answers": {ITEMS[0]: {"outcome": "met", "measurements": values}}}
    with pytest.raises(InputError, match=message):
        read_decision(data, "ours.json", CATALOGUE)
    also = {"checklist": CHECKLIST, "version": VERSION, "answers": {ITEMS[0]: {"outcome": "met", "others": [{"measurements": values}]}}}
    with pytest.raises(InputError, match=message):
        read_decision(also, "ours.json", CATALOGUE)
