"""`orchkit release`: the dataset of a checkout, frozen under its version."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.errors import DataError
from orchkit.lint import run
from orchkit.model.catalogue import Catalogue
from orchkit.store.released import FILE as RELEASED
from orchkit.store.released import FOLDER as LISTS
from orchkit.store.released import drafts, read_released, with_release, write_released
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
    finds a problem. The same data frozen again is the same bytes. A release publishes the checklists in it, so versions of them that
    were drafts are released with it, as by `orchkit checklist release`.
    """
    folder = session.folder()
    made = frozen(folder, version, __version__)
    tree = read_tree(folder)
    if (problems := run(tree)) or tree.catalogue is None:
        raise DataError(problems)
    place = f"{folder.name}/{FOLDER}/{version}.json"
    if not made.new:
        click.echo(f"{place} is frozen already, with the same data.")
        return
    _release_checklists(folder, tree.catalogue)
    write_release(folder, version, made)
    click.echo(f"{place}: {made.record.bytes:,} bytes, SHA-256 {made.record.sha256}")
    click.echo(f"Commit it with {folder.name}/{FOLDER}/{INDEX} and {folder.name}/{LISTS}/{RELEASED},")
    click.echo(f"then raise `version` in {folder.name}/dataset.yaml for what comes next.")


def _release_checklists(folder: Path, catalogue: Catalogue) -> None:
    """Release what is a draft: whoever fetches the release can answer it."""
    released = read_released(folder)
    if new := drafts(catalogue, released):
        write_released(folder, with_release(catalogue, released, new))
        click.echo(f"{folder.name}/{LISTS}/{RELEASED}: released with it {', '.join(f'{name} {version}' for name, version in new)}")
