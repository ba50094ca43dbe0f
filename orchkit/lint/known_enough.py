"""A ranked tool is known well enough to be ranked: GOVERNANCE has the rule."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject

MOST_UNKNOWN = 3
"""Criteria without a value. With more, a tool's interval covers half the ranking and says nothing."""


def check(subject: Subject) -> Iterator[Problem]:
    """Count what is unknown of each ranked tool."""
    for name, located in subject.located("scores"):
        tool = subject.catalogue.tools[name]
        unknown = sum(score.value is None for score in tool.scores.values())
        if tool.facts.ranked and unknown > MOST_UNKNOWN:
            fact = f"{unknown} criteria have no value, and the tool is ranked"
            yield located.problem(("scores",), fact, f"Leave at most {MOST_UNKNOWN} unknown, or set `ranked: false` and say why")
