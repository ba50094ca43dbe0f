"""The whole record: standing by the fixed rule, agreement with the ranking, what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings

import orchkit
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring import Standing, rank, sensitivity_of_decision
from orchkit.scoring.sensitivity import SLIGHT
from tests.pure.scoring.whole_cases import Weighted, first_place
from tests.strategies import Cells, catalogue_of, decisions, weighted_cells

CATALOGUE = orchkit.load()

STANDINGS: list[tuple[str, Cells, dict[str, int], Standing]] = [
    ("a clear lead", {"ant": {"a": 5, "b": 5, "c": 5}, "bee": {"a": 1, "b": 1, "c": 2}}, {"a": 1, "b": 1, "c": 1}, Standing.CLEAR),
    (  # the lead is 4·0.9 - 4·0.1 = 3.2; two fifths of the weight must move, and no score counts for more than 0.9
        "a lead that others could take, far off",
        {"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}},
        {"a": 9, "b": 1},
        Standing.CLEAR,
    ),
    ("one score is enough", {"ant": {"a": 4, "b": 3}, "bee": {"a": 3, "b": 3}}, {"a": 1, "b": 1}, Standing.CLOSE),
    (  # ten criteria at 0.1: no single point makes up the lead of 0.3, but 3.75 points of weight moved do
        "slightly other weights are enough",
        {
            "ant": dict(zip("abcdefghij", (5, 5, 5, 5, 1, 1, 3, 3, 3, 3), strict=True)),
            "bee": dict(zip("abcdefghij", (1, 2, 3, 3, 5, 5, 3, 3, 3, 3), strict=True)),
        },
        dict.fromkeys("abcdefghij", 1),
        Standing.CLOSE,
    ),
    ("a tie", {"ant": {"a": 4, "b": 3}, "bee": {"a": 3, "b": 4}}, {"a": 1, "b": 1}, Standing.SHARED),
    ("an unknown without weight opens nothing", {"ant": {"a": 4, "b": None}, "bee": {"a": 4, "b": 4}}, {"a": 1, "b": 0}, Standing.SHARED),
    ("an unknown that may win", {"ant": {"a": 4}, "bee": {"a": None}}, {"a": 1}, Standing.OPEN),
    ("an unknown that may draw level", {"ant": {"a": 5}, "bee": {"a": None}}, {"a": 1}, Standing.OPEN),
    ("an unknown that cannot win", {"ant": {"a": 5, "b": 5}, "bee": {"a": 1, "b": None}}, {"a": 3, "b": 1}, Standing.CLEAR),
]


@pytest.mark.parametrize(("scores", "weights", "standing"), [row[1:] for row in STANDINGS], ids=[row[0] for row in STANDINGS])
def test_the_rule(scores: Cells, weights: dict[str, int], standing: Standing) -> None:
    found = orchkit.sensitivity(catalogue_of(scores), weights, samples=0)
    assert (found.standing, found.clear) == (standing, standing is Standing.CLEAR)


def test_a_tool_by_itself_has_nobody_to_lose_to() -> None:
    found = orchkit.sensitivity(catalogue_of({"ant": {"a": 5, "b": None}, "bee": {"a": 1, "b": 1}}), {"a": 1, "b": 1}, tools=["ant"], samples=10)
    assert (found.standing, found.first, found.lead, found.weight_flip, found.score_flips) == (Standing.ALONE, ("ant",), None, None, ())
    assert found.acceptability is not None
    assert found.acceptability.of("ant").ranks == (Fraction(1),)


@given(weighted_cells())
def test_the_record_agrees_with_the_ranking(case: Weighted) -> None:
    scores, weights = case
    catalogue = catalogue_of(scores)
    ranking, found = rank(catalogue, weights), orchkit.sensitivity(catalogue, weights, samples=0)
    assert found.first == first_place(scores, weights)
    assert (found.weights, found.profile, found.scores, found.dataset_version) == (
        ranking.weights,
        ranking.profile,
        ranking.scores,
        ranking.dataset_version,
    )
    if found.lead is not None:
        top, *rest = [line.score_range or (line.score, line.score) for line in ranking.ranking]
        assert found.lead == (top[0] or 0) - max(high or 0 for _, high in rest) > 0
    if found.standing is Standing.CLEAR:
        assert not found.score_flips
        assert found.weight_flip is None or found.weight_flip.moved >= SLIGHT


@settings(max_examples=25)
@given(decisions(CATALOGUE, responses=False))
def test_a_decision_file_is_read_as_the_ranking_reads_it(decision: DecisionFile) -> None:
    assume(not decision.weights or any(decision.weights.values()))
    own = {tool: {name: score.value for name, score in row.items()} for tool, row in decision.own_scores.items()}
    weights = decision.weights or decision.profile
    assert weights is not None
    expected = orchkit.sensitivity(CATALOGUE, weights, tools=decision.shortlist, scores=decision.scores, own_scores=own, samples=50)
    assert sensitivity_of_decision(CATALOGUE, decision, samples=50) == expected


def test_a_decision_without_weights_is_refused() -> None:
    with pytest.raises(InputError, match=r"^weights: neither weights nor a weight profile are given"):
        sensitivity_of_decision(CATALOGUE, DecisionFile(dataset_version=CATALOGUE.dataset.version))


def test_the_record_is_written_as_json_and_reads_back(catalogue: Catalogue) -> None:
    found = orchkit.sensitivity(catalogue, "startup", scores="published:engineersofai", samples=100)
    data = found.model_dump(mode="json")
    assert (data["standing"], data["lead"], data["intervals"][0]["high"]) == ("close", 0.25, 1.0)
    assert data["acceptability"]["samples"] == 100
    assert type(found).model_validate_json(found.model_dump_json()).standing is Standing.CLOSE


def test_three_archetypes_of_the_article(catalogue: Catalogue) -> None:
    """None of the article's three winners is a clear one by its own numbers."""
    found = {name: orchkit.sensitivity(catalogue, name, scores="published:engineersofai", samples=0) for name in catalogue.profiles}
    assert {name: (one.standing.value, one.first) for name, one in found.items()} == {
        "startup": ("close", ("metaflow",)),
        "growth": ("close", ("kubeflow-pipelines",)),
        "enterprise": ("shared", ("dagster", "kubeflow-pipelines")),
    }
    growth = found["growth"].weight_flip
    assert growth is not None
    assert (growth.challengers, growth.moved) == (("zenml",), Fraction(1, 80))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": "startpu"}, r"^profile: unknown weight profile `startpu`\. Did you mean `startup`\?$"),
        ({"tools": ["airflw"]}, r"^tool: unknown tool `airflw`"),
        ({"samples": -1}, r"^samples: -1 weights cannot be drawn"),
    ],
)
def test_refused(catalogue: Catalogue, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        orchkit.sensitivity(catalogue, **{"weights": "startup", **arguments})
