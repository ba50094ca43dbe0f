"""`orchkit new checklist`: the first version of a checklist, and the page on which it is filled in."""

from __future__ import annotations

import click

from orchkit.cli.new.written import tell
from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.site.scaffold_records import new_checklist


@click.command("checklist")
@click.argument("id", metavar="ID")
@click.option("--name", help="Its title.  [default: made of ID]")
@pass_session
def command(session: Session, id: str, name: str | None) -> None:  # noqa: A002 - the word of the handbook
    """Write version 1.0 of a new checklist with one item, and its page, into the checkout.

    ID is kebab-case and for ever. Nothing that exists is overwritten.
    """
    folder = session.folder()
    written = new_checklist(folder, id, name=name)
    tell(
        folder,
        written,
        [
            "Say in 1.0.yaml which decision the checklist serves and what is assessed with it.",
            "Write the items. Each id is for ever; acceptance is a number, a command or an artefact.",
            f"Write {written[-1].relative_to(folder.parent).as_posix()}: who fills it in, when, and how to read the result.",
            "List the page in the `nav` of mkdocs.yml, beside the other checklists.",
            "Run `orchkit lint` after each step. It names file, line and repair.",
            f"Release it before its page goes online: orchkit checklist release {id} 1.0",
        ],
    )
