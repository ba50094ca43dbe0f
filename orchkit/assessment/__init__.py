"""Filled checklists → assessments."""

from orchkit.assessment.evaluate import WORTH, Assessment, Finding, SectionTally, Tally, evaluate

__all__ = ["WORTH", "Assessment", "Finding", "SectionTally", "Tally", "evaluate"]
