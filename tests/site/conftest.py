"""Copies of the repository that may be changed, and the site built from them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchkit.site.builders import BUILDERS

HERE = Path(__file__).parent
BASE = "http://127.0.0.1:8000/handbook/"
LINKED = (".cache", "node_modules")
COPIED = (
    *("checklists", "docs", "orchkit", "overrides", "requirements", "tests/bench", "tests/lab"),
    *("hatch_build.py", "mkdocs.yml", "pyproject.toml", "LICENSE", "README.md"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder builds the handbook."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.site)


@dataclass(frozen=True)
class Checkout:
    """A copy of the repository."""

    root: Path

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as the papers write it, on this copy's code and data, with the packages of the set-up."""
        orchkit = f"{shlex.quote(sys.executable)} -m orchkit"
        started = command.replace("make lint", f"{orchkit} lint").replace(".venv/bin/orchkit", orchkit)
        environment = {**os.environ, "PYTHONPATH": str(self.root), "PYTHONWARNINGS": "default"}
        return subprocess.run(shlex.split(started), cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def build(self) -> Path:
        """Build the site of this copy."""
        built = self.run(".venv/bin/orchkit site build")
        assert built.returncode == 0, built.stderr
        return self.root / "site"


@pytest.fixture(scope="session", params=BUILDERS)
def builder(request: pytest.FixtureRequest) -> str:
    """What holds of a site holds whoever builds it."""
    return str(request.param)


@pytest.fixture(scope="session")
def site(sites: Callable[[str], Path], builder: str) -> Path:
    """The site of this repository by one of the builders."""
    return sites(builder)


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Checkout:
    """A fresh copy of this repository."""
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, tmp_path / name)
    for name in LINKED:
        (tmp_path / name).symlink_to(root / name)
    return Checkout(tmp_path)
