"""`orchkit checklist merge`: the evaluations of several decision files in one, and what came from where."""

from __future__ import annotations

import json
from pathlib import Path

import click

from orchkit.assessment import Merge, merge
from orchkit.assessment.merge import MergedEvaluation, Taken
from orchkit.cli.checklist.written import writable, write_decision
from orchkit.cli.options import decision_of, format_option, overwrite_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.views.checklist_text import heading_text, title_of
from orchkit.views.numbers import listed
from orchkit.views.state import decision_data

_FEWEST = 2

_WORDS = {
    Taken.KEPT: "kept; older or missing elsewhere",
    Taken.ADDED: "added",
    Taken.NEWER: "newer one taken",
    Taken.SIDE_BY_SIDE: "same outcome; both notes kept",
    Taken.CONTESTED: "contested; counts as unknown",
}


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE FILE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write the merged decision file to OUT.")
@overwrite_option
@format_option
@pass_session
def command(session: Session, files: tuple[Path, ...], output: Path | None, overwrite: bool, as_: str) -> None:
    """Merge the filled checklists of several FILEs, and say what came from where.

    Copies of one evaluation (same checklist, version, subject, tool, deployment, evaluator and date) are joined item by item: the
    answer that was changed more often holds, and where two that were changed equally often differ, both are kept and the item counts as
    unknown until somebody settles it. Other evaluations stand side by side. All else stays as the first FILE has it. Without -o
    nothing is written; --format json holds the merged file.
    """
    if len(files) < _FEWEST:
        raise InputError(Problem("FILE", "there is nothing to merge with", "Name two files or more"))
    if output is not None:
        writable(output, overwrite=overwrite)
    catalogue = session.catalogue()
    decisions = [decision_of(file, catalogue) for file in files]
    merged = merge(catalogue, *decisions, names=[str(file) for file in files])
    if output is not None:
        write_decision(output, merged.decision, overwrite=overwrite)
    if as_ == "json":
        data = merged.model_dump(mode="json", exclude={"decision"}) | {"decision": decision_data(merged.decision)}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _print(catalogue, merged, Report(as_))
    _say_where(output)


def _say_where(output: Path | None) -> None:
    click.echo(f"Written: {output}" if output else "Nothing was written; -o OUT writes the merged file.", err=True)


def _print(catalogue: Catalogue, merged: Merge, report: Report) -> None:
    for one in merged.evaluations:
        report.heading(_title(catalogue, one))
        report.paragraph(f"From {listed(one.files)}." if len(one.files) == 1 else f"In {listed(one.files)}, joined.")
        if one.nameless:
            report.paragraph("It names no evaluator, so copies of different people may have been taken for one. Name them in the files if so.")
        if one.items:
            rows = [[item.item, _WORDS[item.taken], item.outcome.replace("_", " "), ", ".join(item.files)] for item in one.items]
            report.table(["Item", "What was done", "Outcome", "From"], rows)
    if not merged.evaluations:
        report.paragraph("There is no filled checklist in any of the files.")
    if merged.contested:
        report.paragraph(f"To settle: {', '.join(f'{one.item} ({one.id})' for one in merged.contested)}.")
    if merged.left_out:
        report.paragraph(f"The files differ in {listed(merged.left_out)}; what the first says was kept.")


def _title(catalogue: Catalogue, one: MergedEvaluation) -> str:
    where = "/".join(part for part in (one.tool, one.deployment) if part)
    return heading_text(title_of(catalogue, one.checklist, one.version), one.subject or where, one.evaluator, one.date)
