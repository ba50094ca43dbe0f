"""The bench's synthetic data and its plain counterpart: real in kind and size, told apart by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import orchkit
from tests.bench.plain import article, write_plain
from tests.bench.synthetic import add_tools, ranked_tools

ADDED = 9


@pytest.fixture
def grown(root: Path, tmp_path: Path) -> Path:
    """A copy of the dataset and its tool pages with synthetic tools."""
    shutil.copytree(root / "checklists", tmp_path / "checklists")
    shutil.copytree(root / "docs" / "tools", tmp_path / "docs" / "tools")
    add_tools(tmp_path, ADDED)
    return tmp_path


def test_synthetic_tools_are_whole_tools_with_scores_of_their_own(root: Path, grown: Path) -> None:
    before, after = orchkit.load(root / "checklists"), orchkit.load(grown / "checklists")
    added = after.tools.keys() - before.tools.keys()
    assert len(added) == ADDED
    assert len(ranked_tools(grown)) == len(after.ranked_tools) == len(before.ranked_tools) + ADDED
    assert len({tool.facts.name for tool in after.tools.values()}) == len(after.tools)
    rows = {tuple(score.value for score in after.tools[name].scores.values()) for name in added}
    assert len(rows) == ADDED


def test_a_synthetic_page_is_that_of_its_tool(grown: Path) -> None:
    model = ranked_tools(grown)[0].name
    page = (grown / "docs" / "tools" / "synthetic-0001.md").read_text("utf-8")
    assert f'"{model}"' not in page
    assert "tool: synthetic-0001\n" in page
    assert '{{ tool_part("synthetic-0001", "scores") }}' in page


def test_plain_pages_are_as_many_and_as_long(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    lengths = {"index.html": 900, "scores/index.html": 30_000, "tools/index.html": 10, "404.html": 10}
    for name, length in lengths.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"<body><article class='x'>{'a' * length}</article></body>", "utf-8")
    assert write_plain(root, site, tmp_path / "plain") == 3
    written = {file.relative_to(tmp_path / "plain/docs").as_posix(): len(file.read_bytes()) for file in (tmp_path / "plain/docs").rglob("*.md")}
    assert written.keys() == {"index.md", "scores.md", "tools/index.md"}
    assert written["scores.md"] == pytest.approx(len(article(site / "scores/index.html")), abs=400)
    assert written["index.md"] == pytest.approx(900, abs=400)
