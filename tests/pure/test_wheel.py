"""The built wheel, by itself in an empty folder: what users install, not what stands in the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

SOURCES = ("orchkit", "checklists", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")
EPOCH = "1790000000"


def build(root: Path, folder: Path, epoch: str) -> Path:
    """Build a wheel from a copy of what belongs to it, offline."""
    copy = folder / "checkout"
    copy.mkdir(parents=True)
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (root / name).exists():
            shutil.copy(root / name, copy / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    done = subprocess.run(command, cwd=copy, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (copy / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(root, tmp_path_factory.mktemp("first"), EPOCH)


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(unpacked: Path, folder: Path, program: str) -> str:
    """Run a program on the wheel alone: isolated, before the checkout, in a folder with nothing in it."""
    prelude = f"import sys; sys.path.insert(0, {str(unpacked)!r}); sys.dont_write_bytecode = True\n"
    done = subprocess.run([sys.executable, "-I", "-c", prelude + program], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_it_carries_the_dataset_the_templates_and_nothing_of_the_checkout(root: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    here = {path.relative_to(root).as_posix() for path in (root / "orchkit").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    packed = {name for name in names if ".dist-info/" not in name}
    assert packed == here | {"orchkit/_data/catalogue.json", "orchkit/_data/releases.json"}
    assert len(names) == len(set(names))
    assert {Path(name).suffix for name in packed} <= {".py", ".jinja", ".json", ".typed", ".mjs", ".txt"}


def test_two_builds_are_the_same_bytes(root: Path, wheel: Path, tmp_path: Path) -> None:
    again = build(root, tmp_path, EPOCH)
    assert again.name == wheel.name
    assert sha256(again.read_bytes()).digest() == sha256(wheel.read_bytes()).digest()


def test_the_dataset_is_loaded_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    program = (
        "import orchkit; print(orchkit.__file__); c = orchkit.load(); print(c.dataset.version); print(orchkit.rank(c, 'startup').ranking[0].tool)"
    )
    where, version, first = run(unpacked, tmp_path, program).split()
    assert Path(where).is_relative_to(unpacked)
    assert version
    assert first
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_has_the_dataset_of_the_checkout(root: Path, unpacked: Path, tmp_path: Path) -> None:
    program = f"import orchkit; print(orchkit.load() == orchkit.load({str(root / 'checklists')!r}))"
    assert run(unpacked, tmp_path, program) == "True\n"


DOCTESTS = """
import doctest, importlib, pkgutil, orchkit
failed = attempted = 0
found = (info.name for info in pkgutil.walk_packages(orchkit.__path__, "orchkit."))
for module in ["orchkit", *(name for name in found if not name.startswith(("orchkit.cli", "orchkit.site")))]:
    result = doctest.testmod(importlib.import_module(module))
    failed, attempted = failed + result.failed, attempted + result.attempted
print(failed, attempted)
for name in ("load", "rank", "evaluate"):
    print(name, ">>>" in getattr(orchkit, name).__doc__)
"""


def test_the_examples_in_the_documentation_hold(unpacked: Path, tmp_path: Path) -> None:
    counts, *examples = run(unpacked, tmp_path, DOCTESTS).splitlines()
    failed, attempted = map(int, counts.split())
    assert failed == 0
    assert attempted >= 15
    assert examples == ["load True", "rank True", "evaluate True"]


def test_a_page_is_drawn_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    program = 'from orchkit import bridge; print(bridge.handle(\'{"do": "open", "view": "scores"}\'))'
    assert run(unpacked, tmp_path, program).startswith('{"ok": true')


def test_the_golden_cases_hold_on_the_wheel(root: Path, unpacked: Path, tmp_path: Path) -> None:
    program = f"import runpy; sys.argv = ['run.py']; runpy.run_path({str(root / 'tests' / 'golden' / 'run.py')!r}, run_name='__main__')"
    assert '"failed": []' in run(unpacked, tmp_path, program)
