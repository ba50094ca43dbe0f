"""One line of a bill: what it comes to in a year, or that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from orchkit.costs.quantities import WORKING_DAYS_PER_YEAR, currency_per_usd, engineer_per_year, per_year, runs_per_month
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Driver, Included, Line, Price, Region, Span
from orchkit.model.input.workload import Workload

ONE = Span(low=Fraction(1), high=Fraction(1))


@dataclass(frozen=True, slots=True)
class Money:
    """A workload's terms of money, looked up once: rate, engineer, region."""

    catalogue: Catalogue
    workload: Workload
    per_usd: Fraction
    engineer: Fraction

    @property
    def region(self) -> Region:
        """The region whose prices are wanted."""
        return Region(self.workload.region)


def money(catalogue: Catalogue, workload: Workload) -> Money:
    """Look up what a workload says of money. Raises `InputError` where a currency has no rate."""
    return Money(catalogue, workload, currency_per_usd(workload), engineer_per_year(catalogue, workload))


def fits(included: Included | None, workload: Workload) -> bool:
    """Say whether a plan's limits hold a workload."""
    if included is None:
        return True
    seats = included.seats is None or workload.seats <= included.seats
    runs = included.runs_per_month is None or runs_per_month(workload) <= included.runs_per_month
    minutes = included.minutes_per_month is None or per_year(Driver.TASK_MINUTES, workload) / 12 <= included.minutes_per_month
    return seats and runs and minutes


def chosen_plan(catalogue: Catalogue, line: Line, workload: Workload) -> str | None:
    """Return the first plan of a line whose limits hold the workload; none where it outgrows them all."""
    return next((name for name in line.plans if fits(catalogue.costs.price(name).includes, workload)), None)


def price_of(catalogue: Catalogue, line: Line, workload: Workload) -> tuple[str | None, Price | None]:
    """Return the price that a line is computed with, by its name."""
    name = line.price or chosen_plan(catalogue, line, workload)
    return name, catalogue.costs.price(name) if name else None


def counted(line: Line, workload: Workload) -> Fraction:
    """Return how many units of its price a line takes in a year, before its quantity: what is free is taken off each month."""
    driver = line.per or Driver.MONTHS
    free = 12 * (line.included_per_month or Fraction(0))
    return max(per_year(driver, workload) - free, Fraction(0))


def yearly(line: Line, terms: Money) -> tuple[Fraction, Fraction] | None:
    """Return the low and the high end of a year's amount in the workload's currency; none where a price is unknown."""
    workload = terms.workload
    if line.fte is not None:
        return line.fte.low * terms.engineer, line.fte.high * terms.engineer
    if line.person_days_per_year is not None:
        return _days(line.person_days_per_year, terms.engineer)
    if line.person_days_per_workflow is not None:
        share = Fraction(workload.workflows_to_move, workload.horizon_years)
        return _days(line.person_days_per_workflow, terms.engineer * share)
    _, price = price_of(terms.catalogue, line, workload)
    found = price.at(terms.region) if price else None
    if found is None:
        return None
    quantity, units = line.quantity or ONE, counted(line, workload) * terms.per_usd
    return found[1].low * quantity.low * units, found[1].high * quantity.high * units


def _days(days: Span, engineer: Fraction) -> tuple[Fraction, Fraction]:
    a_day = engineer / WORKING_DAYS_PER_YEAR
    return days.low * a_day, days.high * a_day
