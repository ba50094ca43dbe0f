"""Workload → what each deployment costs in a year, line by line, as a range, with what the range leaves out.

Method: total cost of ownership as a sum of ranges. The low end of a total is the sum of the low ends of its lines, the
high end that of the high ends: the widest range that the lines allow (interval arithmetic; Moore, Kearfott and Cloud 2009,
"Introduction to Interval Analysis", ch. 2). No line is given a distribution, because no source gives one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from orchkit.costs.lines import Money, money, price_of, yearly
from orchkit.costs.quantities import runs_per_year
from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Category, CostedDeployment, Line, Region
from orchkit.model.evidence import Basis, Citation, Confidence
from orchkit.model.explain import dotted, explain
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.workload import CostEdit, CostEdits, Workload


class CostLine(Record):
    """One line of an estimate."""

    line: str
    name: str
    category: Category
    per_year: tuple[Exact, Exact] | None
    """Low and high end in the estimate's currency; null when the price is unknown."""
    edited: bool
    """Whether the amount is the reader's own."""
    price: str | None
    """The price it was computed with; for plans the one whose limits hold the workload; null when none does."""
    region: Region | None
    """Where that price holds; it may be another region than the wanted one."""
    basis: Basis
    """How the quantity is known."""
    confidence: Confidence
    """The lower of the quantity's and the price's."""
    why: str
    sources: tuple[Citation, ...]
    """Of the quantity, then of the price, each once."""


class DeploymentCost(Record):
    """What one deployment costs in a year."""

    deployment: str
    name: str
    tool: str | None
    per_year: tuple[Exact, Exact]
    """Sum of the known lines. Where `left_out` names lines, the real amount is higher, and nobody knows by how much."""
    by_category: dict[Category, tuple[Exact, Exact]]
    left_out: tuple[str, ...]
    """The lines whose amount is unknown, carried as unknown and never as zero."""
    lines: tuple[CostLine, ...]

    @property
    def middle(self) -> Fraction:
        """The middle of the range, for an order and a chart. It is no expected value."""
        return sum(self.per_year, Fraction(0)) / 2


class CostEstimate(Record):
    """Deployments in order of the middle of their ranges, those with unknown lines last."""

    dataset_version: str
    workload: Workload
    currency: str
    runs_per_year: Exact
    deployments: tuple[DeploymentCost, ...]

    def of(self, deployment: str) -> DeploymentCost:
        """Return one deployment's costs."""
        return next(cost for cost in self.deployments if cost.deployment == deployment)


def estimate_cost(
    catalogue: Catalogue,
    workload: Workload | Mapping[str, Any] | str | None = None,
    *,
    deployments: Collection[str] = (),
    edits: CostEdits = MappingProxyType({}),
) -> CostEstimate:
    """Estimate what deployments cost in a year.

    `workload` is a `Workload`, a mapping of its fields, the id of a workload of the catalogue, or nothing for the default
    one. `deployments` restricts the estimate (all costed deployments when empty); `edits` replaces the yearly amount of
    single lines, by deployment and line. Amounts are in the workload's currency, ranges from low to high.
    Raises `InputError` for an unknown deployment, line or workload, for a number out of bounds, and for a currency
    without an exchange rate.

    >>> import orchkit
    >>> estimate = orchkit.estimate_cost(orchkit.load(), {"salary_per_year": 100000}, deployments=["build-your-own"])
    >>> [(line.line, float(line.per_year[0])) for line in estimate.deployments[0].lines if line.category == "people"]
    [('people', 200000.0)]
    """
    meant = resolve_workload(catalogue, workload)
    known = catalogue.costs.deployments
    if isinstance(deployments, str):
        raise InputError(Problem("deployments", f"`{deployments}` is one name, and a list of names is wanted", f"Write [{deployments!r}]"))
    problems = [Problem("deployment", f"unknown costed deployment `{name}`", nearest(name, known)) for name in deployments if name not in known]
    problems += _edit_problems(catalogue, edits)
    if problems:
        raise InputError(problems)
    terms = money(catalogue, meant)
    costs = [cost_of(name, known[name], terms, edits.get(name, {})) for name in dict.fromkeys(deployments) or known]
    return CostEstimate(
        dataset_version=catalogue.dataset.version,
        workload=meant,
        currency=meant.currency,
        runs_per_year=runs_per_year(meant),
        deployments=tuple(sorted(costs, key=lambda cost: (bool(cost.left_out), cost.middle, cost.deployment))),
    )


def estimate_decision(catalogue: Catalogue, decision: DecisionFile) -> CostEstimate:
    """Estimate as a decision file says: its workload, its own amounts, its choice of deployments. Raises as `estimate_cost`."""
    return estimate_cost(catalogue, decision.workload, deployments=decision.cost_deployments, edits=decision.cost_edits)


def default_workload(catalogue: Catalogue) -> Workload:
    """Return the workload that an estimate begins with: the first of the catalogue."""
    listed = catalogue.costs.workloads
    return next(iter(listed.workloads.values())).workload if listed else Workload()


def resolve_workload(catalogue: Catalogue, workload: Workload | Mapping[str, Any] | str | None) -> Workload:
    """Read a workload in any of the forms that a caller may give. Raises `InputError` naming every wrong field."""
    if isinstance(workload, Workload):
        return workload
    if workload is None:
        return default_workload(catalogue)
    if isinstance(workload, str):
        listed = catalogue.costs.workloads.workloads if catalogue.costs.workloads else {}
        if workload not in listed:
            raise InputError(Problem("workload", f"unknown workload `{workload}`", nearest(workload, listed)))
        return listed[workload].workload
    try:
        return Workload.model_validate(dict(workload))
    except ValidationError as error:
        found = explain(error, Workload)
        raise InputError(Problem(f"workload: {dotted(path)}" if path else "workload", fact, repair) for path, fact, repair in found) from None


def cost_of(name: str, deployment: CostedDeployment, terms: Money, edits: Mapping[str, CostEdit]) -> DeploymentCost:
    """Add up one deployment. The kernel: nothing checked."""
    lines = tuple(_line(key, line, terms, edits.get(key)) for key, line in deployment.lines.items())
    known = [(line.category, line.per_year) for line in lines if line.per_year is not None]
    by_category = {
        category: (_sum(span[0] for own, span in known if own is category), _sum(span[1] for own, span in known if own is category))
        for category in Category
        if any(own is category for own, _ in known)
    }
    return DeploymentCost(
        deployment=name,
        name=deployment.name,
        tool=deployment.tool,
        per_year=(_sum(span[0] for _, span in known), _sum(span[1] for _, span in known)),
        by_category=by_category,
        left_out=tuple(line.line for line in lines if line.per_year is None),
        lines=lines,
    )


def _sum(numbers: Any) -> Fraction:
    return sum(numbers, Fraction(0))


def _line(key: str, line: Line, terms: Money, edit: CostEdit | None) -> CostLine:
    name, price = (None, None) if _is_time(line) else price_of(terms.catalogue, line, terms.workload)
    found = price.at(terms.region) if price else None
    order = list(Confidence)
    sure = max((one for one in (line.confidence, price.confidence if price else None) if one), key=order.index)
    return CostLine(
        line=key,
        name=line.name,
        category=line.category,
        per_year=(edit.low, edit.high) if edit else yearly(line, terms),
        edited=edit is not None,
        price=name,
        region=found[0] if found else None,
        basis=line.basis,
        confidence=sure,
        why=line.why,
        sources=tuple(dict.fromkeys((*line.sources, *(price.sources if price else ())))),
    )


def _is_time(line: Line) -> bool:
    return line.price is None and not line.plans


def _edit_problems(catalogue: Catalogue, edits: CostEdits) -> list[Problem]:
    known = catalogue.costs.deployments
    problems = []
    for name, lines in edits.items():
        if name not in known:
            problems.append(Problem("own amounts", f"unknown costed deployment `{name}`", nearest(name, known)))
            continue
        unknown = [line for line in lines if line not in known[name].lines]
        problems += [Problem(f"own amounts: {name}", f"unknown line `{line}`", nearest(line, known[name].lines)) for line in unknown]
    return problems
