"""How often the advice is what teams chose, beside what a constant guess would have reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from orchkit.advice.advise import advise
from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import read_context

TOP = 3


class Hit(Record):
    """One team's choice beside the advice that its context gets."""

    case: str
    chosen: str
    """A tool's id, or an outcome such as `stay` or `cron`."""
    advised: tuple[str, ...]
    """What the advice says, in order: its outcome where that is no tool, then the tools."""
    place: int | None
    """Where the choice stands in it, from 1; null where it does not stand in it at all."""


class HitRates(Record):
    """Shares of the cases, each from 0 to 1; null where there is no case."""

    cases: int
    first: Exact | None
    """Their choice is our first."""
    top_three: Exact | None
    """Their choice is among our first three."""
    guess: str | None
    """The commonest choice: what a constant guess would say."""
    guess_first: Exact | None
    """How often that guess is right."""
    guess_top_three: Exact | None
    """How often the choice is among the three commonest."""
    hits: tuple[Hit, ...]


def hit_rates(catalogue: Catalogue, cases: Iterable[tuple[str, Mapping[str, Any], str]]) -> HitRates:
    """Compare choices with advice. `cases` yields (name, context, chosen id).

    The guess is made with knowledge of all the choices, which no guess has, so it is as good as a constant one can be.
    Raises `InputError` where a context cannot be read.
    """
    hits = tuple(_hit(catalogue, *case) for case in cases)
    if not hits:
        return HitRates(cases=0, first=None, top_three=None, guess=None, guess_first=None, guess_top_three=None, hits=())
    counted = sorted(Counter(hit.chosen for hit in hits).items(), key=lambda item: (-item[1], item[0]))
    return HitRates(
        cases=len(hits),
        first=_share(sum(hit.place == 1 for hit in hits), len(hits)),
        top_three=_share(sum(hit.place is not None and hit.place <= TOP for hit in hits), len(hits)),
        guess=counted[0][0],
        guess_first=_share(counted[0][1], len(hits)),
        guess_top_three=_share(sum(number for _, number in counted[:TOP]), len(hits)),
        hits=hits,
    )


def _hit(catalogue: Catalogue, case: str, context: Mapping[str, Any], chosen: str) -> Hit:
    advice = advise(catalogue, read_context(context, catalogue.advice.bank, case))
    recommended = advice.recommendation
    order = [candidate.tool for candidate in advice.candidates]
    said = [recommended.tool] if recommended.tool else [recommended.outcome.value]
    advised = list(dict.fromkeys([*said, *order]))
    kept = recommended.outcome.value if recommended.tool else ""
    place = 1 if chosen == kept else advised.index(chosen) + 1 if chosen in advised else None
    return Hit(case=case, chosen=chosen, advised=tuple(advised), place=place)


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole)
