"""Printed totals beside recomputed ones, and what the difference does to the order."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import CorrectedLine, CorrectedRanking, corrected_rankings
from orchkit.scoring.corrections import TOLERANCE
from orchkit.views.environment import render
from orchkit.views.numbers import listed
from orchkit.views.place import Place

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def corrections(catalogue: Catalogue, place: Place, published: str) -> Markup:
    """Render every printed ranking of a published set with its corrected totals and ranks."""
    rankings = corrected_rankings(catalogue, published)
    lines = [line for ranking in rankings for line in ranking.lines]
    return render(
        "corrections.html.jinja",
        catalogue=catalogue,
        place=place,
        published=published,
        rankings=[(ranking, consequence(ranking)) for ranking in rankings],
        wrong=_number(sum(line.wrong for line in lines)),
        printed=len(lines),
        tolerance=TOLERANCE,
    )


def consequence(ranking: CorrectedRanking) -> str:
    """Say in one sentence what the correction does to first place."""
    printed, actual = ranking.printed_winners, ranking.winners
    if {line.tool for line in printed} == {line.tool for line in actual}:
        return f"First place holds: {_names(actual)}."
    fallen = ", ".join(f"{line.label} is {_ordinal(line.rank)}" for line in printed)
    verb = "tie for first place" if len(actual) > 1 else "is first"
    return f"First place falls: {_names(actual)} {verb}; the printed winner {fallen}."


def _names(lines: tuple[CorrectedLine, ...]) -> str:
    return listed([line.label for line in lines])


def _ordinal(rank: int) -> str:
    return {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}.get(rank, f"number {rank}")


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
