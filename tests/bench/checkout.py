"""Checkouts that are built: this one, and copies of it with more tools."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.unmeasurable import Unmeasurable

HERE = Path(__file__).parent
LINKED = (".cache", "node_modules")
LEFT_OUT = frozenset({".git", ".venv", ".venv-floor", ".hypothesis", "dist", "site", *LINKED})


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout, and where the runtime of its data is kept between builds."""

    root: Path
    kept: Path

    def build(self, out: Path, *, without: tuple[str, ...] = ()) -> float:
        """Build the site into `out`; return the seconds of the whole process, those for the runtime bundle taken off."""
        switched_off = [part for name in without for part in ("--without", name)]
        seconds, printed = timed([sys.executable, "-P", str(HERE / "timed_build.py"), str(out), str(self.kept), *switched_off], self.root)
        return seconds - float(json.loads(printed)["runtime_seconds"])


def copied(root: Path, target: Path, kept: Path) -> Checkout:
    """Copy a checkout; what was fetched is shared."""
    target.mkdir(parents=True)
    for path in sorted(root.iterdir()):
        if path.name in LEFT_OUT:
            continue
        if path.is_dir():
            shutil.copytree(path, target / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(path, target / path.name)
    for name in LINKED:
        (target / name).symlink_to((root / name).resolve())
    return Checkout(target, kept)


def timed(command: list[str], folder: Path) -> tuple[float, str]:
    """Run a program on the code in `folder`; return the seconds it took and what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2][:300]
        raise Unmeasurable(f"{Path(command[-1]).name if command[1:2] == ['-m'] else 'the build'} ended with {done.returncode}: {last}")
    return seconds, done.stdout
