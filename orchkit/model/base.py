"""What every record shares: frozen, closed to unknown fields, documented field by field."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from math import isfinite
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints, WithJsonSchema


class Record(BaseModel):
    """An immutable record. A field's docstring becomes its description in the JSON Schema and in editors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=__debug__, allow_inf_nan=False, defer_build=True)


def _exact(value: Any) -> Any:
    """Read a number as the decimal that was written: 0.3 is 3/10, not the nearest binary float."""
    if type(value) is Fraction:  # every result is made of these, so they come first
        return value
    if isinstance(value, bool):
        msg = "a number is wanted, not true or false"
        raise ValueError(msg)  # noqa: TRY004 - pydantic turns ValueError into a located problem
    if isinstance(value, Fraction | int):
        return Fraction(value)
    if isinstance(value, float):
        if not isfinite(value):
            msg = "a finite number is wanted"
            raise ValueError(msg)
        return Fraction(repr(value))
    msg = "a number is wanted"
    raise ValueError(msg)


Exact = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""An exact rational inside, a float in JSON."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A kebab-case name of a file, a folder or an entry. Never reused."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Prose: at least one character."""

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
"""An absolute web address."""


def _day(value: Any) -> Any:
    """Refuse a number, which pydantic would take for seconds since 1970."""
    if isinstance(value, int | float):
        msg = "a day is wanted, written 2026-11-21"
        raise ValueError(msg)  # noqa: TRY004 - pydantic turns ValueError into a located problem
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day, written 2026-11-21."""


Value = TypeVar("Value")


class Same(Generic[Value]):
    """A key of a cache for a record that is too large to compare: it is the same one or it is another."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        """Return what one object has and no other at the time."""
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        """Compare by identity: the key keeps its record alive, so no other can take its place."""
        return isinstance(other, Same) and self.value is other.value


def nearest(name: str, known: Collection[str]) -> str:
    """Say which known name was probably meant, or list them: the repair for an unknown name."""
    close = get_close_matches(name, known, n=1)
    return f"Did you mean `{close[0]}`" if close else f"Use one of: {', '.join(known)}"
