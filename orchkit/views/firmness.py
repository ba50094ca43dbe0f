"""How firm first place is, in sentences and rows of text: one wording for the page, the terminal and Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import Acceptability, ScoreFlip, Sensitivity, Standing, ToolAcceptability, WeightFlip, WeightInterval
from orchkit.scoring.sensitivity import SLIGHT
from orchkit.views.numbers import fixed, listed, percent, plain

Rows = tuple[list[str], list[list[str]]]
"""Headers, and a row of texts for each line of a table."""

MANY = 3
"""Dominated tools that get a sentence each; of more only the names are given."""

MOST_RANKS = 12
"""Columns of ranks in a table. Nobody asks how often a tool is seventeenth."""

SMALLEST = Fraction(1, 1000)


def standing_text(catalogue: Catalogue, found: Sensitivity) -> str:
    """Say whether there is a clear winner, and why not where there is none."""
    names = listed(_names(catalogue, found.first))
    match found.standing:
        case Standing.ALONE:
            return f"{names} stands alone: there is nothing to compare it with."
        case Standing.OPEN:
            return f"No clear winner: unknown scores leave first place open between {names}."
        case Standing.SHARED:
            return f"No clear winner: {names} have exactly the same score."
        case Standing.CLOSE:
            enough = "one score changed by one point" if found.score_flips else f"less than {_points(SLIGHT)} of weight moved"
            return f"No clear winner: {names} is ahead, but {enough} can end that."
        case Standing.CLEAR:
            return f"{names} is a clear winner: neither one score changed by one point nor less than {_points(SLIGHT)} of weight moved ends its lead."


def firmness_sentences(catalogue: Catalogue, found: Sensitivity) -> list[str]:
    """Say what it takes to change first place: in the weights, in a score; and who can be left out whatever the weights."""
    if found.standing is Standing.ALONE:
        return []
    return [*_weight_sentences(catalogue, found), _score_sentence(found), *_dominance_sentences(catalogue, found)]


def _weight_sentences(catalogue: Catalogue, found: Sensitivity) -> Iterator[str]:
    if found.weight_flip:
        flip = found.weight_flip
        then = f"{listed(_names(catalogue, flip.challengers))} {'is' if len(flip.challengers) == 1 else 'are'} then level"
        yield f"The smallest change of weights: {_change(catalogue, flip)}. {then}, and ahead with the least more."
    elif len(found.first) == 1:
        name = catalogue.tools[found.first[0]].facts.name
        yield f"{name} is at least as good as every other tool on every criterion, so no weights put another ahead."


def _change(catalogue: Catalogue, flip: WeightFlip) -> str:
    taken = listed([f"{_points(share)} from {catalogue.criteria[name].name}" for name, share in flip.taken.items()])
    return f"{taken}, given to {catalogue.criteria[flip.given_to].name}"


def _score_sentence(found: Sensitivity) -> str:
    number = len(found.score_flips)
    if number == 0:
        return "No score changed by one point changes first place."
    return f"In {number} {'case' if number == 1 else 'cases'}, one score changed by one point changes first place."


def flip_text(catalogue: Catalogue, found: Sensitivity, flip: ScoreFlip) -> str:
    """Say which score, changed to what, makes whom first."""
    tool, criterion = catalogue.tools[flip.tool].facts.name, catalogue.criteria[flip.criterion].name
    return f"{tool}, {criterion}: {flip.changed_to} in place of {flip.value} {_consequence(catalogue, found.first, flip.first)}."


def _consequence(catalogue: Catalogue, before: Sequence[str], after: Sequence[str]) -> str:
    names = listed(_names(catalogue, after))
    if len(after) > 1:
        return f"leaves first place between {names}"
    return f"leaves first place to {names} alone" if after[0] in before else f"makes {names} first"


def _dominance_sentences(catalogue: Catalogue, found: Sensitivity) -> Iterator[str]:
    surely = found.dominance.surely
    perhaps = {
        tool: rest for tool, others in found.dominance.possibly.items() if (rest := [other for other in others if other not in surely.get(tool, ())])
    }
    if not surely:
        yield "No tool is at least as good as another on every criterion, so none can be left out before weighing."
    if len(surely) > MANY:
        yield f"For each of {listed(_names(catalogue, list(surely)))} another tool is at least as good on every criterion; no weights put it ahead."
    else:
        for tool, others in surely.items():
            are, them = ("is", "it") if len(others) == 1 else ("are", "them")
            names, name = listed(_names(catalogue, others)), catalogue.tools[tool].facts.name
            yield f"{names} {are} at least as good as {name} on every criterion, so no weights put it ahead of {them}."
    if len(perhaps) > MANY:
        if unsure := [tool for tool in perhaps if tool not in surely]:
            yield f"Depending on unknown scores, another tool may be at least as good on every criterion as {listed(_names(catalogue, unsure))}."
    else:
        for tool, rest in perhaps.items():
            name = catalogue.tools[tool].facts.name
            yield f"Depending on unknown scores, {listed(_names(catalogue, rest))} may be at least as good as {name} on every criterion."


def holds_text(interval: WeightInterval) -> str:
    """Write a weight interval."""
    if interval.low == interval.high:
        return f"at {percent(interval.low)} exactly"
    if not interval.below and not interval.above:
        return "at any weight"
    return f"{percent(interval.low).removesuffix(' %')}–{percent(interval.high)}"


def beyond_text(catalogue: Catalogue, interval: WeightInterval) -> str:
    """Say who may be first beyond the ends of a weight interval; empty where it has none."""
    sides = [("with less", interval.below), ("with more", interval.above)]
    return "; ".join(f"{where}: {listed(_short(catalogue, tools))}" for where, tools in sides if tools)


def interval_rows(catalogue: Catalogue, found: Sensitivity) -> Rows:
    """Return each criterion's weight interval as rows of text."""
    rows = [
        [catalogue.criteria[one.criterion].name, percent(one.weight), holds_text(one), beyond_text(catalogue, one) or "-"] for one in found.intervals
    ]
    return ["Criterion", "Weight", "First place holds", "Beyond"], rows


def first_text(line: ToolAcceptability) -> str:
    """Write the share of weights under which a tool is first, as an interval where unknown scores leave it open."""
    if line.possible[0] == line.ranks[0]:
        return share_text(line.ranks[0])
    return f"{share_text(line.ranks[0]).removesuffix(' %')}–{share_text(line.possible[0])}"


def share_text(share: Fraction) -> str:
    """Write a share of the drawn weights, never a rare one as none.

    >>> share_text(Fraction(1, 10000)), share_text(Fraction(0)), share_text(Fraction(1, 2))
    ('< 0.1 %', '0 %', '50.0 %')
    """
    if share in {0, 1}:
        return percent(share)
    return "< 0.1 %" if share < SMALLEST else f"{fixed(100 * share, 1)} %"


def acceptability_rows(catalogue: Catalogue, drawn: Acceptability) -> Rows:
    """Return each tool's rank acceptabilities as rows of text; ranks far down are put together."""
    unknown, ranks = any(line.open for line in drawn.tools), len(drawn.tools)
    apart = ranks if ranks <= MOST_RANKS else MOST_RANKS - 1
    headers = ["Tool", *(f"Rank {rank}" for rank in range(1, apart + 1)), *(["Later"] if apart < ranks else []), *(["Open"] if unknown else [])]
    rows = []
    for line in drawn.tools:
        shares = [*line.ranks[:apart], *([line.after(apart)] if apart < ranks else []), *([line.open] if unknown else [])]
        rows.append([catalogue.tools[line.tool].facts.name, *map(share_text, shares)])
    return headers, rows


def drawn_text(drawn: Acceptability, wanted: int) -> str:
    """Say how many weights were drawn and how far that can be trusted."""
    error = plain(Fraction(round(1000 * drawn.standard_error), 10))
    so_far = f"{drawn.samples:,} weightings" if drawn.samples >= wanted else f"{drawn.samples:,} of {wanted:,} weightings so far"
    return f"{so_far}, drawn evenly. The standard error of a share is {error} percentage points at most."


def _points(share: Fraction) -> str:
    number = percent(share).removesuffix(" %")
    return f"{number} point" if number == "1" else f"{number} points"


def _names(catalogue: Catalogue, tools: Sequence[str]) -> list[str]:
    return [catalogue.tools[tool].facts.name for tool in tools]


def _short(catalogue: Catalogue, tools: Sequence[str]) -> list[str]:
    return [catalogue.tools[tool].facts.short for tool in tools]
