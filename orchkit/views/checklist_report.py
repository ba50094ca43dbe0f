"""Reports on a filled checklist as files: Markdown for an issue or a wiki, CSV and JSON for other programs, XLSX for a spreadsheet.

Each function takes (catalogue, decision, response): the evaluation that the report is about, and the decision whose other evaluations
of the checklist stand beside it. Every file says what it is: checklist and version, dataset, orchkit, subject, evaluator, day, coverage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from orchkit.assessment import ChecklistReport, evaluate, outcome_of, report_on
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Answer, Response
from orchkit.version import __version__
from orchkit.views.checklist_text import sections
from orchkit.views.numbers import plain
from orchkit.views.sections import Section, markdown_of
from orchkit.views.spreadsheet import csv_text
from orchkit.views.view import Download

COLUMNS = (
    *("checklist", "version", "dataset", "orchkit", "evaluation", "subject", "tool", "deployment", "evaluator", "date", "coverage_percent"),
    *("section", "item", "severity", "claim", "outcome", "counts_as", "ground", "note", "evidence", "measurements"),
    *("effort", "owner", "due_on", "to_confirm"),
)
"""Columns of the rows: what the file is, the item, the answer, what is to be done."""


def report_of(catalogue: Catalogue, decision: DecisionFile, response: Response, as_of: date | None = None) -> ChecklistReport:
    """Compute the report on one evaluation among those of its decision."""
    return report_on(catalogue, decision.responses, response, as_of=as_of)


def report_sections(catalogue: Catalogue, decision: DecisionFile, response: Response, as_of: date | None = None) -> list[Section]:
    """Return the report in words."""
    return list(sections(catalogue, report_of(catalogue, decision, response, as_of), response))


def report_markdown(catalogue: Catalogue, decision: DecisionFile, response: Response, as_of: date | None = None) -> Download:
    """Write the report as Markdown."""
    text = markdown_of(report_sections(catalogue, decision, response, as_of))
    return Download(filename=f"{stem(response)}.md", media_type="text/markdown", text=text)


def report_json(catalogue: Catalogue, decision: DecisionFile, response: Response, as_of: date | None = None) -> Download:
    """Write the report as JSON; its schema is `checklist-report`."""
    text = report_of(catalogue, decision, response, as_of).model_dump_json(indent=2) + "\n"
    return Download(filename=f"{stem(response)}.json", media_type="application/json", text=text)


def report_csv(catalogue: Catalogue, decision: DecisionFile, response: Response) -> Download:
    """Write every evaluation of the checklist as CSV, a row an item: those of other versions too, each by its own version."""
    return Download(filename=f"{stem(response)}.csv", media_type="text/csv", text=csv_text([COLUMNS, *answer_rows(catalogue, decision, response)]))


def answer_rows(catalogue: Catalogue, decision: DecisionFile, response: Response) -> Iterator[tuple[str, ...]]:
    """Yield the rows below `COLUMNS`, an item and evaluation each."""
    together = decision.responses if response in decision.responses else (response, *decision.responses)
    for one in together:
        if one.checklist == response.checklist:
            yield from _rows(catalogue, one)


def stem(response: Response) -> str:
    """Name a report's file after the checklist, the subject and the day."""
    subject = re.sub(r"[^a-z0-9]+", "-", response.subject.lower()).strip("-")[:40].strip("-")
    return "-".join(filter(None, (response.checklist, subject, str(response.date or ""))))


def _rows(catalogue: Catalogue, response: Response) -> Iterator[tuple[str, ...]]:
    found = evaluate(catalogue, response)
    effort = {finding.item: finding.effort.value for finding in found.findings if finding.effort}
    about = (
        *(response.checklist, response.version, catalogue.dataset.version, __version__),
        *(response.id, response.subject, response.tool or "", response.deployment or "", response.evaluator, str(response.date or "")),
        plain(found.total.coverage_percent),
    )
    for section in catalogue.checklists[response.checklist][response.version].sections:
        for item in section.items:
            answer = response.answers.get(item.id, Answer())
            yield (
                *about,
                *(section.id, item.id, item.severity.value, item.claim),
                *(answer.outcome.value, outcome_of(answer).value, answer.ground.value, answer.note, answer.evidence or ""),
                "; ".join(f"{name}={plain(value)}" for name, value in answer.measurements.items()),
                *(effort.get(item.id, ""), answer.owner, str(answer.due_on or ""), answer.to_confirm or ""),
            )
