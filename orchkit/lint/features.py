"""Feature tables: a row stands in one group, a tool's value is one of the row's, and a tool that has a table knows nearly all of it."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest
from orchkit.model.features import Feature

MOST_UNKNOWN_PERCENT = 10
"""Of the rows that a tool of the first tier may leave unknown."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the vocabulary, then at each tool's values."""
    rows: dict[str, Feature] = {}
    for group, located in subject.located("feature-group"):
        for name, feature in subject.catalogue.features[group].features.items():
            if name in rows:
                yield located.problem(("features", name), f"the row `{name}` stands in another group too", "Keep it in one, or give one another id")
            rows[name] = feature
    for tool, located in subject.located("features"):
        values = subject.catalogue.tools[tool].features
        for name, found in values.items():
            if name not in rows:
                yield located.problem(("features", name), f"unknown row `{name}`", nearest(name, rows))
            elif found.value is not None and rows[name].values and found.value not in rows[name].values:
                path = ("features", name, "value")
                yield located.problem(path, f"`{found.value}` is no value of the row `{name}`", nearest(found.value, rows[name].values))
        if missing := [name for name in rows if name not in values]:
            yield located.problem(("features",), f"lacks the rows {', '.join(missing)}", "Look them up, or give `value: null` and `why`")
        unknown = [name for name, found in values.items() if found.value is None]
        if 100 * len(unknown) > MOST_UNKNOWN_PERCENT * len(rows):
            fact = f"{len(unknown)} of {len(rows)} rows are unknown, more than one in ten: {', '.join(unknown)}"
            yield located.problem(("features",), fact, "Look up some of them, or leave the file out until somebody has")
