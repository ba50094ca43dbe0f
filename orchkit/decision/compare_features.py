"""The rows of the feature tables in a comparison: a group for each, with what the tools' documentation says. Sources stand on the tools' pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from orchkit.decision.compare_rows import Asked
from orchkit.decision.comparison import Entry, Group, Unit
from orchkit.model.features import Feature, said
from orchkit.model.tools import Tool


def feature_groups(asked: Asked) -> Iterator[Group]:
    """Yield the groups of the vocabulary, each with the rows that somebody has looked up for one of the tools."""
    for group_id, group in asked.catalogue.features.items():
        named = {name: feature for name, feature in group.features.items() if any(name in tool.features for tool in asked.tools)}
        rows = tuple(
            asked.row(f"{group_id}.{name}", feature.name, Unit.WORDS, partial(_entry, feature, name), asks=feature.asks)
            for name, feature in named.items()
        )
        if rows:
            yield Group(id=f"features-{group_id}", name=group.title, rows=rows)


def _entry(feature: Feature, name: str, tool: Tool) -> Iterator[Entry]:
    found = tool.features.get(name)
    if found is None:
        yield Entry(value=None, why="Nobody has looked it up.")
        return
    yield Entry(value=said(feature, found), why=found.says or found.why)
