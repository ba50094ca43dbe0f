"""What became of a decision since the release that it was made on, in sentences and above a page."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from orchkit.decision.changes import Move, Place, ScoreChange, Year
from orchkit.decision.replay import Replay, Told
from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.views.advice_text import OUTCOMES
from orchkit.views.environment import render
from orchkit.views.numbers import amount, fixed, listed, span
from orchkit.views.place import Place as Site

TODAY = "action.today"
"""Name of the change that goes on with today's data."""


def place_text(place: Place | None) -> tuple[str, str]:
    """Write a place as (rank, score), as rankings do.

    >>> place_text(None)
    ('–', '–')
    """
    if place is None:
        return "–", "–"
    if place.rank is None:
        assert place.rank_range is not None
        rank = f"{place.rank_range[0]}–{place.rank_range[1]}"
    else:
        rank = f"{place.rank}=" if place.tied_with else str(place.rank)
    if place.score is None:
        assert place.score_range is not None
        return rank, span(place.score_range, 2)
    return rank, fixed(place.score, 2)


def name_in(tool: str, *catalogues: Catalogue) -> str:
    """Name a tool as the first dataset that has it does."""
    return next((one.tools[tool].facts.name for one in catalogues if tool in one.tools), tool)


def first_text(tools: tuple[str, ...], *catalogues: Catalogue) -> str:
    """Name who is first: one tool, or those that share the place or may take it."""
    return listed([name_in(tool, *catalogues) for tool in tools]) if tools else "nobody"


def summary(found: Replay, released: Catalogue, today: Catalogue) -> str:
    """Say in a sentence or two whether today's data changes the answer."""
    then, now = first_text(found.first_then, today, released), first_text(found.first_today, today, released)
    if not found.moves or not any(move.new for move in found.moves):
        return f"Made on release {found.release}, when {then} came first. It cannot be ranked on dataset {found.today}: what it weighs by is gone."
    if found.first_changes:
        first = f"On dataset {found.today}, by the same weights, first place changes: from {then} to {now}."
    else:
        first = f"On dataset {found.today}, by the same weights, first place stays with {now}."
    if found.advice_then is None and found.advice_today is None:
        return first
    if not found.advice_changes:
        return f"{first} The advice stays the same."
    return f"{first} The advice changes: from “{told_text(found.advice_then, released)}” to “{told_text(found.advice_today, today)}”."


def told_text(told: Told | None, catalogue: Catalogue) -> str:
    """Write what the advisor says in a phrase."""
    if told is None:
        return "no advice"
    phrase = OUTCOMES[OutcomeKind(told.outcome)]
    return f"{catalogue.tools[told.tool].facts.name}: {phrase}" if told.tool in catalogue.tools else phrase


def score_lines(found: Replay, released: Catalogue, today: Catalogue) -> Iterator[str]:
    """Yield a line for each score that is another now."""
    for change in found.scores:
        yield score_line(change, today, released)


def score_line(change: ScoreChange, *catalogues: Catalogue) -> str:
    """Write one score's change."""
    criterion = next((one.criteria[change.criterion].name for one in catalogues if change.criterion in one.criteria), change.criterion)
    old, new = ("unknown" if value is None else str(value) for value in (change.old, change.new))
    return f"{name_in(change.tool, *catalogues)}, {criterion}: {old} → {new}"


def move_rows(moved: tuple[Move, ...], *catalogues: Catalogue) -> list[list[str]]:
    """Return rows: tool, rank and score then, rank and score now."""
    return [[name_in(move.tool, *catalogues), *place_text(move.old), *place_text(move.new)] for move in moved]


def deployment_name(deployment: str, *catalogues: Catalogue) -> str:
    """Name a costed deployment as the first dataset that has it does."""
    return next((one.costs.deployments[deployment].name for one in catalogues if deployment in one.costs.deployments), deployment)


def year_text(year: Year | None) -> str:
    """Write a yearly cost, with a mark where a line is unknown."""
    return "–" if year is None else amount(year.per_year) + (" + ?" if year.left_out else "")


def reproduced_text(found: Replay) -> str:
    """Say whether the stored result follows."""
    parts = listed(found.checked) if found.checked else ""
    if found.reproduced is None:
        return "The file stores no result to compare with."
    if found.reproduced:
        return f"The stored result ({parts}) follows from release {found.release} to the last digit."
    return f"The stored result does not follow from release {found.release}."


def draw_notice(found: Replay, released: Catalogue, today: Catalogue, site: Site) -> Markup:
    """Render what stands above a page that shows an older release."""
    changed = tuple(move for move in found.moves if move.old != move.new)
    return render(
        "replay.html.jinja",
        found=found,
        summary=summary(found, released, today),
        scores=list(score_lines(found, released, today)),
        costs=[(deployment_name(one.deployment, today, released), year_text(one.old), year_text(one.new)) for one in found.costs],
        rows=move_rows(changed, today, released),
        action=TODAY,
        place=site,
    )


def draw_brief(release: str) -> Markup:
    """Render the same where there is nothing to compare."""
    return render("replay_brief.html.jinja", release=release, action=TODAY)
