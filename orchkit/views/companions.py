"""What stands beside an orchestrator: trackers, registries, feature stores and their like."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.companions import Category
from orchkit.views.environment import render
from orchkit.views.markdown import markdown_text
from orchkit.views.place import Place


def companion_groups(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return what companions are for, in the order in which a model meets them, each with its companions' ids and names, as Markdown."""
    members = {
        category: [{"id": name, "name": markdown_text(one.name)} for name, one in catalogue.companions.items() if one.category is category]
        for category in Category
    }
    return [
        {"id": category.value, "title": category.replace("-", " ").capitalize(), "members": found} for category, found in members.items() if found
    ]


def companion(catalogue: Catalogue, place: Place, name: str) -> Markup:
    """Render one companion: what it does beside an orchestrator, and how it meets the tools. Raises `InputError` for an unknown one."""
    if name not in catalogue.companions:
        raise InputError(Problem("macro `companion`", f"unknown companion `{name}`", nearest(name, catalogue.companions)))
    return render("companion.html.jinja", catalogue=catalogue, place=place, id=name, one=catalogue.companions[name])
