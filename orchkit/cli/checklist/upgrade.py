"""`orchkit checklist upgrade`: filled checklists on a newer version, item by item."""

from __future__ import annotations

import json
from pathlib import Path

import click

from orchkit.assessment import Upgrade
from orchkit.assessment.upgrade import Change, UpgradedItem, upgraded_decision
from orchkit.cli.checklist.written import writable, write_decision
from orchkit.cli.options import decision_of, format_option, overwrite_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.views.checklist_text import heading_text
from orchkit.views.state import decision_data


@click.command("upgrade")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", metavar="V", help="The version to upgrade to.  [default: the newest of each checklist]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write the decision file with the upgraded copies to OUT.")
@overwrite_option
@format_option
@pass_session
def command(session: Session, *, file: Path, to: str | None, output: Path | None, overwrite: bool, as_: str) -> None:
    """Carry the filled checklists of FILE over to a newer version, and say of every item what became of it.

    Each gets an upgraded copy beside it; the old one stays, so its result can be computed again. An answer whose item has changed counts as
    unknown until somebody confirms it, and one whose item is gone is kept with the copy. Without -o nothing is written; --format
    json holds the file with the copies.
    """
    if output is not None:
        writable(output, overwrite=overwrite)
    catalogue = session.catalogue()
    try:
        decision, done = upgraded_decision(catalogue, decision_of(file, catalogue), to)
    except InputError as error:
        raise InputError(Problem(f"{file}: {one.place}", one.fact, one.repair) for one in error.problems) from None
    if output is not None:
        write_decision(output, decision, overwrite=overwrite)
    if as_ == "json":
        data = {"upgrades": [one.model_dump(mode="json") for one in done], "decision": decision_data(decision)}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        report = Report(as_)
        for one in done:
            _print(catalogue, one, report)
    click.echo(f"Written: {output}" if output else "Nothing was written; -o OUT writes the file with the upgraded copies.", err=True)


def _print(catalogue: Catalogue, done: Upgrade, report: Report) -> None:
    response = done.response
    name = heading_text(catalogue.checklists[response.checklist][done.to_version].title, response.subject, response.evaluator)
    if not done.items:
        report.heading(f"{name}: version {done.to_version} already")
        return
    report.heading(f"{name}: version {done.from_version} to {done.to_version}")
    report.table(["Item", "What became of it", "Answer", "Why"], [_row(item) for item in done.items], wide=3)
    count = {change: sum(item.change is change for item in done.items) for change in Change}
    report.paragraph(", ".join(f"{number} {change}" for change, number in count.items()) + ".")
    if waiting := [item.item for item in done.items if item.to_confirm]:
        report.paragraph(f"To confirm, unknown until then: {', '.join(waiting)}.")


def _row(item: UpgradedItem) -> list[str]:
    origin = f" from {', '.join(item.was)}" if item.was else ""
    outcome = "none" if item.outcome is None else item.outcome.replace("_", " ")
    return [item.item, f"{item.change}{origin}", f"{outcome}, to confirm" if item.to_confirm else outcome, item.why or ""]
