"""Filled checklists → assessments; and what becomes of them: merged, upgraded, gated."""

from orchkit.assessment.evaluate import WORTH, Assessment, Finding, SectionTally, Tally, evaluate, is_contested, outcome_of
from orchkit.assessment.gate import Gate, gate
from orchkit.assessment.merge import Merge, merge
from orchkit.assessment.upgrade import Upgrade, upgrade

__all__ = [
    "WORTH",
    "Assessment",
    "Finding",
    "Gate",
    "Merge",
    "SectionTally",
    "Tally",
    "Upgrade",
    "evaluate",
    "gate",
    "is_contested",
    "merge",
    "outcome_of",
    "upgrade",
]
