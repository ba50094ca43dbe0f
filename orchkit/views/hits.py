"""The advice beside what teams decided: how often it is what they chose, beside a constant guess, and why it misses where it does."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from markupsafe import Markup

from orchkit.advice.hits import Compared, Comparison, HitRates
from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.model.hits import MissKind
from orchkit.views.cases import named_choices
from orchkit.views.environment import render
from orchkit.views.numbers import fixed, listed, percent
from orchkit.views.place import Place

WIDTH = 500

KINDS = {
    MissKind.NOT_HELD: "Chose what the dataset does not hold",
    MissKind.BEFORE: "What is advised could not be had yet",
    MissKind.UNSAID: "The text says too little",
    MissKind.UNASKED: "Decided by something that is not asked",
    MissKind.NEAR: "The advice says itself: no clear winner",
    MissKind.WEIGHED: "Known, and weighed differently",
    MissKind.RULE: "A rule does not fit, or is missing",
}
"""What each kind of miss is called, in the order of the table."""

_SAID = {
    OutcomeKind.STAY.value: "stay",
    OutcomeKind.CRON.value: "cron",
    OutcomeKind.PROCESS.value: "process first",
    OutcomeKind.NONE.value: "none of these",
}


class Rate(NamedTuple):
    """One line of the table of rates."""

    name: str
    what: str
    first: int
    top_three: int
    cases: int
    held: int

    def share(self, hits: int) -> str:
        """Write hits as a share of all cases."""
        return percent(Fraction(hits, self.cases)) if self.cases else "–"

    def share_of_held(self, hits: int) -> str:
        """Write hits as a share of the cases whose choice the dataset holds."""
        return percent(Fraction(hits, self.held)) if self.held else "–"

    def wide(self, hits: int) -> str:
        """Return the width of a bar."""
        return fixed(Fraction(WIDTH * hits, self.cases), 2) if self.cases else "0"


class Line(NamedTuple):
    """One miss as a reader sees it."""

    id: str
    organisation: str
    chose: str
    advised: str
    place: str
    why: str


def rates(catalogue: Catalogue, comparison: Comparison) -> list[Rate]:
    """Return the lines of the table: the first run where one is recorded, today, and the guess."""
    found = []
    first, today = comparison.first_run, comparison.today
    run = catalogue.hits.first_run
    if first is not None and run is not None:
        found.append(_rate("First run", f"on {run.ran_on}, dataset {run.dataset_version}", first))
    found.append(_rate("Today", f"dataset {comparison.dataset_version}", today))
    found.append(
        Rate(
            "Constant guess",
            f"always {listed([said(catalogue, name) for name in today.guess])}" if today.guess else "nothing to guess",
            today.guess_first,
            today.guess_top_three,
            today.cases,
            today.held,
        )
    )
    return found


def _rate(name: str, what: str, found: HitRates) -> Rate:
    return Rate(name, what, found.first, found.top_three, found.cases, found.held)


def verdict(catalogue: Catalogue, comparison: Comparison) -> str:
    """Say plainly how the advice fares."""
    today = comparison.today
    if not today.cases:
        return "There is no case to compare with."
    names = [said(catalogue, name) for name in today.guess] or ["nothing"]
    guess, three, clear = names[0], listed(names), comparison.clear
    sentences = [
        f"The advice puts first what the team chose in {today.first} of {today.cases} cases, and has it among three in {today.top_three}.",
        f"Whoever says {guess} to everybody is right in {today.guess_first}; whoever says {three}, in {today.guess_top_three}.",
        _beaten(today),
        f"In {today.cases - clear} cases the advice says itself that there is no clear winner.",
        f"Of the {clear} with a clear answer, {comparison.clear_first} are what the team chose.",
    ]
    return " ".join(sentences)


def _beaten(today: HitRates) -> str:
    first, three = today.guess_first > today.first, today.guess_top_three > today.top_three
    if first and three:
        return "So a constant guess beats the advisor on these cases, in first place and among three."
    if first or three:
        return f"So a constant guess beats the advisor on these cases {'in first place' if first else 'among three'}."
    return "No constant guess does better on these cases."


def lines(catalogue: Catalogue, comparison: Comparison) -> dict[str, list[Line]]:
    """Return the misses by what they are called, in the order of `KINDS`; those that nobody explained come last."""
    found: dict[str, list[Line]] = {}
    for kind, title in [*KINDS.items(), (None, "Not explained yet")]:
        if entries := [_line(catalogue, one) for one in comparison.misses if one.kind is kind]:
            found[title] = entries
    return found


def _line(catalogue: Catalogue, one: Compared) -> Line:
    case = catalogue.cases[one.hit.case]
    return Line(
        one.hit.case,
        case.organisation,
        named_choices(case, catalogue),
        said(catalogue, one.hit.advised[0]),
        "–" if one.hit.place is None else str(one.hit.place),
        one.why or _because(catalogue, one),
    )


def _because(catalogue: Catalogue, one: Compared) -> str:
    case = catalogue.cases[one.hit.case]
    if one.kind is MissKind.NOT_HELD:
        return f"{listed([choice.other or '' for choice in case.chose])} stands in no record here, so it cannot be advised."
    if one.kind is MissKind.NEAR and one.behind is not None:
        margin = fixed(catalogue.advice.combination.margin, 0)
        return f"What they chose is {fixed(one.behind, 1)} points behind, and a lead of less than {margin} is none."
    return ""


def said(catalogue: Catalogue, name: str) -> str:
    """Name what was advised or chosen: a tool, an outcome, or staying with a tool."""
    outcome, _, end = name.rpartition(":")
    text = catalogue.tools[end].facts.name if end in catalogue.tools else _SAID.get(end, end)
    return f"{_SAID.get(outcome, outcome)} with {text}" if outcome else text


def hit_table(catalogue: Catalogue, comparison: Comparison) -> Markup:
    """Render the rates of the first run, of today and of a constant guess as a table with bars."""
    return render("hit_table.html.jinja", rates=rates(catalogue, comparison), width=WIDTH)


def miss_table(catalogue: Catalogue, place: Place, comparison: Comparison) -> Markup:
    """Render every miss with its kind and a sentence."""
    return render("miss_table.html.jinja", kinds=lines(catalogue, comparison), place=place)
