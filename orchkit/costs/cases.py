"""Sums that a source printed, reproduced from its own lines, and what becomes of them when people have a price."""

from __future__ import annotations

from fractions import Fraction

from orchkit.costs.estimate import cost_of, resolve_workload
from orchkit.costs.lines import money
from orchkit.costs.quantities import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Category, CostedDeployment
from orchkit.model.input.workload import Workload


class CorrectedStack(Record):
    """One printed stack: what is printed, what its lines give, what it costs with its people."""

    stack: str
    label: str
    printed_usd_per_year: tuple[Exact, Exact]
    usd_per_year: tuple[Exact, Exact]
    """The sum of its printed lines, people aside."""
    reproduced: bool
    """Whether the two are the same."""
    printed_fte: Exact
    people_usd_per_year: Exact
    """Its printed share of an engineer at the salary of the workload."""
    with_people_usd_per_year: tuple[Exact, Exact]
    people_above_the_rest: bool
    """Whether people cost more than everything else, even at the high end."""
    more_people_than: str | None
    """For a managed stack: the self-hosted stack of the same tool that is printed with fewer people."""
    corrected_by: str
    corrected_usd_per_year: tuple[Exact, Exact]
    """What our own costed deployment comes to for the same team."""
    corrected_left_out: tuple[str, ...]
    errors: tuple[str, ...]


class CorrectedCase(Record):
    """One source's sums, corrected."""

    case: str
    runs_per_week: int
    runs_per_year: int
    """52 weeks."""
    runs_per_month: Exact
    printed_runs_per_year: int
    months_in_the_printed_month: Exact
    """How many months of the team's runs the source prices as one."""
    engineer_usd_per_year: Exact
    stacks: tuple[CorrectedStack, ...]


def corrected_case(catalogue: Catalogue, case: str) -> CorrectedCase:
    """Recompute a source's stacks from their own lines, exactly, then add what it left out."""
    record = catalogue.costs.cases[case]
    default = resolve_workload(catalogue, None)
    workload = default.model_copy(update={"runs_per_day": Fraction(record.runs_per_week, 7)})
    engineer = money(catalogue, workload).engineer
    runs_per_year = record.runs_per_week * WEEKS_PER_YEAR
    runs_per_month = Fraction(runs_per_year, MONTHS_PER_YEAR)
    return CorrectedCase(
        case=case,
        runs_per_week=record.runs_per_week,
        runs_per_year=runs_per_year,
        runs_per_month=runs_per_month,
        printed_runs_per_year=record.printed_runs_per_year,
        months_in_the_printed_month=record.printed_runs_per_year / runs_per_month,
        engineer_usd_per_year=engineer,
        stacks=tuple(_corrected(catalogue, case, name, workload) for name in record.stacks),
    )


def _corrected(catalogue: Catalogue, case: str, name: str, workload: Workload) -> CorrectedStack:
    stacks = catalogue.costs.cases[case].stacks
    stack, terms = stacks[name], money(catalogue, workload)
    found = cost_of(name, CostedDeployment(name=stack.label, summary=stack.label, lines=stack.lines), terms, {})
    low, high = found.per_year
    people_low, people_high = found.by_category.get(Category.PEOPLE, (Fraction(0), Fraction(0)))
    own = (low - people_low, high - people_high)
    printed = (stack.printed.usd_per_year.low, stack.printed.usd_per_year.high)
    ours = cost_of(stack.corrected_by, catalogue.costs.deployments[stack.corrected_by], terms, {})
    other = stacks[stack.same_tool_as] if stack.same_tool_as else None
    return CorrectedStack(
        stack=name,
        label=stack.label,
        printed_usd_per_year=printed,
        usd_per_year=own,
        reproduced=own == printed,
        printed_fte=stack.printed.fte,
        people_usd_per_year=people_high,
        with_people_usd_per_year=(low, high),
        people_above_the_rest=people_low > own[1],
        more_people_than=stack.same_tool_as if other and stack.printed.fte > other.printed.fte else None,
        corrected_by=stack.corrected_by,
        corrected_usd_per_year=ours.per_year,
        corrected_left_out=ours.left_out,
        errors=stack.errors,
    )
