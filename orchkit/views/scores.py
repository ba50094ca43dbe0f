"""The scores page: choose a weight profile or move the weights, and see the ranking with what each criterion adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm
from typing import NamedTuple

from markupsafe import Markup

from orchkit.assessment import without_own_score
from orchkit.errors import InputError, Problem
from orchkit.model.base import Same, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.criteria import HIGHEST
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.weights import Weights, read_weight, read_weights
from orchkit.scoring import OWN, Ranking, decision_matrix, matrix_of_decision, rank, rank_decision, settled
from orchkit.scoring.ranking import resolve_weights
from orchkit.scoring.sensitivity import sensitivity_of
from orchkit.scoring.whole import Cells, whole_cells
from orchkit.views.environment import GAP, render, stencil
from orchkit.views.firmness import standing_text
from orchkit.views.latest import latest
from orchkit.views.numbers import fixed, listed, percent, plain, quotient
from orchkit.views.own_scores import own_lines
from orchkit.views.place import Place
from orchkit.views.ranking_table import rank_text, ranking_rows, score_text
from orchkit.views.sensitivity import firmness, sensitivity_part
from orchkit.views.spreadsheet import csv_text
from orchkit.views.state import PageState, initial, to_fragment
from orchkit.views.view import Complaint, Download, Later, Options, View, take_over, with_decision

BAR_WIDTH = 500
"""Units across a bar: 100 for each point of the 1-5 scale."""

FIRST = ("1", "1=")

KEPT = 500
"""Stencils that are kept: some for each tool and each criterion."""

SLIDER_TOP = 100
SMALLEST_SHOWN = Fraction(1, 100)


class Head(NamedTuple):
    """One tool at the head and the foot of the table of contributions."""

    short: str
    score: str
    file: str
    """Where its scores can be corrected."""


@dataclass(frozen=True, slots=True)
class Slider:
    """One criterion's weight as the template draws it."""

    id: str
    name: str
    question: str
    series: int
    value: str
    share: Fraction


@latest
def usable(catalogue: Catalogue, decision: DecisionFile) -> tuple[Ranking, Problem | None]:
    """Rank, or say what cannot be used and rank by the first profile instead; as far as can be by the same scores and tools."""
    decision = settled(catalogue, decision)
    try:
        return rank_decision(catalogue, decision), None
    except InputError as error:
        first = next(iter(catalogue.profiles))
        try:
            return rank_decision(catalogue, decision.model_copy(update={"profile": first, "weights": {}})), error.problems[0]
        except InputError:
            return rank(catalogue, first), error.problems[0]


@latest
def _cells(catalogue: Catalogue, decision: DecisionFile) -> Cells:
    """Return the matrix that `usable` ranks by."""
    try:
        return whole_cells(matrix_of_decision(catalogue, decision))
    except InputError:
        return whole_cells(decision_matrix(catalogue))


def draw(catalogue: Catalogue, state: PageState, place: Place, options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the whole page: controls, ranking, contributions, and how firm first place is."""
    ranking, cells = usable(catalogue, state.decision)[0], _cells(catalogue, state.decision)
    firmness(ranking, cells).finish(ranking, cells)
    return sketch(catalogue, state, place, options, complaints)[0]


def sketch(catalogue: Catalogue, state: PageState, place: Place, _options: Options, complaints: Mapping[str, Complaint]) -> tuple[Markup, bool]:
    """Render the page with as much of its firmness as has been worked out, and say whether more is to come: the ranking does not wait for it."""
    (ranking, unusable), cells = usable(catalogue, state.decision), _cells(catalogue, state.decision)
    html = render(
        "scores.html.jinja",
        catalogue=catalogue,
        place=place,
        decision=settled(catalogue, state.decision),
        ranking=ranking,
        unusable=unusable,
        complaints=complaints,
        sliders=_sliders(catalogue, state.decision, ranking),
        rows=drawn_rows(catalogue, ranking, place, anchored=True),
        contributions=_contributions(catalogue, state.decision, ranking),
        heads=_heads(catalogue, ranking, place),
        verdict=verdict(catalogue, ranking),
        compared=_compared(catalogue, state, ranking),
        own=own_lines(catalogue, state.decision),
        sensitivity=sensitivity_part(catalogue, ranking, cells),
    )
    return html, not firmness(ranking, cells).done(cells)


def _compared(catalogue: Catalogue, state: PageState, ranking: Ranking) -> str:
    """Return the link's part that compares the first three by what is shown here; nothing where one tool stands alone."""
    first = tuple(line.tool for line in ranking.ranking[:3])
    return to_fragment(catalogue, with_decision(state, compared=first)) if len(first) > 1 else ""


def _proceed(catalogue: Catalogue, state: PageState, _options: Options) -> None:
    ranking, cells = usable(catalogue, state.decision)[0], _cells(catalogue, state.decision)
    firmness(ranking, cells).proceed(ranking, cells)


def draw_profiles(catalogue: Catalogue, place: Place) -> Markup:
    """Render the ranking of every weight profile but the first: what a reader without scripts cannot switch to."""
    cells = whole_cells(decision_matrix(catalogue))
    return render(
        "profiles.html.jinja",
        rankings=[
            (
                profile,
                drawn_rows(catalogue, ranking, place),
                verdict(catalogue, ranking),
                standing_text(catalogue, sensitivity_of(ranking, cells, None)),
            )
            for name, profile in list(catalogue.profiles.items())[1:]
            for ranking in [rank(catalogue, name)]
        ],
    )


def verdict(catalogue: Catalogue, ranking: Ranking) -> str:
    """Say who is first and by how much, or that nobody is."""
    lines = ranking.ranking
    leaders = [line for line in lines if (line.rank or (line.rank_range or (0,))[0]) == 1]
    names = [catalogue.tools[line.tool].facts.name for line in leaders]
    if len(lines) == 1:
        return f"{names[0]} stands alone: there is nothing to compare it with."
    if leaders[0].rank == 1 and not leaders[0].tied_with and len(leaders) > 1:
        return f"{names[0]} is first; the unknown values could let {listed(names[1:])} draw level."
    if any(line.rank is None for line in leaders):
        return f"Unknown values leave first place open between {listed(names)}."
    if len(leaders) > 1:
        return f"{listed(names)} tie for first place with {score_text(leaders[0])}."
    second = lines[1]
    if leaders[0].score is None or second.score is None:
        return f"{names[0]} is first whatever the unknown values are."
    behind = [catalogue.tools[line.tool].facts.name for line in lines if line.score == second.score and line is not leaders[0]]
    return f"{names[0]} is first with {score_text(leaders[0])}, {_lead(leaders[0].score - second.score)} ahead of {listed(behind)}."


def _lead(difference: Fraction) -> str:
    return fixed(difference, 2) if difference >= SMALLEST_SHOWN else f"less than {fixed(SMALLEST_SHOWN, 2)}"


def drawn_rows(catalogue: Catalogue, ranking: Ranking, place: Place, *, anchored: bool = False) -> list[Markup]:
    """Render a row for each tool, its contributions laid end to end; what is unknown adds its least, then reaches up to the highest score."""
    shades = {name: (f"ok-s{index}", criterion.name) for index, (name, criterion) in enumerate(catalogue.criteria.items(), 1)}
    ends = [[*filter(None, line.contributions.values()), *(line.score_range or ())] for line in ranking.ranking]
    scale = lcm(*{end.denominator for line in ends for end in line})
    written = cache(lambda points: quotient(points * BAR_WIDTH, scale * HIGHEST, 2))  # many contributions are the same
    rows = []
    for line in ranking.ranking:
        segments, x = [], 0
        for name, part in line.contributions.items():
            if part:
                width = _whole(part, scale)
                segments.append(_segment(*shades[name]) % (written(x), written(width)))
                x += width
        if line.score_range:
            low, high = (_whole(end, scale) for end in line.score_range)
            segments.append(_segment("ok-s0", "at least, from what is unknown") % (written(x), written(low - x)))
            segments.append(_segment("ok-unknown", "unknown") % (written(low), written(high - low)))
        rank, score = rank_text(line), score_text(line)
        row = _row(line.tool, catalogue.tools[line.tool].facts.name, place.page(f"tools/{line.tool}/"), rank in FIRST, anchored)
        rows.append(Markup(row % (rank, score, score, "".join(segments))))  # noqa: S704 - numbers in a stencil
    return rows


def _whole(part: Fraction, scale: int) -> int:
    return part.numerator * (scale // part.denominator)


@lru_cache(maxsize=KEPT)
def _row(tool: str, name: str, link: str, first: bool, anchored: bool) -> str:  # noqa: FBT001 - a key of a cache
    gaps = {"rank": GAP, "score": GAP, "segments": GAP}
    return stencil("ranking_row.html.jinja", tool=tool, name=name, link=link, first=first, anchored=anchored, width=BAR_WIDTH, **gaps)


@lru_cache(maxsize=KEPT)
def _segment(shade: str, label: str) -> str:
    return stencil("ranking_segment.html.jinja", shade=shade, label=label, x=GAP, width=GAP)


def _contributions(catalogue: Catalogue, decision: DecisionFile, ranking: Ranking) -> list[Markup]:
    """Render a row for each criterion that has weight: what it adds to each tool's score."""
    rows = []
    for index, (name, criterion) in enumerate(catalogue.criteria.items(), 1):
        if ranking.weights[name]:
            own = tuple(line.tool if name in decision.own_scores.get(line.tool, {}) else "" for line in ranking.ranking)
            parts = (line.contributions[name] for line in ranking.ranking)
            written = ("?" if part is None else fixed(part, 2) for part in parts)
            row = _contribution_row(name, criterion.name, index, own)
            rows.append(Markup(row % (percent(ranking.weights[name]), *written)))  # noqa: S704 - numbers in a stencil
    return rows


@lru_cache(maxsize=KEPT)
def _contribution_row(criterion: str, name: str, series: int, own: tuple[str, ...]) -> str:
    return stencil("contribution_row.html.jinja", criterion=criterion, name=name, series=series, own=own, weight=GAP, part=GAP)


def _heads(catalogue: Catalogue, ranking: Ranking, place: Place) -> list[Head]:
    return [
        Head(catalogue.tools[line.tool].facts.short, score_text(line), place.correct(f"checklists/tools/{line.tool}/scores.yaml"))
        for line in ranking.ranking
    ]


def _sliders(catalogue: Catalogue, decision: DecisionFile, ranking: Ranking) -> list[Slider]:
    points = slider_points(catalogue, decision, ranking.weights)
    return [
        Slider(name, criterion.name, criterion.question, index, plain(points[name]), ranking.weights[name])
        for index, (name, criterion) in enumerate(catalogue.criteria.items(), 1)
    ]


def slider_points(catalogue: Catalogue, decision: DecisionFile, shares: Weights) -> dict[str, Fraction]:
    """Return where the sliders stand, 0 to 100: the reader's own numbers where a slider can show them, else points of 100.

    `shares` are the weights that are ranked by.
    """
    own = {name: decision.weights.get(name, Fraction(0)) for name in catalogue.criteria}
    if any(own.values()) and all(weight.denominator == 1 and weight <= SLIDER_TOP for weight in own.values()):
        return own
    return {name: Fraction(round(SLIDER_TOP * share)) for name, share in shares.items()} if not decision.weights or any(own.values()) else own


def announce(catalogue: Catalogue, state: PageState, _options: Options) -> str:
    """Say the new first place."""
    ranking, unusable = usable(catalogue, state.decision)
    return str(unusable) if unusable else verdict(catalogue, ranking)


def _take_profile(catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    if value not in catalogue.profiles:
        raise InputError(Problem("profile", f"unknown weight profile `{value}`", nearest(value, catalogue.profiles)))
    return with_decision(state, profile=value, weights={})


def _take_weight(catalogue: Catalogue, state: PageState, _options: Options, criterion: str, value: str) -> PageState:
    weights = slider_points(catalogue, state.decision, _shares(catalogue, settled(catalogue, state.decision)))
    if criterion not in weights:
        raise InputError(Problem("weight", f"unknown criterion `{criterion}`", nearest(criterion, weights)))
    try:
        weights[criterion] = read_weight(value)
    except ValueError as error:
        raise InputError(Problem(catalogue.criteria[criterion].name, str(error), "Write a number from 0 up")) from None
    return with_decision(state, **_as_profile(catalogue, weights))


def _shares(catalogue: Catalogue, decision: DecisionFile) -> Weights:
    """Return the weights that are ranked by: those of the first profile where the decision's own cannot be used."""
    try:
        return resolve_weights(catalogue, decision.weights or decision.profile or "")[1]
    except InputError:
        return resolve_weights(catalogue, next(iter(catalogue.profiles)))[1]


def _as_profile(catalogue: Catalogue, weights: dict[str, Fraction]) -> dict[str, object]:
    """Name the profile whose shares these weights are, so that the way back to a profile is a way back."""
    if any(weights.values()):
        shares = read_weights(weights, catalogue.criteria)
        for name, of_profile in _profile_shares(Same(catalogue)).items():
            if shares == of_profile:
                return {"profile": name, "weights": {}}
    return {"profile": None, "weights": weights}


@lru_cache(maxsize=1)
def _profile_shares(same: Same[Catalogue]) -> dict[str, Weights]:
    return {name: read_weights(profile.weights, same.value.criteria) for name, profile in same.value.profiles.items()}


def _remove_own_score(catalogue: Catalogue, state: PageState, _options: Options, rest: str, _value: str) -> PageState:
    tool, _, criterion = rest.partition(".")
    for what, name, known in (("tool", tool, catalogue.ranked_tools), ("criterion", criterion, catalogue.criteria)):
        if name not in known:
            raise InputError(Problem("own scores", f"unknown {what} `{name[:60]}`", nearest(name, known)))
    return with_decision(state, own_scores=without_own_score(state.decision, tool, criterion).own_scores)


def _remove_own_scores(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    return with_decision(state, own_scores={})


def _reset(catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    fresh = initial(catalogue).decision
    return with_decision(state, profile=fresh.profile, weights={}, scores=OWN, shortlist=())


def _csv(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    headers, rows = ranking_rows(catalogue, rank_decision(catalogue, settled(catalogue, state.decision)))
    return Download(filename="ranking.csv", media_type="text/csv", text=csv_text([headers, *rows]))


def _json(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    ranking = rank_decision(catalogue, settled(catalogue, state.decision))
    return Download(filename="ranking.json", media_type="application/json", text=ranking.model_dump_json(indent=2) + "\n")


VIEW = View(
    name="scores",
    draw=draw,
    announce=announce,
    takes={
        "profile": _take_profile,
        "weight.": _take_weight,
        "action.reset": _reset,
        "action.remove-own-score.": _remove_own_score,
        "action.remove-own-scores": _remove_own_scores,
    },
    exports={"csv": _csv, "json": _json},
    take_over=take_over,
    linked=True,
    later=Later(sketch, _proceed),
)
