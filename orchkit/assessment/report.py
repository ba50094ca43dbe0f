"""Everything a report on one evaluation says: what it comes to, what is overdue, and how it stands among the others of its checklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from orchkit.assessment.evaluate import Assessment, evaluate, gap
from orchkit.assessment.group import GroupResult, evaluate_group
from orchkit.model.base import Day, Exact, Id, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import Response
from orchkit.version import __version__


class ChecklistReport(Record):
    """One evaluation and its group."""

    schema_version: Literal[1] = 1
    dataset_version: str
    orchkit_version: str
    evaluation: Id
    """Which of the group's evaluations it is about."""
    date: Day | None
    as_of: Day | None
    """The day on which what is due before is overdue; null where none was given, and then nothing is."""
    assessment: Assessment
    target_percent: Exact | None
    gap_percent: tuple[Exact, Exact] | None
    """Points that are missing to the target: the least and the most."""
    overdue: tuple[Id, ...]
    """Findings whose day has passed, the longest overdue first."""
    group: GroupResult


def report_on(catalogue: Catalogue, responses: Sequence[Response], response: Response, *, as_of: date | None = None) -> ChecklistReport:
    """Gather the report on `response` among `responses`, which it is one of or joins as the first. Raises `InputError` as `evaluate` does."""
    assessment = evaluate(catalogue, response)
    together = [*responses] if response in responses else [response, *responses]
    return ChecklistReport(
        dataset_version=catalogue.dataset.version,
        orchkit_version=__version__,
        evaluation=response.id,
        date=response.date,
        as_of=as_of,
        assessment=assessment,
        target_percent=response.target_percent,
        gap_percent=gap(assessment.total, response.target_percent),
        overdue=_overdue(assessment, as_of),
        group=evaluate_group(catalogue, together, response.checklist, response.version),
    )


def _overdue(assessment: Assessment, as_of: date | None) -> tuple[str, ...]:
    due = [(finding.due_on, finding.item) for finding in assessment.findings if finding.due_on and as_of and finding.due_on < as_of]
    return tuple(item for _, item in sorted(due))
