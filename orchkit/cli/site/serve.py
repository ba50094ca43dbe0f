"""`orchkit site serve`: the handbook on this machine."""

from __future__ import annotations

from contextlib import suppress

import click

from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.cli.site.options import builder_option
from orchkit.cli.site.tool_chain import tool_chain


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="A free one is taken where this one is in use.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option("--no-build", "build", is_flag=True, flag_value=False, default=True, help="Serve what was built before.")
@builder_option
@pass_session
def command(session: Session, port: int, open_browser: bool, build: bool, builder: str) -> None:
    """Build the handbook and serve it at a loopback address, which is printed. Ctrl-C ends it."""
    root = session.root()
    with tool_chain():
        from orchkit.site.serve import serve  # noqa: PLC0415 - needs what only a checkout has
    with suppress(KeyboardInterrupt):
        serve(root, port=port, open_browser=open_browser, builder=builder if build else None)
