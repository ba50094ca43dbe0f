"""A tool's homepage is its own address, with https."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from orchkit.errors import Problem
from orchkit.lint.subject import Subject

PLACEHOLDER = "https://example.org/"
"""What a scaffold holds until somebody writes the address."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at `homepage` of every tool."""
    for tool, located in subject.located("tool"):
        homepage = subject.catalogue.tools[tool].facts.homepage
        if not homepage.startswith("https://"):
            yield located.problem(("homepage",), f"`{homepage}` is not an https address", "Write the address with https")
        elif urlsplit(homepage).hostname == urlsplit(PLACEHOLDER).hostname:
            yield located.problem(("homepage",), f"`{homepage}` is a placeholder", "Write the address of the tool's own site")
