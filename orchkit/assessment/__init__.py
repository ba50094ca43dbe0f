"""Filled checklists → assessments."""

from orchkit.assessment.evaluate import WORTH, Assessment, Finding, SectionTally, Tally, evaluate, is_contested, outcome_of

__all__ = ["WORTH", "Assessment", "Finding", "SectionTally", "Tally", "evaluate", "is_contested", "outcome_of"]
