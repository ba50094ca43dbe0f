from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from orchkit.cli import main
from tests.pure.lint.checkout import Checkout

Run = Callable[..., Result]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """The small checkout of the lint tests, as the current folder."""
    made = Checkout(tmp_path)
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def orchkit() -> Run:
    """Run the command in this process; what it does not handle itself fails the test."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="orchkit", catch_exceptions=False)

    return run


@pytest.fixture
def small(orchkit: Run, checkout: Checkout) -> Run:
    """Run the command on the small dataset."""

    def run(*arguments: str | Path) -> Result:
        return orchkit("--data", checkout.data, *arguments)

    return run
