"""The browser gets the modules that it runs: no more, and, as far as can be shown, no fewer."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orchkit.site.runtime import NOT_IN_BROWSER
from orchkit.site.trim import NOT_RUN_IN_BROWSER, modules_kept
from tests.pyodide.conftest import runner
from tests.strategies import TRIED

HERE = Path(__file__).parent
RunInPyodide = Callable[[Path, str], Any]

ALIASES = {"os.path", "collections.abc"}
"""Names under which a module can be had that has a file of another name."""


@pytest.fixture(scope="module")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is imported where nothing has been cut out."""
    run = runner(root, tmp_path_factory.mktemp("whole"), trimmed=False, compiled=False)
    answer: dict[str, list[str]] = run(HERE / "exercise.py", json.dumps({"checklists": TRIED}))
    return answer


def test_the_list_names_exactly_what_is_imported(whole: dict[str, list[str]]) -> None:
    imported, kept = set(whole["modules"]) - ALIASES, modules_kept()
    assert (sorted(imported - kept), sorted(kept - imported)) == ([], []), "add the first to orchkit/site/library.txt, strike the second"


@pytest.fixture(scope="module")
def trimmed(run_in_pyodide: RunInPyodide, particulars: str) -> dict[str, list[Any]]:
    """What is imported, and asked for, where all else is cut out."""
    answer: dict[str, list[Any]] = run_in_pyodide(HERE / "exercise.py", json.dumps({"checklists": TRIED, "particulars": particulars}))
    return answer


def test_everything_answers_where_all_else_is_cut_out(trimmed: dict[str, list[Any]]) -> None:
    assert set(trimmed["modules"]) - ALIASES <= modules_kept()


def test_only_the_comparison_asks_for_the_particulars(trimmed: dict[str, list[Any]], whole: dict[str, list[Any]]) -> None:
    ((view, needs, (problem,), brought),) = trimmed["asking"]
    assert (view, needs, brought) == ("compare", "particulars", True)
    assert problem.startswith("the particulars: are not those of this edition")
    assert whole["asking"] == []


def test_every_import_in_orchkit_finds_its_module(root: Path, whole: dict[str, list[str]]) -> None:
    there = modules_kept() | set(whole["builtin"]) | ALIASES | {"__future__"}
    missing = {(name, module) for name, module in _imports(root / "orchkit") if module.partition(".")[0] != "orchkit" and module not in there}
    absent = {(name, module) for name, module in missing if module.partition(".")[0] not in {"yaml", *NOT_IN_BROWSER}}
    assert absent == set(), "nothing that the browser runs may import what it does not get"


def _imports(package: Path) -> Iterator[tuple[str, str]]:
    """Yield (file, module) for every import of what the browser gets, at the top of a file or inside a function."""
    for file in sorted(package.rglob("*.py")):
        if file.relative_to(package).as_posix().startswith(NOT_RUN_IN_BROWSER):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file.name, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield file.name, node.module
