"""Files of a user that are written: beside what is there, or in its place whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchkit.errors import InputError, Problem

_NO_FOLDER = "Name a file in a folder that exists"


def write_new(path: Path, content: str | bytes, *, holds: str = "") -> None:
    """Write a file that must not exist yet; `holds` says what one may hold that does. Raises `InputError`."""
    with _told(path, _NO_FOLDER):
        try:
            with path.open("xb") as file:
                file.write(_bytes(content))
        except FileExistsError:
            fact = f"exists already, and may hold {holds}" if holds else "exists already"
            raise InputError(Problem(str(path), fact, "Name another file")) from None


def write_over(path: Path, content: str | bytes, *, repair: str = _NO_FOLDER) -> None:
    """Write a file, in the place of one that is there. Raises `InputError`, and then what was there still is."""
    beside = path.with_name(f".{path.name}.new")
    with _told(path, repair):
        beside.write_bytes(_bytes(content))
        beside.replace(path)


@contextmanager
def _told(path: Path, repair: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be written: {error.strerror or error}", repair)) from None


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()
