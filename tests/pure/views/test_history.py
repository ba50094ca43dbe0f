"""Undo and redo in a tab: what the reader did goes and comes back, and what another tab has written meanwhile stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchkit.model.input.responses import Outcome
from orchkit.views.state import PageState, initial
from orchkit.views.tab import MOST_STEPS, MOST_TEXT, Tab, tab_of, to_text
from tests.pure.views.filling import CATALOGUE, ITEM, NEWEST, OTHER, changed, filled, name_of, shown
from tests.strategies import texts


def undo(state: PageState) -> PageState:
    return changed(state, ("undo", str(state.tab.done[-1].number) if state.tab.done else ""))


def redo(state: PageState) -> PageState:
    return changed(state, ("redo", str(state.tab.undone[-1].number) if state.tab.undone else ""))


def said(state: PageState) -> list[dict[str, object]]:
    """What the evaluations say, whatever their revisions; an answer that says nothing is none."""
    found = []
    for response in state.decision.responses:
        answers = {name: answer.model_dump(exclude={"revision"}, exclude_defaults=True) for name, answer in response.answers.items()}
        found.append({**response.model_dump(exclude={"answers"}), "answers": {name: answer for name, answer in answers.items() if answer}})
    return sorted(found, key=lambda one: str(one["id"]))


CHANGES = st.one_of(
    st.tuples(st.sampled_from([name_of("outcome"), name_of("outcome", OTHER), name_of("outcome", evaluation="k3")]), st.sampled_from(list(Outcome))),
    st.tuples(st.sampled_from([name_of("note"), name_of("owner", OTHER), "first.header.subject", "k3.header.evaluator"]), texts(20)),
    st.sampled_from(
        [
            ("add", "k3 2026-11-21"),
            ("first.action.copy", "k4 2026-11-22"),
            ("first.action.clear", ""),
            ("k3.action.remove", ""),
            ("look.state", "open"),
        ]
    ),
)


@settings(max_examples=60)
@given(st.lists(CHANGES, max_size=8))
def test_whatever_was_done_is_undone_and_done_again(changes: list[tuple[str, str]]) -> None:
    states = [initial(CATALOGUE)]
    for change in changes:
        state = changed(states[-1], change)
        if len(state.tab.done) > len(states[-1].tab.done):
            states.append(state)
        else:
            states[-1] = state
    state = states[-1]
    for earlier in reversed(states[:-1]):
        state = undo(state)
        assert said(state) == said(earlier)
    assert state.tab.done == ()
    for later in states[1:]:
        state = redo(state)
        assert said(state) == said(later)


def test_what_is_undone_is_newer_than_what_it_undoes() -> None:
    state = filled((name_of("outcome"), "met"), (name_of("note"), "a"))
    undone = undo(state)
    assert shown(undone).answers[ITEM].revision > shown(state).answers[ITEM].revision, "a merge with a copy must not bring it back"


def test_writing_on_in_a_field_is_one_step() -> None:
    state = filled((name_of("outcome"), "met"), *((name_of("note"), "seen"[:length]) for length in (1, 2, 3, 4)), (name_of("note", OTHER), "x"))
    assert [step.name for step in state.tab.done] == [name_of("outcome"), name_of("note"), name_of("note", OTHER)]
    assert shown(undo(undo(state))).answers[ITEM].note == ""


def test_the_first_letter_and_what_it_began_go_together() -> None:
    assert undo(filled(("first.header.subject", "O"), ("first.header.subject", "Ou"))).decision.responses == ()


def test_a_new_step_ends_what_could_be_done_again() -> None:
    state = undo(filled((name_of("outcome"), "met"), (name_of("outcome"), "not_met")))
    assert changed(state, (name_of("note"), "x")).tab.undone == ()


def by_another_tab(state: PageState, *changes: tuple[str, str]) -> PageState:
    """What this tab has after another one wrote: its decision, and the own tab."""
    other = changed(state.model_copy(update={"tab": Tab()}), *changes)
    return other.model_copy(update={"tab": state.tab})


def test_what_another_tab_changed_since_stays() -> None:
    mine = filled((name_of("outcome"), "met"), (name_of("note", OTHER), "mine"))
    state = by_another_tab(mine, (name_of("note", OTHER), "theirs"))
    undone = undo(state)
    assert shown(undone).answers[OTHER].note == "theirs"
    assert undone.tab.said == "1 of these answers have been changed since, elsewhere: they stay."
    assert shown(undo(undone)).answers.get(ITEM, None) is None or shown(undo(undone)).answers[ITEM].outcome is Outcome.UNKNOWN


def test_an_evaluation_that_another_tab_writes_in_is_not_removed_by_undo() -> None:
    state = by_another_tab(filled(("first.header.subject", "Ours"), ("add", "k3 2026-11-21")), (name_of("note", evaluation="k3"), "theirs"))
    assert [response.id for response in undo(state).decision.responses] == ["first", "k3"]


def test_steps_that_are_made_again_on_what_another_tab_wrote_are_no_new_steps() -> None:
    mine = filled(("first.header.subject", "Ours"), (name_of("outcome"), "met"), ("first.action.clear", ""))
    theirs = filled(("first.header.subject", "Theirs"), (name_of("note", OTHER), "from the other tab"))
    again = changed(theirs.model_copy(update={"tab": mine.tab}), *((step.name, step.value) for step in mine.tab.done), again=True)
    assert again.tab == mine.tab
    assert shown(again).answers[OTHER].note == "from the other tab"


def test_two_tabs_in_different_fields_of_one_item_keep_both() -> None:
    mine = filled((name_of("outcome"), "met"))
    theirs = filled((name_of("note"), "from the other tab")).model_copy(update={"tab": mine.tab})
    answer = shown(changed(theirs, (name_of("outcome"), "met"), again=True)).answers[ITEM]
    assert (answer.outcome, answer.note) == (Outcome.MET, "from the other tab")


def test_undo_takes_what_could_not_be_taken_over_with_it() -> None:
    state = filled((name_of("owner"), "Omar"), (name_of("due"), "someday"))
    assert undo(state).rejected == {}


def test_steps_are_bounded_and_the_last_stays_however_long() -> None:
    state = filled(*((name_of("outcome"), ["met", "not_met"][number % 2]) for number in range(MOST_STEPS + 9)))
    assert len(state.tab.done) == MOST_STEPS
    notes = [(name_of("note", item.id), "x" * 9_000) for item in NEWEST.items]
    state = filled(*notes, ("first.action.clear", ""))
    assert len(state.tab.model_dump_json()) > MOST_TEXT
    assert len(state.tab.done) == 1
    assert len(shown(undo(state)).answers) == len(notes)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"shown": 1}', '{"done": [{}]}', "null", '{"more": 1}'])
def test_whatever_a_tab_kept_is_a_tab(text: str) -> None:
    assert tab_of(text) == Tab()


def test_a_tab_comes_back() -> None:
    tab = filled((name_of("outcome"), "met"), ("look.order", "effort")).tab
    assert tab_of(to_text(tab)) == tab
    assert tab_of(to_text(tab.model_copy(update={"said": "Done."}))) == tab, "it was said"


def test_undoing_twice_before_the_answer_came_undoes_once() -> None:
    state = filled((name_of("outcome"), "met"), (name_of("note", OTHER), "x"))
    number = str(state.tab.done[-1].number)
    assert changed(state, ("undo", number), ("undo", number)) == changed(state, ("undo", number))


def test_an_undo_is_made_again_on_what_another_tab_wrote() -> None:
    mine = undo(filled((name_of("outcome"), "met"), (name_of("note", OTHER), "x")))
    theirs = filled((name_of("outcome"), "met"), (name_of("note", OTHER), "x"), (name_of("owner"), "Omar")).model_copy(update={"tab": mine.tab})
    again = changed(theirs, ("undo", str(mine.tab.undone[-1].number)), again=True)
    assert (shown(again).answers[OTHER].note, shown(again).answers[ITEM].owner, again.tab) == ("", "Omar", mine.tab)


def test_a_step_of_no_number_does_nothing() -> None:
    state = filled((name_of("outcome"), "met"))
    for number in ("", "9", "x"):
        assert changed(state, ("undo", number), ("redo", number)) == state
