"""The wheels of the browser runtime: the pinned ones from the registry, orchkit's own from this tree."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyodide_lock.spec import InfoSpec

from orchkit.errors import InputError, Problem

SOURCE_ONLY = "markupsafe"
"""Published neither for this platform nor in pure Python; its source builds a pure wheel where no compiler works."""

EPOCH = "315532800"  # 1980-01-01, the first day a zip file knows: a file's name must not depend on today


def pinned_wheels(root: Path, info: InfoSpec, progress: Callable[[str], None]) -> Path:
    """Return a folder with the wheels of ``requirements/browser.txt``, downloaded once per lock and platform.

    `info` is Pyodide's own description of its platform. Raises `InputError` when a wheel cannot be had.
    """
    requirements = root / "requirements" / "browser.txt"
    platform = f"pyemscripten_{info.abi_version}_{info.arch}"
    major, minor, *_ = info.python.split(".")
    kept = root / ".cache" / "wheels" / hashlib.sha256(f"{platform} {info.python}\n".encode() + requirements.read_bytes()).hexdigest()[:12]
    if kept.is_dir():
        return kept
    progress("runtime: downloading the pinned wheels")
    target = ["--platform", platform, "--platform", "any", "--abi", f"cp{major}{minor}", "--abi", "none"]
    python = ["--implementation", "cp", "--python-version", f"{major}.{minor}"]
    kinds = ["--only-binary", ":all:", "--no-binary", SOURCE_ONLY]
    kept.parent.mkdir(parents=True, exist_ok=True)
    with new_folder(kept.parent) as folder:
        _pip(root, "download", "--require-hashes", "--requirement", str(requirements), "--dest", str(folder), *target, *python, *kinds)
        for source in folder.glob("*.tar.gz"):
            _pip(root, "wheel", "--no-index", "--wheel-dir", str(folder), str(source), CC="false")
            source.unlink()
        publish(folder, kept)
    return kept


def own_wheel(root: Path, folder: Path) -> None:
    """Build orchkit's wheel from the checkout `root` into `folder`, the same bytes from the same tree."""
    _run(root, "hatchling", "build", "--target", "wheel", "--directory", str(folder))


@contextmanager
def new_folder(parent: Path) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards, unless it was published."""
    with tempfile.TemporaryDirectory(dir=parent, prefix=".") as name:
        folder = Path(name) / "new"
        folder.mkdir()
        yield folder


def publish(folder: Path, name: Path) -> None:
    """Give a finished folder its name in one step. Whoever was quicker under the same name wrote the same contents."""
    try:
        folder.rename(name)
    except OSError:
        if not name.is_dir():
            raise


def _pip(root: Path, command: str, *arguments: str, **environment: str) -> None:
    """Run pip without resolving: the lock names everything, and what builds a wheel is installed here already."""
    _run(root, "pip", command, "--disable-pip-version-check", "--no-deps", "--no-build-isolation", *arguments, **environment)


def _run(root: Path, *command: str, **environment: str) -> None:
    """Run a Python module's command such that running it again writes the same bytes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment}
    started = [sys.executable, "-m", *command]
    result = subprocess.run(started, cwd=root, env=environment, capture_output=True, text=True, check=False, umask=0o022)
    if result.returncode:
        last = result.stderr.strip().rpartition("\n")[2].strip().rstrip(".")
        raise InputError(Problem("runtime", f"`{' '.join(command[:2])}` failed: {last}", "Run `make setup` and try again"))
