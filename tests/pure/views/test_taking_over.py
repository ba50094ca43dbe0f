"""An imported file on the checklist page: said first, then taken over without losing anything that was there."""

from __future__ import annotations

import json

import pytest

from orchkit.errors import InputError
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Answer, Outcome, Response
from orchkit.views.state import PageState
from tests.pure.views.filling import CATALOGUE, CHECKLIST, ITEM, OPTIONS, OTHER, VERSION, VIEW, changed, drawn, filled, name_of, shown


def file_of(*responses: Response, **more: object) -> DecisionFile:
    return DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, "responses": responses, **more})


def answered(outcome: Outcome, revision: int, item: str = ITEM, **header: object) -> Response:
    return Response.model_validate(
        {"checklist": CHECKLIST, "version": VERSION, "answers": {item: Answer(outcome=outcome, revision=revision)}, **header}
    )


def offered(state: PageState, *responses: Response, **more: object) -> PageState:
    return VIEW.take_over(CATALOGUE, state, OPTIONS, file_of(*responses, **more), "team.json")


MINE = filled((name_of("outcome"), "not_met"), (name_of("note"), "seen"))


def test_nothing_is_changed_before_the_reader_says_so() -> None:
    state = offered(MINE, answered(Outcome.MET, 9), weights={"community": 3})
    assert state.decision == MINE.decision
    page = drawn(state)
    assert "team.json: what it would change" in page.text
    assert "Here: Not met. In the file: Met." in page.text
    left = changed(state, ("offer.decline", ""))
    assert left.decision == MINE.decision
    assert "what it would change" not in drawn(left).text


@pytest.mark.parametrize(
    ("revision", "outcome", "text"),
    [
        (9, Outcome.MET, "The file's is newer and is taken over."),
        (1, Outcome.NOT_MET, "Yours is newer and stays."),
        (2, None, "Neither is newer: unknown until you settle it."),
    ],
    ids=["newer", "older", "as new"],
)
def test_the_newer_answer_holds_and_of_two_as_new_both(revision: int, outcome: Outcome | None, text: str) -> None:
    state = offered(MINE, answered(Outcome.MET, revision))
    assert text in drawn(state).text
    answer = shown(changed(state, ("offer.accept", ""))).answers[ITEM]
    if outcome is None:
        assert {answer.outcome, *(one.outcome for one in answer.others)} == {Outcome.MET, Outcome.NOT_MET}
    else:
        assert (answer.outcome, answer.others) == (outcome, ())


def test_other_evaluations_are_put_beside_what_is_here() -> None:
    state = changed(
        offered(MINE, answered(Outcome.MET, 1, evaluator="Zoe"), answered(Outcome.MET, 1, evaluator="Yan", id="k3")), ("offer.accept", "")
    )
    assert [(one.id, one.evaluator) for one in state.decision.responses] == [("first", ""), ("first-2", "Zoe"), ("k3", "Yan")]
    assert shown(state).evaluator == "Zoe"
    assert state.tab.said == "Taken over: 2 new evaluations."
    assert state.tab.offered == ""


def test_the_rest_of_the_decision_stays() -> None:
    state = changed(offered(MINE, answered(Outcome.MET, 1, OTHER), weights={"community": 3}, title="Theirs"), ("offer.accept", ""))
    assert (state.decision.weights, state.decision.title) == (MINE.decision.weights, MINE.decision.title)


def test_taking_over_can_be_undone_and_done_again_on_what_another_tab_wrote() -> None:
    state = changed(offered(MINE, answered(Outcome.MET, 9), answered(Outcome.MET, 1, evaluator="Zoe")), ("offer.accept", ""))
    undone = changed(state, ("undo", str(state.tab.done[-1].number)))
    assert [one.answers[ITEM].outcome for one in undone.decision.responses] == [Outcome.NOT_MET]
    elsewhere = changed(MINE, (name_of("note", OTHER), "another tab")).model_copy(update={"tab": state.tab})
    again = changed(elsewhere, ("offer.accept", ""), again=True)
    assert [one.evaluator for one in again.decision.responses] == ["", "Zoe"]
    assert (again.decision.responses[0].answers[OTHER].note, again.decision.responses[0].answers[ITEM].outcome) == ("another tab", Outcome.MET)


def test_a_file_that_comes_twice_changes_nothing_the_second_time() -> None:
    mine = answered(Outcome.MET, 3)
    once = changed(offered(MINE, mine), ("offer.accept", ""))
    assert "the same as here" in drawn(offered(once, mine)).text
    assert changed(offered(once, mine), ("offer.accept", "")).decision == once.decision


def test_a_file_without_answers_to_this_checklist_is_refused() -> None:
    with pytest.raises(InputError, match="has no answers to the checklist"):
        offered(MINE)


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"checklist": "x"}]', "null"])
def test_an_offer_that_cannot_be_read_any_more_is_none(text: str) -> None:
    state = MINE.model_copy(update={"tab": MINE.tab.model_copy(update={"offered": text})})
    drawn(state)
    assert changed(state, ("offer.accept", "")).decision == MINE.decision


def test_what_a_file_brings_is_never_markup() -> None:
    evil = '<img src=x onerror="alert(1)">'
    state = offered(MINE, answered(Outcome.MET, 1, subject=evil, evaluator=evil))
    assert evil in "".join(drawn(state).texts)
    assert json.loads(state.tab.offered)[0]["subject"] == evil
