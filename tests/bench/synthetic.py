"""Synthetic tools: real records and pages under other names, so that a large dataset weighs per tool what the real one does."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

_NAME = re.compile(r"^(name|short): .*$", re.MULTILINE)
_VALUE = re.compile(r"^( +value: )[1-5]$", re.MULTILINE)


def ranked_tools(root: Path) -> list[Path]:
    """Return the folders of a checkout's ranked tools."""
    return [file.parent for file in sorted((root / "checklists" / "tools").glob("*/tool.yaml")) if "\nranked: true\n" in file.read_text("utf-8")]


def add_tools(root: Path, count: int) -> None:
    """Add `count` tools to the checkout `root`, each a copy of a real ranked one in turn, with scores of its own."""
    models = ranked_tools(root)
    for number in range(count):
        _add(root, models[number % len(models)], number + 1)


def _add(root: Path, model: Path, number: int) -> None:
    tool = f"synthetic-{number:04}"
    folder = model.with_name(tool)
    shutil.copytree(model, folder)
    record, scores = folder / "tool.yaml", folder / "scores.yaml"
    record.write_text(_NAME.sub(rf"\1: Synthetic {number:04}", record.read_text("utf-8")), "utf-8")
    digits = iter(hashlib.sha256(tool.encode()).digest())  # its own scores: equal rows would all tie
    scores.write_text(_VALUE.sub(lambda found: f"{found[1]}{1 + next(digits) % 5}", scores.read_text("utf-8")), "utf-8")
    page = root / "docs" / "tools" / f"{model.name}.md"
    text = page.read_text("utf-8").replace(f'"{model.name}"', f'"{tool}"').replace(f"tool: {model.name}", f"tool: {tool}")
    page.with_name(f"{tool}.md").write_text(text, "utf-8")
