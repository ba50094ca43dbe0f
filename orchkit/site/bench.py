"""What a run of the bench leaves: its records, and how they are read from where `tests/bench/` commits them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import BaseModel, ValidationError, model_validator

from orchkit.errors import DataError, Problem
from orchkit.model.base import Day, Id, Record, Text
from orchkit.model.machine import Machine

RESULTS = Path("tests/bench/results.json")
LEVERS = Path("tests/bench/levers.json")

Unit = Literal["×", "ms", "s", "kB", "frames"]

Model = TypeVar("Model", bound=BaseModel)


class Row(Record):
    """One line of the budget table."""

    name: Id
    what: Text
    value: float | None
    """The median of all runs, or the percentile that `what` names; null when it could not be measured."""
    bound: float | None
    """The value must not be larger. Null where the design sets none."""
    met: bool | None
    unit: Unit
    low: float | None
    """The smallest single run."""
    high: float | None
    """The largest single run."""
    runs: int = 0
    ours: float | None = None
    """Of a ratio: the median of what stands above the line."""
    stock: float | None = None
    """Of a ratio: the median of what stands below it."""
    pair_unit: Unit | None = None
    """Unit of `ours` and `stock`."""
    note: Text | None = None
    why: Text | None = None
    """Why there is no value."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.value is None:
            wrong = (self.low, self.high, self.met) != (None, None, None) or self.why is None
        else:
            assert self.low is not None
            assert self.high is not None
            met = None if self.bound is None else self.value <= self.bound
            wrong = not self.low <= self.value <= self.high or self.met != met or self.why is not None
        if wrong:
            msg = f"{self.name}: value, low, high, met and why do not fit together"
            raise ValueError(msg)
        return self


class Results(Record):
    """One whole run of the bench."""

    measured_on: Day
    machine: Machine
    versions: dict[str, str]
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _each_row_once(self) -> Self:
        if twice := [name for name, count in Counter(row.name for row in self.rows).items() if count > 1]:
            msg = f"twice: {', '.join(twice)}"
            raise ValueError(msg)
        return self


class Lever(Record):
    """One measurement with one lever switched off and on again, everything else the same."""

    lever: Id
    what: Text
    moment: Text
    """What was measured: a start on a first visit, bytes."""
    unit: Unit
    off: float | None
    """Median without the lever; null when it could not be switched off or measured."""
    on: float | None
    ratio: float | None
    """Median of on ÷ off, run by run."""
    low: float | None
    high: float | None
    runs: int = 0
    why: Text | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        values = (self.off, self.on, self.ratio, self.low, self.high)
        known = [value for value in values if value is not None]
        if (len(known) != len(values) or self.why) if known else not self.why:
            msg = f"{self.lever}: give all the values, or why there are none"
            raise ValueError(msg)
        return self


class Levers(Record):
    """One whole run over the levers."""

    measured_on: Day
    machine: Machine
    versions: dict[str, str]
    rows: tuple[Lever, ...]


def read_results(file: Path = RESULTS) -> Results:
    """Read a run. Raises `DataError` when it is missing or not what the bench writes."""
    return _read(file, Results, "make bench")


def read_levers(file: Path = LEVERS) -> Levers:
    """Read a run over the levers. Raises `DataError` as `read_results` does."""
    return _read(file, Levers, "make bench LEVERS=all")


def _read(file: Path, model: type[Model], command: str) -> Model:
    try:
        return model.model_validate_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(Problem(file.as_posix(), f"cannot be read: {error.strerror}", f"Write it with `{command}`")) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise DataError(Problem(f"{file.as_posix()}: {place}".rstrip(": "), first["msg"], f"Write it again with `{command}`")) from None
