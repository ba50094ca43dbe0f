"""`orchkit new framework`: a source's way of choosing, to be kept row by row."""

from __future__ import annotations

import click

from orchkit.cli.new.written import tell
from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.site.scaffold_records import new_framework


@click.command("framework")
@click.argument("id", metavar="ID")
@click.option("--source", required=True, metavar="ID", help="The source that prints it, an id of checklists/sources/.")
@click.option("--name", help="What it is called.  [default: made of ID]")
@pass_session
def command(session: Session, id: str, source: str, name: str | None) -> None:  # noqa: A002 - the word of the handbook
    """Write the record of a framework for the advisor: no row yet, so it says nothing.

    ID is kebab-case and for ever. Nothing that exists is overwritten.
    """
    folder = session.folder()
    written = new_framework(folder, id, source=source, name=name)
    tell(
        folder,
        written,
        [
            "Write a row for each row of the source, those that point outside the dataset included. The file shows how.",
            "Say where it stands, what you think of it, and what its voice is worth: `orchkit advise --questions` lists what a row may ask.",
            "Add each row with its printed answer to tests/pure/advice/test_frameworks.py.",
            "Run `orchkit lint`, which finds names that do not exist and rows that can never speak.",
            "Run `orchkit advise --liveness` and `orchkit advise --cases`, and say in the pull request what moved.",
        ],
    )
