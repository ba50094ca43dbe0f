"""A tool's alternatives are other tools of the dataset, and a ranked tool has some: nobody is to think that there is no choice."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest


def check(subject: Subject) -> Iterator[Problem]:
    """Look at `alternatives` of every tool."""
    tools = subject.catalogue.tools
    for tool, located in subject.located("tool"):
        if tools[tool].facts.ranked and not tools[tool].facts.alternatives:
            yield located.problem(
                ("ranked",), "a ranked tool names no alternatives", "Add `alternatives`: tools that a reader should look at beside it"
            )
        for index, other in enumerate(tools[tool].facts.alternatives):
            if other == tool:
                yield located.problem(("alternatives", index), f"`{other}` is the tool itself", "Remove the line, or name another tool")
            elif other not in tools:
                yield located.problem(("alternatives", index), f"unknown tool `{other}`", nearest(other, tools))
