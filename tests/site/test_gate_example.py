"""The workflow that the page about gates shows does what it says: its shell steps are taken from the page and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

import orchkit
from tests.pure.test_wheel import EPOCH, build

PAGE = "docs/checklists/gate.md"
DECISION, BADGE = "decision/trial.orchkit.json", "decision/badge.svg"
INSTALL = f'python -m pip install "orchkit=={orchkit.__version__}"'
GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


@pytest.fixture(scope="module")
def steps(root: Path) -> list[dict[str, Any]]:
    """The steps of the workflow as the page has them."""
    text = (root / PAGE).read_text(encoding="utf-8")
    (workflow,) = re.findall(r'^```yaml title="\.github/workflows/[^"]+"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL)
    found: list[dict[str, Any]] = yaml.safe_load(workflow)["jobs"]["gate"]["steps"]
    return found


@pytest.fixture(scope="module")
def python(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with what orchkit needs, and orchkit's own wheel in reach."""
    folder = tmp_path_factory.mktemp("runner")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, capture_output=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")  # its packages, not its links to a checkout
    shutil.copy(build(root, folder / "build", EPOCH), folder)
    return folder


def runner(python: Path, folder: Path, steps: list[dict[str, Any]], outcome: str) -> dict[str, subprocess.CompletedProcess[str]]:
    """Run the shell steps in a repository that has a filled checklist and its badge, until one fails; then those that always run."""
    catalogue = orchkit.load()
    items = catalogue.checklists["production-adoption"]["1.0"].items
    answers = {item.id: {"outcome": outcome} for item in items}
    response = {"checklist": "production-adoption", "version": "1.0", "subject": "Our platform", "answers": answers}
    data = {"format": "orchkit-decision", "dataset_version": catalogue.dataset.version, "responses": [response]}
    (folder / "decision").mkdir()
    (folder / DECISION).write_text(json.dumps(data), encoding="utf-8")
    (wheel,) = python.glob("*.whl")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    environment |= {"PATH": f"{python / 'venv' / 'bin'}{os.pathsep}{environment['PATH']}", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    done: dict[str, subprocess.CompletedProcess[str]] = {}
    for step in steps:
        failed = any(one.returncode for one in done.values())
        if "run" in step and (not failed or step.get("if") == "always()"):
            shell = step["run"].replace(INSTALL, f"python -m pip install --no-index --no-deps '{wheel}'")
            done[step["name"]] = subprocess.run(["bash", "-e", "-c", shell], cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if step.get("name") == "Gate" and not (folder / ".git").exists():  # the badge as it was made before the first push
            for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
                subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True)
    return done


def test_it_installs_this_version_with_the_actions_that_this_repository_uses(root: Path, steps: list[dict[str, Any]]) -> None:
    assert INSTALL in [step.get("run") for step in steps]
    ours = {use for path in (root / ".github" / "workflows").glob("*.yml") for use in re.findall(r"uses: (\S+@[0-9a-f]{40})", path.read_text())}
    assert {step["uses"] for step in steps if "uses" in step} <= ours
    (kept,) = (step["with"]["path"] for step in steps if "upload-artifact" in step.get("uses", ""))
    assert kept == BADGE


def test_a_checklist_that_is_met_passes_and_leaves_a_badge(python: Path, steps: list[dict[str, Any]], tmp_path: Path) -> None:
    done = runner(python, tmp_path, steps, "met")
    assert {name: one.returncode for name, one in done.items()} == dict.fromkeys((step["name"] for step in steps if "run" in step), 0), done
    assert "Production adoption 1.0" in (tmp_path / BADGE).read_text(encoding="utf-8")
    assert "100 %, passed" in (tmp_path / BADGE).read_text(encoding="utf-8")
    assert "production-adoption 1.0" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_one_that_is_not_met_stops_the_build_and_leaves_a_badge(python: Path, steps: list[dict[str, Any]], tmp_path: Path) -> None:
    done = runner(python, tmp_path, steps, "partly_met")
    assert done["Gate"].returncode == 1
    assert "Blockers not met" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "50 %, failed" in (tmp_path / BADGE).read_text(encoding="utf-8")


def test_a_badge_that_is_behind_its_answers_stops_the_build(python: Path, steps: list[dict[str, Any]], tmp_path: Path) -> None:
    assert not any(one.returncode for one in runner(python, tmp_path, steps, "met").values())
    (tmp_path / BADGE).write_text("<svg/>\n", encoding="utf-8")
    subprocess.run([*GIT, "commit", "-q", "-a", "-m", "two"], cwd=tmp_path, check=True, capture_output=True)
    gate, last = (step for step in steps if step.get("name") in ("Gate", "The committed badge is the current one"))
    environment = {**os.environ, "PATH": f"{python / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": os.devnull}
    environment.pop("PYTHONPATH", None)
    codes = [subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=environment, check=False).returncode for step in (gate, last)]
    assert codes == [0, 1]
