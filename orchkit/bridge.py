"""The one module that the browser's worker calls: a table of handlers, JSON text in, JSON text out, always an answer.

Requests name a handler in ``do``; every answer has ``ok``. A wrong request is answered with problems, never with an
exception: the page stays usable whatever it was fed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from orchkit.errors import InputError, NewerError, OrchkitError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import shown
from orchkit.model.input.reading import parse_json, read_decision
from orchkit.store import load
from orchkit.version import __version__
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.state import PageState, follow, from_json, initial, to_fragment, to_json
from orchkit.views.view import Change, Options, View

_CHANGES = TypeAdapter(list[Change])
_OPTIONS = TypeAdapter(dict[str, str])
_PLACE = TypeAdapter(Place)

Request = dict[str, Any]
Reply = dict[str, Any]


def handle(text: str) -> str:
    """Answer one request. Both are JSON; never raises."""
    try:
        request = parse_json(text, "request")
        name = request.get("do") if isinstance(request, dict) else None
        if not isinstance(name, str) or name not in HANDLERS:
            raise InputError(Problem("request", f"unknown request {shown(name)}", nearest("", list(HANDLERS))))
        reply = {"ok": True, **HANDLERS[name](request)}
    except OrchkitError as error:
        reply = {"ok": False, "problems": [str(problem) for problem in error.problems]}
    except ValidationError as error:
        reply = {"ok": False, "problems": [f"request: {error.errors(include_url=False)[0]['msg']}. Reload the page."]}
    return json.dumps(reply, ensure_ascii=False)


@cache
def catalogue() -> Catalogue:
    """Return the dataset that the wheel carries, read once."""
    return load()


def _hello(_request: Request) -> Reply:
    return {"orchkit": __version__, "dataset": catalogue().dataset.version, "views": list(VIEWS)}


def _open(request: Request) -> Reply:
    """Begin a page: saved state if there is one, the link's fragment on top of it, then what the reader did meanwhile.

    A saved state that cannot be read is `damaged`; one that a newer release wrote is `newer`, and nothing is wrong with it.
    """
    view, options = _view(request)
    problems: list[Problem] = []
    state, damaged, newer = initial(catalogue()), False, False
    if request.get("saved"):
        try:
            state = from_json(str(request["saved"]), "what this browser had saved", catalogue())
        except NewerError:
            newer = True
        except InputError as error:
            problems.extend(error.problems)
            damaged = True
    if state.decision.dataset_version != catalogue().dataset.version:
        problems.append(_older(state))
    fragment = str(request.get("fragment") or "")
    own = state
    if view.linked and fragment not in ("", to_fragment(catalogue(), state)):
        state, wrong = follow(catalogue(), state, fragment)
        problems.extend(wrong)
    linked = bool(request.get("saved")) and state != own  # a reader who has nothing here takes over what the link brings
    for change in _CHANGES.validate_python(request.get("changes", [])):
        try:
            state = view.change(catalogue(), state, options, [change])
        except InputError as error:  # an earlier visit may have left a change of a field that is gone; the others are still good
            problems.extend(error.problems)
    return {"damaged": damaged, "newer": newer, "linked": linked, **_shown(view, options, request, state, problems)}


def _change(request: Request) -> Reply:
    """Apply what the reader did."""
    view, options = _view(request)
    state = _state(request)
    return _shown(view, options, request, view.change(catalogue(), state, options, _CHANGES.validate_python(request.get("changes", []))), [])


def _continue(request: Request) -> Reply:
    """Work on what takes long, for a moment, and show how far it is."""
    view, options = _view(request)
    state = _state(request)
    if view.later:
        view.later.proceed(catalogue(), state, options)
    return _shown(view, options, request, state, [])


def _export(request: Request) -> Reply:
    """Make a file to keep."""
    view, options = _view(request)
    place = _PLACE.validate_python(request.get("place", {}))
    return {"download": view.export(str(request.get("as")), catalogue(), _state(request), options, place).model_dump()}


def _import(request: Request) -> Reply:
    """Take over a file that the reader chose. Nothing changes unless all of it can be read."""
    view, options = _view(request)
    place = str(request.get("filename", "the file"))[:80]
    if place.endswith((".yaml", ".yml")):
        raise InputError(
            Problem(place, "is YAML, and a page reads JSON", "Write it with `orchkit checklist new -o NAME.json`, or score it with the command")
        )
    data = parse_json(str(request.get("text", "")), place)
    before = _state(request) if request.get("state") else initial(catalogue())
    state = view.take_over(catalogue(), before, options, read_decision(data, place, catalogue()), place)
    return _shown(view, options, request, state, [])


def _older(state: PageState) -> Problem:
    """Say that what was kept was decided on other data."""
    fact = f"what you had here was made with dataset {state.decision.dataset_version}, this page has {catalogue().dataset.version}"
    return Problem("your decision", fact, "Look at it again: scores may have changed")


def _view(request: Request) -> tuple[View, Options]:
    name = str(request.get("view"))
    if name not in VIEWS:
        raise InputError(Problem("request", f"unknown view `{name[:60]}`", nearest(name, VIEWS)))
    options = _OPTIONS.validate_python(request.get("options", {}))
    view = VIEWS[name]
    for option in view.required:
        if option not in options:
            raise InputError(Problem("request", f"the view `{name}` needs the option `{option}`", "Add it to the macro call"))
    if "checklist" in options and options["checklist"] not in catalogue().checklists:
        raise InputError(
            Problem("request", f"unknown checklist `{options['checklist'][:60]}`", nearest(options["checklist"], catalogue().checklists))
        )
    return view, options


def _state(request: Request) -> PageState:
    return from_json(str(request.get("state", "")), "the page's state", catalogue())


def _shown(view: View, options: Options, request: Request, state: PageState, problems: list[Problem]) -> Reply:
    """Answer with everything a page shows and keeps."""
    place = _PLACE.validate_python(request.get("place", {}))
    complaints = view.complaints(catalogue(), state, options)
    shown = catalogue(), state, place, options, complaints
    html, more = view.later.sketch(*shown) if view.later else (view.draw(*shown), False)
    return {
        "html": str(html),
        "more": more,
        "state": to_json(state),
        "fragment": to_fragment(catalogue(), state) if view.linked else None,
        "announcement": view.announce(catalogue(), state, options),
        "problems": [str(problem) for problem in problems],
    }


HANDLERS: dict[str, Callable[[Request], Reply]] = {
    "hello": _hello,
    "open": _open,
    "change": _change,
    "continue": _continue,
    "export": _export,
    "import": _import,
}
