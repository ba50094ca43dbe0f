"""Workload → how many hours, runs, tasks and minutes a year has. Exact; the one place that knows the calendar."""

from __future__ import annotations

from fractions import Fraction

from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Driver
from orchkit.model.input.workload import Workload

DAYS_PER_YEAR = 365
MONTHS_PER_YEAR = 12
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR
WEEKS_PER_YEAR = 52
WORKING_DAYS_PER_YEAR = 220
"""Days that an engineer works: 52 weeks of five, without leave, holidays and illness. It turns days into money."""
MINUTES_PER_HOUR = 60


def ci_runs_per_month(workload: Workload) -> Fraction:
    """Return the runs that CI starts in a month."""
    return workload.pushes_per_month * workload.executions_per_push


def runs_per_year(workload: Workload) -> Fraction:
    """Return the runs of a year, scheduled and CI's together: a meter does not tell them apart."""
    return workload.runs_per_day * DAYS_PER_YEAR + ci_runs_per_month(workload) * MONTHS_PER_YEAR


def runs_per_month(workload: Workload) -> Fraction:
    """Return the runs of an average month, a twelfth of the year's."""
    return runs_per_year(workload) / MONTHS_PER_YEAR


def per_year(driver: Driver, workload: Workload) -> Fraction:
    """Return how much of what a price is paid for a year holds."""
    runs = runs_per_year(workload)
    ci_runs = ci_runs_per_month(workload) * MONTHS_PER_YEAR
    minutes_a_run = workload.tasks_per_run * workload.minutes_per_task
    return {
        Driver.HOURS: Fraction(HOURS_PER_YEAR),
        Driver.MONTHS: Fraction(MONTHS_PER_YEAR),
        Driver.SEAT_MONTHS: Fraction(workload.seats * MONTHS_PER_YEAR),
        Driver.RUNS: runs,
        Driver.TASK_RUNS: runs * workload.tasks_per_run,
        Driver.TASK_HOURS: runs * minutes_a_run / MINUTES_PER_HOUR,
        Driver.TASK_MINUTES: runs * minutes_a_run,
        Driver.CI_MINUTES: ci_runs * minutes_a_run,
    }[driver]


def currency_per_usd(workload: Workload) -> Fraction:
    """Return the exchange rate. Raises `InputError` where the currency has none: nobody guesses one."""
    if workload.currency == "USD":
        return Fraction(1)
    if workload.currency_per_usd is None:
        fact = f"the currency is {workload.currency}, and no exchange rate is given"
        raise InputError(Problem("workload: currency_per_usd", fact, f"Say how many {workload.currency} one US dollar costs"))
    return workload.currency_per_usd


def engineer_per_year(catalogue: Catalogue, workload: Workload) -> Fraction:
    """Return what an engineer costs a year, in the workload's currency, overhead included."""
    pay = workload.salary_per_year
    if pay is None:
        assert catalogue.costs.workloads is not None
        pay = catalogue.costs.workloads.salary_usd_per_year * currency_per_usd(workload)
    return pay * (100 + workload.overhead_percent) / 100
