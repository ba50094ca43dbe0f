"""`orchkit checklist score`: what every response of a decision file comes to."""

from __future__ import annotations

import json
from pathlib import Path

import click

from orchkit.assessment import Assessment, GroupResult, Tally, evaluate, evaluate_group
from orchkit.assessment.evaluate import gap
from orchkit.cli.checklist.chosen import filled
from orchkit.cli.options import decision_of, format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import Response
from orchkit.views.checklist_text import blockers_text, group_sections, heading_text, score_text, target_text, title_of
from orchkit.views.numbers import fixed


@click.command("score")
@click.argument("file", type=click.Path(path_type=Path))
@format_option
@pass_session
def command(session: Session, file: Path, as_: str) -> None:
    """Score every filled checklist in FILE: a decision file or a single response, JSON or YAML.

    The score is an interval while items are unknown: the lower end counts them as not met, the upper end as met. Where a checklist is
    answered more than once, what the evaluations come to together follows: who disagrees on what, subjects side by side, the trend.
    """
    catalogue = session.catalogue()
    decision = decision_of(file, catalogue)
    responses = filled(decision, file)
    assessments = [evaluate(catalogue, response) for response in responses]
    groups = _groups(catalogue, responses)
    if as_ == "json":
        data = {
            "dataset_version": catalogue.dataset.version,
            "assessments": [assessment.model_dump(mode="json") for assessment in assessments],
            "groups": [group.model_dump(mode="json") for group in groups],
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    report = Report(as_)
    for response, assessment in zip(responses, assessments, strict=True):
        _print(catalogue, response, assessment, report)
    for group in groups:
        for section in group_sections(catalogue, group):
            report.section(section)


def _groups(catalogue: Catalogue, responses: tuple[Response, ...]) -> list[GroupResult]:
    """Bring together the evaluations of each version of a checklist that is answered more than once."""
    answered = dict.fromkeys((response.checklist, response.version) for response in responses)
    found = (evaluate_group(catalogue, responses, *version) for version in answered)
    return [group for group in found if len(group.evaluations) > 1]


def _print(catalogue: Catalogue, response: Response, assessment: Assessment, report: Report) -> None:
    title = title_of(catalogue, assessment.checklist, assessment.version)
    report.heading(heading_text(title, assessment.subject, assessment.evaluator))
    report.table(
        ["Section", "Score", "Answered", "Coverage"],
        [[tally.title, *_cells(tally)] for tally in assessment.sections] + [["Total", *_cells(assessment.total)]],
    )
    report.paragraph(blockers_text(assessment.blockers, assessment.open_blockers))
    if target := target_text(response.target_percent, gap(assessment.total, response.target_percent)):
        report.paragraph(target)
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
        score_text(tally),
        f"{tally.answered} of {tally.items}",
        fixed(tally.coverage_percent, 0) + " %",
    ]
