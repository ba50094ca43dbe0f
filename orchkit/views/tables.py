"""Tables that explain the data: criteria, weight profiles, checklists, sources."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Effort, Severity
from orchkit.model.criteria import HIGHEST, LOWEST, Measurement
from orchkit.views.environment import render
from orchkit.views.numbers import plain
from orchkit.views.place import Place


def criteria_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render what each criterion asks and what a 1, a 3 and a 5 look like."""
    return render("criteria.html.jinja", catalogue=catalogue, place=place, implied=implied_text)


def implied_text(measurement: Measurement) -> str:
    """Say what the values of a measurement imply, the highest score first; nothing where no bounds are drawn.

    >>> from orchkit.model.criteria import Bounds, Measurement
    >>> implied_text(Measurement(name="wait", unit="h", direction="lower_is_better", bounds=Bounds(three=40, five=8)))
    'at most 8 a 5, at most 40 a 3 or 4, more a 1 or 2'
    """
    if measurement.bounds is None:
        return ""
    better, beyond = ("at least", "less") if measurement.direction == "higher_is_better" else ("at most", "more")
    parts, next_score = [], HIGHEST + 1
    for score, line in reversed(measurement.bounds.by_score.items()):
        parts.append(f"{better} {plain(line)} a {score_span((score, next_score - 1))}")
        next_score = score
    return ", ".join([*parts, f"{beyond} a {score_span((LOWEST, next_score - 1))}"])


def score_span(ends: tuple[int, int]) -> str:
    """Write the scores that are possible.

    >>> score_span((3, 3)), score_span((3, 4)), score_span((2, 4))
    ('3', '3 or 4', '2 to 4')
    """
    low, high = ends
    return str(low) if low == high else f"{low} or {high}" if high == low + 1 else f"{low} to {high}"


def profile_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render the weights of every profile side by side."""
    return render("profile_table.html.jinja", catalogue=catalogue, place=place)


HOURS = {Effort.HOUR: 1, Effort.DAY: 8, Effort.WEEK: 40}
"""The upper end of each effort in working hours. A month has none: it is anything longer than a week."""

_SENTENCE = re.compile(r"(?<=[\w)])\.\s")


def check_time(checklist: Checklist) -> str:
    """Say in how many working days one person is through with all checks of a checklist.

    The sum of the upper ends, in whole days of eight hours. "over" where a check takes longer than a week, because that effort has
    no upper end; "not stated" where an item does not say how long its check takes.
    """
    efforts = [item.check_effort for item in checklist.items]
    if None in efforts:
        return "not stated"
    days = -(-sum(HOURS.get(effort, HOURS[Effort.WEEK]) for effort in efforts if effort) // HOURS[Effort.DAY])
    bound = "over" if Effort.MONTH in efforts else "up to"
    return f"{bound} {days} day{'' if days == 1 else 's'}"


@dataclass(frozen=True)
class ChecklistLine:
    """What the table of checklists says about one."""

    id: str
    version: str
    title: str
    decides: str
    """The first sentence of its purpose."""
    length: int
    blockers: int
    checks: str

    @classmethod
    def of(cls, name: str, version: str, checklist: Checklist) -> ChecklistLine:
        """Count and shorten."""
        items = list(checklist.items)
        return cls(
            id=name,
            version=version,
            title=checklist.title,
            decides=_SENTENCE.split(checklist.purpose, maxsplit=1)[0].rstrip(".") + ".",
            length=len(items),
            blockers=sum(item.severity is Severity.BLOCKER for item in items),
            checks=check_time(checklist),
        )


def checklist_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line a checklist, by title: what it decides, how long it is and how long its checks take."""
    newest = ((name, catalogue.latest_version(name)) for name in catalogue.checklists)
    lines = [ChecklistLine.of(name, version, catalogue.checklists[name][version]) for name, version in newest]
    return render("checklist_table.html.jinja", lines=sorted(lines, key=lambda line: line.title), place=place)


def source_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render the bibliography with what each publisher sells."""
    return render("sources.html.jinja", catalogue=catalogue, place=place)
