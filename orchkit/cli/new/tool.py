"""`orchkit new tool`: the folder and the page that a contributor fills in."""

from __future__ import annotations

import click

from orchkit.cli.new.written import tell
from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.site.scaffold import new_tool


@click.command("tool")
@click.argument("id", metavar="ID")
@click.option("--name", help="Its name as people write it.  [default: made of ID]")
@click.option("--homepage", metavar="URL", help="The address of its own site, with https.")
@pass_session
def command(session: Session, id: str, name: str | None, homepage: str | None) -> None:  # noqa: A002 - the word of the handbook
    """Write the records and the page of a new tool into the checkout: everything unknown, the tool not ranked.

    ID is kebab-case and for ever, like `kubeflow-pipelines`. Nothing that exists is overwritten.
    """
    folder = session.folder()
    written = new_tool(folder, id, name=name, homepage=homepage)
    tell(
        folder,
        written,
        [
            "Fill in tool.yaml. A fact needs a source that you have read; what you cannot verify stays null.",
            "Fill in scores.yaml and deployments.yaml the same way.",
            f"Write {written[-1].relative_to(folder.parent).as_posix()}: prose there, facts in the records.",
            "When every criterion has a score or a reason why not, set `ranked: true` and remove `why_not_ranked`.",
            "Run `orchkit lint` after each step. It names file, line and repair.",
        ],
    )
