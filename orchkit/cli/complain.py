"""How problems are printed: one line each, on stderr."""

from __future__ import annotations

from collections.abc import Iterable

import click

from orchkit.errors import Problem

BAD_INPUT = 2


def complain(problems: Iterable[Problem]) -> None:
    """Print problems."""
    for problem in problems:
        click.echo(one_line(str(problem)), err=True)


def one_line(text: str) -> str:
    """Write what cannot be printed as escapes: a message may quote anything that stood in a file."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode("ascii") for sign in text)
