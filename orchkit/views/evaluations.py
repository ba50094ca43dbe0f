"""The evaluations of one checklist in a decision: which one is shown, how they are told apart, one more, one less."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchkit.assessment.merge import identity
from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import MAX_RESPONSES
from orchkit.model.input.responses import Response
from orchkit.views.state import PageState
from orchkit.views.view import Options, with_decision

FIRST = "first"
"""Handle of the evaluation that an untouched page fills in."""

_HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_HANDLE = 80


def evaluations(state: PageState, options: Options) -> tuple[Response, ...]:
    """Return the evaluations of this page's checklist, in the order of the file."""
    return tuple(response for response in state.decision.responses if response.checklist == options["checklist"])


def response_of(catalogue: Catalogue, state: PageState, options: Options) -> Response:
    """Return the evaluation that the page shows: one that a link brought, the chosen one, else the first, else an empty one."""
    if state.visited is not None:
        return state.visited
    own = evaluations(state, options)
    chosen = (response for response in own if response.id == state.tab.shown)
    return next(chosen, own[0] if own else empty(catalogue, options, FIRST))


def empty(catalogue: Catalogue, options: Options, handle: str) -> Response:
    """Return an evaluation that nobody has begun, on the newest version of its checklist."""
    checklist = options["checklist"]
    return Response(id=handle, checklist=checklist, version=catalogue.latest_version(checklist))


def called(catalogue: Catalogue, state: PageState, options: Options, handle: str) -> Response:
    """Return the evaluation with this handle, or an empty one. Raises `InputError` where it cannot be a handle."""
    if len(handle) > _LONGEST_HANDLE or not _HANDLE.fullmatch(handle):
        raise InputError(Problem(handle[:80], "names no evaluation", "Reload the page"))
    return next((response for response in evaluations(state, options) if response.id == handle), empty(catalogue, options, handle))


def with_response(state: PageState, response: Response) -> PageState:
    """Put an evaluation in place of the one with its handle, or at the end. Raises `InputError` where there are too many."""
    responses = list(state.decision.responses)
    key = response.checklist, response.id
    index = next((index for index, other in enumerate(responses) if (other.checklist, other.id) == key), len(responses))
    if index == len(responses) >= MAX_RESPONSES:
        raise InputError(Problem("evaluations", f"there are {MAX_RESPONSES} already, and a file holds no more", "Export the file and remove some"))
    responses[index : index + 1] = [response]
    return with_decision(state, responses=tuple(responses))


def without(state: PageState, checklist: str, handle: str) -> PageState:
    """Return the state without one evaluation."""
    kept = tuple(response for response in state.decision.responses if (response.checklist, response.id) != (checklist, handle))
    return with_decision(state, responses=kept)


def shown(state: PageState, handle: str | None) -> PageState:
    """Return the state with this evaluation in front, and every item of it: a filter belongs to the evaluation it was set for."""
    return with_tab(state, shown=handle, touched=(), owner=None)


def with_tab(state: PageState, /, **update: object) -> PageState:
    """Return the state with parts of what its tab shows replaced."""
    return state.model_copy(update={"tab": state.tab.model_copy(update=update), "asking": None})


def twins(state: PageState, response: Response) -> Iterator[Response]:
    """Find the others in the file that nothing tells from this one: where files are brought together they would be taken for copies of it."""
    for other in state.decision.responses:
        if identity(other) == identity(response) and other.id != response.id:
            yield other
