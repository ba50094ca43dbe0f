"""A checkout in a temporary folder that a test may break, one thing at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

from orchkit import schemas
from orchkit.errors import Problem
from orchkit.lint import RULES, run
from orchkit.lint.subject import Subject
from orchkit.store.tree import read_tree

SMALL = Path(__file__).parent / "small"


class Checkout:
    """Two tools, two criteria, one profile, one published set, one checklist, one costed deployment, and their pages; nothing wrong with them."""

    def __init__(self, folder: Path, original: Path = SMALL) -> None:
        self.root = folder / "checkout"
        for part in ("checklists", "docs"):
            shutil.copytree(original / part, self.root / part)
        if original == SMALL:
            schemas.write(self.root / "checklists")

    @property
    def data(self) -> Path:
        """The dataset's folder."""
        return self.root / "checklists"

    def replace(self, file: str, old: str, new: str) -> None:
        """Change the first occurrence of a text in a file."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        self.write(file, text.replace(old, new, 1))

    def write(self, file: str, text: str) -> Path:
        """Write a file, with the folders that it needs."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def lint(self) -> list[Problem]:
        """Run every rule."""
        return run(read_tree(self.data))


def broken_by(checkout: Checkout, rule: str) -> list[Problem]:
    """Run one rule alone."""
    tree = read_tree(checkout.data)
    assert tree.catalogue is not None, tree.problems
    check = next(known.check for known in RULES if known.name == rule)
    return list(check(Subject(tree, tree.catalogue)))
