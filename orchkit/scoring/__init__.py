"""Decision matrix → weighted sums → ranking → sensitivity; and the correction of rankings that others printed."""

from orchkit.scoring.acceptability import Acceptability, ToolAcceptability
from orchkit.scoring.corrections import CorrectedLine, CorrectedRanking, corrected_rankings
from orchkit.scoring.decisions import matrix_of_decision, rank_decision, sensitivity_of_decision, settled
from orchkit.scoring.dominance import Dominance
from orchkit.scoring.flips import ScoreFlip, WeightFlip
from orchkit.scoring.intervals import WeightInterval
from orchkit.scoring.matrix import OWN, Interval, Matrix, decision_matrix, scores_available
from orchkit.scoring.ranking import RankedTool, Ranking, rank, rank_matrix, resolve_weights
from orchkit.scoring.sensitivity import Sensitivity, Standing

__all__ = [
    "OWN",
    "Acceptability",
    "CorrectedLine",
    "CorrectedRanking",
    "Dominance",
    "Interval",
    "Matrix",
    "RankedTool",
    "Ranking",
    "ScoreFlip",
    "Sensitivity",
    "Standing",
    "ToolAcceptability",
    "WeightFlip",
    "WeightInterval",
    "corrected_rankings",
    "decision_matrix",
    "matrix_of_decision",
    "rank",
    "rank_decision",
    "rank_matrix",
    "resolve_weights",
    "scores_available",
    "sensitivity_of_decision",
    "settled",
]
