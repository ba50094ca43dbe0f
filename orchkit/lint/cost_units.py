"""A price is multiplied by what its unit is paid for, and no price stands unused."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.costs import UNIT_OF, Driver, Line, Unit
from orchkit.store.records import Located

_BY_ITSELF = Unit.USD_PER_MONTH
"""What a plan is paid by."""


def check(subject: Subject) -> Iterator[Problem]:
    """Compare the lines of deployments and of printed sums with the prices that they name."""
    costs = subject.catalogue.costs
    prices = {f"{provider}/{key}": price for provider, record in costs.prices.items() for key, price in record.prices.items()}
    used = {price.includes.overage for price in prices.values() if price.includes}
    for located, path, line in _lines(subject):
        used |= {line.price, *line.plans}
        for field, fact, repair in _wrong(line, {name: price.unit for name, price in prices.items()}):
            yield located.problem((*path, field), fact, repair)
    for provider, located in subject.located("prices"):
        for key, price in costs.prices[provider].prices.items():
            if f"{provider}/{key}" not in used and price.includes is None:
                yield located.problem(
                    ("prices", key), "no line uses this price", "Use it in a deployment, or remove it: what nobody reads goes stale"
                )


def _lines(subject: Subject) -> Iterator[tuple[Located, Path_, Line]]:
    costs = subject.catalogue.costs
    for name, located in subject.located("costed-deployment"):
        yield from ((located, ("lines", key), line) for key, line in costs.deployments[name].lines.items())
    for name, located in subject.located("cost-case"):
        for stack, record in costs.cases[name].stacks.items():
            yield from ((located, ("stacks", stack, "lines", key), line) for key, line in record.lines.items())


def _wrong(line: Line, units: dict[str, Unit]) -> Iterator[tuple[str, str, str]]:
    """Yield (field, fact, repair)."""
    if line.price in units and line.per is not None and UNIT_OF[line.per] is not units[line.price]:
        fits = ", ".join(driver.value for driver in Driver if UNIT_OF[driver] is units[line.price])
        yield "per", f"`{line.per}` does not go with a price in `{units[line.price]}`", f"Write one of: {fits}"
    for plan in line.plans:
        if units.get(plan, _BY_ITSELF) is not _BY_ITSELF:
            yield "plans", f"`{plan}` is paid in `{units[plan]}`, and a plan is paid by the month", "Name a plan"
