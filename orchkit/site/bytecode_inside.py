"""Runs inside Pyodide: an archive with source in, the same archive with byte code out. Nothing here may import orchkit."""

import py_compile
import zipfile
from pathlib import Path

UNPACKED = Path("/unpacked")
EPOCH = (1980, 1, 1, 0, 0, 0)

WITH_DOCSTRINGS = ("_pyodide/", "pyodide/")
"""What reads its own docstrings when it starts. All else does without them, and without asserts."""


def compile_archive(source: str, target: str) -> None:
    """Compile every module; keep every other file. Tracebacks name the path that the module will have."""
    with zipfile.ZipFile(source) as archive:
        archive.extractall(UNPACKED)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(UNPACKED.rglob("*")):
            if path.is_file():
                name = path.relative_to(UNPACKED).as_posix()
                entry = zipfile.ZipInfo(f"{name}c" if path.suffix == ".py" else name, EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, compiled(path, name) if path.suffix == ".py" else path.read_bytes())


def compiled(path: Path, name: str) -> bytes:
    """Return a module's byte code. Raises `py_compile.PyCompileError` where it is no Python."""
    target = f"{path}c"
    py_compile.compile(
        str(path),
        cfile=target,
        dfile=f"/site/{name}",
        doraise=True,
        optimize=1 if name.startswith(WITH_DOCSTRINGS) else 2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    return Path(target).read_bytes()
