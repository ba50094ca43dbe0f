"""The walks of CONTRIBUTING.md work as written, on a copy of the repository."""

from __future__ import annotations

import re
from pathlib import Path

from tests.site.conftest import Checkout

FENCE = re.compile(r"^```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def section(root: Path, heading: str) -> str:
    """One section of CONTRIBUTING.md."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def fences(text: str) -> list[dict[str, str]]:
    """Its fenced blocks in order."""
    return [match.groupdict() for match in FENCE.finditer(text)]


def replace_entries(file: Path, block: str) -> None:
    """Put a block's entries in place of the file's entries of the same names, as CONTRIBUTING says."""
    indent = re.match(r" *", block)[0]  # type: ignore[index]
    entries = re.split(rf"(?m)^(?={indent}[a-z])", block)
    text = file.read_text(encoding="utf-8")
    for entry in filter(str.strip, entries):
        name = entry.split(":", 1)[0].strip()
        old = re.compile(rf"(?ms)^{indent}{re.escape(name)}:.*?(?=^ {{0,{len(indent)}}}[a-z#]|\Z)")
        assert len(old.findall(text)) == 1, f"{file}: {name}"
        text = old.sub(lambda _, entry=entry: entry, text)  # type: ignore[misc]
    file.write_text(text, encoding="utf-8")


def startup(page: str) -> dict[str, tuple[str, str]]:
    """(rank, score) by tool in the first ranking of the built scores page."""
    rows = re.findall(r'<tr id="rank-([a-z-]+)"[^>]*><td class="ok-rank">([^<]+)</td>.*?<td class="ok-score">([^<]+)</td>', page)
    found: dict[str, tuple[str, str]] = {}
    for tool, rank, score in rows:
        found.setdefault(tool, (rank, score))
    return found


PRINTED = """\
  local-development:
    value: 2
    basis: published
    confidence: low
    why: As printed.
    sources:
      - source: engineersofai
        shows: Comparison Matrix
        read_on: 2026-11-21
"""
"""What stood there before the correction that the walk makes."""


def test_correct_one_fact(root: Path, checkout: Checkout) -> None:
    walk = section(root, "Correct one fact")
    blocks = fences(walk)
    edit = next(block for block in blocks if block["title"])
    (said,) = (block["body"].strip() for block in blocks if block["kind"] == "text")
    file = checkout.root / edit["title"]
    replace_entries(file, PRINTED)
    before = startup((checkout.build() / "scores" / "index.html").read_text(encoding="utf-8"))

    replace_entries(file, edit["body"].replace("value: 4", "value: 7"))
    wrong = checkout.run("make lint")
    assert wrong.returncode == 2
    assert said in wrong.stderr.splitlines()
    assert "Traceback" not in wrong.stderr

    replace_entries(file, edit["body"])
    assert [checkout.run(command).returncode for block in blocks if block["kind"] == "bash" for command in block["body"].splitlines()] == [0, 0]
    after = startup((checkout.build() / "scores" / "index.html").read_text(encoding="utf-8"))
    tool = file.parent.name
    assert (before[tool][1], after[tool][1]) == ("2.55", "3.05")
    assert {before[tool][1], after[tool][1]} <= set(re.findall(r"\d\.\d\d", walk))
    places = [list(ranking).index(tool) for ranking in (before, after)]
    assert places[1] < places[0]
    page = (checkout.root / "site" / "tools" / tool / "index.html").read_text(encoding="utf-8")
    assert "no cluster is started" in page


def test_add_a_tool(root: Path, checkout: Checkout) -> None:
    for block in fences(section(root, "Add a tool")):
        if block["title"]:
            replace_entries(checkout.root / block["title"], block["body"])
            continue
        for command in block["body"].splitlines():
            done = checkout.run(command)
            assert done.returncode == 0, done.stderr
    site = checkout.build()
    page = (site / "tools" / "example-tool" / "index.html").read_text(encoding="utf-8")
    assert "It thinks in examples." in page
    assert "tools/example-tool/" in (site / "tools" / "index.html").read_text(encoding="utf-8")
    assert (site / "api" / "v1" / "tools" / "example-tool.json").is_file()
    assert "example-tool" not in (site / "scores" / "index.html").read_text(encoding="utf-8")
