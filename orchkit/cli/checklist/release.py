"""`orchkit checklist release`: a version of a checklist that never changes again."""

from __future__ import annotations

import click

from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.errors import DataError, InputError, Problem
from orchkit.lint import run
from orchkit.model.base import nearest
from orchkit.model.releases import checklist_digest
from orchkit.store.released import FILE, FOLDER, read_released, with_release, write_released
from orchkit.store.tree import read_tree


@click.command("release")
@click.argument("checklist", metavar="ID")
@click.argument("version", metavar="VERSION")
@pass_session
def command(session: Session, checklist: str, version: str) -> None:
    """Release VERSION of the checklist ID of the checkout around the current folder, for ever.

    Writes its SHA-256 to checklists/lists/released.json; from then on `orchkit lint` refuses a change of the file, and the next
    correction is a new version. Nothing is written where lint finds a problem, or where the version before is not released.
    """
    folder = session.folder()
    tree = read_tree(folder)
    if (problems := run(tree)) or tree.catalogue is None:
        raise DataError(problems)
    lists = tree.catalogue.checklists
    if checklist not in lists:
        raise InputError(Problem("ID", f"unknown checklist `{checklist}`", nearest(checklist, lists)))
    if version not in lists[checklist]:
        raise InputError(Problem("VERSION", f"unknown version `{version}` of checklist `{checklist}`", nearest(version, lists[checklist])))
    released = read_released(folder)
    place = f"{folder.name}/{FOLDER}/{checklist}/{version}.yaml"
    if released.has(checklist, version):
        click.echo(f"{place} is released already, and unchanged.")
        return
    before = lists[checklist][version].upgrades_from
    if before is not None and not released.has(checklist, before):
        raise InputError(Problem("VERSION", f"`{version}` upgrades from {before}, which is not released", f"Release {before} first"))
    write_released(folder, with_release(tree.catalogue, released, [(checklist, version)]))
    click.echo(f"{place}: released, SHA-256 {checklist_digest(lists[checklist][version])}")
    click.echo(f"Commit it with {folder.name}/{FOLDER}/{FILE}. A correction is a new version from now on.")
