"""How much is known of each tool, from how many places, and how long ago somebody read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from markupsafe import Markup

from orchkit.model.base import Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.tools import Tool
from orchkit.views.environment import render
from orchkit.views.place import Place

WIDTH = 200
"""Units across a bar."""


class Freshness(NamedTuple):
    """What a tool's record rests on."""

    statements: int
    """Scores, facts, traits, features and points: whatever can have a source."""
    unknown: int
    """Those whose value is null."""
    citations: int
    places: int
    """Different pages and packages among the citations."""
    oldest: date | None
    """The day on which the citation that was read longest ago was read; null without citations."""
    newest: date | None
    stale: int
    """Citations that were read longer ago than `stale_after_days` before the dataset's release."""

    @property
    def known_wide(self) -> int:
        """Units of a bar for what is known."""
        return WIDTH * (self.statements - self.unknown) // max(self.statements, 1)


def freshness_of(catalogue: Catalogue, tool: Tool) -> Freshness:
    """Count what is said of a tool and where it can be read.

    >>> import orchkit
    >>> catalogue = orchkit.load()
    >>> found = freshness_of(catalogue, catalogue.tools["metaflow"])
    >>> found.unknown < found.statements < found.citations, found.stale
    (True, 0)
    """
    said = list(_statements(tool))
    cited = [citation for one in said for citation in one.sources]
    days = [citation.read_on for citation in cited]
    limit = catalogue.dataset.released_on - timedelta(days=catalogue.dataset.stale_after_days)
    return Freshness(
        statements=len(said),
        unknown=sum(getattr(one, "value", "") is None for one in said),
        citations=len(cited),
        places=len({one.place for one in cited}),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        stale=sum(day < limit for day in days),
    )


def freshness_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render a line a tool, those with most unknown first."""
    lines = [(tool, freshness_of(catalogue, tool)) for tool in catalogue.tools.values()]
    lines.sort(key=lambda line: -line[1].unknown / max(line[1].statements, 1))
    total = [sum(getattr(line, name) for _, line in lines) for name in ("statements", "unknown", "citations", "stale")]
    return render("freshness_table.html.jinja", catalogue=catalogue, place=place, lines=lines, total=total, width=WIDTH)


def _statements(value: Any) -> Iterator[Any]:
    """Yield every record inside a value that can have sources of its own."""
    if isinstance(value, Record):
        if "sources" in type(value).model_fields:
            yield value
        for name in type(value).model_fields:
            yield from _statements(getattr(value, name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _statements(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _statements(inner)
