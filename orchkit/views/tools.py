"""The parts of a tool's page, and the table of all tools."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.tools import IDENTITY
from orchkit.views.environment import render
from orchkit.views.features import said
from orchkit.views.place import Place

PARTS = ("header", "fit", "points", "scores", "deployments", "features")


def tool_part(catalogue: Catalogue, place: Place, tool: str, part: str) -> Markup:
    """Render one part of a tool's page. Raises `InputError` for an unknown tool or part."""
    if tool not in catalogue.tools:
        raise InputError(Problem("macro `tool_part`", f"unknown tool `{tool}`", nearest(tool, catalogue.tools)))
    if part not in PARTS:
        raise InputError(Problem("macro `tool_part`", f"unknown part `{part}`", nearest(part, PARTS)))
    return render(f"tool_{part}.html.jinja", catalogue=catalogue, place=place, tool=catalogue.tools[tool], identity=IDENTITY, said=said)


def tool_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line a tool: what it is, and where to read on."""
    return render("tool_table.html.jinja", catalogue=catalogue, place=place)
