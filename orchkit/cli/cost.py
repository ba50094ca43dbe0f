"""`orchkit cost`: what deployments cost in a year, the CI meter, and where two of them break even."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from orchkit.cli.options import decision_of, format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.costs import BreakEven, CiMeter, CostEstimate, at_axis, break_even, ci_meter, estimate_decision, resolve_workload
from orchkit.errors import InputError, Problem
from orchkit.model.base import Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.workload import Axis, Workload, read_field
from orchkit.views.cost_lines import how
from orchkit.views.costs import cost_rows, sentences, verdict
from orchkit.views.numbers import amount, grouped

Function = TypeVar("Function", bound=Callable[..., Any])

_HELP = {
    "runs_per_day": "Scheduled and triggered runs a day.",
    "tasks_per_run": "Tasks a run.",
    "minutes_per_task": "Minutes a task takes on a machine.",
    "pushes_per_month": "Pushes a month that start CI.",
    "executions_per_push": "Runs that CI executes for a push.",
    "seats": "People who sign in.",
    "workflows_to_move": "Workflows to bring over from where they run today.",
    "salary_per_year": "An engineer's yearly pay in the currency.",
    "overhead_percent": "What an employee costs on top of the pay, in per cent.",
    "currency": "Three letters. Any but USD needs a rate.",
    "currency_per_usd": "How much of the currency one US dollar costs.",
    "region": "Whose prices: us or eu.",
    "horizon_years": "Years over which what is paid once is spread.",
}


class CostReport(Record):
    """What the command prints as JSON."""

    estimate: CostEstimate
    ci_meter: CiMeter
    break_even: BreakEven | None


def workload_options(function: Function) -> Function:
    """Add an option for each field of a workload."""
    for name in reversed(Workload.model_fields):
        function = click.option(f"--{name.replace('_', '-')}", name, metavar="N" if name not in ("currency", "region") else "CODE", help=_HELP[name])(
            function
        )
    return function


@click.command("cost")
@click.argument("decision", type=click.Path(path_type=Path), required=False)
@click.option("--workload", "preset", metavar="ID", help="A workload of the dataset to begin with, in place of the file's.")
@workload_options
@click.option(
    "--deployment", "deployments", multiple=True, metavar="ID", help="Only this costed deployment and others so named. Alone: line by line."
)
@click.option("--break-even", "pair", nargs=2, metavar="ID ID", help="Where these two cost the same as the workload grows.")
@click.option("--axis", metavar="FIELD", help=f"What grows: {', '.join(get_args(Axis))}.  [default: runs_per_day]")
@format_option
@pass_session
def command(
    session: Session,
    /,
    *,
    decision: Path | None,
    preset: str | None,
    deployments: tuple[str, ...],
    pair: tuple[str, str] | None,
    axis: str | None,
    as_: str,
    **fields: str | None,
) -> None:
    """Estimate what deployments cost in a year: a range each, with what it leaves out, and the CI meter.

    DECISION is a decision file (JSON or YAML); its workload, own amounts, deployments and comparison count where no option
    overrides them. `+ ?` marks a sum without a line whose price nobody could read.
    """
    catalogue = session.catalogue()
    meant = with_workload(catalogue, decision_of(decision, catalogue), preset, fields)
    if deployments:
        meant = meant.model_copy(update={"cost_deployments": deployments})
    estimate = estimate_decision(catalogue, meant)
    found = CostReport(estimate=estimate, ci_meter=ci_meter(catalogue, meant.workload), break_even=_compared(catalogue, meant, pair, axis))
    if as_ == "json":
        click.echo(found.model_dump_json(indent=2))
    else:
        _print(catalogue, found, Report(as_))


def with_workload(catalogue: Catalogue, decision: DecisionFile, preset: str | None, fields: dict[str, str | None]) -> DecisionFile:
    """Lay the workload's options over a decision file. Raises `InputError` naming each option that cannot be used."""
    begun = resolve_workload(catalogue, preset if preset is not None else decision.workload)
    given: dict[str, Any] = {}
    problems = []
    for name, text in fields.items():
        if text is not None:
            try:
                given[name] = read_field(name, text)
            except InputError as error:
                problems += [Problem(f"--{name.replace('_', '-')}", one.fact, one.repair) for one in error.problems]
    if problems:
        raise InputError(problems)
    return decision.model_copy(update={"workload": resolve_workload(catalogue, {**dict(begun), **given})})


def _compared(catalogue: Catalogue, meant: DecisionFile, pair: tuple[str, str] | None, axis: str | None) -> BreakEven | None:
    chosen = meant.break_even
    if pair is None and chosen is None:
        if axis is not None:
            raise InputError(Problem("--axis", "is given, and nothing is compared", "Name two deployments with --break-even"))
        return None
    first, second = pair or (chosen.first, chosen.second) if chosen else pair or ("", "")
    along = axis or (chosen.axis if chosen else "runs_per_day")
    return break_even(catalogue, first, second, along.replace("-", "_"), workload=meant.workload, edits=meant.cost_edits)


def _print(catalogue: Catalogue, found: CostReport, report: Report) -> None:
    estimate = found.estimate
    report.paragraph(f"{grouped(estimate.runs_per_year)} runs a year, CI included; dataset {estimate.dataset_version}.")
    if len(estimate.deployments) == 1:
        _lines(catalogue, estimate, report)
    else:
        report.paragraph(verdict(estimate))
        report.table(*cost_rows(estimate))
    report.heading("CI meter")
    report.table(
        ["Plan", "Cap a month", "Used", "Pushes it lasts, CI alone", "Runs out on day"],
        [
            [
                plan.name,
                f"{plan.per_month:,} {plan.counts}",
                grouped(plan.used_per_month),
                "no end" if plan.pushes_until_empty is None else grouped(plan.pushes_until_empty, 1),
                "lasts" if plan.runs_out_on_day is None else str(plan.runs_out_on_day),
            ]
            for plan in found.ci_meter.plans
        ],
    )
    if found.break_even:
        report.heading("Break-even")
        report.gap()
        for sentence in sentences(catalogue, found.break_even, at_axis(estimate.workload, found.break_even.axis)):
            report.entry(sentence)


def _lines(catalogue: Catalogue, estimate: CostEstimate, report: Report) -> None:
    (cost,) = estimate.deployments
    record = catalogue.costs.deployments[cost.deployment]
    report.paragraph(verdict(estimate))
    rows = [
        [
            line.name,
            line.category.value,
            "unknown" if line.per_year is None else amount(line.per_year) + (" (own)" if line.edited else ""),
            how(catalogue, record.lines[line.line], line, estimate.workload),
            f"{line.basis}, {line.confidence}",
        ]
        for line in cost.lines
    ]
    report.table(["Line", "Category", f"{estimate.currency} a year", "How", "Known"], rows, wide=3)
