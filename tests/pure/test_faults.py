"""The table of faults in the reference tells the truth: each line has a test in the browser, each message stands in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "faults.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| fault |")
]
TESTS = {
    node.name
    for file in (ROOT / "tests" / "browser").glob("test_*.py")
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
}
VIEWS = ROOT / "orchkit" / "views"
SPEAKING = [*(ROOT / "overrides" / "javascripts").glob("*.mjs"), ROOT / "orchkit" / "bridge.py", VIEWS / "history.py", VIEWS / "sharing.py"]
CODE = "\n".join(file.read_text(encoding="utf-8") for file in SPEAKING)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_fault_is_shown_by_a_test_and_told_as_the_page_tells_it(row: list[str]) -> None:
    _, seen, _, shown_by = row
    named = re.findall(r"`(test_\w+)`", shown_by)
    assert named
    assert set(named) <= TESTS
    parts = [part.strip() for message in re.findall(r"“([^”]+)”", seen) for part in message.split("…")]  # an ellipsis stands for what varies
    assert [part for part in parts if part not in CODE] == []


def test_the_table_is_found() -> None:
    assert len(ROWS) >= 19
