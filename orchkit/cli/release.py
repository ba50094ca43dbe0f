"""`orchkit release`: the dataset of a checkout, frozen under its version."""

from __future__ import annotations

import click

from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.errors import DataError
from orchkit.lint import run
from orchkit.store.releases import FOLDER, INDEX, frozen, write_release
from orchkit.store.tree import read_tree
from orchkit.version import __version__


@click.command("release")
@click.argument("version", metavar="VERSION")
@pass_session
def command(session: Session, version: str) -> None:
    """Freeze the dataset of the checkout around the current folder as VERSION, for ever.

    Writes the compiled dataset to checklists/releases/VERSION.json and its SHA-256 to index.json beside it. VERSION is the
    dataset's own, in checklists/dataset.yaml, and newer than every release before. Nothing is written where `orchkit lint`
    finds a problem. The same data frozen again is the same bytes.
    """
    folder = session.folder()
    made = frozen(folder, version, __version__)
    if problems := run(read_tree(folder)):
        raise DataError(problems)
    place = f"{folder.name}/{FOLDER}/{version}.json"
    if not made.new:
        click.echo(f"{place} is frozen already, with the same data.")
        return
    write_release(folder, version, made)
    click.echo(f"{place}: {made.record.bytes:,} bytes, SHA-256 {made.record.sha256}")
    click.echo(f"Commit it with {folder.name}/{FOLDER}/{INDEX}, then raise `version` in {folder.name}/dataset.yaml for what comes next.")
