"""Ranking as a decision file says."""

from __future__ import annotations

from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring.ranking import Ranking, rank


def rank_decision(catalogue: Catalogue, decision: DecisionFile) -> Ranking:
    """Rank by a decision file: its weights or its profile, its shortlist, its scores.

    Raises `InputError` as `rank` does, and when the file has neither weights nor a profile.
    """
    weights = decision.weights or decision.profile
    if weights is None:
        raise InputError(Problem("weights", "neither weights nor a weight profile are given", f"Choose a profile: {', '.join(catalogue.profiles)}"))
    own = {tool: {name: score.value for name, score in row.items()} for tool, row in decision.own_scores.items()}
    return rank(catalogue, weights, tools=decision.shortlist, scores=decision.scores, own_scores=own)
