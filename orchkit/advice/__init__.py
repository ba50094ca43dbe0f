"""A team's context → constraints and rules that fired → a recommendation with its reasons."""

from orchkit.advice.advise import BASE, advise, advise_decision, explain, rulebook
from orchkit.advice.hits import Hit, HitRates, hit_rates
from orchkit.advice.liveness import Liveness, Reached, Turned, check_liveness
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
    "explain",
    "hit_rates",
    "rulebook",
]
