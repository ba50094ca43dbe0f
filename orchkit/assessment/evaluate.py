"""Responses → outcomes → findings → result.

An item counts its severity's weight times what its outcome is worth: met 1, partly_met ½, not_met 0. Items that do not
apply are left out, with their weight. An item whose outcome is unknown may turn out anything between 0 and 1, so the
score is an interval until everything is answered. Coverage, the share of items answered, stands beside every score.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from orchkit.assessment.join import UNTOUCHED
from orchkit.errors import InputError
from orchkit.model.base import Exact, Record, Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Effort, Item, Section, Severity, SeverityWeights
from orchkit.model.input.decision import MAX_RESPONSES
from orchkit.model.input.reading import checklist_problems
from orchkit.model.input.responses import Answer, Outcome, Response

WORTH = {Outcome.MET: Fraction(1), Outcome.PARTLY_MET: Fraction(1, 2), Outcome.NOT_MET: Fraction(0)}

_HALVES = {outcome: int(2 * worth) for outcome, worth in WORTH.items()}
_SEVERITIES = list(Severity)
_URGENCY = [Outcome.NOT_MET, Outcome.PARTLY_MET, Outcome.UNKNOWN]

Ends = tuple[Fraction, Fraction]
"""Lowest and highest, in per cent."""


class Finding(Record):
    """An item that is not met, or not known to be met: why it matters and what to do."""

    item: str
    section: str
    claim: str
    severity: Severity
    outcome: Outcome
    why: str
    remedy: str
    """What to do. For an unknown item: how to find out."""
    note: str
    effort: Effort | None
    """How long what is to be done takes one person: the remedy, or for an unknown item the check. Null where the version does not say."""
    owner: str
    due_on: date | None


class Tally(Record):
    """Score and coverage of a group of items."""

    items: int
    answered: int
    coverage_percent: Exact
    """Share of items answered, 0 to 100."""
    score_percent: Exact | None
    """Weighted share of what is met, 0 to 100; null when it is an interval or when nothing applies."""
    score_percent_range: tuple[Exact, Exact] | None
    """Lowest and highest score that the unknown items allow; null when the score is known or nothing applies."""


class SectionTally(Tally):
    """One section's score and coverage."""

    section: str
    title: str


class Assessment(Record):
    """What a response comes to."""

    checklist: str
    version: str
    subject: str
    evaluator: str
    total: Tally
    sections: tuple[SectionTally, ...]
    blockers: tuple[str, ...]
    """Items of severity blocker that are not met or only partly met."""
    open_blockers: tuple[str, ...]
    """Items of severity blocker whose outcome is unknown."""
    findings: tuple[Finding, ...]
    """Worst first: by severity, then not met, partly met, unknown, then in the checklist's order."""
    reasons_missing: tuple[str, ...]
    """Items marked not applicable without a note; they count as unknown until one says why."""
    to_confirm: tuple[str, ...]
    """Items whose answer was carried over from an older version and may not hold; they count as unknown until somebody confirms it."""
    contested: tuple[str, ...]
    """Items on whose outcome copies of this evaluation differ; they count as unknown until somebody settles it."""


def evaluate(catalogue: Catalogue, response: Response) -> Assessment:
    """Assess a response against the version of the checklist that it names.

    Scores and coverage are percentages, 0 to 100, exact. Raises `InputError` when the checklist, the version or an
    item is unknown.

    >>> import orchkit
    >>> from orchkit.model.input.responses import Response
    >>> response = Response(checklist="production-adoption", version="1.0")
    >>> [float(end) for end in orchkit.evaluate(orchkit.load(), response).total.score_percent_range]
    [0.0, 100.0]
    """
    return _evaluated(Same(catalogue), Same(response))


@lru_cache(maxsize=MAX_RESPONSES)
def _evaluated(of: Same[Catalogue], what: Same[Response]) -> Assessment:
    """Assess one response once: a page draws it, says it, reports on it and puts it beside others."""
    catalogue, response = of.value, what.value
    if problems := list(checklist_problems(response, "response", catalogue)):
        raise InputError(problems)
    checklist = catalogue.checklists[response.checklist][response.version]
    answers = {item.id: response.answers.get(item.id, UNTOUCHED) for item in checklist.items}
    outcomes = {name: outcome_of(answer) for name, answer in answers.items()}
    return Assessment(
        checklist=response.checklist,
        version=response.version,
        subject=response.subject,
        evaluator=response.evaluator,
        total=_tally(list(checklist.items), outcomes, checklist.severity_weights),
        sections=tuple(_section_tally(section, outcomes, checklist.severity_weights) for section in checklist.sections),
        blockers=_blockers(checklist, outcomes, {Outcome.NOT_MET, Outcome.PARTLY_MET}),
        open_blockers=_blockers(checklist, outcomes, {Outcome.UNKNOWN}),
        findings=tuple(sorted(_findings(checklist, answers, outcomes), key=_urgency)),
        reasons_missing=tuple(name for name, answer in answers.items() if answer.outcome is Outcome.NOT_APPLICABLE and not answer.note.strip()),
        to_confirm=tuple(name for name, answer in answers.items() if answer.to_confirm is not None),
        contested=tuple(name for name, answer in answers.items() if is_contested(answer)),
    )


def outcome_of(answer: Answer) -> Outcome:
    """Return the outcome that counts: unknown where it lacks its reason, is still to be confirmed, or copies say otherwise."""
    if answer.to_confirm is not None or is_contested(answer) or (answer.outcome is Outcome.NOT_APPLICABLE and not answer.note.strip()):
        return Outcome.UNKNOWN
    return answer.outcome


def is_contested(answer: Answer) -> bool:
    """Say whether copies of an evaluation differ in the outcome of an item."""
    return any(other.outcome is not answer.outcome for other in answer.others)


def ends_of(tally: Tally) -> Ends | None:
    """Return the score as an interval, whose ends are equal where it is known."""
    return (tally.score_percent, tally.score_percent) if tally.score_percent is not None else tally.score_percent_range


def gap(tally: Tally, target: Fraction | None) -> Ends | None:
    """Return how many points are missing to a target: the least and the most."""
    ends = ends_of(tally)
    return None if target is None or ends is None else (max(target - ends[1], Fraction(0)), max(target - ends[0], Fraction(0)))


def _tally(items: list[Item], outcomes: dict[str, Outcome], weights: SeverityWeights) -> Tally:
    low = high = possible = answered = 0  # in halves: whole numbers add up faster, and a page does it with every letter typed
    for item in items:
        outcome, weight = outcomes[item.id], weights.of(item.severity)
        answered += outcome is not Outcome.UNKNOWN
        if outcome is Outcome.NOT_APPLICABLE:
            continue
        possible += 2 * weight
        low += weight * _HALVES.get(outcome, 0)
        high += weight * _HALVES.get(outcome, 2)
    ends = (Fraction(100 * low, possible), Fraction(100 * high, possible)) if possible else None
    known = ends is not None and ends[0] == ends[1]
    return Tally(
        items=len(items),
        answered=answered,
        coverage_percent=Fraction(100 * answered, len(items)) if items else Fraction(100),
        score_percent=ends[0] if ends and known else None,
        score_percent_range=None if known else ends,
    )


def _section_tally(section: Section, outcomes: dict[str, Outcome], weights: SeverityWeights) -> SectionTally:
    tally = _tally(list(section.items), outcomes, weights)
    return SectionTally(section=section.id, title=section.title, **{name: getattr(tally, name) for name in Tally.model_fields})


def _blockers(checklist: Checklist, outcomes: dict[str, Outcome], wanted: set[Outcome]) -> tuple[str, ...]:
    return tuple(item.id for item in checklist.items if item.severity is Severity.BLOCKER and outcomes[item.id] in wanted)


def _findings(checklist: Checklist, answers: dict[str, Answer], outcomes: dict[str, Outcome]) -> Iterable[Finding]:
    for section in checklist.sections:
        for item in section.items:
            outcome, answer = outcomes[item.id], answers[item.id]
            if outcome in _URGENCY:
                yield Finding(
                    item=item.id,
                    section=section.id,
                    claim=item.claim,
                    severity=item.severity,
                    outcome=outcome,
                    why=item.why,
                    remedy=item.check if outcome is Outcome.UNKNOWN else item.remedy,
                    note=answer.note,
                    effort=item.check_effort if outcome is Outcome.UNKNOWN else item.remedy_effort,
                    owner=answer.owner,
                    due_on=answer.due_on,
                )


def _urgency(finding: Finding) -> tuple[int, int]:
    return _SEVERITIES.index(finding.severity), _URGENCY.index(finding.outcome)
