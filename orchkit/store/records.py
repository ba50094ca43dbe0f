"""One authored file → one record, every problem with its file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from orchkit.errors import DataError, InputError, Problem
from orchkit.model.explain import dotted, explain
from orchkit.store.strict_yaml import Document, parse

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Located:
    """A record's file and the lines of its values, so that a rule can point at what it dislikes."""

    file: str
    document: Document

    def problem(self, path: tuple[str | int, ...], fact: str, repair: str) -> Problem:
        """Say what is wrong with the value at `path`."""
        return Problem(self.where(path), fact, repair)

    def where(self, path: tuple[str | int, ...]) -> str:
        """Name the value at `path` as ``file:line: dotted.path``."""
        where = f"{self.file}:{self.document.line_of(path)}"
        return f"{where}: {dotted(path)}" if path else where


def read_text(path: Path, shown_as: str, max_bytes: int) -> str:
    """Read a file that a person wrote, and never more of it than `max_bytes`: a device has no end. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise InputError(
                Problem(shown_as, f"has more than the {max_bytes:,} bytes that are read", "Split it, or check that it is the right file")
            )
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(Problem(shown_as, f"is not UTF-8 text (byte {error.start})", "Save it as UTF-8")) from None
    except OSError as error:
        raise InputError(Problem(shown_as, f"cannot be read: {error.strerror or error}", "Check the path and the permissions")) from None


def read_record(path: Path, root: Path, model: type[Model], *, max_bytes: int) -> tuple[Model, Located]:
    """Read and validate one file. Raises `DataError` with all that is wrong in it."""
    shown_as = path.relative_to(root).as_posix()
    try:
        document = parse(read_text(path, shown_as, max_bytes), shown_as)
    except InputError as error:
        raise DataError(error.problems) from None
    located = Located(shown_as, document)
    try:
        return model.model_validate(document.value), located
    except ValidationError as error:
        raise DataError(located.problem(where, fact, repair) for where, fact, repair in explain(error, model)) from None
