"""Filled checklists → assessments, what was measured → own scores, documented facts → proposed answers."""

from orchkit.assessment.evaluate import WORTH, Assessment, Finding, SectionTally, Tally, evaluate, is_contested, outcome_of
from orchkit.assessment.own_scores import ProposedScore, ScoreChange, proposed_scores, score_changes, take_own_scores, without_own_score
from orchkit.assessment.proposals import Proposal, accept_proposal, proposals

__all__ = [
    "WORTH",
    "Assessment",
    "Finding",
    "Proposal",
    "ProposedScore",
    "ScoreChange",
    "SectionTally",
    "Tally",
    "accept_proposal",
    "evaluate",
    "is_contested",
    "outcome_of",
    "proposals",
    "proposed_scores",
    "score_changes",
    "take_own_scores",
    "without_own_score",
]
