"""Turns what pydantic says of a wrong value into fact and repair, in this project's words."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from orchkit.model.base import nearest

Path = tuple[str | int, ...]

_SHOWN = 60


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, fact, repair) for each thing pydantic found wrong in a record of `model`."""
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if part != "[key]")
        fact, repair = _say(detail, path, model)
        yield path, fact, repair


def dotted(path: Path) -> str:
    """Write a path as people do: ``scores.ml-features.value``, ``sections[2].items[0]``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def shown(value: Any) -> str:
    """Write a value for a message: one line, not too long."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _say(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    match kind:
        case "extra_forbidden":
            return _unknown_field(str(path[-1]), fields_at(model, path[:-1]))
        case "missing":
            return f"the field `{path[-1] if path else ''}` is missing", "Add it"
        case "value_error":
            return str(context.get("error", detail["msg"])), "Mend it as the message says"
        case "enum" | "literal_error":
            return f"{shown(given)} is not one of the allowed values", f"Write one of: {context['expected']}"
    if kind in _PHRASES:
        return f"{shown(given)} {_PHRASES[kind](context)[0]}", _PHRASES[kind](context)[1]
    return f"{shown(given)}: {detail['msg']}", "Compare with the JSON Schema named in the first line of the file"


_BETWEEN = "Write a number inside the allowed range"
_PHRASES: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "greater_than_equal": lambda c: (f"is less than {c['ge']}", _BETWEEN),
    "less_than_equal": lambda c: (f"is more than {c['le']}", _BETWEEN),
    "greater_than": lambda c: (f"is not more than {c['gt']}", _BETWEEN),
    "less_than": lambda c: (f"is not less than {c['lt']}", _BETWEEN),
    "int_type": lambda _: ("is not a whole number", "Write a whole number without quotes"),
    "int_parsing": lambda _: ("is not a whole number", "Write a whole number without quotes"),
    "int_from_float": lambda _: ("is not a whole number", "Write a whole number without quotes"),
    "bool_type": lambda _: ("is not true or false", "Write true or false without quotes"),
    "bool_parsing": lambda _: ("is not true or false", "Write true or false without quotes"),
    "string_type": lambda _: ("is not text", "Write text; put quotes around it if it looks like a number"),
    "string_too_short": lambda _: ("is empty", "Write something, or leave the field out where it may be absent"),
    "string_too_long": lambda c: (f"is longer than {c['max_length']} characters", "Shorten it"),
    "string_pattern_mismatch": lambda c: (f"does not match `{c['pattern']}`", "Write it in that form"),
    "dict_type": lambda _: ("is not a mapping", "Write `key: value` lines"),
    "model_type": lambda _: ("is not a mapping", "Write `key: value` lines"),
    "model_attributes_type": lambda _: ("is not a mapping", "Write `key: value` lines"),
    "tuple_type": lambda _: ("is not a list", "Write a list: one `- ` line an entry"),
    "list_type": lambda _: ("is not a list", "Write a list: one `- ` line an entry"),
    "too_long": lambda c: (f"has more than {c['max_length']} entries", "Shorten the list"),
    "date_type": lambda _: ("is not a day", "Write it as 2026-11-21"),
    "date_parsing": lambda _: ("is not a day", "Write it as 2026-11-21"),
    "date_from_datetime_parsing": lambda _: ("is not a day", "Write it as 2026-11-21"),
    "date_from_datetime_inexact": lambda _: ("is not a day", "Write it as 2026-11-21"),
}


def _unknown_field(name: str, known: list[str]) -> tuple[str, str]:
    return f"unknown field `{name}`", nearest(name, known) if known else "Remove it"


def fields_at(model: Any, path: Path) -> list[str]:
    """Name the fields of the record at `path` below `model`; none where the path leaves the records."""
    for part in path:
        model = _record(model)
        if isinstance(model, type) and issubclass(model, BaseModel):
            known = model.model_fields.get(str(part))
            model = known.annotation if known else None
        else:
            model = get_args(model)[-1 if get_origin(model) is dict else 0] if get_args(model) else None
    model = _record(model)
    return list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _record(annotation: Any) -> Any:
    """Strip `Annotated` and `| None`."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        annotation = next((arg for arg in get_args(annotation) if arg is not type(None)), None)
    return annotation
