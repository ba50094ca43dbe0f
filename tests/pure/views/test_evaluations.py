"""Several evaluations of one checklist on its page: begun, copied, chosen, removed; fields of each go to the one that they name."""

from __future__ import annotations

from datetime import date

import pytest

from orchkit.assessment import evaluate
from orchkit.model.input.responses import Answer, Ground, Outcome, Statement
from orchkit.views.state import PageState, initial, to_json
from tests.pure.views.filling import ALL, CATALOGUE, ITEM, NEWEST, OTHER, VERSION, changed, drawn, filled, name_of, shown

ADD = ("add", "k3x9 2026-11-21")


def names(state: PageState) -> list[str]:
    return [response.id for response in state.decision.responses]


def test_a_new_evaluation_is_shown_and_the_one_before_is_kept() -> None:
    state = filled(("first.header.subject", "Ours"), (name_of("outcome"), "met"), ADD)
    assert names(state) == ["first", "k3x9"]
    assert (shown(state).id, shown(state).date, shown(state).answers) == ("k3x9", date(2026, 11, 21), {})
    page = drawn(state)
    assert "Evaluation, one of 2" in page.text
    assert f"Ours · version {VERSION} · 1 of {len(ALL)} answered" in page.text
    assert shown(changed(state, ("show", "first"))).subject == "Ours"


def test_a_field_goes_to_the_evaluation_that_it_names_whichever_is_shown() -> None:
    state = changed(filled(("first.header.subject", "Ours"), ADD), (name_of("note"), "late"), (name_of("note", OTHER, "k3x9"), "here"))
    notes = {one.id: {item: answer.note for item, answer in one.answers.items()} for one in state.decision.responses}
    assert notes == {"first": {ITEM: "late"}, "k3x9": {OTHER: "here"}}


def test_a_copy_is_a_state_of_another_day() -> None:
    before = filled(("first.header.subject", "Ours"), ("first.header.date", "2026-08-01"), (name_of("outcome"), "partly_met"))
    state = changed(before, ("first.action.copy", "later 2026-11-21"), (name_of("outcome", evaluation="later"), "met"))
    assert [(str(one.date), one.subject, one.answers[ITEM].outcome) for one in state.decision.responses] == [
        ("2026-08-01", "Ours", Outcome.PARTLY_MET),
        ("2026-11-21", "Ours", Outcome.MET),
    ]


def test_doing_the_same_again_makes_no_second_one() -> None:
    state = filled(("first.header.subject", "Ours"), ADD)
    assert changed(state, ADD).decision == state.decision
    copied = changed(state, ("first.action.copy", "later 2026-11-22"))
    assert changed(copied, ("first.action.copy", "later 2026-11-22")).decision == copied.decision


def test_twins_are_told() -> None:
    same = filled(("first.header.subject", "Ours"), ("first.header.date", "2026-11-21"), ("first.action.copy", "later 2026-11-21"))
    assert "takes the two for copies of one" in drawn(same).text
    assert "takes the two for copies of one" not in drawn(changed(same, ("later.header.evaluator", "Omar"))).text


def test_removing_asks_and_leaves_the_others() -> None:
    state = filled(("first.header.subject", "Ours"), ADD, ("k3x9.header.subject", "Theirs"), ("k3x9.header.date", "someday"))
    asked = changed(state, ("ask", "remove"))
    assert "Remove this evaluation with its 0 answers?" in drawn(asked).text
    gone = changed(asked, ("k3x9.action.remove", ""))
    assert names(gone) == ["first"]
    assert shown(gone).subject == "Ours"
    assert gone.rejected == {}


@pytest.mark.parametrize("handle", ["", "K3", "a.b", "x" * 81, "-a", "é"])
def test_what_can_be_no_handle_begins_nothing(handle: str) -> None:
    state = filled(("first.header.subject", "Ours"))
    assert changed(state, ("add", f"{handle} 2026-11-21"), ("first.action.copy", f"{handle} x")).decision == state.decision


def test_what_a_tab_shows_is_no_part_of_what_is_kept() -> None:
    state = filled(("first.header.subject", "Ours"), ADD)
    other = changed(state, ("show", "first"), ("look.order", "effort"), ("look.state", "open"))
    assert to_json(other) == to_json(state)
    assert "k3x9" not in to_json(initial(CATALOGUE))


# --- the subject ------------------------------------------------------------------------------------------------------


def test_choosing_a_deployment_names_it_until_somebody_writes_their_own_words() -> None:
    tool, found = next((name, one) for name, one in CATALOGUE.ranked_tools.items() if len(one.deployments) > 1)
    first, second = list(found.deployments)[:2]
    state = filled(("first.header.about", f"{tool}/{first}"))
    assert (shown(state).tool, shown(state).deployment) == (tool, first)
    assert found.deployments[first].name in shown(state).subject
    state = changed(state, ("first.header.about", f"{tool}/{second}"))
    assert found.deployments[second].name in shown(state).subject
    state = changed(state, ("first.header.subject", "Ours"), ("first.header.about", ""))
    assert (shown(state).tool, shown(state).deployment, shown(state).subject) == (None, None, "Ours")
    assert changed(state, ("first.header.about", "abacus")).decision == state.decision


def test_the_gap_to_the_target_is_counted_from_the_lower_end() -> None:
    state = filled(("first.header.target", "80"))
    assert "80 points to go" in drawn(state).text
    state = changed(state, *((name_of("outcome", name), "met") for name in ALL))
    assert "reached" in drawn(state).text
    assert "is not a plain number" in drawn(changed(state, ("first.header.target", "most"))).text
    assert changed(state, ("first.header.target", "101")).rejected


# --- one answer -------------------------------------------------------------------------------------------------------


def test_every_change_makes_an_answer_newer() -> None:
    state = filled(
        (name_of("outcome"), "partly_met"),
        (name_of("note"), "a"),
        (name_of("owner"), " Omar "),
        (name_of("due"), "2026-12-24"),
        (name_of("ground"), "documented"),
    )
    answer = shown(state).answers[ITEM]
    assert (answer.revision, answer.owner, str(answer.due_on), answer.ground) == (5, "Omar", "2026-12-24", Ground.DOCUMENTED)


def test_measurements_are_numbers_and_may_be_taken_back() -> None:
    state = filled((name_of("measurement.minutes-to-first-local-run"), "28.5"), (name_of("measurement.quickstart-concepts"), "12"))
    assert {name: float(value) for name, value in shown(state).answers[ITEM].measurements.items()} == {
        "minutes-to-first-local-run": 28.5,
        "quickstart-concepts": 12,
    }
    state = changed(state, (name_of("measurement.quickstart-concepts"), ""), (name_of("measurement.minutes-to-first-local-run"), "1,5"))
    assert {name: float(value) for name, value in shown(state).answers[ITEM].measurements.items()} == {"minutes-to-first-local-run": 28.5}
    assert list(state.rejected.values()) == ["1,5"]


def with_answer(answer: Answer) -> PageState:
    state = filled((name_of("outcome"), "met"))
    response = shown(state).model_copy(update={"answers": {ITEM: answer}})
    return state.model_copy(update={"decision": state.decision.model_copy(update={"responses": (response,)})})


CONTESTED = Answer(outcome=Outcome.MET, revision=3, others=(Statement(outcome=Outcome.NOT_MET, note="<b>no</b>", evidence="https://example.org/7"),))


@pytest.mark.parametrize(
    ("change", "outcome"),
    [(("settle", "0"), Outcome.MET), (("settle", "1"), Outcome.NOT_MET), (("outcome", "partly_met"), Outcome.PARTLY_MET)],
    ids=["its own", "another's", "neither"],
)
def test_a_contested_answer_is_unknown_until_somebody_settles_it(change: tuple[str, str], outcome: Outcome) -> None:
    state = with_answer(CONTESTED)
    assert "the item is unknown until you settle it" in drawn(state).text
    assert evaluate(CATALOGUE, shown(state)).contested == (ITEM,)
    noted = changed(state, (name_of("note"), "we talk on Monday"))
    assert shown(noted).answers[ITEM].others == CONTESTED.others, "a note settles nothing"
    settled = shown(changed(state, (name_of(change[0]), change[1]))).answers[ITEM]
    assert (settled.outcome, settled.others, settled.revision) == (outcome, (), 4)


@pytest.mark.parametrize("value", ["2", "-1", "x", "²", "9" * 400])
def test_what_nobody_said_settles_nothing(value: str) -> None:
    state = with_answer(CONTESTED)
    assert changed(state, (name_of("settle"), value)).decision == state.decision


def test_a_carried_answer_is_unknown_until_it_is_confirmed() -> None:
    state = with_answer(Answer(outcome=Outcome.MET, to_confirm="It asks for two runs now.", revision=1))
    assert "It asks for two runs now." in drawn(state).text
    assert evaluate(CATALOGUE, shown(state)).total.answered == 0
    confirmed = changed(state, (name_of("confirm"), ""))
    assert evaluate(CATALOGUE, shown(confirmed)).total.answered == 1
    assert shown(confirmed).answers[ITEM] == Answer(outcome=Outcome.MET, revision=2)


# --- filter and order -------------------------------------------------------------------------------------------------


def visible(state: PageState) -> list[str]:
    page = drawn(state)
    return [one["id"] or "" for tag, one in page.elements if tag == "article" and "ok-out" not in (one["class"] or "")]


def everything(state: PageState) -> set[str]:
    return {one["id"] or "" for tag, one in drawn(state).elements if tag == "article"}


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (("look.state", "open"), [name for name in ALL if name not in (ITEM, OTHER)]),
        (("look.state", "todo"), [ITEM]),
        (("look.owner", "by Omar"), [ITEM]),
        (("look.owner", "nobody"), [name for name in ALL if name != ITEM]),
        (("look.severity", "blocker"), [one.id for one in NEWEST.items if one.severity == "blocker"]),
        (("look.section", NEWEST.sections[1].id), None),
    ],
    ids=lambda value: "=".join(value) if isinstance(value, tuple) else "",
)
def test_a_filter_hides_on_the_screen_and_drops_nothing(look: tuple[str, str], expected: list[str] | None) -> None:
    state = filled((name_of("outcome"), "not_met"), (name_of("owner"), "Omar"), (name_of("outcome", OTHER), "met"), look)
    section = next((one for one in NEWEST.sections if one.id == look[1]), None)
    assert visible(state) == (expected if expected is not None else [item.id for item in section.items] if section else ALL)
    assert everything(state) == set(ALL), "paper has them all"
    assert visible(changed(state, ("look-at-all", ""))) == ALL


def test_an_item_that_is_answered_stays_until_the_filter_is_set_anew() -> None:
    state = filled(("look.state", "open"), (name_of("outcome"), "met"))
    assert ITEM in visible(state)
    assert ITEM not in visible(changed(state, ("look.state", "open")))


@pytest.mark.parametrize("order", ["severity", "effort"])
def test_another_order_has_every_item_once(order: str) -> None:
    found = visible(filled(("look.order", order)))
    assert sorted(found) == sorted(ALL)
    if order == "severity":
        rank = {item.id: ["blocker", "major", "minor"].index(item.severity) for item in NEWEST.items}
        assert [rank[name] for name in found] == sorted(rank.values())


def test_each_item_leads_to_the_next_open_one() -> None:
    state = filled((name_of("outcome", ALL[1]), "met"))
    links = [one["href"] for tag, one in drawn(state).elements if tag == "a" and one.get("class") == "ok-next ok-live"]
    assert links[:2] == [f"#{ALL[2]}"] * 2
    assert links[-1] == f"#{ALL[0]}"
    done = changed(state, *((name_of("outcome", name), "met") for name in ALL))
    assert not [one for tag, one in drawn(done).elements if one.get("class") == "ok-next ok-live"]
