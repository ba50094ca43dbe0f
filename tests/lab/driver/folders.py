"""The tools' folders: what is read from them without starting anything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from orchkit.store.records import read_record
from tests.lab.driver.cases import CASES, Case
from tests.lab.driver.contract import CaseEntry, Mode, ToolFolder

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ROOT / "tests" / "lab" / "tools"
PIPELINE = ROOT / "tests" / "lab" / "ml_pipeline"
BEGIN, END = "# orchestration", "# end"
"""Lines between these two are there for the orchestrator alone."""
MAX_BYTES = 100_000


def tools() -> list[str]:
    """Name the tools that have a folder."""
    return sorted(path.name for path in TOOLS.iterdir() if (path / "cases.yaml").is_file())


def read_folder(tool: str) -> ToolFolder:
    """Read what a folder says of itself. Raises `DataError`."""
    return read_record(TOOLS / tool / "cases.yaml", ROOT, ToolFolder, max_bytes=MAX_BYTES)[0]


def left_out(case: Case, entry: CaseEntry, mode: Mode, folder: Path) -> str | None:
    """Say why a case cannot be played although the folder gives no reason; null where it can be."""
    if missing := [verb for verb in case.needs if verb not in mode.verbs]:
        return f"the folder has no command for {', '.join(missing)}"
    if case.patch and not (folder / case.patch).is_file():
        return f"the folder has no {case.patch}"
    return entry.not_run


def orchestration_lines(text: str) -> int:
    """Count the lines in marked blocks; blank lines and comments are none."""
    inside, found = False, 0
    for line in map(str.strip, text.splitlines()):
        if line in {BEGIN, END}:
            if inside == (line == BEGIN):
                msg = f"`{line}` where the other mark is due"
                raise ValueError(msg)
            inside = line == BEGIN
        elif inside and line and not line.startswith("#"):
            found += 1
    if inside:
        msg = f"a block without `{END}`"
        raise ValueError(msg)
    return found


def lock_digest(tool: str) -> str:
    return hashlib.sha256((TOOLS / tool / "requirements.txt").read_bytes()).hexdigest()


def source_digest(tool: str) -> str:
    """Digest names and bytes of all that is run: the tool's folder and the pipeline."""
    digest = hashlib.sha256()
    for folder in (TOOLS / tool, PIPELINE):
        for path in _sources(folder):
            digest.update(f"{path.relative_to(folder.parent).as_posix()}\n{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def cases_named(names: list[str]) -> dict[str, Case]:
    """Choose cases by name; all of them where none is named. Raises `KeyError`."""
    return {name: CASES[name] for name in names} if names else CASES


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md")
