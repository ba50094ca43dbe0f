"""A user's weights: any non-negative numbers, any sum, one at least above zero."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest

Weights = dict[str, Fraction]

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST = 40

LARGEST = 1_000_000
"""No sensible set of weights spans more."""


def read_weights(given: Mapping[str, Any], criteria: Collection[str], place: str = "weights") -> Weights:
    """Return exact weights that sum to 1, in the order of `criteria`.

    `given` maps criterion to a number (int, float, Fraction, or text that is a decimal number); a criterion that is
    absent weighs 0. A float counts as the decimal it prints as. Raises `InputError` naming every wrong entry.
    """
    exact = dict.fromkeys(criteria, Fraction(0)) | check_weights(given, criteria, place)
    total = sum(exact.values(), Fraction(0))
    if total == 0:
        raise InputError(Problem(place, "all weights are zero, so nothing can be ranked", "Give at least one criterion a weight above 0"))
    return {name: weight / total for name, weight in exact.items()}


def check_weights(given: Mapping[str, Any], criteria: Collection[str], place: str = "weights") -> Weights:
    """Return the given weights exactly, as they were given. Raises `InputError` naming every wrong entry."""
    problems = [Problem(place, f"unknown criterion `{name}`", f"{nearest(str(name), criteria)}") for name in given if name not in criteria]
    exact: Weights = {}
    for name in criteria:
        if name in given:
            try:
                exact[name] = read_weight(given[name])
            except ValueError as error:
                problems.append(Problem(f"{place}: {name}", str(error), "Write a number from 0 up, like 3 or 0.25"))
    if problems:
        raise InputError(problems)
    return exact


def read_weight(value: Any) -> Fraction:
    """Read one weight exactly. Raises `ValueError` with the fact where it cannot be used."""
    weight = value if isinstance(value, Fraction) else _from_text(repr(value) if isinstance(value, float) else str(value).strip())
    if weight is None or isinstance(value, bool) or not isinstance(value, int | float | Fraction | str):
        msg = f"`{str(value)[:_LONGEST]}` is not a plain, finite number"
        raise ValueError(msg)
    if weight < 0:
        msg = f"`{value}` is negative"
        raise ValueError(msg)
    if weight > LARGEST:
        msg = f"`{str(value)[:_LONGEST]}` is more than {LARGEST:,}"
        raise ValueError(msg)
    return weight


def _from_text(text: str) -> Fraction | None:
    """Read a decimal number as the shortest decimal of its float, so that a weight survives every trip through JSON and a link."""
    return Fraction(repr(float(text))) if len(text) <= _LONGEST and _DECIMAL.fullmatch(text) and isfinite(float(text)) else None
