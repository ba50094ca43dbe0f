"""The golden cases on every Python at hand. The tests under Pyodide replay the same files in the browser's Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from orchkit.model.catalogue import Catalogue
from tests.golden.run import replay


def replayed(python: Path, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), str(root / "tests" / "golden" / "run.py"), *arguments]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def cases(root: Path) -> list[dict[str, Any]]:
    return [case for file in sorted((root / "tests" / "golden").glob("*.json")) for case in json.loads(file.read_text(encoding="utf-8"))]


def test_this_python(root: Path, cases: list[dict[str, Any]]) -> None:
    done = replayed(Path(sys.executable), root)
    summary = json.loads(done.stdout)
    assert (summary["failed"], summary["cases"], done.returncode, done.stderr) == ([], len(cases), 0, "")


def test_the_oldest_python_that_is_supported(root: Path, cases: list[dict[str, Any]]) -> None:
    python = root / ".venv-floor" / "bin" / "python"
    if not python.exists():
        pytest.skip("no .venv-floor: set-up found no Python 3.11 on this machine")
    done = replayed(python, root)
    assert done.stderr == ""
    summary = json.loads(done.stdout)
    assert (summary["failed"], summary["cases"]) == ([], len(cases))
    assert summary["python"].startswith("3.11.")


def test_names_are_given_once_and_every_case_says_where_it_comes_from(cases: list[dict[str, Any]]) -> None:
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names) >= 40
    assert all(case["source"] for case in cases)


def test_a_case_that_differs_is_reported(root: Path, tmp_path: Path, cases: list[dict[str, Any]]) -> None:
    wrong = deepcopy(cases[:1] + cases[-1:])
    for case in wrong:
        (case["expected"] if isinstance(case["expected"], dict) else case["expected"][0])["score"] = "1/7"
    failed = json.loads(replay(json.dumps(wrong)))["failed"]
    assert [one["name"] for one in failed] == [case["name"] for case in wrong]
    assert "1/7" in failed[0]["differs"][0]
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    assert replayed(Path(sys.executable), root, str(tmp_path / "wrong.json")).returncode == 1


def test_the_articles_matrix_was_copied_twice_and_is_the_same(catalogue: Catalogue, cases: list[dict[str, Any]]) -> None:
    copied = next(case for case in cases if case["name"] == "engineersofai, archetype A, as printed")
    assert catalogue.published["engineersofai"].matrix == copied["rank"]["matrix"]
