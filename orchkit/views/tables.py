"""Tables that explain the data: criteria, weight profiles, checklists, sources."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.views.environment import render
from orchkit.views.place import Place


def criteria_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render what each criterion asks and what a 1, a 3 and a 5 look like."""
    return render("criteria.html.jinja", catalogue=catalogue, place=place)


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
