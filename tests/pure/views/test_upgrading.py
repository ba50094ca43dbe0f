"""An evaluation of an older version: the page offers the upgrade item by item, does it beside the old one, and drops no answer."""

from __future__ import annotations

from orchkit.assessment import evaluate
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.input.responses import Outcome
from orchkit.views.state import PageState, initial
from tests.pure.views.filling import CATALOGUE, CHECKLIST, ITEM, OPTIONS, OTHER, VIEW, changed, drawn, name_of

OLD = CATALOGUE.checklists[CHECKLIST]["1.0"]
ALL = [item.id for item in OLD.items]
RENAMED, RETIRED = "history-is-kept", next(name for name in ALL if name not in (ITEM, OTHER))


def next_version() -> Checklist:
    """The next version: one item changed, one renamed, one gone, one new."""
    sections = []
    for section in OLD.sections:
        items = []
        for item in section.items:
            if item.id == ITEM:
                items += [
                    item.model_copy(update={"changed": "It asks for two runs now."}),
                    item.model_copy(update={"id": "brand-new", "claim": "It is new."}),
                ]
            elif item.id == OTHER:
                items.append(item.model_copy(update={"id": RENAMED, "was": (OTHER,)}))
            elif item.id != RETIRED:
                items.append(item)
        sections.append(section.model_copy(update={"items": tuple(items)}))
    return OLD.model_copy(update={"sections": tuple(sections), "upgrades_from": "1.0", "retired": {RETIRED: "Nobody could check it."}})


OLDER: Catalogue = CATALOGUE.model_copy(update={"checklists": {CHECKLIST: {"1.0": OLD}}})
NEWER: Catalogue = CATALOGUE.model_copy(update={"checklists": {CHECKLIST: {"1.0": OLD, "2.0": next_version()}}})
MINE = changed(
    initial(OLDER),
    *((name_of("outcome", name), "met") for name in (ITEM, OTHER, RETIRED)),
    (name_of("note", RETIRED), "kept all the same"),
    catalogue=OLDER,
)
UPGRADE = ("first.action.upgrade", "")


def upgraded(state: PageState) -> PageState:
    return changed(state, UPGRADE, catalogue=NEWER)


def test_the_upgrade_is_offered_with_what_becomes_of_each_item() -> None:
    text = drawn(MINE, NEWER).text
    assert "Version 2.0 of this checklist is out" in text
    for said in ("It asks for two runs now.", "Nobody could check it.", "It is new.", f"(was {OTHER})", "Carried over: Met, to confirm."):
        assert said in text
    assert "of this checklist is out" not in drawn(MINE, OLDER).text


def test_the_old_evaluation_stays_and_the_new_one_has_every_answer() -> None:
    state = upgraded(MINE)
    old, new = state.decision.responses
    assert old == MINE.decision.responses[0]
    assert (new.version, state.tab.shown) == ("2.0", new.id)
    assert {**new.answers, **new.retired}.keys() == {ITEM, RENAMED, RETIRED}
    assert evaluate(NEWER, old) == evaluate(OLDER, MINE.decision.responses[0])
    page = drawn(state, NEWER)
    assert "1 answers to items that this version no longer has" in page.text
    assert "kept all the same" in page.text
    confirmed = changed(state, (name_of("confirm", ITEM, new.id), ""), catalogue=NEWER)
    assert evaluate(NEWER, confirmed.decision.responses[1]).total.answered == 2


def test_a_second_upgrade_keeps_what_was_answered_since() -> None:
    state = upgraded(MINE)
    new = state.decision.responses[1].id
    state = changed(
        state, (name_of("outcome", "brand-new", new), "not_met"), ("show", "first"), (name_of("outcome", ALL[-1]), "met"), catalogue=NEWER
    )
    again = upgraded(state)
    assert [one.id for one in again.decision.responses] == ["first", new]
    assert again.decision.responses[1].answers["brand-new"].outcome is Outcome.NOT_MET
    assert again.decision.responses[1].answers[ALL[-1]].outcome is Outcome.MET


def test_an_upgrade_is_undone_whole() -> None:
    state = upgraded(MINE)
    assert changed(state, ("undo", str(state.tab.done[-1].number)), catalogue=NEWER).decision == MINE.decision


def test_both_versions_stand_side_by_side() -> None:
    text = drawn(upgraded(MINE), NEWER).text
    assert "version 1.0 · 3 of 24 answered" in text
    assert "version 2.0 · 1 of 24 answered" in text
    assert VIEW.announce(NEWER, upgraded(MINE), OPTIONS).startswith("Upgraded to version 2.0.")
