"""The feature tables: of one tool, of all tools side by side, and row by row with who has what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.features import Feature, FeatureGroup, printed, said
from orchkit.model.tools import Tool
from orchkit.views.environment import render
from orchkit.views.markdown import markdown_text
from orchkit.views.place import Place


def feature_groups(catalogue: Catalogue) -> list[dict[str, str]]:
    """Return the groups in the order in which they are printed, each with its id and its title as Markdown."""
    return [{"id": name, "title": markdown_text(group.title)} for name, group in catalogue.features.items()]


def feature_table(catalogue: Catalogue, place: Place, group: str) -> Markup:
    """Render one group of features for every tool of which at least one row was looked up. Raises `InputError` for an unknown group."""
    record, tools = _looked_up(catalogue, "feature_table", group)
    return render("feature_table.html.jinja", catalogue=catalogue, place=place, id=group, group=record, tools=tools, said=said)


class Value(NamedTuple):
    """What some tools have in common in a row."""

    said: str
    meaning: str | None
    """Of a closed value; words speak for themselves."""
    tools: tuple[Tool, ...]


class Row(NamedTuple):
    """One row, the other way round: its values with the tools that have them."""

    id: str
    feature: Feature
    values: tuple[Value, ...]
    unknown: tuple[Tool, ...]


def feature_rows(catalogue: Catalogue, place: Place, group: str) -> Markup:
    """Render the rows of a group under headings of their own, each with who has what. Raises `InputError` for an unknown group."""
    record, tools = _looked_up(catalogue, "feature_rows", group)
    rows = [_row(name, feature, tools) for name, feature in record.features.items()]
    return render("feature_rows.html.jinja", catalogue=catalogue, place=place, group=group, rows=rows)


def _row(name: str, feature: Feature, tools: list[Tool]) -> Row:
    having: dict[str, list[Tool]] = {value: [] for value in reversed(feature.values)}
    unknown = []
    for tool in tools:
        found = tool.features.get(name)
        if found is None or found.value is None:
            unknown.append(tool)
        else:
            having.setdefault(found.value, []).append(tool)
    return Row(name, feature, tuple(_values(feature, having)), tuple(unknown))


def _values(feature: Feature, having: dict[str, list[Tool]]) -> Iterator[Value]:
    for value, tools in having.items():
        yield Value(printed(feature, value), feature.values.get(value), tuple(tools))


def _looked_up(catalogue: Catalogue, macro: str, group: str) -> tuple[FeatureGroup, list[Tool]]:
    if group not in catalogue.features:
        raise InputError(Problem(f"macro `{macro}`", f"unknown group of features `{group}`", nearest(group, catalogue.features)))
    record = catalogue.features[group]
    return record, [tool for tool in catalogue.tools.values() if record.features.keys() & tool.features.keys()]
