"""Byte code for the browser: archives of Python source, compiled by the very interpreter that will run them.

A page that receives source compiles it on every visit. Only an interpreter of the same version writes byte code that
the runtime accepts, so the compiler is the runtime itself, under Node. Each archive is compiled once and kept by digest.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.site.node import node

HERE = Path(__file__).parent
_SCRIPTS = (HERE / "bytecode.mjs", HERE / "bytecode_inside.py")


def compile_archives(archives: Iterable[Path], pyodide: Path, cache: Path, progress: Callable[[str], None]) -> None:
    """Replace each archive (a wheel or a zip file of modules) by one with byte code in place of source.

    `pyodide` is the folder of the npm package. The same archive gives the same bytes. Raises `InputError` where Node is
    missing or a file cannot be compiled.
    """
    kept = {archive: cache / f"{_key(archive, pyodide)}.zip" for archive in archives}
    missing = [archive for archive in kept if not kept[archive].is_file()]
    for number, archive in enumerate(missing, 1):  # each in an interpreter of its own: what was compiled before would show in the bytes
        progress(f"runtime: compiling {archive.name} ({number} of {len(missing)})")
        cache.mkdir(parents=True, exist_ok=True)
        _compile(archive, pyodide, kept[archive])
    for archive, compiled in kept.items():
        shutil.copyfile(compiled, archive)


def _key(archive: Path, pyodide: Path) -> str:
    """Name an archive's compiled form by all that decides it."""
    parts = [archive.name.encode(), archive.read_bytes(), (pyodide / "package.json").read_bytes(), *(script.read_bytes() for script in _SCRIPTS)]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


def _compile(archive: Path, pyodide: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as name:
        work = Path(name)
        shutil.copyfile(archive, work / archive.name)
        result = subprocess.run([node(), _SCRIPTS[0], pyodide, _SCRIPTS[1], work, archive.name], capture_output=True, text=True, check=False)
        if result.returncode:
            last = result.stderr.strip().rpartition("\n")[2][:200]
            raise InputError(Problem(f"runtime: {archive.name}", f"cannot be compiled: {last}", "Run `make setup` and try again"))
        (work / "compiled.zip").replace(target)
