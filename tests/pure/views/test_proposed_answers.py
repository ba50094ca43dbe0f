"""What the documentation says of the assessed deployment: proposed with its citation, an answer only once somebody takes it over."""

from __future__ import annotations

import pytest

from orchkit.assessment import proposals
from orchkit.model.input.responses import Ground
from orchkit.views.state import PageState
from tests.pure.views.filling import CATALOGUE, changed, drawn, filled, name_of, shown


def with_proposals() -> PageState:
    """An evaluation of the first deployment whose documentation answers an item."""
    for tool, found in CATALOGUE.tools.items():
        for deployment in found.deployments:
            state = filled(("first.header.about", f"{tool}/{deployment}"))
            if shown(state).deployment and proposals(CATALOGUE, shown(state)):
                return state
    pytest.fail("no documented fact of any deployment bears on an item")


def test_a_documented_fact_is_proposed_with_where_it_can_be_read() -> None:
    state = with_proposals()
    proposal = proposals(CATALOGUE, shown(state))[0]
    page = drawn(state)
    assert proposal.why in page.text
    assert all(str(one.read_on) in page.text for one in proposal.sources)
    assert "0 of " in page.text, "a proposal is no answer"


def test_a_person_takes_it_over_or_finds_otherwise() -> None:
    state = with_proposals()
    proposal = proposals(CATALOGUE, shown(state))[0]
    taken = changed(state, (name_of("proposal", proposal.item), ""))
    answer = shown(taken).answers[proposal.item]
    assert (answer.outcome, answer.ground, answer.revision) == (proposal.outcome, Ground.DOCUMENTED, 1)
    assert "Documented:" in answer.note
    undone = changed(taken, ("undo", str(taken.tab.done[-1].number)))
    assert proposals(CATALOGUE, shown(undone))[0].item == proposal.item
    found = changed(taken, (name_of("outcome", proposal.item), "not_met"))
    assert shown(found).answers[proposal.item].ground is Ground.CHECKED


def test_what_is_not_proposed_is_not_taken_over() -> None:
    state = with_proposals()
    offered = {one.item for one in proposals(CATALOGUE, shown(state))}
    other = next(item.id for item in CATALOGUE.checklists["production-adoption"][shown(state).version].items if item.id not in offered)
    assert changed(state, (name_of("proposal", other), ""), (name_of("proposal", "x"), "")).decision == state.decision
