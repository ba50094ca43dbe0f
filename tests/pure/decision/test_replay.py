"""A decision on the release that it was made on: whether its result still follows, and what today's data changes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import fitted, read_decision
from tests.article import ARTICLE
from tests.releases import OLDER, older
from tests.strategies import json_values

CATALOGUE = ARTICLE
FIRST = orchkit.rank(CATALOGUE, "startup").ranking[0].tool
RELEASED = older(CATALOGUE, {(FIRST, "learning-curve"): 1})
CONTEXT = {"focus": "ml-first", "kubernetes": "none"}


def decision(**parts: Any) -> DecisionFile:
    return read_decision({"format": "orchkit-decision", "dataset_version": OLDER, **parts}, "test", RELEASED)


def stored(made: DecisionFile, catalogue: Catalogue) -> dict[str, Any]:
    """What `decide` writes into a file."""
    ranking = orchkit.rank(catalogue, made.weights or made.profile or "startup")
    advice = orchkit.advise(catalogue, made.context) if made.context else None
    costs = orchkit.estimate_cost(catalogue, made.workload)
    return {
        "orchkit_version": orchkit.__version__,
        "dataset_version": catalogue.dataset.version,
        "ranking": [{"tool": line.tool, "rank": line.rank, "score": None if line.score is None else float(line.score)} for line in ranking.ranking],
        "advice": {
            "outcome": advice.recommendation.outcome.value,
            "tool": advice.recommendation.tool,
            "deployment": advice.recommendation.deployment,
            "confidence": advice.confidence.value,
        }
        if advice
        else None,
        "costs": {
            "currency": costs.currency,
            "deployments": [
                {"deployment": cost.deployment, "low": float(cost.per_year[0]), "high": float(cost.per_year[1]), "left_out": list(cost.left_out)}
                for cost in costs.deployments
            ],
        },
    }


@pytest.mark.parametrize(
    "parts",
    [
        {"profile": "startup"},
        {"profile": "enterprise", "context": CONTEXT},
        {"weights": {"community": 3, "observability": 0.1}},
        {"profile": "growth", "workload": {"runs_per_day": 40, "seats": 5}},
        {},
    ],
)
def test_a_stored_result_is_reproduced_on_its_release(parts: dict[str, Any]) -> None:
    made = decision(**parts)
    made = made.model_copy(update={"result": stored(made, RELEASED)})
    found = orchkit.replay(made, RELEASED, CATALOGUE)
    assert found.differences == ()
    assert found.reproduced is True
    assert found.checked == (("ranking", "advice", "costs") if made.context else ("ranking", "costs"))


def test_a_fraction_as_text_is_the_same_number() -> None:
    line = orchkit.rank(RELEASED, {"community": 1, "observability": 2}).ranking[0]
    assert line.score is not None
    result = {
        "ranking": [{"tool": one.tool, "score": str(one.score)} for one in orchkit.rank(RELEASED, {"community": 1, "observability": 2}).ranking]
    }
    found = orchkit.replay(decision(weights={"community": 1, "observability": 2}, result=result), RELEASED, CATALOGUE)
    assert found.reproduced is True


def test_a_file_without_a_result_says_nothing_of_it() -> None:
    found = orchkit.replay(decision(profile="startup"), RELEASED, CATALOGUE)
    assert (found.reproduced, found.checked, found.differences) == (None, (), ())


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda result: result["ranking"][0].update(score=4.99), f"ranking.{orchkit.rank(RELEASED, 'startup').ranking[0].tool}.score"),
        (lambda result: result["ranking"][1].update(rank=6), ".rank"),
        (lambda result: result["ranking"].pop(), "ranking."),
        (lambda result: result["ranking"].append({"tool": "luigi", "rank": 7}), "ranking.luigi"),
        (lambda result: result["advice"].update(tool="luigi"), "advice.tool"),
        (lambda result: result["costs"]["deployments"][0].update(low=1), ".low"),
        (lambda result: result["costs"]["deployments"].append({"deployment": "moon"}), "costs.moon"),
    ],
)
def test_a_result_that_somebody_changed_is_found(change: Any, part: str) -> None:
    made = decision(profile="startup", context=CONTEXT)
    result = stored(made, RELEASED)
    change(result)
    found = orchkit.replay(made.model_copy(update={"result": result}), RELEASED, CATALOGUE)
    assert found.reproduced is False
    assert any(part in difference.part for difference in found.differences), found.differences


@settings(max_examples=25)  # each computes the decision twice
@given(st.dictionaries(st.sampled_from(["ranking", "advice", "costs", "x"]), json_values()))
def test_whatever_a_file_stores_is_survived(result: Any) -> None:
    made = decision(profile="startup").model_copy(update={"result": result})
    assert orchkit.replay(made, RELEASED, CATALOGUE).reproduced in (None, True, False)


def test_it_says_what_has_changed_and_whether_the_answer_does() -> None:
    found = orchkit.replay(decision(profile="startup"), RELEASED, CATALOGUE)
    value = CATALOGUE.tools[FIRST].scores["learning-curve"].value
    assert [(one.tool, one.criterion, one.old, one.new) for one in found.scores] == [(FIRST, "learning-curve", 1, value)]
    assert found.first_changes
    assert found.first_today == (FIRST,)
    assert FIRST not in found.first_then
    then = {move.tool: move.old.score for move in found.moves if move.old}
    assert then == {line.tool: line.score for line in orchkit.rank(RELEASED, "startup").ranking}


def test_a_teams_own_score_is_the_same_on_both() -> None:
    own = {FIRST: {"learning-curve": {"value": 3, "why": "our trial"}}}
    found = orchkit.replay(decision(profile="startup", own_scores=own), RELEASED, CATALOGUE)
    assert found.scores == ()
    assert all(move.old == move.new for move in found.moves)


def test_what_is_gone_today_is_named_and_left_out() -> None:
    data = CATALOGUE.model_dump(mode="json")
    data["tools"]["zenml"]["facts"] |= {"ranked": False, "why_not_ranked": "for a test"}
    del data["profiles"]["growth"]
    deployment = next(iter(data["costs"]["deployments"]))
    del data["costs"]["deployments"][deployment]
    today = Catalogue.model_validate(data)
    made = decision(
        profile="startup",
        shortlist=["airflow", "zenml", "prefect"],
        cost_deployments=[deployment],
        break_even={"first": deployment, "second": "cron"},
        cost_edits={deployment: {}},
    )
    kept, problems = fitted(made, today)
    assert kept.shortlist == ("airflow", "prefect")
    assert (kept.cost_deployments, kept.break_even, kept.cost_edits) == ((), None, {})
    assert len(problems) == 4
    found = orchkit.replay(made, RELEASED, today)
    assert "tool zenml" in found.gone
    assert [move.tool for move in found.moves if move.new is None] == ["zenml"]
    assert [one.deployment for one in found.costs] == [deployment]


def test_weights_by_a_profile_that_is_gone_cannot_be_ranked_today() -> None:
    data = CATALOGUE.model_dump(mode="json")
    del data["profiles"]["growth"]
    found = orchkit.replay(decision(profile="growth"), RELEASED, Catalogue.model_validate(data))
    assert found.first_today == ()
    assert all(move.new is None for move in found.moves)


def test_a_decision_that_fits_is_left_alone() -> None:
    made = decision(
        weights={"community": 0.3, "observability": 7},
        shortlist=["airflow", "prefect"],
        context=CONTEXT,
        workload={"runs_per_day": 3.5},
        own_scores={"airflow": {"community": {"value": 2, "why": "x"}}},
    )
    assert fitted(made, CATALOGUE) == (made, [])
    assert made.weights["community"] == Fraction(3, 10)
