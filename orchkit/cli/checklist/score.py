"""`orchkit checklist score`: what every response of a decision file comes to."""

from __future__ import annotations

import json
from pathlib import Path

import click

from orchkit.assessment import Assessment, Tally, evaluate
from orchkit.cli.options import decision_of, format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.views.numbers import fixed, percent_or_interval


@click.command("score")
@click.argument("file", type=click.Path(path_type=Path))
@format_option
@pass_session
def command(session: Session, file: Path, as_: str) -> None:
    """Score every filled checklist in FILE: a decision file or a single response, JSON or YAML.

    The score is an interval while items are unknown: the lower end counts them as not met, the upper end as met.
    """
    catalogue = session.catalogue()
    decision = decision_of(file, catalogue)
    if not decision.responses:
        raise InputError(Problem(f"{file}: responses", "there is no filled checklist in it", "Begin one with `orchkit checklist new`"))
    assessments = [evaluate(catalogue, response) for response in decision.responses]
    if as_ == "json":
        data = {"dataset_version": catalogue.dataset.version, "assessments": [assessment.model_dump(mode="json") for assessment in assessments]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    report = Report(as_)
    for assessment in assessments:
        _print(catalogue, assessment, report)


def _print(catalogue: Catalogue, assessment: Assessment, report: Report) -> None:
    checklist = catalogue.checklists[assessment.checklist][assessment.version]
    who = [part for part in (assessment.subject, assessment.evaluator and f"filled in by {assessment.evaluator}") if part]
    report.heading(": ".join([f"{checklist.title} {assessment.version}", ", ".join(who)]) if who else f"{checklist.title} {assessment.version}")
    report.table(
        ["Section", "Score", "Answered", "Coverage"],
        [[tally.title, *_cells(tally)] for tally in assessment.sections] + [["Total", *_cells(assessment.total)]],
    )
    report.paragraph(_blockers(assessment))
    if assessment.reasons_missing:
        report.paragraph(f"Marked not applicable without a note that says why, so counted as unknown: {', '.join(assessment.reasons_missing)}.")
    if assessment.findings:
        report.heading("Findings")
        headers = ["Severity", "Outcome", "Item", "What to do", "Note"]
        rows = [[found.severity, found.outcome.replace("_", " "), found.item, found.remedy, found.note] for found in assessment.findings]
        noted = any(found.note.strip() for found in assessment.findings)
        report.table(headers if noted else headers[:-1], rows if noted else [row[:-1] for row in rows], wide=3)


def _cells(tally: Tally) -> list[str]:
    return [
        percent_or_interval(tally.score_percent, tally.score_percent_range),
        f"{tally.answered} of {tally.items}",
        fixed(tally.coverage_percent, 0) + " %",
    ]


def _blockers(assessment: Assessment) -> str:
    failed = f"Blockers not met: {', '.join(assessment.blockers)}." if assessment.blockers else "No blocker is known to be unmet."
    return f"{failed} Blockers not known: {', '.join(assessment.open_blockers)}." if assessment.open_blockers else failed
