"""Ranking and sensitivity as a decision file says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.model.base import Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring.acceptability import SAMPLES
from orchkit.scoring.matrix import Matrix, decision_matrix, restricted
from orchkit.scoring.ranking import Ranking, ranking_of, resolve_weights
from orchkit.scoring.sensitivity import Sensitivity, sensitivity


def settled(catalogue: Catalogue, decision: DecisionFile) -> DecisionFile:
    """Return the decision as a page ranks it: by the first weight profile where neither profile nor weights are chosen."""
    if decision.weights or decision.profile:
        return decision
    return decision.model_copy(update={"profile": next(iter(catalogue.profiles))})


def rank_decision(catalogue: Catalogue, decision: DecisionFile) -> Ranking:
    """Rank by a decision file: its weights or its profile, its shortlist, its scores.

    Raises `InputError` as `rank` does, and when the file has neither weights nor a profile.
    """
    profile, weights = resolve_weights(catalogue, _weights(catalogue, decision))
    return ranking_of(catalogue, profile, weights, decision.scores, matrix_of_decision(catalogue, decision))


def sensitivity_of_decision(catalogue: Catalogue, decision: DecisionFile, *, samples: int = SAMPLES, seed: int = 0) -> Sensitivity:
    """Say how firm the first place of a decision file's ranking is. Raises `InputError` as `rank_decision` does."""
    return sensitivity(catalogue, _weights(catalogue, decision), samples=samples, seed=seed, **_scored(decision))


def matrix_of_decision(catalogue: Catalogue, decision: DecisionFile) -> Matrix:
    """Return the matrix that a decision file is ranked by. Raises `InputError` as `rank_decision` does, weights aside.

    It is kept: weights move often, scores seldom.
    """
    own = tuple((tool, tuple((name, score.value) for name, score in row.items())) for tool, row in decision.own_scores.items())
    return _matrix(Same(catalogue), decision.scores, own, decision.shortlist)


@lru_cache(maxsize=8)
def _matrix(same: Same[Catalogue], scores: str, own: tuple[tuple[str, tuple[tuple[str, int], ...]], ...], tools: tuple[str, ...]) -> Matrix:
    return restricted(decision_matrix(same.value, scores, {tool: dict(row) for tool, row in own}), tools)


def _weights(catalogue: Catalogue, decision: DecisionFile) -> Mapping[str, Any] | str:
    weights = decision.weights or decision.profile
    if weights is None:
        raise InputError(Problem("weights", "neither weights nor a weight profile are given", f"Choose a profile: {', '.join(catalogue.profiles)}"))
    return weights


def _scored(decision: DecisionFile) -> dict[str, Any]:
    own = {tool: {name: score.value for name, score in row.items()} for tool, row in decision.own_scores.items()}
    return {"tools": decision.shortlist, "scores": decision.scores, "own_scores": own}
