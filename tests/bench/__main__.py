"""python -m tests.bench [--rows NAME,…] [--add] [--without NAME,…] [--levers NAME,…] [--out FILE]: measures the budget table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from playwright.sync_api import Error
from tabulate import tabulate

from orchkit.errors import DataError
from orchkit.model.machine import Machine
from orchkit.site.bench import LEVERS, RESULTS, Lever, Levers, Results, Row, read_levers, read_results
from orchkit.site.speed import number, span, tally, verdict
from tests.bench import levers
from tests.bench.budgets import GROUPS, Budget, Measured, added, finished, unmeasured, wanted
from tests.bench.machine import machine, versions
from tests.bench.rows import acceptability, building, reaction, start, terminal, weight
from tests.bench.unmeasurable import FAILURES, reason
from tests.bench.workshop import Workshop

ROOT = Path(__file__).resolve().parents[2]

MEASURES: dict[str, Callable[[Workshop], Iterator[Measured]]] = {
    "page": weight.measure_pages,
    "bytes": weight.measure_runtime,
    "start": start.measure,
    "input": reaction.measure,
    "build": building.measure_build,
    "scale": building.measure_scale,
    "catalogue": building.measure_catalogue,
    "help": terminal.measure,
    "acceptability": acceptability.measure,
}


def main() -> None:
    given = _arguments()
    here = machine()
    _make_readable(here)
    with Workshop(ROOT, lambda text: print(text, file=sys.stderr, flush=True)) as workshop:
        if given.levers:
            _report_levers(workshop, here, given.levers, given.out)
        else:
            _report(workshop, here, given.rows, given.without, given.out, add=given.add)


def _make_readable(here: Machine) -> None:
    """Write empty runs where none can be read: the handbook that is measured shows them, and is not built without them."""
    why = "the bench has not been run"
    try:
        read_results(ROOT / RESULTS)
    except DataError:
        rows = tuple(unmeasured(budget, why) for budget in wanted([]))
        _write(Results(measured_on=date.today(), machine=here, versions={}, rows=rows), ROOT / RESULTS)
    try:
        read_levers(ROOT / LEVERS)
    except DataError:
        pulled = tuple(levers.unmeasured(name, why) for name in levers.LEVERS)
        _write(Levers(measured_on=date.today(), machine=here, versions={}, rows=pulled), ROOT / LEVERS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the budget table side by side, print it, write the results.")
    parser.add_argument("--rows", default="", help=f"only these, by the name of a row or of a group: {', '.join(GROUPS)}")
    parser.add_argument("--add", action="store_true", help="put the chosen rows, whole groups of them, into the kept run, which says so")
    parser.add_argument("--without", default="", help="go without these: the run is kept, and says that they were left out")
    parser.add_argument("--levers", default="", help=f"measure levers on and off instead: all, or some of {', '.join(levers.LEVERS)}")
    parser.add_argument("--out", type=Path, help="where the results go; without it only a whole run is kept")
    given = parser.parse_args()
    try:
        given.rows, given.levers = wanted(_names(given.rows)), levers.wanted(_names(given.levers))
        given.without = wanted(_names(given.without)) if given.without else []
    except KeyError as error:
        parser.error(f"there is nothing called {error}")
    if given.add and {budget.group for budget in given.rows} & {budget.group for budget in wanted([]) if budget not in given.rows}:
        parser.error("--add takes whole groups: rows of one are measured together")
    return given


def _names(text: str) -> list[str]:
    return [name for name in text.replace(",", " ").split() if name]


def _report(workshop: Workshop, here: Machine, budgets: Sequence[Budget], without: Sequence[Budget], out: Path | None, *, add: bool) -> None:
    rows = tuple(_rows(workshop, budgets, without))
    results = Results(measured_on=date.today(), machine=here, versions=versions(ROOT, _browser(workshop)), rows=rows)
    table = [[row.name, number(row.value, row.unit), _bound(row), verdict(row), span(row.low, row.high), row.runs, _pair(row)] for row in rows]
    print(tabulate(table, ["row", "value", "bound", "", "low–high", "runs", "ours against stock"], disable_numparse=True))
    said = [(row.note or row.why, row.name) for row in rows if row.note or row.why]
    for text in dict.fromkeys(text for text, _ in said):
        print(f"{', '.join(name for other, name in said if other == text)}: {text}")
    print(tally(rows))
    if add:
        try:
            results = added(read_results(ROOT / RESULTS), results)
        except ValueError as error:
            sys.exit(str(error))
    _keep(results, out, ROOT / RESULTS, whole=add or len(rows) == len(wanted([])))


def _report_levers(workshop: Workshop, here: Machine, names: list[str], out: Path | None) -> None:
    rows = tuple(levers.measure(workshop, names))
    found = Levers(measured_on=date.today(), machine=here, versions=versions(ROOT, _browser(workshop)), rows=rows)
    table = [[row.lever, row.moment, number(row.off, row.unit), number(row.on, row.unit), number(row.ratio, "×"), _span(row)] for row in rows]
    print(tabulate(table, ["lever", "measured", "off", "on", "on ÷ off", "low–high"], disable_numparse=True))
    _keep(found, out, ROOT / LEVERS, whole=names == levers.wanted(["all"]))


def _rows(workshop: Workshop, budgets: Sequence[Budget], without: Sequence[Budget]) -> Iterator[Row]:
    """Measure group after group. What cannot be measured, or was left out, is a row, too, with its reason."""
    for group in dict.fromkeys(budget.group for budget in budgets):
        members = [budget for budget in budgets if budget.group == group]
        if all(budget in without for budget in members):
            yield from (unmeasured(budget, "left out of this run") for budget in members)
            continue
        found: dict[str, Measured] = {}
        why = "the measurement ended without it"
        try:
            for measured in MEASURES[group](workshop):
                found[measured.name] = measured
        except FAILURES as error:
            why = reason(error)
            workshop.say(f"{group}: not measured: {why}")
        yield from (finished(budget, found[budget.name]) if budget.name in found else unmeasured(budget, why) for budget in members)


def _browser(workshop: Workshop) -> str | None:
    try:
        return workshop.browser.version
    except Error:
        return None


def _bound(row: Row) -> str:
    return "" if row.bound is None else f"≤ {number(row.bound, row.unit)}"


def _pair(row: Row) -> str:
    return "" if row.ours is None else f"{number(row.ours, row.pair_unit or '')} / {number(row.stock, row.pair_unit or '')}"


def _span(row: Lever) -> str:
    return row.why or span(row.low, row.high)


def _keep(record: Results | Levers, out: Path | None, usual: Path, *, whole: bool) -> None:
    """Write a run. One line of the committed table must not come from another run than the next, unless it says so."""
    if out is None and not whole:
        print(f"Not kept: only a whole run replaces {usual.relative_to(ROOT)}. --out FILE keeps this one.")
        return
    target = out or usual
    _write(record, target)
    print(f"Written to {target}.")


def _write(record: Results | Levers, file: Path) -> None:
    file.write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
