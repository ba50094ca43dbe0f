from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

import orchkit as package
from orchkit.cli import COMMANDS
from orchkit.cli.lazy import LazyGroup
from orchkit.cli.session import Session
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

LATE = ("pydantic", "yaml", "jinja2", "tabulate", "orchkit.model", "orchkit.store", "orchkit.views", "orchkit.cli.rank")


def _commands(group: LazyGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, entry in group.table.items():
        found = import_module(entry.module).command
        yield (*path, name), found
        if isinstance(found, LazyGroup):
            yield from _commands(found, (*path, name))


ALL = dict(_commands(package.cli.main))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["checklist", "--help"]])
def test_listing_commands_imports_none_of_them(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom orchkit.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print('late:', [name for name in {LATE!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "late: []"
    assert "Traceback" not in result.stderr


def test_help_names_every_command(orchkit: Run) -> None:
    for arguments in ([], ["--help"], ["-h"]):
        result = orchkit(*arguments)
        assert all(name in result.output and entry.help in result.output for name, entry in COMMANDS.items())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself(orchkit: Run, path: tuple[str, ...]) -> None:
    result = orchkit(*path, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: orchkit {' '.join(path)}")
    assert ALL[path].name == path[-1]


def test_version(orchkit: Run) -> None:
    assert orchkit("--version").stdout == f"orchkit, version {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rnk"], "orchkit: unknown command `rnk`. Did you mean `rank`?"),
        (["checklist", "scroe"], "orchkit checklist: unknown command `scroe`. Did you mean `score`?"),
        (["new", "sorce"], "orchkit new: unknown command `sorce`. Did you mean `source`?"),
    ],
)
def test_an_unknown_command(orchkit: Run, arguments: list[str], message: str) -> None:
    result = orchkit(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rank", "--profil", "startup"], "--profil"),
        (["rank", "--format", "csv"], "csv"),
        (["explain"], "TOOL"),
        (["site", "serve", "--port", "65536"], "65536"),
        (["--bogus"], "--bogus"),
    ],
)
def test_a_wrong_use_of_the_command_line_is_bad_input(orchkit: Run, arguments: list[str], message: str) -> None:
    result = orchkit(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (None, "is neither a dataset folder nor a compiled dataset"),
        (b"\xff\xfe", "cannot be read"),
        (b"{}", "is not a compiled dataset"),
        (b'{"dataset": ', "is not a compiled dataset"),
    ],
)
def test_data_that_is_none(orchkit: Run, tmp_path: Path, content: bytes | None, fact: str) -> None:
    path = tmp_path / "data.json"
    if content is not None:
        path.write_bytes(content)
    result = orchkit("--data", path, "rank", "--profile", "startup")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{path}: {fact}")
    assert result.stderr.count("\n") == 1


def test_a_folder_that_is_no_dataset(orchkit: Run, tmp_path: Path) -> None:
    result = orchkit("--data", tmp_path, "rank", "--profile", "startup")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "it has no dataset.yaml" in result.stderr


def test_every_problem_of_a_broken_dataset_is_a_line(small: Run, checkout: Checkout) -> None:
    checkout.replace("checklists/tools/ant/tool.yaml", "ranked: true", "ranked: No")
    checkout.replace("checklists/tools/bee/scores.yaml", "value: 5", "value: five")
    result = small("rank", "--profile", "first")
    assert result.exit_code == 2
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == ["checklists/tools/ant/tool.yaml:5", "checklists/tools/bee/scores.yaml:4"]


def test_a_compiled_dataset(orchkit: Run, checkout: Checkout, tmp_path: Path) -> None:
    compiled = tmp_path / "catalogue.json"
    compiled.write_text(package.store.compile_dataset(checkout.data), encoding="utf-8")
    assert orchkit("--data", compiled, "rank", "--profile", "first").stdout == orchkit("--data", checkout.data, "rank", "--profile", "first").stdout
    result = orchkit("--data", compiled, "lint")
    assert result.exit_code == 2
    assert "is not a folder" in result.stderr


@pytest.mark.parametrize("command", [["lint"], ["new", "tool", "cat"], ["schema", "--check"], ["site", "build"]])
def test_outside_a_checkout(orchkit: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = orchkit(*command)
    assert result.exit_code == 2
    assert result.stderr.startswith("the current folder: ")
    assert result.stderr.count("\n") == 1


def test_an_interrupt_is_quiet(orchkit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_session: Session) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "catalogue", interrupted)
    result = orchkit("rank")
    assert (result.exit_code, result.output) == (130, "")


def test_a_reader_that_left_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run([sys.executable, "-m", "orchkit", "schema", "decision"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (result.returncode, result.stderr) == (141, "")


def test_a_terminal_that_lacks_characters_gets_escapes(checkout: Checkout) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "orchkit", "--data", str(checkout.data), "explain", "ant", "--profile", "first"]
    result = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"\\u2013" in result.stdout
