"""Evaluations that a file or a link brings → what they would change here, shown first, and taken over when the reader says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from orchkit.assessment.join import signature
from orchkit.assessment.merge import Taken, identity, merge, taken
from orchkit.errors import InputError, Problem, one_line
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile, free_handle, refuse_too_many
from orchkit.model.input.responses import Outcome, Response
from orchkit.views.evaluations import shown, with_tab
from orchkit.views.numbers import listed
from orchkit.views.state import PageState
from orchkit.views.view import Options, with_decision

MOST_SHOWN = 40
"""Items of one evaluation that a preview lists."""


class Difference(NamedTuple):
    """One item on which the file and what is here differ."""

    claim: str
    mine: Outcome
    theirs: Outcome
    taken: Taken
    """What becomes of it."""


class Arrival(NamedTuple):
    """One evaluation that a file brings."""

    response: Response
    """As the file has it."""
    merged: Response
    """As it would stand here."""
    is_new: bool
    differences: list[Difference]

    @property
    def changes(self) -> int:
        """How many answers here would be other than they are."""
        return sum(one.taken is not Taken.KEPT for one in self.differences)


def take_over(catalogue: Catalogue, state: PageState, options: Options, decision: DecisionFile, place: str) -> PageState:
    """Offer the evaluations of an imported file. Nothing is changed before the reader says so."""
    if not any(response.checklist == options["checklist"] for response in decision.responses):
        fact = f"has no answers to the checklist `{options['checklist']}`"
        raise InputError(Problem(place, fact, "Choose a file that was exported from this page"))
    arrivals(catalogue, state, decision.responses)  # what cannot be brought together is said now
    text = json.dumps([response.model_dump(mode="json", exclude_defaults=True) for response in decision.responses], ensure_ascii=False)
    return with_tab(state, offered=text, offered_from=one_line(place), said="")


def offered(state: PageState) -> tuple[Response, ...]:
    """Return the evaluations that wait for the reader's word. A text that cannot be read any more offers none."""
    if not state.tab.offered:
        return ()
    try:
        return tuple(Response.model_validate(data) for data in json.loads(state.tab.offered))
    except (ValueError, TypeError):
        return ()


def arrivals(catalogue: Catalogue, state: PageState, responses: tuple[Response, ...]) -> list[Arrival]:
    """Say of each evaluation what it would change. Raises `InputError` where it cannot be brought together with what is here."""
    mine = list(state.decision.responses)
    found = []
    for theirs in responses:
        own = next((one for one in mine if identity(one) == identity(theirs)), None)
        merged = _merged(catalogue, state.decision, own, theirs) if own else _named(theirs, mine)
        found.append(Arrival(theirs, merged, own is None, list(_differences(catalogue, own, theirs, merged)) if own else []))
        mine = [merged if one is own else one for one in mine] if own else [*mine, merged]
    refuse_too_many(mine, "the file", "Remove evaluations that are no longer wanted, then import again")
    return found


def _merged(catalogue: Catalogue, decision: DecisionFile, own: Response, theirs: Response) -> Response:
    both = (decision.model_copy(update={"responses": (one,)}) for one in (own, theirs))
    return merge(catalogue, *both, names=("what is here", "the file")).decision.responses[0]


def _named(theirs: Response, mine: list[Response]) -> Response:
    held = {(one.checklist, one.id) for one in mine}
    return theirs.model_copy(update={"id": free_handle(theirs.id, theirs.checklist, held)})


def _differences(catalogue: Catalogue, own: Response, theirs: Response, merged: Response) -> Iterator[Difference]:
    for item in catalogue.checklists[own.checklist][own.version].items:
        one, other, both = (response.answers.get(item.id) for response in (own, theirs, merged))
        if both is None or other is None or (one is not None and signature(one) == signature(other)):
            continue
        if one is None:
            yield Difference(item.claim, Outcome.UNKNOWN, other.outcome, Taken.ADDED)
        else:
            stays = signature(both) == signature(one)  # also where it was contested before
            yield Difference(item.claim, one.outcome, other.outcome, Taken.KEPT if stays else taken(both, one))


def accept(catalogue: Catalogue, state: PageState, options: Options, _rest: str, _value: str) -> PageState:
    """Take over what a file brought: new evaluations beside those that are here, and answers joined one by one."""
    return _taken(catalogue, with_tab(state, offered="", offered_from=""), options, offered(state))


def decline(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    """Leave what a file brought."""
    return with_tab(state, offered="", offered_from="", said="Nothing was taken over.")


def keep_linked(catalogue: Catalogue, state: PageState, options: Options, _rest: str, _value: str) -> PageState:
    """Keep the evaluation that a link brought, beside those that are here."""
    brought = (state.visited.model_copy(update={"id": "linked"}),) if state.visited else ()
    return _taken(catalogue, state.model_copy(update={"visited": None}), options, brought)


def leave_link(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    """Go back to the reader's own evaluations."""
    return with_tab(state, said="").model_copy(update={"visited": None})


def _taken(catalogue: Catalogue, state: PageState, options: Options, responses: tuple[Response, ...]) -> PageState:
    coming = arrivals(catalogue, state, responses)
    by_key = {(one.merged.checklist, one.merged.id): one.merged for one in coming}
    kept = [by_key.pop((one.checklist, one.id), one) for one in state.decision.responses]
    state = with_decision(state, responses=(*kept, *by_key.values()))
    handle = next((one.merged.id for one in coming if one.merged.checklist == options["checklist"]), state.tab.shown)
    return with_tab(shown(state, handle), said=_said(coming))


def _said(coming: list[Arrival]) -> str:
    """Say in one sentence what was taken over."""
    new = sum(one.is_new for one in coming)
    changed = sum(one.changes for one in coming)
    contested = sum(difference.taken is Taken.CONTESTED for one in coming for difference in one.differences)
    parts = [f"{new} new evaluation{'s' * (new != 1)}"] * bool(new)
    parts += [f"{changed} answer{'s' * (changed != 1)} changed"] * bool(changed)
    text = f"Taken over: {listed(parts)}." if parts else "Taken over: nothing here is other than it was."
    return text + f" {contested} to settle: copies differ, and neither is newer." * bool(contested)
