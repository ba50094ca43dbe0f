"""Own scores on pages: marked where they count, removable one by one, and what taking measured ones over would change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchkit.assessment import take_own_scores
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response
from orchkit.scoring import rank
from orchkit.views import VIEWS
from orchkit.views.own_scores import measured_scores, own_line_text, own_lines
from orchkit.views.place import Place
from orchkit.views.scores import usable
from orchkit.views.state import PageState
from orchkit.views.view import Change
from tests.article import ARTICLE
from tests.pure.views.rendered import Page
from tests.strategies import decisions, texts

CATALOGUE = ARTICLE
VIEW = VIEWS["scores"]
DRAWN = 12
OWN = {"prefect": {"learning-curve": {"value": 2, "why": "It took us three weeks."}, "community": {"value": 5, "why": "They answer."}}}
ITEM = next(CATALOGUE.checklists["production-adoption"]["1.0"].items).id


def state_of(**decision: Any) -> PageState:
    return PageState(
        decision=DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, "profile": "startup", "own_scores": OWN, **decision})
    )


def drawn(state: PageState) -> Page:
    return Page(str(VIEW.draw(CATALOGUE, state, Place(), {}, VIEW.complaints(CATALOGUE, state, {}))))


def pressed(state: PageState, name: str) -> PageState:
    return VIEW.change(CATALOGUE, state, {}, [Change(name=name, value="")])


def buttons(page: Page) -> list[str]:
    names = (attributes.get("name") or "" for tag, attributes in page.elements if tag == "button")
    return [name for name in names if name.startswith("action.remove")]


def test_own_scores_stand_on_the_page_with_reason_and_what_they_replace() -> None:
    state = state_of()
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    assert "It took us three weeks." in page.text
    assert "2 of your own scores replace the catalogue" in " ".join(page.text.split())
    assert [own_line_text(line) for line in own_lines(CATALOGUE, state.decision)] == [
        "Prefect, Learning curve: 2 in place of 4. It took us three weeks.",
        "Prefect, Community: 5 in place of 4. They answer.",
    ]
    marks = [attributes["href"] for tag, attributes in page.elements if tag == "a" and attributes.get("class") == "ok-own"]
    assert marks == ["#own-prefect-learning-curve", "#own-prefect-community"]
    assert {mark.removeprefix("#") for mark in marks if mark} <= {attributes.get("id") for _, attributes in page.elements}


def test_one_is_removed_and_the_ranking_follows() -> None:
    state = state_of()
    assert buttons(drawn(state)) == [
        "action.remove-own-score.prefect.learning-curve",
        "action.remove-own-score.prefect.community",
        "action.remove-own-scores",
    ]
    after = pressed(state, "action.remove-own-score.prefect.learning-curve")
    assert usable(CATALOGUE, after.decision)[0] == rank(CATALOGUE, "startup", own_scores={"prefect": {"community": 5}})
    assert buttons(drawn(after)) == ["action.remove-own-score.prefect.community"]
    none = pressed(after, "action.remove-own-score.prefect.community")
    assert none.decision.own_scores == {}
    assert "Your own scores" not in drawn(none).text


def test_all_are_removed_at_once() -> None:
    assert pressed(state_of(), "action.remove-own-scores").decision == state_of(own_scores={}).decision


@pytest.mark.parametrize("name", ["prefcet.community", "prefect.comunity", "prefect", "", ".", "a.b.c"])
def test_a_score_that_cannot_exist_is_refused_beside_a_page_that_goes_on(name: str) -> None:
    state = pressed(state_of(), f"action.remove-own-score.{name}")
    assert state.decision == state_of().decision
    assert "own scores: unknown" in drawn(state).text


def test_a_score_that_another_tab_removed_is_no_error() -> None:
    state = pressed(state_of(own_scores={}), "action.remove-own-score.prefect.community")
    assert state == state_of(own_scores={})


@settings(max_examples=DRAWN)
@given(decisions(CATALOGUE))
def test_every_own_score_has_its_row_and_its_button(decision: DecisionFile) -> None:
    page = drawn(PageState(decision=decision))
    page.check_that_only_the_templates_speak()
    places = {(tool, name) for tool, row in decision.own_scores.items() for name in row}
    assert {(line.tool, line.criterion) for line in own_lines(CATALOGUE, decision)} == places
    assert {name for name in buttons(page) if name != "action.remove-own-scores"} == {
        f"action.remove-own-score.{tool}.{name}" for tool, name in places
    }


# --- what a checklist page shows of them ------------------------------------------------------------------------------


def response(**about: Any) -> Response:
    answers = {ITEM: {"outcome": "met", "measurements": {"hours-to-first-scheduled-run": 20}}}
    return Response.model_validate({"checklist": "production-adoption", "version": "1.0", "tool": "prefect", "answers": answers, **about})


def part(decision: DecisionFile, one: Response) -> Page:
    return Page(str(measured_scores(CATALOGUE, decision, one, Place(), button="first.action.take-scores")))


def test_what_would_change_stands_above_one_button() -> None:
    page = part(state_of(own_scores={}).decision, response())
    text = " ".join(page.text.split())
    assert "Learning curve" in text
    assert "20 h, which allows 3 or 4 4 3 lower end of 3 to 4" in text
    assert [attributes["name"] for tag, attributes in page.elements if tag == "button"] == ["first.action.take-scores"]
    assert "Use as own scores in the ranking" in text


def test_an_own_score_that_would_be_replaced_is_named() -> None:
    assert "2, your own" in part(state_of().decision, response()).text


def test_once_taken_over_there_is_no_button_and_a_way_to_remove_them() -> None:
    page = part(take_own_scores(CATALOGUE, state_of().decision, response()), response())
    assert [tag for tag, _ in page.elements if tag == "button"] == []
    assert "These are your own scores of Prefect already." in page.text


@pytest.mark.parametrize("about", [{"answers": {}}, {"tool": None}])
def test_nothing_is_shown_where_nothing_is_implied(about: dict[str, Any]) -> None:
    assert part(state_of().decision, response(**about)).text.strip() == ""


@settings(max_examples=DRAWN)
@given(texts(), st.none() | st.dates())
def test_whatever_a_person_is_called_the_part_and_the_scores_page_stay_whole(name: str, day: Any) -> None:
    one = response(evaluator=name, date=day)
    part(state_of().decision, one).check_that_only_the_templates_speak()
    drawn(PageState(decision=take_own_scores(CATALOGUE, state_of().decision, one))).check_that_only_the_templates_speak()
