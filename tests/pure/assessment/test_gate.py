"""A gate asks what is known, and asks for an added item from the next MAJOR version on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.assessment.gate import gate, standing
from orchkit.errors import InputError
from orchkit.model.checklist import Checklist
from orchkit.model.input.responses import Answer, Outcome, Response
from tests.strategies import CHECKLIST, VERSION, catalogue_of, checklist_of, filled

CELLS: dict[str, dict[str, int | None]] = {"ant": {"alpha": 1}, "bee": {"alpha": 2}}
CATALOGUE = catalogue_of(CELLS, checklist_of([["blocker", "major"], ["minor"]]))
MET, PARTLY, NOT_MET = (Answer(outcome=outcome) for outcome in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET))


def answered(*answers: Answer | None) -> Response:
    given = {name: answer for name, answer in zip(("item-1-1", "item-1-2", "item-2-1"), answers, strict=False) if answer}
    return Response(checklist=CHECKLIST, version=VERSION, answers=given)


@pytest.mark.parametrize(
    ("answers", "least", "reasons"),
    [
        ((MET, MET, MET), 100, ()),
        ((MET, MET, None), 88, ()),
        ((MET, MET, None), 89, ("The score is at least 88.8 %, and 89 % is asked for.",)),
        ((PARTLY, MET, MET), 80, ("The score is 72.2 %, and 80 % is asked for.", "Blockers not met: item-1-1.")),
        ((NOT_MET, MET, MET), 0, ("Blockers not met: item-1-1.",)),
        ((None, MET, MET), 0, ("Blockers not known: item-1-1.",)),
    ],
)
def test_the_lower_end_and_the_blockers(answers: tuple[Answer | None, ...], least: int, reasons: tuple[str, ...]) -> None:
    found = gate(CATALOGUE, answered(*answers), min_score_percent=least, no_blockers=True)
    assert (found.passed, found.reasons) == (not reasons, reasons)


def test_an_answer_that_waits_to_be_confirmed_or_is_contested_does_not_pass() -> None:
    doubtful = [MET.model_copy(update={"to_confirm": "It changed."}), MET.model_copy(update={"others": (NOT_MET,)})]
    assert [gate(CATALOGUE, answered(answer, MET, MET), no_blockers=True).open_blockers for answer in doubtful] == [("item-1-1",)] * 2


def test_nothing_that_applies_is_no_score() -> None:
    never = Answer(outcome=Outcome.NOT_APPLICABLE, note="there is none")
    assert gate(CATALOGUE, answered(never, never, never), min_score_percent=0).reasons == ("Nothing applies, so there is no score.",)


@given(filled(), st.integers(0, 100))
def test_a_gate_passes_exactly_where_the_lower_end_reaches_the_score(case: tuple[Checklist, Response], least: int) -> None:
    checklist, response = case
    catalogue = catalogue_of(CELLS, checklist)
    total = orchkit.evaluate(catalogue, response).total
    low = total.score_percent if total.score_percent_range is None else total.score_percent_range[0]
    assert gate(catalogue, response, min_score_percent=least).passed == (low is not None and low >= least)


def _added(since: str) -> Checklist:
    """The checklist with its last item added later, which is a blocker."""
    made = checklist_of([["major"], ["blocker"]]).model_dump()
    made["sections"][1]["items"][0]["since"] = since
    return Checklist.model_validate(made)


@pytest.mark.parametrize(
    ("version", "since", "asked"), [("1.1", "1.1", "later"), ("1.2", "1.1", "later"), ("2.0", "1.1", "now"), ("2.1", "2.0", "now")]
)
def test_an_added_item_gates_from_the_next_major_version(version: str, since: str, asked: str) -> None:
    catalogue = CATALOGUE.model_copy(update={"checklists": {CHECKLIST: {version: _added(since)}}})
    response = Response(checklist=CHECKLIST, version=version, answers={"item-1-1": MET})
    found = gate(catalogue, response, min_score_percent=100, no_blockers=True)
    assert found.passed is (asked == "later")
    assert found.later == (("item-2-1",) if asked == "later" else ())
    assert found.score_percent == (Fraction(100) if asked == "later" else None)
    assert gate(catalogue, response.model_copy(update={"answers": {"item-1-1": MET, "item-2-1": MET}}), no_blockers=True).later == ()


def _state(day: int | None, version: str = "1.0", evaluator: str = "Ines") -> Response:
    when = date(2026, 11, day) if day else None
    return Response(checklist=CHECKLIST, version=version, evaluator=evaluator, date=when)


def test_the_latest_state_of_each_evaluation_stands() -> None:
    states = [_state(None), _state(3), _state(7), _state(7, "2.0"), _state(5, "3.0"), _state(1, evaluator="Omar")]
    stand, earlier = standing(states)
    assert stand == [states[3], states[5]]
    assert len(earlier) == 4


@pytest.mark.parametrize(
    ("least", "message"),
    [(None, "asks for nothing"), (101, "`101` is more than 100"), (-1, "`-1` is negative"), (float("nan"), "not a plain, finite number")],
)
def test_bad_input(least: float | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        gate(CATALOGUE, answered(), min_score_percent=least)
