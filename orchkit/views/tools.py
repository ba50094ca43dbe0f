"""The parts of a tool's page, and the table of all tools."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.features import said
from orchkit.model.tools import IDENTITY, Tool
from orchkit.views.environment import render
from orchkit.views.freshness import freshness_of
from orchkit.views.place import Place

PARTS = ("header", "fit", "points", "scores", "deployments", "breaks", "security", "market", "lock_in", "features")


def tool_part(catalogue: Catalogue, place: Place, tool: str, part: str) -> Markup:
    """Render one part of a tool's page. Raises `InputError` for an unknown tool or part."""
    if tool not in catalogue.tools:
        raise InputError(Problem("macro `tool_part`", f"unknown tool `{tool}`", nearest(tool, catalogue.tools)))
    if part not in PARTS:
        raise InputError(Problem("macro `tool_part`", f"unknown part `{part}`", nearest(part, PARTS)))
    record = catalogue.tools[tool]
    about: dict[str, Any] = {}
    if part == "scores":
        about = _printed(catalogue, record)
    elif part == "header":
        about = {"fresh": freshness_of(catalogue, record)}
    return render(f"tool_{part}.html.jinja", catalogue=catalogue, place=place, tool=record, identity=IDENTITY, said=said, **about)


def _printed(catalogue: Catalogue, tool: Tool) -> dict[str, Any]:
    """Return what a source printed of the tool's scores, and where ours differ."""
    source, printed = next(((one.source, one.matrix[tool.id]) for one in catalogue.published.values() if tool.id in one.matrix), (None, {}))
    both = [(name, score.value) for name, score in tool.scores.items() if score.value is not None and name in printed]
    differences = [(catalogue.criteria[name].name, ours, printed[name]) for name, ours in both if ours != printed[name]]
    return {
        "printed": printed,
        "printed_by": catalogue.sources[source].publisher if source else "",
        "differences": differences,
    }


def tool_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line a tool: what it is, and where to read on."""
    return render("tool_table.html.jinja", catalogue=catalogue, place=place)
