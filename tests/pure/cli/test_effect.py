"""What the pull-request workflow says of a change: the very command that it runs, on a repository in which one score changed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import orchkit

WORKFLOWS = Path(".github") / "workflows"
SCORES = Path("checklists/tools/metaflow/scores.yaml")
WHO = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}\Z")


def workflow(root: Path, name: str) -> dict[Any, Any]:
    return yaml.safe_load((root / WORKFLOWS / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def steps(root: Path, name: str) -> list[dict[str, Any]]:
    (job,) = workflow(root, name)["jobs"].values()
    return job["steps"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def effect(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The comment on a pull request that lowers one score."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(root / "checklists", folder / "checklists")

    def git(*arguments: str) -> None:
        subprocess.run(["git", *WHO, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "as it is")
    text = (folder / SCORES).read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)(^  learning-curve:\n    value: )\d", r"\g<1>1", text)
    assert count == 1
    (folder / SCORES).write_text(changed, encoding="utf-8")
    git("switch", "-qc", "change")
    git("commit", "-qam", "another score")
    git("switch", "-q", "main")
    git("merge", "-q", "--no-ff", "change", "-m", "the merge that is tried")
    (command,) = (step["run"] for step in steps(root, "effect.yml") if "diff" in step.get("run", ""))
    started = command.replace(".venv/bin/orchkit", f"{shlex.quote(sys.executable)} -m orchkit")
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run(["bash", "-euo", "pipefail", "-c", started], cwd=folder, check=True, env=environment)
    return (folder / "effect.md").read_text(encoding="utf-8")


def test_the_comment_says_what_the_score_does(root: Path, effect: str) -> None:
    catalogue = orchkit.load(root / "checklists")
    value = catalogue.tools["metaflow"].scores["learning-curve"].value
    assert f"- Metaflow, {catalogue.criteria['learning-curve'].name}: {value} → 1" in effect
    line = orchkit.rank(catalogue, "startup").of("metaflow")
    assert line.score is not None
    before, after = float(line.score), float(line.score) - float(catalogue.profiles["startup"].weights["learning-curve"]) * ((value or 0) - 1)
    row = next(row for row in effect.splitlines() if row.startswith("| Metaflow"))
    assert f"{before:.2f}" in row
    assert f"{after:.2f}" in row
    assert "## Profile startup" in effect
    assert effect.startswith("First place changes in ")


def test_what_runs_a_pull_requests_code_may_write_nothing(root: Path) -> None:
    runs = workflow(root, "effect.yml")
    (job,) = runs["jobs"].values()
    assert (runs["permissions"], job["permissions"]) == ({}, {"contents": "read"})
    assert "secrets" not in str(runs)
    assert list(runs[True]) == ["pull_request"]  # YAML 1.1 reads `on` so


def test_what_may_write_runs_nothing_of_a_pull_request(root: Path) -> None:
    posts = workflow(root, "effect-comment.yml")
    (job,) = posts["jobs"].values()
    assert (posts["permissions"], job["permissions"]) == ({}, {"actions": "read", "pull-requests": "write"})
    assert list(posts[True]) == ["workflow_run"]
    assert posts[True]["workflow_run"]["workflows"] == [workflow(root, "effect.yml")["name"]]
    assert not any("uses" in step for step in job["steps"])
    assert not any("${{" in step["run"] for step in job["steps"])  # what others can name reaches the shell as variables only


@pytest.mark.parametrize("name", ["effect.yml", "effect-comment.yml"])
def test_actions_are_pinned_by_commit(root: Path, name: str) -> None:
    assert all(PINNED.match(step["uses"]) for step in steps(root, name) if "uses" in step)


def test_the_scripts_are_bash(root: Path, tmp_path: Path) -> None:
    for step in [*steps(root, "effect.yml"), *steps(root, "effect-comment.yml")]:
        if "run" in step:
            script = tmp_path / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            subprocess.run(["bash", "-n", str(script)], check=True)
