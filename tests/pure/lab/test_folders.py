"""Every tool's folder obeys the contract: what the driver would find out late is found here early."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from orchkit.errors import DataError
from orchkit.store import load
from orchkit.store.records import read_record
from tests.lab.driver import folders
from tests.lab.driver.cases import CASES
from tests.lab.driver.contract import CaseEntry, Mode, ToolFolder, Verb
from tests.lab.driver.folders import ROOT, TOOLS

NAMES = folders.tools()
MODES = [(name, mode) for name in NAMES for mode in folders.read_folder(name).modes]


def test_there_are_folders() -> None:
    assert {"cron-script", "prefect"} <= set(NAMES)
    assert set(NAMES) == {path.name for path in TOOLS.iterdir() if path.is_dir()}


@pytest.mark.parametrize("tool", NAMES)
def test_the_catalogue_knows_the_tool(tool: str) -> None:
    assert (ROOT / "checklists" / "tools" / tool / "tool.yaml").is_file()
    assert (TOOLS / tool / "README.md").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize("tool", NAMES)
def test_the_lock_pins_each_package_by_hash_and_names_no_address(tool: str) -> None:
    lock = (TOOLS / tool / "requirements.txt").read_text("utf-8")
    assert "://" not in lock
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if entry.strip()]
    assert all(re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,._-]+\])?==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    names = {entry.partition("==")[0].partition("[")[0] for entry in entries}
    wanted = [line.partition("#")[0].strip() for line in (TOOLS / tool / "requirements.in").read_text("utf-8").splitlines()]
    assert {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in wanted if line} <= names
    assert "scikit-learn" in names


@pytest.mark.parametrize("tool", NAMES)
def test_the_tool_is_one_of_the_packages(tool: str) -> None:
    package = folders.read_folder(tool).package
    assert package is None or f"\n{package}==" in "\n" + (TOOLS / tool / "requirements.txt").read_text("utf-8")


def test_the_dataset_describes_the_cases_that_are_played_and_says_who_is_not() -> None:
    known = load(ROOT / "checklists").lab_cases
    assert set(known.cases) == {"install", *CASES}
    assert not set(known.not_run) & set(NAMES)


@pytest.mark.parametrize(("tool", "mode"), MODES)
def test_each_case_can_be_played_or_says_why_not(tool: str, mode: str) -> None:
    stated = folders.read_folder(tool).modes[mode]
    assert set(stated.cases) <= set(CASES)
    for name, case in CASES.items():
        entry = stated.cases.get(name, CaseEntry())
        assert entry.unsupported or entry.not_run or folders.left_out(case, entry, stated, TOOLS / tool) is None, name


@pytest.mark.parametrize("tool", NAMES)
def test_orchestration_lines_are_marked(tool: str) -> None:
    stated = folders.read_folder(tool)
    files = [*stated.orchestration, *(name for mode in stated.modes.values() for name in mode.orchestration)]
    assert files
    assert all(folders.orchestration_lines((TOOLS / tool / name).read_text("utf-8")) for name in files)


@pytest.mark.parametrize("tool", NAMES)
def test_the_handbook_shows_the_files_that_ran(tool: str) -> None:
    stated = folders.read_folder(tool)
    side_by_side = (ROOT / "docs" / "lab" / "workflows.md").read_text("utf-8")
    for name in [*stated.orchestration, *(name for mode in stated.modes.values() for name in mode.orchestration)]:
        assert f'--8<-- "tools/{tool}/{name}"' in side_by_side
    page = (ROOT / "docs" / "tools" / f"{tool}.md").read_text("utf-8")
    assert f'--8<-- "tools/{tool}/{stated.orchestration[0]}"' in page
    assert f'tool_lab("{tool}")' in page


@pytest.mark.parametrize("patch", sorted(TOOLS.rglob("*.patch")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_patches_fit_the_workflow(patch: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(patch.parent, tmp_path / "tool")
    subprocess.run(
        ["git", "apply", "--check", "-p1", patch.name], cwd=copy, check=True, env={"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": str(tmp_path)}
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n# orchestration\nb\n\n# a comment\nc\n# end\nd\n", 2),
        ("# orchestration\na\n# end\n# orchestration\nb\n# end\n", 2),
        ("nothing", 0),
    ],
)
def test_lines_between_the_marks_are_counted(text: str, lines: int) -> None:
    assert folders.orchestration_lines(text) == lines


@pytest.mark.parametrize("text", ["# end\n", "# orchestration\n# orchestration\n# end\n", "# orchestration\na\n"])
def test_marks_come_in_pairs(text: str) -> None:
    with pytest.raises(ValueError, match=r"mark is due|a block without"):
        folders.orchestration_lines(text)


MODE = {"name": "m", "what": "w", "verbs": {"run": "python workflow.py"}}

REFUSED = [
    ({"orchestration": ["a.py"]}, "the field `modes` is missing"),
    ({"modes": {"m": MODE}}, "the field `orchestration` is missing"),
    ({"orchestration": ["a.py"], "modes": {"m": {**MODE, "verbs": {"run": ""}}}}, "a command is wanted"),
    ({"orchestration": ["a.py"], "modes": {"m": {**MODE, "verbs": {"walk": "python"}}}}, "walk"),
    ({"orchestration": ["a.py"], "modes": {"m": {**MODE, "cases": {"resume": {"unsupported": "a", "not_run": "b"}}}}}, "not both"),
]


@pytest.mark.parametrize(("data", "why"), REFUSED)
def test_what_breaks_the_contract_is_refused(data: dict[str, object], why: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(DataError, match=re.escape(why)):
        read_record(file, tmp_path, ToolFolder, max_bytes=10_000)


def test_a_case_without_its_command_is_left_out_with_a_reason(tmp_path: Path) -> None:
    mode = Mode(name="m", what="w", verbs={Verb.RUN: "python workflow.py"})
    assert folders.left_out(CASES["resume"], CaseEntry(), mode, tmp_path) == "the folder has no command for resume"
    assert folders.left_out(CASES["added-step"], CaseEntry(), mode, tmp_path) == "the folder has no add_step.patch"
    assert folders.left_out(CASES["failure"], CaseEntry(not_run="no"), mode, tmp_path) == "no"
    assert folders.left_out(CASES["failure"], CaseEntry(), mode, tmp_path) is None
