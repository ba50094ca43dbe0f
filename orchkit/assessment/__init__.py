"""Filled checklists → assessments; what becomes of them (merged, upgraded, gated); measured → own scores; documented → proposed answers."""

from orchkit.assessment.evaluate import WORTH, Assessment, Finding, SectionTally, Tally, evaluate, is_contested, outcome_of
from orchkit.assessment.gate import Gate, gate
from orchkit.assessment.group import GroupResult, evaluate_group
from orchkit.assessment.merge import Merge, merge
from orchkit.assessment.own_scores import ProposedScore, ScoreChange, proposed_scores, score_changes, take_own_scores, without_own_score
from orchkit.assessment.proposals import Proposal, accept_proposal, proposals
from orchkit.assessment.report import ChecklistReport, report_on
from orchkit.assessment.upgrade import Upgrade, upgrade

__all__ = [
    "WORTH",
    "Assessment",
    "ChecklistReport",
    "Finding",
    "Gate",
    "GroupResult",
    "Merge",
    "Proposal",
    "ProposedScore",
    "ScoreChange",
    "SectionTally",
    "Tally",
    "Upgrade",
    "accept_proposal",
    "evaluate",
    "evaluate_group",
    "gate",
    "is_contested",
    "merge",
    "outcome_of",
    "proposals",
    "proposed_scores",
    "report_on",
    "score_changes",
    "take_own_scores",
    "upgrade",
    "without_own_score",
]
