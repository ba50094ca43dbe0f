"""Undo and redo of what the reader did in this tab: each step as what it changed, so that nothing another tab wrote is touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum
from typing import Any

from orchkit.assessment.join import joined, with_answer
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import MOST_REVISIONS, Answer, Response
from orchkit.views.evaluations import evaluations, with_response, with_tab, without
from orchkit.views.state import PageState
from orchkit.views.tab import Part
from orchkit.views.view import Change, Options

UNTRACKED = ("undo", "redo")
SEEN = ("offer.accept", "link.keep", ".action.clear", ".action.remove")
"""What changes end with that use up what they take, or take away what the reader saw there: only the step that they made says what it was."""


class Way(Enum):
    """How a step is applied."""

    BACK = "back"
    FORTH = "forth"
    AGAIN = "again"


def remember(before: PageState, state: PageState, options: Options, change: Change) -> PageState:
    """Note what a change did to the evaluations of the page's checklist, so that it can be undone."""
    if change.name in UNTRACKED or before.decision.responses is state.decision.responses:
        return state
    parts = tuple(_difference(evaluations(before, options), evaluations(state, options)))
    return state.model_copy(update={"tab": state.tab.with_step(change.name, change.value, parts)}) if parts else state


def repeat(catalogue: Catalogue, state: PageState, options: Options, change: Change) -> PageState | None:
    """Do a step of this tab once more, on what another tab has written meanwhile; null where the change alone says all that it does."""
    if change.name in UNTRACKED:
        step = next((step for step in (*state.tab.done, *state.tab.undone) if str(step.number) == change.value), None)
        way = Way.BACK if change.name == "undo" else Way.FORTH
    else:
        known = (step for step in reversed(state.tab.done) if (step.name, step.value) == (change.name, change.value))
        step, way = next(known, None) if change.name.endswith(SEEN) else None, Way.AGAIN
    return _apply(catalogue, state, options, step.parts, way)[0] if step else None


def take_undo(catalogue: Catalogue, state: PageState, options: Options, _rest: str, value: str) -> PageState:
    """Undo the step with this number, as far as nobody has changed the same thing since."""
    return _move(catalogue, state, options, value, Way.BACK)


def take_redo(catalogue: Catalogue, state: PageState, options: Options, _rest: str, value: str) -> PageState:
    """Do the step with this number again, as far as nobody has changed the same thing since."""
    return _move(catalogue, state, options, value, Way.FORTH)


def _move(catalogue: Catalogue, state: PageState, options: Options, number: str, way: Way) -> PageState:
    tab = state.tab
    step = next((step for step in (tab.done if way is Way.BACK else tab.undone) if str(step.number) == number), None)
    if step is None:  # a second click came before the first was answered
        return state
    state, skipped = _apply(catalogue, state, options, step.parts, way)
    done = tuple(one for one in tab.done if one is not step)
    undone = tuple(one for one in tab.undone if one is not step)
    rejected = {key: text for key, text in state.rejected.items() if not any(_is_of(key, part, options) for part in step.parts)}
    said = f"{skipped} of these answers have been changed since, elsewhere: they stay." if skipped else ""
    state = state.model_copy(update={"rejected": rejected})
    if way is Way.BACK:
        return with_tab(state, done=done, undone=(*undone, step), said=said)
    return with_tab(state, done=(*done, step), undone=undone, said=said)


def _is_of(key: str, part: Part, options: Options) -> bool:
    """Say whether a rejected text was typed into what a part changed."""
    start = f"checklist/{options['checklist']}:{part.evaluation}."
    return key.startswith(f"{start}answer.{part.item}." if part.item else f"{start}header.")


# --- differences ------------------------------------------------------------------------------------------------------


def _difference(before: Iterable[Response], after: Iterable[Response]) -> Iterable[Part]:
    """Find what differs between two states of the evaluations."""
    olds, news = {one.id: one for one in before}, {one.id: one for one in after}
    for handle in dict.fromkeys((*olds, *news)):
        old, new = olds.get(handle), news.get(handle)
        if old is new:
            continue
        if (was := _header(old)) != (now := _header(new)):
            yield Part(evaluation=handle, before=was, after=now)
        old_answers, new_answers = old.answers if old else {}, new.answers if new else {}
        for item in dict.fromkeys((*old_answers, *new_answers)):
            one, other = old_answers.get(item), new_answers.get(item)
            if one is not other and one != other:
                yield Part(evaluation=handle, item=item, before=_written(one), after=_written(other))


def _header(response: Response | None) -> str | None:
    return None if response is None else response.model_copy(update={"answers": {}}).model_dump_json(exclude_defaults=True)


def _written(answer: Answer | None) -> str | None:
    return None if answer is None else answer.model_dump_json(exclude_defaults=True)


def _said(text: str | None) -> dict[str, Any]:
    """Return what an answer says, whatever its revision; an answer that is not there says nothing."""
    data: dict[str, Any] = json.loads(text) if text is not None else {}
    data.pop("revision", None)
    return data


# --- applying ---------------------------------------------------------------------------------------------------------


def _apply(catalogue: Catalogue, state: PageState, options: Options, parts: tuple[Part, ...], way: Way) -> tuple[PageState, int]:
    """Put each part as it was, or as it became. Returns the state and how many parts somebody else had changed, which stay.

    What is done `AGAIN` is joined with what somebody else had changed.
    """
    skipped = 0
    for part in parts:
        expected, wanted = (part.after, part.before) if way is Way.BACK else (part.before, part.after)
        found = next((one for one in evaluations(state, options) if one.id == part.evaluation), None)
        if part.item is None:
            fits = way is Way.AGAIN or _header(found) == expected
            if wanted is None and fits and (found is None or _holds_only(found, parts, way)):
                state = without(state, options["checklist"], part.evaluation)
            elif wanted is not None and fits:
                header = Response.model_validate_json(wanted)
                state = with_response(state, header.model_copy(update={"answers": found.answers if found else {}}))
            else:
                skipped += 1
            continue
        if found is None:
            skipped += wanted is not None
            continue
        current = found.answers.get(part.item)
        fits = _said(_written(current)) == _said(expected)
        if not fits and way is Way.AGAIN and current and wanted is not None:
            both = joined((current, Answer.model_validate_json(wanted)), part.item)
            state = with_response(state, with_answer(catalogue, found, part.item, both))
        elif not fits:
            skipped += 1
        else:
            state = with_response(state, _put(catalogue, found, part.item, wanted, current))
    return state, skipped


def _holds_only(response: Response, parts: tuple[Part, ...], way: Way) -> bool:
    """Say whether an evaluation has no answers but those that go with it."""
    going = {part.item: part.after if way is Way.BACK else part.before for part in parts if part.evaluation == response.id}
    return all(_said(_written(answer)) == _said(going.get(item)) for item, answer in response.answers.items())


def _put(catalogue: Catalogue, response: Response, item: str, wanted: str | None, current: Answer | None) -> Response:
    """Return the evaluation with an answer as it was, newer than the one that is there: copies elsewhere learn of it."""
    answer = Answer.model_validate_json(wanted) if wanted is not None else Answer()
    revision = max(answer.revision, current.revision + 1 if current else 0)
    return with_answer(catalogue, response, item, answer.model_copy(update={"revision": min(revision, MOST_REVISIONS)}))
