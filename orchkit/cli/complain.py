"""How problems are printed: one line each, on stderr."""

from __future__ import annotations

from collections.abc import Iterable

import click

from orchkit.errors import Problem

BAD_INPUT = 2


def complain(problems: Iterable[Problem]) -> None:
    """Print problems."""
    for problem in problems:
        click.echo(str(problem), err=True)
