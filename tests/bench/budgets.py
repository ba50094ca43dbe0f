"""The budget table: every row that is measured, in the design's order, with its bound."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from orchkit.site.bench import Results, Row, Unit
from tests.bench.arithmetic import Pairs, Sample


@dataclass(frozen=True, slots=True)
class Budget:
    """A row before it is measured. `group` is what is measured together."""

    name: str
    group: str
    what: str
    unit: Unit
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A row's measurement, unrounded."""

    name: str
    sample: Sample
    ours: float | None = None
    stock: float | None = None
    pair_unit: Unit | None = None
    note: str | None = None


BUDGETS = (
    Budget("page", "page", "Page untouched: everything it loads, gzipped, without the search index; heaviest page", "kB", 200),
    Budget("bytes", "bytes", "Runtime on a first visit: bytes gzipped, against stock Pyodide, pydantic and Jinja2", "×", 0.85),
    Budget("start-first", "start", "Ready on a first visit, against stock", "×", 0.5),
    Budget("start-reload", "start", "Ready after a reload, against stock", "×", 0.33),
    Budget("start-later", "start", "Ready on a later visit: files cached, no worker alive, against stock", "×", 0.33),
    Budget("start-next", "start", "Ready on the next page while a worker is alive, against stock", "×", 0.1),
    Budget("dom-p50", "input", "Input → changed DOM, half of all events", "ms"),
    Budget("dom-p95", "input", "Input → changed DOM, 95 of 100 events", "ms", 16),
    Budget("paint-frames", "input", "Input → painted, 95 of 100 events", "frames", 2),
    Budget("paint-p50", "input", "Input → painted at the latest, half of all events", "ms"),
    Budget("paint-p95", "input", "Input → painted at the latest, 95 of 100 events", "ms"),
    Budget("build", "build", "Site build without the runtime, against as many plain Material pages of the same size", "×", 1.5),
    Budget("build-growth", "scale", "Site build: one more tool at 1,000 against one more at 100", "×", 1.2),
    Budget("build-10", "scale", "Site build with 10 synthetic tools", "s"),
    Budget("build-100", "scale", "Site build with 100 synthetic tools", "s"),
    Budget("build-1000", "scale", "Site build with 1,000 synthetic tools", "s"),
    Budget("catalogue-growth", "catalogue", "Loading the catalogue: one more tool at 1,000 against one more at 100", "×", 1.2),
    Budget("catalogue-10", "catalogue", "Loading the catalogue with 10 synthetic tools", "s"),
    Budget("catalogue-100", "catalogue", "Loading the catalogue with 100 synthetic tools", "s"),
    Budget("catalogue-1000", "catalogue", "Loading the catalogue with 1,000 synthetic tools", "s"),
    Budget("help", "help", "`orchkit --help` against `python -c pass`", "×", 8),
    Budget(
        "acceptability", "acceptability", "Acceptability of 20 tools × 10 criteria under 10,000 weight vectors, against pymcdm", "×", round(1 / 15, 4)
    ),
)

GROUPS = tuple(dict.fromkeys(budget.group for budget in BUDGETS))


def finished(budget: Budget, measured: Measured) -> Row:
    """Return a measured row, rounded to four digits; its bound is compared with what is printed."""
    value, low, high = (round_to_four(number) for number in (measured.sample.value, measured.sample.low, measured.sample.high))
    return Row(
        name=budget.name,
        what=budget.what,
        value=value,
        bound=budget.bound,
        met=None if budget.bound is None else value <= budget.bound,
        unit=budget.unit,
        low=low,
        high=high,
        runs=measured.sample.runs,
        ours=None if measured.ours is None else round_to_four(measured.ours),
        stock=None if measured.stock is None else round_to_four(measured.stock),
        pair_unit=measured.pair_unit,
        note=measured.note,
    )


def unmeasured(budget: Budget, why: str) -> Row:
    """Return a row without a value, and the reason."""
    return Row(name=budget.name, what=budget.what, value=None, bound=budget.bound, met=None, unit=budget.unit, low=None, high=None, why=why)


def added(kept: Results, run: Results) -> Results:
    """Put the rows of a run into one that was kept; each says that it was measured apart. Raises `ValueError` for another machine.

    Whatever is compared within a row, and the rows of one group, still come from one run.
    """
    if run.machine.model_copy(update={"load_before": 0}) != kept.machine.model_copy(update={"load_before": 0}):
        msg = "the kept run is another machine's: run the whole bench here"
        raise ValueError(msg)
    apart = f"Measured apart, on {run.measured_on}; before it, {run.machine.load_before} processes were running on average."
    new = {row.name: row.model_copy(update={"note": " ".join(filter(None, (row.note, apart)))}) for row in run.rows}
    return kept.model_copy(update={"rows": tuple(new.get(row.name, row) for row in kept.rows)})


def ratio(name: str, pairs: Pairs, unit: Unit, *, scale: float = 1, note: str | None = None) -> Measured:
    """Return a row of ratios; `scale` turns what was measured into `unit`."""
    found = pairs.ratio()
    ours, stock = (scale * median(side) for side in (pairs.ours, pairs.stock))
    return Measured(name, found, ours, stock, unit, note)


def wanted(names: list[str]) -> tuple[Budget, ...]:
    """Choose rows by their own name or their group's; all of them where none is named. Raises `KeyError` with an unknown name."""
    known = {budget.name for budget in BUDGETS} | set(GROUPS)
    for name in names:
        if name not in known:
            raise KeyError(name)
    return tuple(budget for budget in BUDGETS if not names or {budget.name, budget.group} & set(names))


def round_to_four(value: float) -> float:
    """Keep four digits that count."""
    return float(f"{value:.4g}")
