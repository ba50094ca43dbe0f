"""Filled checklists → assessments."""

from orchkit.assessment.evaluate import WORTH, Assessment, Finding, SectionTally, Tally, evaluate, is_contested, outcome_of
from orchkit.assessment.group import GroupResult, evaluate_group
from orchkit.assessment.report import ChecklistReport, report_on

__all__ = [
    "WORTH",
    "Assessment",
    "ChecklistReport",
    "Finding",
    "GroupResult",
    "SectionTally",
    "Tally",
    "evaluate",
    "evaluate_group",
    "is_contested",
    "outcome_of",
    "report_on",
]
