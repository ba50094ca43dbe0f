"""What a scaffold says when it is done: the files that it wrote, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click


def tell(folder: Path, written: Sequence[Path], steps: Sequence[str]) -> None:
    """Name the files below the checkout's root, then the steps in order."""
    click.echo("Written:")
    for path in written:
        click.echo(f"  {path.relative_to(folder.parent).as_posix()}")
    click.echo("\nNext:")
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")
