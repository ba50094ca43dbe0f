"""The feature tables: of one tool, and of all tools side by side."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.features import said
from orchkit.views.environment import render
from orchkit.views.markdown import markdown_text
from orchkit.views.place import Place


def feature_groups(catalogue: Catalogue) -> list[dict[str, str]]:
    """Return the groups in the order in which they are printed, each with its id and its title as Markdown."""
    return [{"id": name, "title": markdown_text(group.title)} for name, group in catalogue.features.items()]


def feature_table(catalogue: Catalogue, place: Place, group: str) -> Markup:
    """Render one group of features for every tool of which at least one row was looked up. Raises `InputError` for an unknown group."""
    if group not in catalogue.features:
        raise InputError(Problem("macro `feature_table`", f"unknown group of features `{group}`", nearest(group, catalogue.features)))
    record = catalogue.features[group]
    tools = [tool for tool in catalogue.tools.values() if record.features.keys() & tool.features.keys()]
    return render("feature_table.html.jinja", catalogue=catalogue, place=place, id=group, group=record, tools=tools, said=said)
