"""How parts travel: each as one compressed stream, which the browser unpacks while it arrives.

A zip file compresses every module by itself and has Python unpack each again. Stored in the zip and compressed as a whole, what
the modules have in common is said once, and unpacking is the browser's own work.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath

import zopfli.gzip

SUFFIX = ".gz"
"""Put behind the name of a packed file."""

_ROUNDS = 3
"""How often the compressor tries again. Twelve more take three times as long and gain nothing."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_NOT_READ = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "top_level.txt"}
_NOT_READ_FOLDER = "sboms"
"""What installers and auditors read of a wheel, and nobody in the page: no module here asks for its metadata."""


def pack(part: Path, cache: Path) -> Path:
    """Put `part` (a wheel, a zip file of modules or a plain file) as ``<name>.gz`` in its own place and return that path.

    What was packed once is kept in `cache`. Licences stay.
    """
    content = _stored(part) if zipfile.is_zipfile(part) else part.read_bytes()
    packed = part.with_name(part.name + SUFFIX)
    kept = cache / f"{hashlib.sha256(content).hexdigest()[:16]}{SUFFIX}"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        written = kept.with_name(f".{kept.name}.{part.name}")
        written.write_bytes(zopfli.gzip.compress(content, numiterations=_ROUNDS))
        written.replace(kept)
    packed.write_bytes(kept.read_bytes())
    part.unlink()
    return packed


def _stored(archive: Path) -> bytes:
    """Return the archive with its files uncompressed, those of a kind together, without what only an installer reads."""
    made = io.BytesIO()
    with zipfile.ZipFile(archive) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as stored:
        names = [name for name in given.namelist() if not name.endswith("/") and not _is_metadata(PurePosixPath(name))]
        for name in sorted(names, key=lambda name: (PurePosixPath(name).suffix, name)):
            stored.writestr(zipfile.ZipInfo(name, _FIRST_DAY), given.read(name))
    return made.getvalue()


def _is_metadata(path: PurePosixPath) -> bool:
    about, *_ = path.parts
    return about.endswith(".dist-info") and (path.name in _NOT_READ or _NOT_READ_FOLDER in path.parts)
