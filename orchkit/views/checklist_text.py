"""Results of a checklist in words: one set of texts behind the page, its files and the command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from orchkit.assessment import Assessment, ChecklistReport, Finding, GroupResult, Tally
from orchkit.assessment.agreement import Agreement, Undefined
from orchkit.assessment.evaluate import Ends
from orchkit.assessment.group import Direction, Disagreement, Evaluation, Hull, ItemChange, Step, SubjectResult
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Effort, Severity
from orchkit.model.input.responses import Answer, Ground, Outcome, Response
from orchkit.views.numbers import fixed, listed, percent_or_interval, plain
from orchkit.views.sections import Section

EFFORTS = {Effort.HOUR: "up to an hour", Effort.DAY: "up to a day", Effort.WEEK: "up to a week", Effort.MONTH: "longer than a week"}
"""What is printed for each effort of one person."""

_NO_EFFORT = "not said"

DIRECTIONS = {Direction.WORSE: "worse", Direction.BETTER: "better", Direction.OTHER: "otherwise changed"}
"""What is printed for what became of items."""


def outcome_text(outcome: Outcome) -> str:
    """Name an outcome as people do.

    >>> outcome_text(Outcome.PARTLY_MET)
    'partly met'
    """
    return outcome.value.replace("_", " ")


def title_of(catalogue: Catalogue, checklist: str, version: str) -> str:
    """Name a version of a checklist."""
    return f"{catalogue.checklists[checklist][version].title} {version}"


def heading_text(title: str, subject: str, evaluator: str, day: date | None = None) -> str:
    """Head what is said of one evaluation: the checklist's title, what was assessed, by whom and when, as far as it is named."""
    about = ", ".join(part for part in (subject, evaluator and f"filled in by {evaluator}", day and str(day)) if part)
    return f"{title}: {about}" if about else title


def subject_text(catalogue: Catalogue, about: Evaluation | SubjectResult | Response) -> str:
    """Name what was assessed: in the team's words, with the tool and the deployment where they are named."""
    if about.tool is None or about.tool not in catalogue.tools:
        return about.subject or "no subject named"
    tool = catalogue.tools[about.tool]
    found = tool.deployments.get(about.deployment or "")
    name = f"{tool.facts.name}, {found.name}" if found else tool.facts.name
    return name if about.subject in {"", name, tool.facts.name} else f"{about.subject} ({name})"


def evaluator_text(about: Evaluation | Response | Step) -> str:
    """Name who assessed."""
    return about.evaluator or "nobody named"


def evaluation_text(about: Evaluation | Response) -> str:
    """Tell evaluations of one subject apart: by whom and when."""
    return f"{evaluator_text(about)}, {about.date}" if about.date else f"{evaluator_text(about)}, no date"


def ends_text(ends: Ends | None) -> str:
    """Write an interval of scores, or the one score that both ends are."""
    return percent_or_interval(ends[0] if ends and ends[0] == ends[1] else None, ends)


def score_text(tally: Tally) -> str:
    """Write a score: ``62 %``, or ``40–75 %`` while items are unknown."""
    return percent_or_interval(tally.score_percent, tally.score_percent_range)


def coverage_text(tally: Tally) -> str:
    """Write how much was answered."""
    return f"{tally.answered} of {tally.items}, {fixed(tally.coverage_percent, 0)} %"


def covered_text(hull: Hull) -> str:
    """Write how much a group answered."""
    if hull.answered_by_all == hull.answered_by_any:
        return f"{hull.answered_by_all} of {hull.items}"
    return f"{hull.answered_by_all} of {hull.items} by all, {hull.answered_by_any} by somebody"


def target_text(target: Fraction | None, gap: Ends | None) -> str | None:
    """Say how far the target is; nothing where there is none."""
    if target is None:
        return None
    if gap is None:
        return f"The target is {plain(target)} %, and nothing applies that could reach it."
    least, most = gap
    if most == 0:
        return f"The target of {plain(target)} % is reached, whatever the unknown items turn out to be."
    if least == most:
        return f"{_points(most)} are missing to the target of {plain(target)} %."
    if least == 0:
        return f"Up to {_points(most)} are missing to the target of {plain(target)} %: it depends on the unknown items."
    return f"Between {fixed(least, 1)} and {_points(most)} are missing to the target of {plain(target)} %, depending on the unknown items."


def _points(value: Fraction) -> str:
    return f"{fixed(value, 1)} points"


def blockers_text(short: Sequence[str], unknown: Sequence[str]) -> str:
    """Say which blockers are not met and which nobody knows."""
    said = f"Blockers not met: {', '.join(short)}." if short else "No blocker is known to be unmet."
    return f"{said} Blockers not known: {', '.join(unknown)}." if unknown else said


def agreement_text(agreement: Agreement | None) -> str:
    """Explain α in one sentence, or say why there is none."""
    if agreement is None:
        return "One evaluator says nothing about agreement; a second one would."
    if agreement.undefined is Undefined.NOTHING_TO_PAIR:
        return "Krippendorff's α is not defined: no item has an outcome from two evaluators that could be compared."
    if agreement.alpha is None:
        return (
            f"Krippendorff's α is not defined: all outcomes that can be compared are the same ({_items(agreement.units)}), and chance alone would "
            "agree there too."
        )
    return (
        f"Krippendorff's α is {fixed(agreement.alpha, 3)} over {_items(agreement.units)} that two or more evaluators rated: 1 is agreement "
        "throughout, 0 is what chance would give, and below 0 they differ more than by chance."
    )


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def said_text(disagreement: Disagreement) -> str:
    """Say who gives which outcome, those who say the same together."""
    by: dict[Outcome, list[str]] = {}
    for said in disagreement.said:
        by.setdefault(said.outcome, []).append(said.evaluator or "nobody named")
    return "; ".join(f"{outcome_text(outcome)}: {listed(names)}" for outcome, names in by.items())


def step_text(step: Step) -> str:
    """Count what changed between two states.

    The order is that of the changes: worse, better, other.
    """
    counts = Counter(change.direction for change in step.changes)
    said = ", ".join(f"{counts[direction]} {words}" for direction, words in DIRECTIONS.items() if counts[direction])
    return f"{evaluator_text(step)}, from {step.since} to {step.until}: {said or 'no outcome changed'}."


def change_text(change: ItemChange) -> str:
    """Say what became of an item."""
    return f"{change.claim} {outcome_text(change.before).capitalize()} → {outcome_text(change.after)} ({change.severity.value})."


def left_out_text(group: GroupResult) -> str | None:
    """Say that other versions are not mixed in; nothing where there are none."""
    if not group.other_versions:
        return None
    parts = [f"{len(other.evaluations)} of version {other.version}" for other in group.other_versions]
    return f"Not in this comparison: {listed(parts)}. Versions ask different things; upgrade an evaluation to bring it in."


def due_text(finding: Finding, as_of: date | None) -> str:
    """Say by when, and that the day has passed where the day is known."""
    if finding.due_on is None:
        return ""
    return f"{finding.due_on}, overdue" if as_of and finding.due_on < as_of else str(finding.due_on)


def effort_matrix(assessment: Assessment) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Count findings by severity and effort: headers and rows, what is to be mended apart from what is to be found out."""
    columns: list[Effort | None] = [*Effort, None]
    used = [column for column in columns if any(finding.effort is column for finding in assessment.findings)]
    rows = []
    for unknown, kind in ((False, "to mend"), (True, "to find out")):
        for severity in Severity:
            found = [one for one in assessment.findings if one.severity is severity and (one.outcome is Outcome.UNKNOWN) == unknown]
            if found:
                counts = [sum(one.effort is column for one in found) for column in used]
                rows.append((f"{severity.value}, {kind}", *(str(count) if count else "" for count in counts), str(len(found))))
    return ("Findings", *(EFFORTS[column] if column else _NO_EFFORT for column in used), "All"), tuple(rows)


def section_rows(assessment: Assessment) -> tuple[tuple[str, ...], ...]:
    """Return score and coverage by section and in all."""
    rows = [(tally.title, score_text(tally), coverage_text(tally)) for tally in assessment.sections]
    return (*rows, ("Total", score_text(assessment.total), coverage_text(assessment.total)))


def header_rows(catalogue: Catalogue, report: ChecklistReport, response: Response) -> tuple[tuple[str, str], ...]:
    """Return what a report must say of itself, so that a printed or copied one can be judged."""
    total = report.assessment.total
    rows = [
        ("Checklist", f"{title_of(catalogue, response.checklist, response.version)} ({response.checklist})"),
        ("Assessed", subject_text(catalogue, response)),
        ("By", evaluator_text(response)),
        ("On", str(response.date) if response.date else "no date given"),
        ("Score", score_text(total)),
        ("Answered", coverage_text(total)),
        ("Computed with", f"dataset {report.dataset_version}, orchkit {report.orchkit_version}"),
    ]
    return (*rows, ("Overdue as of", str(report.as_of))) if report.as_of else tuple(rows)


def sections(catalogue: Catalogue, report: ChecklistReport, response: Response) -> Iterator[Section]:
    """Write the whole report."""
    found = report.assessment
    target = target_text(report.target_percent, report.gap_percent)
    yield Section(
        heading=f"{title_of(catalogue, response.checklist, response.version)}: {subject_text(catalogue, response)}",
        paragraphs=(blockers_text(found.blockers, found.open_blockers), *((target,) if target else ()), *_held_back(found)),
        headers=("About this report", ""),
        rows=header_rows(catalogue, report, response),
    )
    yield Section(heading="Result", headers=("Section", "Score", "Answered"), rows=section_rows(found))
    yield from _findings(report, response)
    yield from group_sections(catalogue, report.group)
    yield _answers(catalogue, response)


def group_sections(catalogue: Catalogue, group: GroupResult) -> Iterator[Section]:
    """Write what several evaluations come to together; nothing where there is one and nothing else to say."""
    left_out = left_out_text(group)
    if len(group.evaluations) > 1:
        yield Section(
            heading="All evaluations",
            paragraphs=(left_out,) if left_out else (),
            headers=("Evaluation", "Assessed", "Score", "Answered", "Blockers not met", "Missing to the target"),
            rows=tuple(_evaluation_row(catalogue, one) for one in group.evaluations),
        )
    elif left_out:
        yield Section(heading="Other versions", paragraphs=(left_out,))
    if len(group.subjects) > 1:
        names = (subject_text(catalogue, one) for one in group.subjects)
        yield Section(heading="Side by side", headers=("", *names), rows=side_by_side(group.subjects))
    for subject in group.subjects:
        name = subject_text(catalogue, subject)
        if len(subject.panel) > 1:
            yield _panel(name, subject)
        if len(subject.trend) > 1:
            yield _trend(name, subject, group)


def side_by_side(subjects: Sequence[SubjectResult]) -> tuple[tuple[str, ...], ...]:
    """Return what subjects are compared by, a column each: score, coverage, blockers, then each section's score."""
    rows = [
        ("Score", *(ends_text(one.total.score_percent_range) for one in subjects)),
        ("Answered", *(covered_text(one.total) for one in subjects)),
        ("Evaluators", *(str(len(one.panel)) for one in subjects)),
        ("Blockers not met", *(", ".join(one.blockers) or "none" for one in subjects)),
        ("Blockers not known", *(", ".join(one.open_blockers) or "none" for one in subjects)),
    ]
    for index, section in enumerate(subjects[0].sections):
        rows.append((section.title, *(ends_text(one.sections[index].score_percent_range) for one in subjects)))
    return tuple(rows)


def trend_rows(subject: SubjectResult, group: GroupResult) -> tuple[tuple[str, ...], ...]:
    """Return a row for each dated state, the oldest first."""
    states = {one.id: one for one in group.evaluations}
    return tuple(
        (str(states[name].date), evaluator_text(states[name]), score_text(states[name].total), coverage_text(states[name].total))
        for name in subject.trend
    )


def _held_back(found: Assessment) -> Iterator[str]:
    """Say which answers count as unknown, and why."""
    if found.reasons_missing:
        yield f"Marked not applicable without a note that says why, so counted as unknown: {', '.join(found.reasons_missing)}."
    if found.to_confirm:
        yield f"Carried over from an older version and not confirmed yet, so counted as unknown: {', '.join(found.to_confirm)}."
    if found.contested:
        yield f"Copies of this evaluation differ, so counted as unknown until somebody settles it: {', '.join(found.contested)}."


def _findings(report: ChecklistReport, response: Response) -> Iterator[Section]:
    found = report.assessment.findings
    if not found:
        yield Section(heading="Findings", paragraphs=("Every item that applies is met.",))
        return
    headers, rows = effort_matrix(report.assessment)
    late = f"Overdue: {', '.join(report.overdue)}." if report.overdue else None
    yield Section(heading="Findings", paragraphs=(late,) if late else (), headers=headers, rows=rows)
    for unknown, heading in ((False, "To mend"), (True, "To find out")):
        entries = [one for one in found if (one.outcome is Outcome.UNKNOWN) == unknown]
        if entries:
            yield Section(heading=heading, entries=tuple(_entry(one, report.as_of, response.answers.get(one.item, Answer())) for one in entries))


def _entry(finding: Finding, as_of: date | None, answer: Answer) -> tuple[str, tuple[str, ...]]:
    about = [finding.severity.value, outcome_text(finding.outcome)]
    about += [finding.owner] if finding.owner else []
    about += [f"due {due_text(finding, as_of)}"] if finding.due_on else []
    below = [f"Why: {finding.why}", f"{'Check' if finding.outcome is Outcome.UNKNOWN else 'Do'}: {finding.remedy}"]
    below += [f"Effort: {EFFORTS[finding.effort]}"] if finding.effort else []
    below += [f"Note: {finding.note}"] if finding.note.strip() else []
    below += [f"Evidence: {answer.evidence}"] if answer.evidence else []
    return f"{finding.claim} ({', '.join(about)})", tuple(below)


def _evaluation_row(catalogue: Catalogue, one: Evaluation) -> tuple[str, ...]:
    missing = "no target" if one.target_percent is None else "nothing applies" if one.gap_percent is None else gap_text(one.gap_percent)
    return (
        evaluation_text(one),
        subject_text(catalogue, one),
        score_text(one.total),
        coverage_text(one.total),
        ", ".join(one.blockers) or "none",
        missing,
    )


def gap_text(gap: Ends) -> str:
    """Write how many points are missing, as one number where it is one."""
    return _points(gap[1]) if gap[0] == gap[1] else f"{fixed(gap[0], 1)}–{_points(gap[1])}"


def _panel(name: str, subject: SubjectResult) -> Section:
    span, covered = ends_text(subject.total.score_percent_range), covered_text(subject.total)
    total = f"The scores of {len(subject.panel)} evaluators span {span}; answered: {covered}."
    blockers = blockers_text(subject.blockers, subject.open_blockers)
    apart = "" if subject.disagreements else "No two evaluators gave an item different outcomes."
    return Section(
        heading=f"Evaluators of {name}",
        paragraphs=tuple(filter(None, (total, blockers, agreement_text(subject.agreement), apart))),
        headers=("Item", "Severity", "Who says what"),
        rows=tuple((one.item, one.severity.value, said_text(one)) for one in subject.disagreements),
        wide=2,
    )


def _trend(name: str, subject: SubjectResult, group: GroupResult) -> Section:
    return Section(
        heading=f"{name} over time",
        headers=("Day", "By", "Score", "Answered"),
        rows=trend_rows(subject, group),
        entries=tuple((step_text(step), tuple(map(change_text, step.changes))) for step in subject.steps),
    )


_UNCHECKED = {Ground.DOCUMENTED: " (documented, nobody checked)", Ground.LAB: " (run by the handbook's lab, nobody checked)"}
"""What stands behind an outcome that was taken over."""


def _answers(catalogue: Catalogue, response: Response) -> Section:
    """List every item with what was answered."""
    items = catalogue.checklists[response.checklist][response.version].items
    rows = []
    for item in items:
        answer = response.answers.get(item.id, Answer())
        rows.append((item.claim, outcome_text(answer.outcome) + _UNCHECKED.get(answer.ground, ""), answer.note, answer.evidence or ""))
    return Section(heading="Answers", headers=("Item", "Outcome", "Note", "Evidence"), rows=tuple(rows), wide=0)
