"""A cost names prices, tools, deployments, errors and categories that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Category, CostCase, CostedDeployment, Line, PricesRecord
from orchkit.store.records import Located

Named = tuple[Path_, str, str, Collection[str]]
"""(path, kind, name, names that exist)."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at costed deployments, printed sums, plans and the categories."""
    costs = subject.catalogue.costs
    named: list[tuple[Located, Named]] = []
    for name, located in subject.located("costed-deployment"):
        named += [(located, one) for one in _of_deployment(subject.catalogue, costs.deployments[name])]
    for name, located in subject.located("cost-case"):
        named += [(located, one) for one in _of_case(subject.catalogue, costs.cases[name])]
    for name, located in subject.located("prices"):
        named += [(located, one) for one in _of_prices(subject.catalogue, costs.prices[name])]
    for located, (path, kind, wanted, known) in named:
        if wanted not in known:
            yield located.problem(path, f"unknown {kind} `{wanted}`", nearest(wanted, known))
    for _, located in subject.located("cost-categories"):
        assert costs.categories is not None
        for category in Category:
            if category not in costs.categories.categories:
                yield located.problem(("categories",), f"the category `{category}` is not explained", "Add it: every line of a bill has one")


def _of_deployment(catalogue: Catalogue, deployment: CostedDeployment) -> Iterator[Named]:
    if deployment.tool is not None:
        yield ("tool",), "tool", deployment.tool, catalogue.tools
    if deployment.deployment is not None and deployment.tool in catalogue.tools:
        yield ("deployment",), "deployment", deployment.deployment, catalogue.tools[deployment.tool].deployments
    yield from _of_lines(catalogue, (), deployment.lines)


def _of_lines(catalogue: Catalogue, start: Path_, lines: Mapping[str, Line]) -> Iterator[Named]:
    prices = _prices(catalogue)
    for key, line in lines.items():
        if line.price is not None:
            yield (*start, "lines", key, "price"), "price", line.price, prices
        for index, plan in enumerate(line.plans):
            yield (*start, "lines", key, "plans", index), "price", plan, prices


def _of_prices(catalogue: Catalogue, record: PricesRecord) -> Iterator[Named]:
    for key, price in record.prices.items():
        if price.includes and price.includes.overage:
            yield ("prices", key, "includes", "overage"), "price", price.includes.overage, _prices(catalogue)


def _prices(catalogue: Catalogue) -> list[str]:
    return [f"{provider}/{price}" for provider, record in catalogue.costs.prices.items() for price in record.prices]


def _of_case(catalogue: Catalogue, case: CostCase) -> Iterator[Named]:
    for name, stack in case.stacks.items():
        start: Path_ = ("stacks", name)
        yield (*start, "corrected_by"), "costed deployment", stack.corrected_by, catalogue.costs.deployments
        if stack.same_tool_as is not None:
            yield (*start, "same_tool_as"), "stack", stack.same_tool_as, case.stacks
        for index, error in enumerate(stack.errors):
            yield (*start, "errors", index), "error", error, case.errors
        yield from _of_lines(catalogue, start, stack.lines)
