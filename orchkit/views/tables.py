"""Tables that explain the data: criteria, weight profiles, checklists, sources."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
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


def checklist_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line a checklist."""
    newest = {name: (version := catalogue.latest_version(name), versions[version]) for name, versions in catalogue.checklists.items()}
    return render("checklist_table.html.jinja", newest=newest, place=place)


def source_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render the bibliography with what each publisher sells."""
    return render("sources.html.jinja", catalogue=catalogue, place=place)
