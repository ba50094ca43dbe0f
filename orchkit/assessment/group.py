"""Several evaluations of one version of a checklist: what a group says of a subject, subjects side by side, and a subject over time.

An evaluator's newest state of a subject counts for the group; older ones make the trend. A group has no score of its own: averaging
opinions would hide what they differ in. It has the hull of its members' scores, and beside it where they disagree and how far they
agree. Versions of a checklist ask different things, so evaluations of different versions never meet in one result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise

from orchkit.assessment.agreement import Agreement, Scale, alpha_of
from orchkit.assessment.evaluate import WORTH, Assessment, SectionTally, Tally, ends_of, evaluate, gap, outcome_of
from orchkit.assessment.join import UNTOUCHED
from orchkit.errors import InputError, Problem
from orchkit.model.base import Day, Exact, Id, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Item, Severity, version_order
from orchkit.model.input.responses import Outcome, Response

VALUES = {Outcome.NOT_MET: 0, Outcome.PARTLY_MET: 1, Outcome.MET: 2}
"""Outcomes as values of an ordinal scale. The others are missing: who does not know says nothing, and `not_applicable` is no degree of met."""

SCALE = Scale.ORDINAL
"""That partly met lies halfway is a convention of the score; agreement uses nothing but the order."""

_SEVERITIES = list(Severity)


class Evaluation(Record):
    """One evaluation: by whom, when, and what it comes to."""

    id: Id
    subject: str
    tool: Id | None
    deployment: Id | None
    evaluator: str
    date: Day | None
    total: Tally
    sections: tuple[SectionTally, ...]
    blockers: tuple[Id, ...]
    open_blockers: tuple[Id, ...]
    target_percent: Exact | None
    gap_percent: tuple[Exact, Exact] | None
    """Points that are missing to the target: the least and the most that unknown items allow. Null without a target or where nothing applies."""


class Hull(Record):
    """From the lowest to the highest score that somebody's answers allow."""

    score_percent_range: tuple[Exact, Exact] | None
    """Both ends are equal where all know and agree. Null where nothing applies to anybody."""
    items: int
    answered_by_all: int
    answered_by_any: int


class SectionHull(Hull):
    """One section's hull."""

    section: Id
    title: str


class Said(Record):
    """What one evaluator says of an item."""

    evaluation: Id
    evaluator: str
    outcome: Outcome
    note: str


class Disagreement(Record):
    """An item on which evaluators gave different outcomes; who does not know does not disagree."""

    item: Id
    section: Id
    claim: str
    severity: Severity
    apart: Exact
    """How far the outcomes lie apart in what they count: ½ or 1. 1 too where it applies to one and not to another."""
    said: tuple[Said, ...]
    """By each evaluator, also those who do not know."""


class Direction(StrEnum):
    """What became of an item."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    """Known now or no longer, or another answer on whether it applies."""


class ItemChange(Record):
    """An item whose outcome differs between two states."""

    item: Id
    claim: str
    severity: Severity
    before: Outcome
    after: Outcome
    direction: Direction


class Step(Record):
    """What changed from one dated state of a subject to the next one by the same evaluator."""

    evaluator: str
    before: Id
    after: Id
    since: Day
    until: Day
    changes: tuple[ItemChange, ...]
    """Worse first, then better, then other; within that by severity."""


class SubjectResult(Record):
    """What one subject comes to by all who evaluated it."""

    subject: str
    tool: Id | None
    deployment: Id | None
    panel: tuple[Id, ...]
    """The evaluations that count: the newest of each evaluator."""
    total: Hull
    sections: tuple[SectionHull, ...]
    blockers: tuple[Id, ...]
    """Items of severity blocker that somebody found not met or only partly met."""
    open_blockers: tuple[Id, ...]
    """Items of severity blocker that nobody found short and somebody does not know."""
    disagreements: tuple[Disagreement, ...]
    """The most severe first, then those whose outcomes lie farthest apart, then in the checklist's order."""
    agreement: Agreement | None
    """Krippendorff's α over the items; null where fewer than two evaluated."""
    trend: tuple[Id, ...]
    """Its dated evaluations, the oldest first."""
    steps: tuple[Step, ...]
    undated: tuple[Id, ...]
    """Evaluations without a date, which have no place in the trend."""


class Elsewhere(Record):
    """Evaluations of another version, which are not mixed with these."""

    version: str
    evaluations: tuple[Id, ...]


class GroupResult(Record):
    """All evaluations of one version of one checklist."""

    checklist: Id
    version: str
    evaluations: tuple[Evaluation, ...]
    subjects: tuple[SubjectResult, ...]
    other_versions: tuple[Elsewhere, ...]


def evaluate_group(catalogue: Catalogue, responses: Sequence[Response], checklist: str, version: str) -> GroupResult:
    """Bring together the evaluations of one version of a checklist, in the order given; those of its other versions are named beside them.

    Scores are percentages, 0 to 100, exact. Raises `InputError` when none of the responses answers this version, and as `evaluate` does.

    >>> import orchkit
    >>> from orchkit.model.input.responses import Response
    >>> answers = {"run-history-kept": {"outcome": "met"}}, {"run-history-kept": {"outcome": "not_met"}}
    >>> about = {"checklist": "production-adoption", "version": "1.0", "subject": "our own"}
    >>> people = [Response(id=who, evaluator=who, answers=said, **about) for who, said in zip(("ann", "bo"), answers)]
    >>> found = orchkit.evaluate_group(orchkit.load(), people, "production-adoption", "1.0").subjects[0]
    >>> found.panel, [one.item for one in found.disagreements], found.blockers
    (('ann', 'bo'), ['run-history-kept'], ('run-history-kept',))
    """
    mine = [response for response in responses if response.checklist == checklist]
    here = [response for response in mine if response.version == version]
    if not here:
        raise InputError(Problem("responses", f"none of them answers `{checklist}` {version}", "Name a checklist and a version that is answered"))
    members = [_Member(response, evaluate(catalogue, response)) for response in here]
    record = catalogue.checklists[checklist][version]
    versions = sorted({response.version for response in mine} - {version}, key=version_order)
    return GroupResult(
        checklist=checklist,
        version=version,
        evaluations=tuple(_evaluation(member) for member in members),
        subjects=tuple(_subject(record, together) for together in _by(members, subject_of)),
        other_versions=tuple(
            Elsewhere(version=other, evaluations=tuple(response.id for response in mine if response.version == other)) for other in versions
        ),
    )


def subject_of(response: Response) -> tuple[str, str, str]:
    """Say what was assessed, so that two spellings of one name are one subject."""
    return _folded(response.subject), response.tool or "", response.deployment or ""


def evaluator_of(response: Response) -> str:
    """Say who assessed. All who gave no name are one: a file without names is one person's."""
    return _folded(response.evaluator)


class _Member:
    """A response with what it comes to."""

    def __init__(self, response: Response, assessment: Assessment) -> None:
        self.response, self.assessment = response, assessment

    def outcome(self, item: str) -> Outcome:
        return outcome_of(self.response.answers.get(item, UNTOUCHED))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _by(members: Iterable[_Member], key: Callable[[Response], object]) -> list[list[_Member]]:
    """Group members in the order in which each group first comes."""
    groups: dict[object, list[_Member]] = {}
    for member in members:
        groups.setdefault(key(member.response), []).append(member)
    return list(groups.values())


def _evaluation(member: _Member) -> Evaluation:
    response, found = member.response, member.assessment
    return Evaluation(
        id=response.id,
        subject=response.subject,
        tool=response.tool,
        deployment=response.deployment,
        evaluator=response.evaluator,
        date=response.date,
        total=found.total,
        sections=found.sections,
        blockers=found.blockers,
        open_blockers=found.open_blockers,
        target_percent=response.target_percent,
        gap_percent=gap(found.total, response.target_percent),
    )


def _subject(checklist: Checklist, members: list[_Member]) -> SubjectResult:
    panel = [_newest(states) for states in _by(members, evaluator_of)]
    about = members[0].response
    short = {name for member in panel for name in member.assessment.blockers}
    unknown = {name for member in panel for name in member.assessment.open_blockers} - short
    dated = _dated(members)
    return SubjectResult(
        subject=about.subject,
        tool=about.tool,
        deployment=about.deployment,
        panel=tuple(member.response.id for member in panel),
        total=_hull([member.assessment.total for member in panel], list(checklist.items), panel),
        sections=tuple(
            SectionHull(
                section=section.id,
                title=section.title,
                **dict(_hull([member.assessment.sections[index] for member in panel], list(section.items), panel)),
            )
            for index, section in enumerate(checklist.sections)
        ),
        blockers=tuple(item.id for item in checklist.items if item.id in short),
        open_blockers=tuple(item.id for item in checklist.items if item.id in unknown),
        disagreements=tuple(sorted(_disagreements(checklist, panel), key=lambda one: (_SEVERITIES.index(one.severity), -one.apart))),
        agreement=_agreement(checklist, panel) if len(panel) > 1 else None,
        trend=tuple(member.response.id for member in dated),
        steps=tuple(_steps(checklist, dated)),
        undated=tuple(member.response.id for member in members if member.response.date is None),
    )


def _newest(states: list[_Member]) -> _Member:
    """Return an evaluator's newest state: the latest day, an undated one before all others, of one day the last in the file."""
    return max(enumerate(states), key=lambda pair: (pair[1].response.date or date.min, pair[0]))[1]


def _dated(members: list[_Member]) -> list[_Member]:
    return sorted((member for member in members if member.response.date), key=lambda member: member.response.date or date.min)


def _hull(tallies: Sequence[Tally], items: list[Item], panel: list[_Member]) -> Hull:
    ends = [found for tally in tallies if (found := ends_of(tally))]
    answered = [sum(member.outcome(item.id) is not Outcome.UNKNOWN for member in panel) for item in items]
    return Hull(
        score_percent_range=(min(low for low, _ in ends), max(high for _, high in ends)) if ends else None,
        items=len(items),
        answered_by_all=sum(count == len(panel) for count in answered),
        answered_by_any=sum(count > 0 for count in answered),
    )


def _agreement(checklist: Checklist, panel: list[_Member]) -> Agreement:
    return alpha_of([[VALUES.get(member.outcome(item.id)) for member in panel] for item in checklist.items], SCALE)


def _disagreements(checklist: Checklist, panel: list[_Member]) -> Iterator[Disagreement]:
    for section in checklist.sections:
        for item in section.items:
            outcomes = [member.outcome(item.id) for member in panel]
            given = set(outcomes) - {Outcome.UNKNOWN}
            if len(given) > 1:
                yield Disagreement(
                    item=item.id,
                    section=section.id,
                    claim=item.claim,
                    severity=item.severity,
                    apart=_apart(given),
                    said=tuple(
                        Said(evaluation=member.response.id, evaluator=member.response.evaluator, outcome=outcome, note=_note(member, item.id))
                        for member, outcome in zip(panel, outcomes, strict=True)
                    ),
                )


def _apart(given: set[Outcome]) -> Fraction:
    if Outcome.NOT_APPLICABLE in given:
        return Fraction(1)
    return max(WORTH[outcome] for outcome in given) - min(WORTH[outcome] for outcome in given)


def _note(member: _Member, item: str) -> str:
    return member.response.answers.get(item, UNTOUCHED).note


def _steps(checklist: Checklist, dated: list[_Member]) -> Iterator[Step]:
    """Compare each state with the one before by the same evaluator."""
    for states in _by(dated, evaluator_of):
        apart = [list(same)[-1] for _, same in groupby(states, key=lambda member: member.response.date)]
        for before, after in pairwise(apart):
            assert before.response.date is not None
            assert after.response.date is not None
            yield Step(
                evaluator=after.response.evaluator,
                before=before.response.id,
                after=after.response.id,
                since=before.response.date,
                until=after.response.date,
                changes=tuple(sorted(_changes(checklist, before, after), key=_weight)),
            )


def _changes(checklist: Checklist, before: _Member, after: _Member) -> Iterator[ItemChange]:
    for item in checklist.items:
        old, new = before.outcome(item.id), after.outcome(item.id)
        if old is not new:
            yield ItemChange(item=item.id, claim=item.claim, severity=item.severity, before=old, after=new, direction=_direction(old, new))


def _direction(old: Outcome, new: Outcome) -> Direction:
    if old not in WORTH or new not in WORTH:
        return Direction.OTHER
    return Direction.BETTER if WORTH[new] > WORTH[old] else Direction.WORSE


def _weight(change: ItemChange) -> tuple[int, int]:
    order = (Direction.WORSE, Direction.BETTER, Direction.OTHER)
    return order.index(change.direction), _SEVERITIES.index(change.severity)
