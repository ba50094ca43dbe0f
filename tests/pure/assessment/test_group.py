"""Several evaluations of one checklist: hull, panel, disagreement, subjects, the course of time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings

from orchkit.assessment import GroupResult, evaluate, evaluate_group, report_on
from orchkit.assessment.evaluate import ends_of
from orchkit.assessment.group import Direction, evaluator_of, subject_of
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.input.responses import Answer, Outcome, Response, Statement
from tests.strategies import CHECKLIST, VERSION, Cells, catalogue_of, checklist_of, groups

Group = tuple[Checklist, list[Response]]

ONE_CELL: Cells = {"ant": {"alpha": 3}}
THREE = checklist_of([["blocker", "major"], ["minor"]])
"""Weights 5, 3 and 1: nine in all. Items item-1-1, item-1-2, item-2-1."""
ITEMS = ("item-1-1", "item-1-2", "item-2-1")
DRAWN = 40


def catalogue() -> Catalogue:
    return catalogue_of(ONE_CELL, THREE)


def said(name: str, evaluator: str, *outcomes: str, day: str | None = None, subject: str = "ant", target: int | None = None) -> Response:
    """One evaluation of THREE, its items in order."""
    answers = {item: Answer(outcome=Outcome(outcome), note="because") for item, outcome in zip(ITEMS, outcomes, strict=False)}
    return Response(
        id=name,
        checklist=CHECKLIST,
        version=VERSION,
        subject=subject,
        evaluator=evaluator,
        date=date.fromisoformat(day) if day else None,
        target_percent=None if target is None else Fraction(target),
        answers=answers,
    )


def group(*responses: Response) -> GroupResult:
    return evaluate_group(catalogue(), responses, CHECKLIST, VERSION)


@settings(max_examples=DRAWN)
@given(groups())
def test_the_hull_holds_every_score_of_the_panel_and_touches_two(drawn: Group) -> None:
    checklist, responses = drawn
    made = catalogue_of(ONE_CELL, checklist)
    found = evaluate_group(made, responses, CHECKLIST, VERSION)
    for subject in found.subjects:
        hull = subject.total.score_percent_range
        ends = [ends for one in found.evaluations if one.id in subject.panel and (ends := ends_of(one.total))]
        assert (hull is None) == (not ends)
        if hull:
            assert all(hull[0] <= low <= high <= hull[1] for low, high in ends)
            assert hull[0] in {low for low, _ in ends}
            assert hull[1] in {high for _, high in ends}
        assert 0 <= subject.total.answered_by_all <= subject.total.answered_by_any <= subject.total.items


@settings(max_examples=DRAWN)
@given(groups())
def test_every_evaluation_belongs_to_one_subject_and_has_its_own_result(drawn: Group) -> None:
    checklist, responses = drawn
    made = catalogue_of(ONE_CELL, checklist)
    found = evaluate_group(made, responses, CHECKLIST, VERSION)
    assert [one.id for one in found.evaluations] == [response.id for response in responses]
    assert [one.total for one in found.evaluations] == [evaluate(made, response).total for response in responses]
    assert len(found.subjects) == len({subject_of(response) for response in responses})
    for subject in found.subjects:
        mine = [response for response in responses if {response.id} & {*subject.trend, *subject.undated}]
        assert len({subject_of(response) for response in mine}) == 1
        assert len(subject.panel) == len({evaluator_of(response) for response in mine})
        assert set(subject.panel) <= {response.id for response in mine}


@settings(max_examples=DRAWN)
@given(groups(max_evaluations=4))
def test_the_order_of_evaluations_changes_no_number(drawn: Group) -> None:
    checklist, responses = drawn
    made = catalogue_of(ONE_CELL, checklist)
    days = {(subject_of(one), evaluator_of(one), one.date) for one in responses}
    if len(days) < len(responses):  # two states of one day: the later one in the file counts
        return

    def numbers(order: list[Response]) -> set[object]:
        found = evaluate_group(made, order, CHECKLIST, VERSION)
        return {
            (
                frozenset(one.panel),
                one.total,
                one.sections,
                one.blockers,
                one.open_blockers,
                one.agreement,
                tuple(two.item for two in one.disagreements),
            )
            for one in found.subjects
        }

    assert all(numbers(list(order)) == numbers(responses) for order in permutations(responses))


def test_two_evaluators_who_disagree() -> None:
    found = group(said("a", "Ann", "met", "met", "unknown"), said("b", "Bo", "not_met", "partly_met", "met"))
    (subject,) = found.subjects
    assert subject.total.score_percent_range == (Fraction(100 * 5, 18), Fraction(100))
    assert (subject.total.answered_by_all, subject.total.answered_by_any) == (2, 3)
    assert [(one.item, one.apart) for one in subject.disagreements] == [("item-1-1", 1), ("item-1-2", Fraction(1, 2))]
    assert [(one.evaluator, one.outcome.value) for one in subject.disagreements[0].said] == [("Ann", "met"), ("Bo", "not_met")]
    assert (subject.blockers, subject.open_blockers) == (("item-1-1",), ())
    assert subject.agreement
    assert subject.agreement.units == 2


def test_disagreement_is_ordered_by_severity_then_by_how_far_apart() -> None:
    checklist = checklist_of([["minor", "major", "major", "blocker"]])
    names = [item.id for item in checklist.items]
    made = catalogue_of(ONE_CELL, checklist)

    def by(name: str, *outcomes: str) -> Response:
        answers = {item: Answer(outcome=Outcome(outcome), note="so") for item, outcome in zip(names, outcomes, strict=True)}
        return Response(id=name, checklist=CHECKLIST, version=VERSION, evaluator=name, answers=answers)

    found = evaluate_group(
        made, [by("a", "met", "met", "met", "met"), by("b", "not_met", "partly_met", "not_applicable", "unknown")], CHECKLIST, VERSION
    )
    assert [one.item for one in found.subjects[0].disagreements] == [names[2], names[1], names[0]]
    assert found.subjects[0].open_blockers == (names[3],)


def test_the_newest_state_of_each_evaluator_counts() -> None:
    states = [said("new", "Ann", "met", day="2026-06-01"), said("undated", "ann ", "not_met"), said("old", "Ann", "not_met", day="2026-01-01")]
    (subject,) = group(*states).subjects
    assert (subject.panel, subject.trend, subject.undated) == (("new",), ("old", "new"), ("undated",))
    assert subject.agreement is None
    assert subject.blockers == ()


def test_what_changed_between_two_states_of_one_evaluator() -> None:
    found = group(
        said("one", "Ann", "met", "not_met", "unknown", day="2026-01-01"),
        said("other", "Bo", "met", day="2026-02-01"),
        said("two", "Ann", "partly_met", "met", "met", day="2026-06-01"),
    )
    (step,) = found.subjects[0].steps
    assert (step.before, step.after, str(step.since), str(step.until)) == ("one", "two", "2026-01-01", "2026-06-01")
    assert [(one.item, one.direction) for one in step.changes] == [
        ("item-1-1", Direction.WORSE),
        ("item-1-2", Direction.BETTER),
        ("item-2-1", Direction.OTHER),
    ]


def test_subjects_stand_side_by_side_with_their_sections() -> None:
    found = group(said("a", "Ann", "met", "met", "met"), said("b", "Ann", "not_met", "met", "met", subject="bee"))
    assert [one.subject for one in found.subjects] == ["ant", "bee"]
    assert [one.total.score_percent_range for one in found.subjects] == [(100, 100), (Fraction(400, 9), Fraction(400, 9))]
    assert [one.sections[0].score_percent_range for one in found.subjects] == [(100, 100), (Fraction(300, 8), Fraction(300, 8))]


def test_versions_are_not_mixed() -> None:
    newer = checklist_of([["blocker"]])
    made = catalogue().model_copy(update={"checklists": {CHECKLIST: {VERSION: THREE, "2.0": newer}}})
    other = Response(id="other", checklist=CHECKLIST, version="2.0", subject="ant", evaluator="Bo")
    found = evaluate_group(made, [said("a", "Ann", "met"), other], CHECKLIST, VERSION)
    assert [one.id for one in found.evaluations] == ["a"]
    assert [(one.version, one.evaluations) for one in found.other_versions] == [("2.0", ("other",))]
    with pytest.raises(InputError, match=r"none of them answers `generated` 3\.0"):
        evaluate_group(made, [other], CHECKLIST, "3.0")


def test_a_contested_answer_is_nobodys_opinion() -> None:
    answer = Answer(outcome=Outcome.MET, others=(Statement(outcome=Outcome.NOT_MET),))
    contested = said("a", "Ann").model_copy(update={"answers": {"item-1-1": answer}})
    (subject,) = group(contested, said("b", "Bo", "not_met")).subjects
    assert subject.disagreements == ()
    assert subject.total.answered_by_all == 0


GAPS: list[tuple[str, int | None, tuple[str, ...], tuple[Fraction, Fraction] | None]] = [
    ("no target", None, ("met", "met", "met"), None),
    ("reached", 80, ("met", "met", "met"), (Fraction(0), Fraction(0))),
    ("missed", 100, ("met", "met", "not_met"), (Fraction(100, 9), Fraction(100, 9))),
    ("open", 100, ("met", "not_met", "unknown"), (Fraction(300, 9), Fraction(400, 9))),
    ("nothing applies", 50, ("not_applicable",) * 3, None),
]


@pytest.mark.parametrize(("target", "outcomes", "missing"), [row[1:] for row in GAPS], ids=[row[0] for row in GAPS])
def test_the_gap_to_the_target(target: int | None, outcomes: tuple[str, ...], missing: tuple[Fraction, Fraction] | None) -> None:
    assert group(said("a", "Ann", *outcomes, target=target)).evaluations[0].gap_percent == missing


def test_a_report_names_what_is_overdue_on_its_day() -> None:
    response = said("a", "Ann", "not_met", "not_met", "met")
    due = {"item-1-1": date(2026, 11, 20), "item-1-2": date(2026, 11, 1), "item-2-1": date(2026, 1, 1)}
    response = response.model_copy(
        update={"answers": {name: answer.model_copy(update={"due_on": due[name]}) for name, answer in response.answers.items()}}
    )
    assert report_on(catalogue(), [response], response).overdue == ()
    assert report_on(catalogue(), [response], response, as_of=date(2026, 11, 20)).overdue == ("item-1-2",)
    assert report_on(catalogue(), [response], response, as_of=date(2026, 11, 21)).overdue == ("item-1-2", "item-1-1")


def test_a_response_that_is_in_no_file_yet_joins_its_group() -> None:
    saved, fresh = said("a", "Ann", "met"), said("b", "Bo", "not_met")
    assert [one.id for one in report_on(catalogue(), [saved], fresh).group.evaluations] == ["b", "a"]
