"""A team's context → constraints and rules that fired → a recommendation with its reasons."""

from orchkit.advice.advise import BASE, advise, advise_decision, explain, rulebook
from orchkit.advice.hits import Compared, Comparison, Hit, HitRates, compare_cases
from orchkit.advice.liveness import Liveness, Reached, Turned, check_liveness
from orchkit.advice.result import Advice, Candidate, Confidence, Excluded, Fired, First, Pivot, Recommendation, Standing, Turn, Voice
from orchkit.advice.rulebook import Rulebook

__all__ = [
    "BASE",
    "Advice",
    "Candidate",
    "Compared",
    "Comparison",
    "Confidence",
    "Excluded",
    "Fired",
    "First",
    "Hit",
    "HitRates",
    "Liveness",
    "Pivot",
    "Reached",
    "Recommendation",
    "Rulebook",
    "Standing",
    "Turn",
    "Turned",
    "Voice",
    "advise",
    "advise_decision",
    "check_liveness",
    "compare_cases",
    "explain",
    "rulebook",
]
