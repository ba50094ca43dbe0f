"""Decision matrix → weighted sums → ranking; and the correction of rankings that others printed."""

from orchkit.scoring.corrections import CorrectedLine, CorrectedRanking, corrected_rankings
from orchkit.scoring.decisions import rank_decision
from orchkit.scoring.matrix import OWN, Interval, Matrix, decision_matrix, scores_available
from orchkit.scoring.ranking import RankedTool, Ranking, rank, rank_matrix, resolve_weights

__all__ = [
    "OWN",
    "CorrectedLine",
    "CorrectedRanking",
    "Interval",
    "Matrix",
    "RankedTool",
    "Ranking",
    "corrected_rankings",
    "decision_matrix",
    "rank",
    "rank_decision",
    "rank_matrix",
    "resolve_weights",
    "scores_available",
]
