"""The heat map: every ranked tool's score on every criterion, each cell a link to its evidence."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.views.environment import render
from orchkit.views.place import Place


def heat_map(catalogue: Catalogue, place: Place) -> Markup:
    """Render the matrix of the catalogue's scores. The number stands in every cell; colour only repeats it."""
    return render("heat_map.html.jinja", catalogue=catalogue, place=place)
