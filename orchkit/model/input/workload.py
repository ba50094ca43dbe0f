"""What a team runs in a year, and what money means to it: the input of every cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record, Text

MAX_EDITS = 500


class Workload(Record):
    """Volume, people and money. Every number is bounded: what lies beyond is a slip of the finger."""

    runs_per_day: Annotated[Exact, Field(ge=0, le=1_000_000)] = Fraction(0)
    """Scheduled and triggered runs a day, without those of CI."""
    tasks_per_run: Annotated[Exact, Field(ge=1, le=10_000)] = Fraction(1)
    minutes_per_task: Annotated[Exact, Field(ge=0, le=10_080)] = Fraction(0)
    """Time that a task takes on a machine, up to a week."""
    pushes_per_month: Annotated[Exact, Field(ge=0, le=1_000_000)] = Fraction(0)
    """Pushes that start CI."""
    executions_per_push: Annotated[Exact, Field(ge=0, le=10_000)] = Fraction(0)
    """Runs that CI executes for each push."""
    seats: Annotated[int, Field(ge=0, le=100_000, strict=True)] = 1
    """People who sign in."""
    workflows_to_move: Annotated[int, Field(ge=0, le=100_000, strict=True)] = 0
    """Workflows to bring over from where they run today."""
    salary_per_year: Annotated[Exact, Field(ge=0, le=1_000_000_000)] | None = None
    """An engineer's yearly pay in `currency`; null for the documented default."""
    overhead_percent: Annotated[Exact, Field(ge=0, le=300)] = Fraction(0)
    """What an employee costs on top of the pay."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    """Three letters, as in ISO 4217."""
    currency_per_usd: Annotated[Exact, Field(gt=0, le=10_000_000)] | None = None
    """How much of `currency` buys one US dollar. Nobody guesses it for you."""
    region: Literal["us", "eu"] = "us"
    horizon_years: Annotated[int, Field(ge=1, le=20, strict=True)] = 3
    """Years over which what is paid once is spread."""

    @model_validator(mode="after")
    def _a_dollar_is_a_dollar(self) -> Self:
        if self.currency == "USD" and self.currency_per_usd not in (None, 1):
            msg = "one US dollar buys one US dollar: leave `currency_per_usd` out, or name another `currency`"
            raise ValueError(msg)
        return self


class CostEdit(Record):
    """A reader's own amount for one line."""

    low: Annotated[Exact, Field(ge=0, le=1_000_000_000_000)]
    """A year, in the currency of the workload."""
    high: Annotated[Exact, Field(ge=0, le=1_000_000_000_000)]
    why: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            msg = f"the low end {float(self.low):g} is above the high end {float(self.high):g}"
            raise ValueError(msg)
        return self


CostEdits = Mapping[str, Mapping[str, CostEdit]]
"""A reader's own amounts by deployment and line."""

Axis = Literal["runs_per_day", "tasks_per_run", "minutes_per_task", "pushes_per_month", "executions_per_push", "seats"]
"""What can grow when two deployments are compared."""


class BreakEvenChoice(Record):
    """Which two deployments are compared, and along what."""

    first: str
    second: str
    axis: Axis = "runs_per_day"


_PLAIN = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST = 40
_WORDS = frozenset({"currency", "region"})
_OPTIONAL = frozenset({"salary_per_year", "currency_per_usd"})


def read_field(name: str, text: str) -> Fraction | int | str | None:
    """Read the text of one field of a workload as the model wants it. Raises `InputError`; the bounds are the model's."""
    text = text.strip()
    if name in _WORDS:
        return text.upper() if name == "currency" else text
    if not text and name in _OPTIONAL:
        return None
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text) or not isfinite(float(text)):
        fact = "nothing is written there" if not text else f"`{text[:_LONGEST]}` is {'negative' if text.startswith('-') else 'not a plain number'}"
        raise InputError(Problem(f"workload: {name}", fact, "Write digits with a point and nothing else, like 28.5"))
    number = Fraction(repr(float(text)))
    return int(number) if number.denominator == 1 else number


def read_amount(text: str) -> tuple[Fraction, Fraction] | None:
    """Read an amount or a range of amounts, `1200` or `1200-2400`; nothing is none. Raises `InputError`."""
    if not text.strip():
        return None
    ends = [part.strip() for part in re.split(r"\s*[-–]\s*", text.strip().replace(",", ""))]
    if len(ends) not in (1, 2) or not all(len(end) <= _LONGEST and _PLAIN.fullmatch(end) and isfinite(float(end)) for end in ends):
        raise InputError(Problem("amount", f"`{text.strip()[:_LONGEST]}` is no amount", "Write one number or a range, like 1200 or 1200-2400"))
    low, high = (Fraction(repr(float(end))) for end in (ends[0], ends[-1]))
    return low, high


def changed(workload: Workload, **update: Any) -> Workload:
    """Return the workload with fields replaced and checked again. Raises pydantic's `ValidationError`."""
    return Workload.model_validate({**dict(workload), **update})
