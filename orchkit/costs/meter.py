"""The CI meter: what a test suite that starts runs does to a plan with a cap, and on which day of the month the cap is reached."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any, Literal

from orchkit.costs.estimate import resolve_workload
from orchkit.costs.quantities import ci_runs_per_month
from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Region

DAYS_PER_MONTH = 30
"""Days of the month that a meter is read against, where the caller names no other."""
_LONGEST_MONTH = 31


class MeteredPlan(Record):
    """One plan with a monthly cap, against what the workload uses."""

    price: str
    name: str
    counts: Literal["runs", "minutes"]
    """What the cap counts: runs of the orchestrator, or minutes of the CI machines."""
    per_month: int
    """The cap."""
    used_per_month: Exact
    """What the workload uses: of runs, those of CI and the scheduled ones; of minutes, those of CI."""
    pushes_until_empty: Exact | None
    """Pushes that the cap lasts when CI is its one user; null when CI uses nothing."""
    used_percent: Exact
    runs_out_on_day: int | None
    """The day of the month on which the cap is passed, use spread evenly; null when it lasts the month."""
    overage_usd_per_month: Exact | None
    """What the use beyond the cap costs; null where the plan stops there, or where no price for going on is recorded."""


class CiMeter(Record):
    """Every capped plan of the catalogue, against one workload."""

    dataset_version: str
    executions_per_push: Exact
    pushes_per_month: Exact
    ci_runs_per_month: Exact
    days_per_month: int
    plans: tuple[MeteredPlan, ...]


def ci_meter(catalogue: Catalogue, workload: Any = None, *, days_per_month: int = DAYS_PER_MONTH) -> CiMeter:
    """Read every capped plan against a workload.

    Pushes and scheduled runs are spread evenly over a month of `days_per_month` days, 1 to 31. A cap of 500 with 50
    executions a push lasts 10 pushes. Raises `InputError` as `estimate_cost` does for the workload, and for such a month.

    >>> import orchkit
    >>> meter = orchkit.ci_meter(orchkit.load(), {"pushes_per_month": 100, "executions_per_push": 50})
    >>> [(plan.per_month, int(plan.pushes_until_empty), plan.runs_out_on_day) for plan in meter.plans if plan.counts == "runs"]
    [(500, 10, 4), (2000, 40, 13), (5000, 100, None)]
    """
    if isinstance(days_per_month, bool) or days_per_month not in range(1, _LONGEST_MONTH + 1):
        raise InputError(Problem("days_per_month", f"`{days_per_month}` is no length of a month", f"Write a whole number from 1 to {_LONGEST_MONTH}"))
    meant = resolve_workload(catalogue, workload)
    ci_runs = ci_runs_per_month(meant)
    minutes_a_run = meant.tasks_per_run * meant.minutes_per_task
    used = {"runs": ci_runs + meant.runs_per_day * days_per_month, "minutes": ci_runs * minutes_a_run}
    a_push = {"runs": meant.executions_per_push, "minutes": meant.executions_per_push * minutes_a_run}
    plans = []
    for name, price, counts, cap in _capped(catalogue):
        plans.append(
            MeteredPlan(
                price=name,
                name=price,
                counts=counts,
                per_month=cap,
                used_per_month=used[counts],
                pushes_until_empty=cap / a_push[counts] if a_push[counts] else None,
                used_percent=100 * used[counts] / cap,
                runs_out_on_day=_day(cap, used[counts], days_per_month),
                overage_usd_per_month=_overage(catalogue, name, used[counts] - cap),
            )
        )
    return CiMeter(
        dataset_version=catalogue.dataset.version,
        executions_per_push=meant.executions_per_push,
        pushes_per_month=meant.pushes_per_month,
        ci_runs_per_month=ci_runs,
        days_per_month=days_per_month,
        plans=tuple(plans),
    )


def _capped(catalogue: Catalogue) -> list[tuple[str, str, Literal["runs", "minutes"], int]]:
    """List every cap of every price: the caps on runs first, the smallest first."""
    found: list[tuple[str, str, Literal["runs", "minutes"], int]] = []
    for provider, record in catalogue.costs.prices.items():
        for key, price in record.prices.items():
            if price.includes and price.includes.runs_per_month:
                found.append((f"{provider}/{key}", price.name, "runs", price.includes.runs_per_month))
            if price.includes and price.includes.minutes_per_month:
                found.append((f"{provider}/{key}", price.name, "minutes", price.includes.minutes_per_month))
    return sorted(found, key=lambda one: (one[2] != "runs", one[3], one[0]))


def _overage(catalogue: Catalogue, name: str, beyond: Fraction) -> Fraction | None:
    """Return the price of what goes beyond a cap."""
    included = catalogue.costs.price(name).includes
    price = catalogue.costs.price(included.overage) if included and included.overage else None
    found = price.at(Region.GLOBAL) if price else None
    return max(beyond, Fraction(0)) * found[1].high if found else None


def _day(cap: int, used: Fraction, days: int) -> int | None:
    """Return the day on which use passes a cap: with as much as the cap allows the month is lasted through."""
    if used <= cap:
        return None
    return floor(Fraction(cap * days) / used) + 1
