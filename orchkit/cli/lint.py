"""`orchkit lint`: what is wrong with the dataset and the pages of a checkout."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.cli.complain import BAD_INPUT, complain
from orchkit.cli.options import pass_session
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.lint import file_of, run
from orchkit.store.tree import read_tree


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, paths: tuple[Path, ...]) -> None:
    """Check the dataset under checklists/ and the pages under docs/ of the checkout around the current folder.

    Everything is checked; with PATH only the problems in those files and folders are printed.

    Each problem is a line on stderr: file, line, what is wrong, what to write instead. Exit code 2 if there is one, else 0.
    """
    folder = session.folder()
    wanted = [_below(folder.parent, path) for path in paths]
    tree = read_tree(folder)
    problems = [problem for problem in run(tree) if not wanted or _within(file_of(problem), wanted)]
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in {len(tree.files)} records"
    complain(problems)
    click.echo(count, err=bool(problems))
    if problems:
        ctx.exit(BAD_INPUT)


def _below(root: Path, path: Path) -> str:
    """Name a path as problems do: below the root of the checkout."""
    full = path.resolve()
    if full.is_file() and not full.is_relative_to(root / "checklists") and not full.is_relative_to(root / "docs"):
        raise InputError(Problem(str(path), "is not checked", "Name something under checklists/ or docs/"))
    if not full.exists():
        raise InputError(Problem(str(path), "does not exist", "Name a file or a folder of the checkout"))
    if not full.is_relative_to(root):
        raise InputError(Problem(str(path), f"does not lie in the checkout {root}", "Name a file or a folder in it"))
    return full.relative_to(root).as_posix()


def _within(file: str, wanted: list[str]) -> bool:
    return any(place in (".", file) or file.startswith(place + "/") for place in wanted)
