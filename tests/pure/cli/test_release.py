"""`orchkit release`, `--release`, `diff` and `replay`: the commands around frozen releases."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import orchkit as package
from orchkit.model.catalogue import Catalogue
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

VERSION = "2026.11.0"
ANT = "checklists/tools/ant/scores.yaml"


def judged(checkout: Checkout, value: int) -> None:
    """Change one score, and say that it is a judgement now."""
    checkout.replace(ANT, "value: 3", f"value: {value}")
    checkout.replace(ANT, "basis: published", "basis: reviewed")


def begin_next(checkout: Checkout) -> None:
    checkout.replace("checklists/dataset.yaml", VERSION, "2026.12.0")


@pytest.fixture
def git(checkout: Checkout) -> Callable[..., None]:
    """Run git in the checkout, which is a repository with one commit."""

    def run(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=checkout.root, check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-q", "-m", "one")
    return run


# --- release ----------------------------------------------------------------------------------------------------------


def test_a_release_is_frozen_and_said(small: Run, checkout: Checkout) -> None:
    result = small("release", VERSION)
    assert result.exit_code == 0, result.stderr
    digest = json.loads((checkout.data / "releases/index.json").read_text(encoding="utf-8"))["releases"][VERSION]["sha256"]
    assert f"checklists/releases/{VERSION}.json: " in result.stdout
    assert digest in result.stdout
    assert "raise `version` in checklists/dataset.yaml" in result.stdout
    assert small("release", VERSION).stdout == f"checklists/releases/{VERSION}.json is frozen already, with the same data.\n"
    assert small("lint").exit_code == 0


@pytest.mark.parametrize(
    ("version", "break_it", "fact"),
    [
        ("2026.12.0", lambda _: None, "`2026.12.0` is not the dataset's version"),
        (VERSION, lambda checkout: checkout.replace(ANT, "source: printed", "source: printd"), "unknown source `printd`"),
        (VERSION, lambda checkout: (checkout.root / "docs/tools/ant.md").unlink(), "the tool `ant` has no page"),
    ],
    ids=["another version", "a lint problem", "a missing page"],
)
def test_what_must_not_be_released_is_refused(small: Run, checkout: Checkout, version: str, break_it: Callable[[Checkout], None], fact: str) -> None:
    break_it(checkout)
    result = small("release", version)
    assert result.exit_code == 2
    assert fact in result.stderr
    assert not (checkout.data / "releases").exists()


def test_a_released_checklist_that_was_changed_stops_the_next_release(small: Run, checkout: Checkout) -> None:
    small("release", VERSION)
    begin_next(checkout)
    checkout.replace("checklists/lists/trial/1.0.yaml", "severity: blocker", "severity: minor")
    result = small("release", "2026.12.0")
    assert result.exit_code == 2
    assert "a released checklist version never changes" in result.stderr


def test_commands_work_on_a_release(small: Run, checkout: Checkout) -> None:
    before = small("rank", "--profile", "first").stdout
    small("release", VERSION)
    begin_next(checkout)
    judged(checkout, 5)
    assert small("rank", "--profile", "first").stdout != before
    assert small("--release", VERSION, "rank", "--profile", "first").stdout == before
    unknown = small("--release", "2026.1.0", "rank")
    assert (unknown.exit_code, unknown.stderr) == (2, "release: there is no frozen release `2026.1.0`. Did you mean `2026.11.0`?\n")


# --- diff -------------------------------------------------------------------------------------------------------------


def test_diff_against_a_revision_and_nothing_is_left_behind(orchkit: Run, checkout: Checkout, git: Callable[..., None]) -> None:
    judged(checkout, 5)
    result = orchkit("diff", "main")
    assert result.exit_code == 0, result.stderr
    assert "Ant, Speed: 3 → 5" in result.stdout
    assert "Profile first" in result.stdout
    git("status", "--porcelain")
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=checkout.root, check=True, capture_output=True, text=True).stdout
    assert changed.split() == ["M", ANT]


def test_diff_of_the_same_data_is_quiet(orchkit: Run, git: Callable[..., None], checkout: Checkout) -> None:
    git("tag", "v1")
    assert orchkit("diff", "v1", "HEAD").stdout == "No ranking, no advice and no cost changes (dataset 2026.11.0).\n"
    assert orchkit("diff", checkout.data, checkout.root).exit_code == 0


def test_a_release_of_the_checkout_around_the_current_folder_is_found(small: Run, orchkit: Run, checkout: Checkout) -> None:
    small("release", VERSION)
    begin_next(checkout)
    judged(checkout, 5)
    assert "Ant, Speed: 3 → 5" in orchkit("diff", VERSION).stdout
    assert f"dataset {VERSION}." in orchkit("--release", VERSION, "rank", "--profile", "first").stdout


def test_diff_takes_a_release_and_a_compiled_file(small: Run, checkout: Checkout, tmp_path: Path) -> None:
    small("release", VERSION)
    begin_next(checkout)
    judged(checkout, 5)
    compiled = tmp_path / "head.json"
    compiled.write_text(package.store.compile_dataset(checkout.data), encoding="utf-8")
    by_release = small("diff", VERSION, "--format", "json")
    assert json.loads(by_release.stdout)["scores"] == [{"tool": "ant", "criterion": "speed", "old": 3, "new": 5}]
    assert small("diff", checkout.data / "releases" / f"{VERSION}.json", compiled, "--format", "json").stdout == by_release.stdout
    markdown = small("diff", VERSION, "--format", "markdown").stdout
    assert "## Scores" in markdown
    assert "- Ant, Speed: 3 → 5" in markdown
    assert "| Tool" in markdown


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("nowhere", "`nowhere` is no dataset folder, no compiled file, no release, and no revision"),
        ("--output=x", "No such option"),
        ("2026.1.0", "there is no frozen release `2026.1.0`"),
    ],
)
def test_a_base_that_is_nothing(orchkit: Run, git: Callable[..., None], name: str, fact: str) -> None:
    git("tag", "v1")
    result = orchkit("diff", name)
    assert result.exit_code == 2
    assert fact in result.stderr


def test_a_revision_without_a_dataset_and_one_with_a_broken_one(orchkit: Run, checkout: Checkout, git: Callable[..., None]) -> None:
    kept = (checkout.root / ANT).read_text(encoding="utf-8")
    checkout.replace(ANT, "value: 3", "value: 9")
    git("commit", "-qam", "broken")
    checkout.write(ANT, kept)
    broken = orchkit("diff", "HEAD")
    assert broken.exit_code == 2
    assert "HEAD: checklists/tools/ant/scores.yaml:4: scores.speed.value: 9 is more than 5" in broken.stderr
    git("rm", "-rq", "--cached", "checklists")
    git("commit", "-qm", "none")
    none = orchkit("diff", "HEAD")
    assert none.exit_code == 2
    assert "HEAD" in none.stderr


def test_without_git_it_says_so(orchkit: Run, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    result = orchkit("diff", "main")
    assert result.exit_code == 2
    assert "needs git, which is not installed" in result.stderr
    assert checkout.data.is_dir()


# --- replay -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def decision(small: Run, checkout: Checkout) -> Path:
    """A decision that was made on a release, after which a score changed."""
    small("release", VERSION)
    catalogue: Catalogue = package.load(checkout.data)
    ranking = package.rank(catalogue, "first").ranking
    result = {"ranking": [{"tool": line.tool, "rank": line.rank, "score": line.score and float(line.score)} for line in ranking]}
    file = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": VERSION, "profile": "first", "result": result}
    begin_next(checkout)
    judged(checkout, 5)
    return checkout.write("team.orchkit.json", json.dumps(file))


def test_a_decision_is_replayed_and_what_changed_is_said(small: Run, decision: Path) -> None:
    result = small("replay", decision)
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert f"Made on release {VERSION}. The stored result (ranking) follows from release {VERSION} to the last digit." in said
    assert "On dataset 2026.12.0, by the same weights, first place" in said
    assert "Ant, Speed: 3 → 5" in said
    assert json.loads(small("replay", decision, "--format", "json").stdout)["reproduced"] is True


def test_a_result_that_was_changed_by_hand_ends_in_1(small: Run, decision: Path) -> None:
    data = json.loads(decision.read_text(encoding="utf-8"))
    data["result"]["ranking"][0]["rank"] = 2
    decision.write_text(json.dumps(data), encoding="utf-8")
    result = small("replay", decision)
    assert result.exit_code == 1
    assert "rank: stored 2, computed 1" in result.stdout


def test_a_decision_of_an_unknown_release(small: Run, decision: Path) -> None:
    decision.write_text(decision.read_text(encoding="utf-8").replace(VERSION, "2025.1.0"), encoding="utf-8")
    result = small("replay", decision)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no frozen release `2025.1.0`" in result.stderr
