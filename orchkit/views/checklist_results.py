"""What a filled checklist comes to, as pictures and tables: sections, findings, evaluators, subjects, the course of time.

Pure functions of a report → markup, which the checklist's page puts below its items. `response` is the evaluation that the page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from orchkit.assessment import ChecklistReport, Finding, SectionTally, Tally
from orchkit.assessment.evaluate import Ends, ends_of
from orchkit.assessment.group import GroupResult, SubjectResult
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import Outcome, Response
from orchkit.views import checklist_text as text
from orchkit.views.environment import render
from orchkit.views.place import Place
from orchkit.views.trend_chart import HEIGHT, WIDTH, Trend, trend_chart

BAR_WIDTH = 500
"""Units across a bar."""
MARK = 4
"""Units across the mark of the target."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A score as a bar: what is sure, and what is open."""

    name: str
    anchor: str | None
    score: str
    answered: str
    sure: Fraction
    open: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Course:
    """A subject's dated states as the template draws them."""

    name: str
    chart: Trend
    label: str
    rows: tuple[tuple[str, ...], ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    """Each with what changed in it."""


def results(catalogue: Catalogue, report: ChecklistReport, response: Response, place: Place) -> Markup:
    """Render everything: sections, findings, and what the group comes to."""
    return section_bars(report) + findings(report, place) + group_results(catalogue, report.group, response)


def print_header(catalogue: Catalogue, report: ChecklistReport, response: Response) -> Markup:
    """Render what a printed page must say of itself, from the checklist's version to the dataset's. Paper alone shows it."""
    return render("checklist_result_header.html.jinja", rows=text.header_rows(catalogue, report, response))


def section_bars(report: ChecklistReport) -> Markup:
    """Render score and coverage by section, the target and the gap to it."""
    found = report.assessment
    return render(
        "checklist_result_sections.html.jinja",
        bars=[*(_bar(tally.title, tally, tally) for tally in found.sections), _bar("Total", found.total, None)],
        width=BAR_WIDTH,
        target=None if report.target_percent is None else report.target_percent * (BAR_WIDTH - MARK) / 100,
        mark=MARK,
        target_text=text.target_text(report.target_percent, report.gap_percent),
    )


def _bar(name: str, tally: Tally, section: SectionTally | None) -> Bar:
    low, high = ends_of(tally) or (Fraction(0), Fraction(0))
    score, answered = text.score_text(tally), f"{tally.answered} of {tally.items}"
    return Bar(
        name=name,
        anchor=section.section if section else None,
        score=score,
        answered=answered,
        sure=low * BAR_WIDTH / 100,
        open=(high - low) * BAR_WIDTH / 100,
        label=f"{name}: {score}, {answered} answered",
    )


def findings(report: ChecklistReport, place: Place) -> Markup:
    """Render the findings: counted by severity and effort, then each with what to do, by whom and until when."""
    found = report.assessment
    headers, rows = text.effort_matrix(found)
    return render(
        "checklist_result_findings.html.jinja",
        answered=found.total.answered,
        headers=headers,
        rows=rows,
        unmet=[_line(finding, report.as_of) for finding in found.findings if finding.outcome is not Outcome.UNKNOWN],
        unknown=[_line(finding, report.as_of) for finding in found.findings if finding.outcome is Outcome.UNKNOWN],
        overdue=set(report.overdue),
        place=place,
    )


def _line(finding: Finding, as_of: date | None) -> dict[str, object]:
    return {
        "of": finding,
        "outcome": text.outcome_text(finding.outcome),
        "effort": text.EFFORTS[finding.effort] if finding.effort else "",
        "due": text.due_text(finding, as_of),
    }


def group_results(catalogue: Catalogue, group: GroupResult, response: Response) -> Markup:
    """Render evaluators, subjects and the course of time; nothing where there is one evaluation alone."""
    subjects = [(text.subject_text(catalogue, one), one) for one in group.subjects]
    courses = [_course(name, one, group, response.target_percent) for name, one in subjects if len(one.trend) > 1]
    panels = [
        {
            "name": name,
            "of": one,
            "score": text.ends_text(one.total.score_percent_range),
            "covered": text.covered_text(one.total),
            "blockers": text.blockers_text(one.blockers, one.open_blockers),
            "agreement": text.agreement_text(one.agreement),
        }
        for name, one in subjects
        if len(one.panel) > 1
    ]
    return render(
        "checklist_result_group.html.jinja",
        subjects=subjects if len(subjects) > 1 else [],
        bars=[[_hull_bar(name, title, ends) for name, title, ends in _hulls(subjects, index)] for index in _rows(group)],
        rows=text.side_by_side(group.subjects),
        panels=panels,
        courses=courses,
        left_out=text.left_out_text(group),
        outcome_text=text.outcome_text,
        width=BAR_WIDTH,
        chart_width=WIDTH,
        chart_height=HEIGHT,
    )


def _rows(group: GroupResult) -> list[int | None]:
    """Return what subjects are compared by with a bar: the whole, then each section by its place."""
    return [None, *range(len(group.subjects[0].sections))]


def _hulls(subjects: list[tuple[str, SubjectResult]], index: int | None) -> list[tuple[str, str, Ends | None]]:
    found = []
    for name, one in subjects:
        title = "All sections" if index is None else one.sections[index].title
        found.append((name, title, (one.total if index is None else one.sections[index]).score_percent_range))
    return found


def _hull_bar(name: str, title: str, ends: Ends | None) -> Bar:
    low, high = ends or (Fraction(0), Fraction(0))
    score = text.ends_text(ends)
    return Bar(title, None, score, "", low * BAR_WIDTH / 100, (high - low) * BAR_WIDTH / 100, f"{title}, {name}: {score}")


def _course(name: str, subject: SubjectResult, group: GroupResult, target: Fraction | None) -> Course:
    states = {one.id: one for one in group.evaluations}
    rows = text.trend_rows(subject, group)
    return Course(
        name=name,
        chart=trend_chart([states[state] for state in subject.trend], target),
        label=f"{name} over time. " + " ".join(f"{day}, {who}: {score}." for day, who, score, _ in rows),
        rows=rows,
        steps=tuple((text.step_text(step), tuple(map(text.change_text, step.changes))) for step in subject.steps),
    )
