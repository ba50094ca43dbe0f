"""A tool of which too little is known is not ranked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from orchkit.lint import known_enough
from orchkit.lint.subject import Subject
from orchkit.store.tree import read_tree


@pytest.mark.parametrize(("unknown", "problems"), [(3, []), (4, ["4 criteria have no value, and the tool is ranked"])])
def test_more_than_three_unknowns(root: Path, tmp_path: Path, unknown: int, problems: list[str]) -> None:
    shutil.copytree(root / "checklists", tmp_path / "checklists")
    file = tmp_path / "checklists" / "tools" / "airflow" / "scores.yaml"
    record = yaml.safe_load(file.read_text(encoding="utf-8"))
    for criterion in list(record["scores"])[:unknown]:
        record["scores"][criterion] = {"value": None, "why": "nobody has looked"}
    file.write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")
    tree = read_tree(tmp_path / "checklists")
    assert tree.catalogue is not None
    assert [problem.fact for problem in known_enough.check(Subject(tree, tree.catalogue))] == problems
