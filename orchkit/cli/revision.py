"""A dataset by whatever names it: a folder, a compiled file, a frozen release, or a revision of git."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from orchkit.cli.session import Session
from orchkit.errors import DataError, InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.store import load

_RELEASE = re.compile(r"\d{4}\.\d{1,2}\.\d+\Z")


def catalogue_of(session: Session, name: str, place: str) -> Catalogue:
    """Load what a name means: what exists as a path first, then a release, then a revision. Raises `OrchkitError`."""
    path = Path(name)
    if path.exists():
        inside = path / "checklists"
        return load(inside if (inside / "dataset.yaml").is_file() else path)
    if _RELEASE.match(name):
        return session.released(name)
    return _at_revision(session.folder(), name, place)


def _at_revision(folder: Path, revision: str, place: str) -> Catalogue:
    """Read the dataset as a commit has it, in a temporary folder: the checkout is not touched."""
    git = shutil.which("git")
    if git is None:
        fact = f"`{revision}` is no path and no release, and to read a revision needs git, which is not installed"
        raise InputError(Problem(place, fact, "Install git, or name a dataset folder, a compiled file or a release"))
    commit = _run(git, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        fact = f"`{revision}` is no dataset folder, no compiled file, no release, and no revision of the repository around {folder}"
        raise InputError(Problem(place, fact, "Mend the name; a branch of a fork has to be fetched first"))
    archived = _run(git, folder, "archive", "--format=tar", commit.decode().strip(), ".")
    if archived is None:
        fact = f"the revision `{revision}` has no folder {folder.name}/"
        raise InputError(Problem(place, fact, "Name a revision in which the dataset stands there"))
    with tempfile.TemporaryDirectory(prefix="orchkit-diff-") as name:
        target = Path(name) / folder.name
        with tarfile.open(fileobj=BytesIO(archived)) as archive:
            archive.extractall(target, filter="data")
        try:
            return load(target)
        except DataError as error:
            raise DataError(Problem(f"{revision}: {one.place}", one.fact, one.repair) for one in error.problems) from None


def _run(git: str, folder: Path, *arguments: str) -> bytes | None:
    """Run git in the dataset's folder; nothing where it fails."""
    done = subprocess.run([git, *arguments], cwd=folder, capture_output=True, check=False)  # noqa: S603 - a list of arguments, the revision verified
    return done.stdout if done.returncode == 0 else None
