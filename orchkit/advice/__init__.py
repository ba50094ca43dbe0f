"""A team's context → constraints and rules that fired → a recommendation with its reasons."""

from orchkit.advice.advise import BASE, advise, advise_decision, explain, rulebook
from orchkit.advice.result import Advice, Candidate, Confidence, Excluded, Fired, First, Pivot, Recommendation, Standing, Turn, Voice
from orchkit.advice.rulebook import Rulebook

__all__ = [
    "BASE",
    "Advice",
    "Candidate",
    "Confidence",
    "Excluded",
    "Fired",
    "First",
    "Pivot",
    "Recommendation",
    "Rulebook",
    "Standing",
    "Turn",
    "Voice",
    "advise",
    "advise_decision",
    "explain",
    "rulebook",
]
