"""`orchkit schema`: the JSON Schemas of everything that is written by hand or handed out."""

from __future__ import annotations

import click

from orchkit import schemas
from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest


@click.command("schema")
@click.argument("name", required=False)
@click.option("--write", "action", flag_value="write", help="Write all of them to checklists/schema/ of the checkout.")
@click.option("--check", "action", flag_value="check", help="Exit with 2 if those in the checkout are not what the models give.")
@pass_session
def command(session: Session, name: str | None, action: str | None) -> None:
    """Print the JSON Schema called NAME, or list the names."""
    if name is not None and action is not None:
        raise InputError(Problem(f"--{action}", f"is for all schemas, but `{name}` is named", f"Leave `{name}` out"))
    if action == "write":
        for path in schemas.write(session.folder()):
            click.echo(path)
    elif action == "check":
        if problems := schemas.problems(session.folder()):
            raise InputError(problems)
        click.echo(f"{len(schemas.MODELS)} schemas are fresh.")
    elif name is None:
        for known in schemas.MODELS:
            click.echo(known)
    elif name not in schemas.MODELS:
        raise InputError(Problem("NAME", f"unknown schema `{name}`", nearest(name, schemas.MODELS)))
    else:
        click.echo(schemas.text_of(name), nl=False)
