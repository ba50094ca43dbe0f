"""A cost line in words: how its amount comes about, so that a reader can do the sum again."""

from __future__ import annotations

from orchkit.costs import CostLine
from orchkit.costs.lines import ONE, counted
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Driver, Line, Region, Span, Unit
from orchkit.model.input.workload import Workload
from orchkit.views.numbers import grouped, plain

UNITS = {
    Unit.USD_PER_HOUR: "an hour",
    Unit.USD_PER_MONTH: "a month",
    Unit.USD_PER_SEAT_MONTH: "a seat and month",
    Unit.USD_PER_RUN: "a run",
    Unit.USD_PER_TASK_RUN: "a task run",
    Unit.USD_PER_TASK_MINUTE: "a task minute",
    Unit.USD_PER_CI_MINUTE: "a CI minute",
}
COUNTS = {
    Driver.HOURS: "hours",
    Driver.MONTHS: "months",
    Driver.SEAT_MONTHS: "seat months",
    Driver.RUNS: "runs",
    Driver.TASK_RUNS: "task runs",
    Driver.TASK_HOURS: "task hours",
    Driver.TASK_MINUTES: "task minutes",
    Driver.CI_MINUTES: "CI minutes",
}
REGIONS = {Region.GLOBAL: "everywhere", Region.US: "in the US", Region.EU: "in the EU", Region.JAPAN: "in Japan"}


def how(catalogue: Catalogue, line: Line, found: CostLine, workload: Workload) -> str:
    """Say how the catalogue's amount comes about: ``2–5 × USD 0.1361 an hour × 8,760 hours (in the US)``."""
    if line.fte is not None:
        return f"{ends(line.fte)} {'of an engineer' if line.fte.high <= 1 else 'engineers'}"
    if line.person_days_per_year is not None:
        return f"{ends(line.person_days_per_year)} working days"
    if line.person_days_per_workflow is not None:
        return f"{ends(line.person_days_per_workflow)} working days × {workload.workflows_to_move:,} workflows ÷ {workload.horizon_years} years"
    if found.price is None:
        return "more than the largest plan that is recorded"
    price = catalogue.costs.price(found.price)
    at = price.at(Region(workload.region))
    if at is None:
        return f"{price.name}: price unknown"
    region, span = at
    driver = line.per or Driver.MONTHS
    quantity = "" if line.quantity in (None, ONE) else f"{ends(line.quantity or ONE)} × "
    plan = f"{price.name}: " if line.plans else ""
    elsewhere = "" if region in (Region.GLOBAL, Region(workload.region)) else f", read {REGIONS[region]} only"
    return f"{plan}{quantity}USD {ends(span)} {UNITS[price.unit]} × {grouped(counted(line, workload))} {COUNTS[driver]}{elsewhere}"


def ends(span: Span) -> str:
    """Write a range of plain numbers."""
    return plain(span.low) if span.low == span.high else f"{plain(span.low)}–{plain(span.high)}"
