"""`orchkit replay`: a decision file on the release that it was made on, and what has changed since."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.cli.options import format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.decision.replay import Replay, replay
from orchkit.model.catalogue import Catalogue
from orchkit.store.user import dataset_named_in, read_decision_file
from orchkit.views.replay import deployment_name, move_rows, reproduced_text, score_lines, summary, year_text

NOT_REPRODUCED = 1


@click.command("replay")
@click.argument("decision", type=click.Path(path_type=Path))
@format_option
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, decision: Path, as_: str) -> None:
    """Compute DECISION on the release that it was made on, and say what today's dataset changes about it.

    DECISION is a decision file (JSON or YAML). The release is looked for in the checkout around the current folder, else where
    orchkit itself looks. Where the file stores a result, it is compared with what follows today; exit code 1 if it does not
    follow.
    """
    today = session.catalogue()
    released = _released(session, dataset_named_in(decision), today)
    found = replay(read_decision_file(decision, released), released, today)
    if as_ == "json":
        click.echo(found.model_dump_json(indent=2))
    else:
        _print(found, released, today, Report(as_))
    if found.reproduced is False:
        ctx.exit(NOT_REPRODUCED)


def _released(session: Session, version: str | None, today: Catalogue) -> Catalogue:
    """Return the dataset that a file was made on. A file that does not say was made on today's: reading it will complain."""
    return today if version is None or version == today.dataset.version else session.released(version)


def _print(found: Replay, released: Catalogue, today: Catalogue, report: Report) -> None:
    report.paragraph(f"Made on release {found.release}. {reproduced_text(found)}")
    for difference in found.differences:
        report.entry(f"{difference.part}: stored {difference.stored}, computed {difference.computed}")
    if found.release == found.today:
        return
    report.paragraph(summary(found, released, today))
    if moved := tuple(move for move in found.moves if move.old != move.new):
        headers = ["Tool", f"Rank, {found.release}", "Score", f"Rank, {found.today}", "Score"]
        report.table(headers, move_rows(moved, today, released))
    if found.scores:
        report.heading("Scores that changed")
        report.gap()
        for line in score_lines(found, released, today):
            report.entry(line)
    if found.costs:
        report.heading("Costs that changed")
        rows = [[deployment_name(one.deployment, today, released), year_text(one.old), year_text(one.new)] for one in found.costs]
        report.table(["A year of", found.release, found.today], rows)
    if found.gone:
        report.paragraph(f"Not in dataset {found.today} any more: {', '.join(found.gone)}.")
