"""`orchkit site build`: the handbook as files."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.cli.site.options import builder_option
from orchkit.cli.site.tool_chain import tool_chain


@click.command("build")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where the site goes.  [default: site/ of the checkout]")
@click.option("--site-url", metavar="URL", help="The address at which it will be published.")
@builder_option
@pass_session
def command(session: Session, out: Path | None, site_url: str | None, builder: str) -> None:
    """Build the handbook with its live pages from the checkout around the current folder."""
    root = session.root()
    with tool_chain():
        from orchkit.site.build import build_site  # noqa: PLC0415 - needs what only a checkout has
    build_site(root, (out or root / "site").resolve(), site_url=site_url, builder=builder, progress=click.echo)
