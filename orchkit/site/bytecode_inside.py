"""Runs inside Pyodide: an archive with source in, the same archive with byte code out. Nothing here may import orchkit."""

import marshal
import py_compile
import zipfile
from pathlib import Path
from types import CodeType

UNPACKED = Path("/unpacked")
EPOCH = (1980, 1, 1, 0, 0, 0)

WITH_DOCSTRINGS = ("_pyodide/", "pyodide/")
"""What reads its own docstrings when it starts. All else does without them, and without asserts."""

WITH_LINES = "orchkit/"
"""Of what tracebacks name the line. Of the rest they name file and function: tables of lines are a tenth of the byte code."""

HEADER_BYTES = 16
"""Of a file of byte code, before the code itself."""


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
    written = Path(target).read_bytes()
    if name.startswith(WITH_LINES):
        return written
    return written[:HEADER_BYTES] + marshal.dumps(_without_lines(marshal.loads(written[HEADER_BYTES:])))  # noqa: S302 - written two lines above


def _without_lines(code: CodeType) -> CodeType:
    """Return the same code, and all code inside it, without tables of lines."""
    constants = tuple(_without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=constants)
