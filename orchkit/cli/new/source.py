"""`orchkit new source`: an entry of the bibliography."""

from __future__ import annotations

import click

from orchkit.cli.new.written import tell
from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.site.scaffold_records import new_source


@click.command("source")
@click.argument("id", metavar="ID")
@click.option("--name", help="Its title, as printed.  [default: made of ID]")
@click.option("--url", metavar="URL", help="The address of the page, with https.")
@pass_session
def command(session: Session, id: str, name: str | None, url: str | None) -> None:  # noqa: A002 - the word of the handbook
    """Write the record of a text that the dataset is to cite more than once.

    ID is kebab-case and for ever. Nothing that exists is overwritten.
    """
    folder = session.folder()
    written = new_source(folder, id, name=name, url=url)
    tell(
        folder,
        written,
        [
            "Say who put it out and what they sell that the text bears on.",
            "Write the day on which you read it, and in `note` what is missing from your copy.",
            "Cite it elsewhere as `source: ID`, with the passage in `shows`.",
            "Run `orchkit lint`. It names file, line and repair.",
        ],
    )
