"""Runs inside Pyodide: an archive with source in, the same archive with byte code out. Nothing here may import orchkit."""

import compileall
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode

UNPACKED = Path("/unpacked")
EPOCH = (1980, 1, 1, 0, 0, 0)


def compile_archive(source: str, target: str) -> None:
    """Compile every module; keep every other file. Tracebacks name the path that the module will have."""
    with zipfile.ZipFile(source) as archive:
        archive.extractall(UNPACKED)
    compiled = compileall.compile_dir(
        UNPACKED,
        quiet=2,
        legacy=True,
        optimize=1,
        stripdir=str(UNPACKED),
        prependdir="/site",
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        msg = f"{source}: a module does not compile"
        raise SyntaxError(msg)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(UNPACKED.rglob("*")):
            if path.is_file() and path.suffix != ".py":
                entry = zipfile.ZipInfo(path.relative_to(UNPACKED).as_posix(), EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())
