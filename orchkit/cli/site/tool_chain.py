"""What is said where the programs that build the site are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from orchkit.errors import InputError, Problem


@contextmanager
def tool_chain() -> Iterator[None]:
    """Turn a missing package of the site's tool chain into a problem."""
    try:
        yield
    except ModuleNotFoundError as error:
        fact = f"the package `{error.name}` is not installed; the wheel does not bring what builds the site"
        raise InputError(Problem("orchkit site", fact, "Run `make setup` in a checkout and use .venv/bin/orchkit")) from None
