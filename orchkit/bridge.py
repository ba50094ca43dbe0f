"""The one module that the browser's worker calls: a table of handlers, JSON text in, JSON text out, always an answer.

Requests name a handler in ``do``; every answer has ``ok``. A wrong request is answered with problems, never with an
exception: the page stays usable whatever it was fed.

What was made on an older, frozen release is shown on that release. Where it is not here yet the answer names it in `needs`: the
page fetches it, hands it over with ``release``, and asks again, or asks again with what is wrong with it in ``without``. The
particulars of today's dataset, which only some pages show, are named and handed over in the same way, with ``particulars``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from orchkit.decision.replay import replay
from orchkit.errors import DataError, InputError, NewerError, OrchkitError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import shown
from orchkit.model.input.reading import fitted, parse_json, read_decision
from orchkit.model.releases import ReleaseIndex
from orchkit.scoring import settled
from orchkit.store import load
from orchkit.store.particulars import load_with, withheld
from orchkit.store.releases import carried_index, checked_release, unknown_release
from orchkit.version import __version__
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.replay import TODAY, draw_brief, draw_notice
from orchkit.views.state import (
    PageState,
    follow,
    from_json,
    initial,
    release_linked,
    release_made,
    release_shown,
    to_fragment,
    to_json,
)
from orchkit.views.tab import tab_of, to_text
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
    except _Needed as needed:
        reply = {"ok": False, "problems": [str(needed.problem)], "needs": needed.name}
    except OrchkitError as error:
        reply = {"ok": False, "problems": [str(problem) for problem in error.problems]}
    except ValidationError as error:
        reply = {"ok": False, "problems": [f"request: {error.errors(include_url=False)[0]['msg']}. Reload the page."]}
    return json.dumps(reply, ensure_ascii=False)


PARTICULARS = "particulars"
"""What `needs` says where the page has to fetch those."""

_WHOLE: list[Catalogue] = []
"""The dataset with its particulars, once a page has brought them."""


def catalogue() -> Catalogue:
    """Return the dataset that the wheel carries, with its particulars where they are here."""
    return _WHOLE[0] if _WHOLE else _carried()


@cache
def _carried() -> Catalogue:
    """Return the dataset as the wheel carries it, read once."""
    return load()


@cache
def _index() -> ReleaseIndex:
    """Return what is known of the frozen releases, read once."""
    return carried_index()


_RELEASES: dict[str, Catalogue] = {}
"""Releases that pages have brought, the last used ones."""
_MOST_RELEASES = 3


class _Needed(Exception):  # noqa: N818 - nothing is wrong
    """A release, or the particulars, that the page has to fetch before the request can be answered."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name)
        self.name = name
        self.problem = Problem(place, "is not loaded here, and could not be fetched", "Try again when there is network")


def _on(version: str | None) -> Catalogue:
    """Return the dataset of a release, or today's."""
    if version is None or version == catalogue().dataset.version or version not in _index().releases:
        return catalogue()
    if version not in _RELEASES:
        raise _Needed(version, f"release {version}")
    _RELEASES[version] = found = _RELEASES.pop(version)
    return found


def _made_on(version: str | None, request: Request) -> Catalogue:
    """Return the dataset to show what was made on a release: that release, or today's where the page cannot have it."""
    return catalogue() if version in _without(request) else _on(version)


def _without(request: Request) -> dict[str, str]:
    """Return what is wrong with each release that the page cannot have."""
    return _OPTIONS.validate_python(request.get("without", {}))


def _shows(version: str) -> str | None:
    """Return what a state says of the dataset it is shown on: nothing where it is today's."""
    return None if version == catalogue().dataset.version else version


def _release(request: Request) -> Reply:
    """Take a frozen release that the page has fetched. Its digest must be the one that orchkit carries."""
    version = str(request.get("release"))[:20]
    place = f"release {version}"
    if version not in _index().releases:
        raise InputError(unknown_release(version, _index()))
    if not isinstance(request.get("text"), str):
        raise InputError(Problem(place, "could not be fetched", f"What you see is on dataset {catalogue().dataset.version}"))
    try:
        found = checked_release(request["text"], version, _index(), place)
    except DataError:
        fact = "the file is not what was published: its SHA-256 is another, and it was not used"
        raise InputError(Problem(place, fact, f"What you see is on dataset {catalogue().dataset.version}")) from None
    # A checklist version never changes, so answers to a later one can be read beside an older release.
    lists = {name: {**found.checklists.get(name, {}), **versions} for name, versions in catalogue().checklists.items()}
    _RELEASES[version] = found.model_copy(update={"checklists": {**found.checklists, **lists}})
    while len(_RELEASES) > _MOST_RELEASES:
        del _RELEASES[next(iter(_RELEASES))]
    return {}


def _particulars(request: Request) -> Reply:
    """Take what only some pages show of today's dataset. Its digest must be the one that orchkit carries."""
    if withheld() is not None and not _WHOLE:
        _WHOLE.append(load_with(str(request.get("text"))))
    return {}


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
            state = _saved(str(request["saved"]), request)
        except NewerError:
            newer = True
        except InputError as error:
            problems.extend(error.problems)
            damaged = True
    fragment = str(request.get("fragment") or "")
    own = state = _beside(view, options, state, request, problems)
    if view.linked and fragment not in ("", to_fragment(_on(state.release), state)):
        state, wrong = _followed(state, fragment, request)
        problems.extend(wrong)
    if state.release is None and state.decision.dataset_version != catalogue().dataset.version:
        problems.append(_older(state))
    linked = bool(request.get("saved")) and state != own  # a reader who has nothing here takes over what the link brings
    again = _again(request)
    for number, change in enumerate(_CHANGES.validate_python(request.get("changes", []))):
        try:
            state, wrong = _changed(view, options, state, change, again=number < again)
            problems.extend(wrong)
        except InputError as error:  # an earlier visit may have left a change of a field that is gone; the others are still good
            problems.extend(error.problems)
    return {"damaged": damaged, "newer": newer, "linked": linked, **_shown(view, options, request, state, problems)}


def _saved(text: str, request: Request) -> PageState:
    """Read what the browser kept, on the release that it was made on."""
    found = _made_on(release_made(text), request)
    state = from_json(text, "what this browser had saved", found)
    return state.model_copy(update={"release": _shows(found.dataset.version)})


def _followed(state: PageState, fragment: str, request: Request) -> tuple[PageState, list[Problem]]:
    """Follow a link on the release that it names."""
    found = _made_on(release_linked(fragment), request)
    followed, problems = follow(found, state, fragment)
    if followed is state:
        return state, problems
    version = found.dataset.version
    return followed.model_copy(
        update={"release": _shows(version), "decision": followed.decision.model_copy(update={"dataset_version": version})}
    ), problems


def _again(request: Request) -> int:
    """Return how many of the changes, the first ones, were made before on another state."""
    number = request.get("again")
    return number if type(number) is int else 0


def _beside(view: View, options: Options, state: PageState, request: Request, problems: list[Problem] | None = None) -> PageState:
    """Add what the tab keeps and what its address carries. What is wrong with the address goes to `problems`."""
    state = state.model_copy(update={"tab": tab_of(str(request.get("tab") or ""))})
    address = str(request.get("address") or "")
    if view.visit is None or not address:
        return state
    try:
        return view.visit(_on(state.release), state, options, address)
    except InputError as error:
        if problems is not None:
            problems.extend(error.problems)
        return state


def _changed(view: View, options: Options, state: PageState, change: Change, *, again: bool = False) -> tuple[PageState, list[Problem]]:
    """Apply one change. To go on with today's data is one that every page knows."""
    if change.name != TODAY:
        return view.change(_on(state.release), state, options, [change], again=again), []
    decision, gone = fitted(state.decision, catalogue())
    problems = [Problem(one.place, one.fact, "It was left out") for one in gone]
    decision = settled(catalogue(), decision.model_copy(update={"dataset_version": catalogue().dataset.version, "result": None}))
    return state.model_copy(update={"release": None, "decision": decision}), problems


def _change(request: Request) -> Reply:
    """Apply what the reader did."""
    view, options = _view(request)
    state = _state(request)
    problems: list[Problem] = []
    for change in _CHANGES.validate_python(request.get("changes", [])):
        state, wrong = _changed(view, options, state, change)
        problems.extend(wrong)
    return _shown(view, options, request, state, problems)


def _continue(request: Request) -> Reply:
    """Work on what takes long, for a moment, and show how far it is."""
    view, options = _view(request)
    state = _state(request)
    if view.later:
        view.later.proceed(_on(state.release), state, options)
    return _shown(view, options, request, state, [])


def _export(request: Request) -> Reply:
    """Make a file to keep."""
    view, options = _view(request)
    place = _PLACE.validate_python(request.get("place", {}))
    state = _state(request)
    return {"download": view.export(str(request.get("as")), _on(state.release), state, options, place).model_dump()}


def _import(request: Request) -> Reply:
    """Take over a file that the reader chose. Nothing changes unless all of it can be read."""
    view, options = _view(request)
    place = str(request.get("filename", "the file"))[:80]
    if place.endswith((".yaml", ".yml")):
        raise InputError(
            Problem(place, "is YAML, and a page reads JSON", "Write it with `orchkit checklist new -o NAME.json`, or score it with the command")
        )
    data = parse_json(str(request.get("text", "")), place)
    before = _state(request) if request.get("state") else _beside(view, options, initial(catalogue()), request)
    found = _made_on(release_made(str(request.get("text", ""))), request)
    decision = read_decision(data, place, found)
    state = view.take_over(found, before, options, decision, place)
    if state.decision.dataset_version == decision.dataset_version:  # else it gave a part of itself to what was there
        state = state.model_copy(update={"release": _shows(found.dataset.version)})
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
    if view.whole and not _WHOLE and withheld() is not None:
        raise _Needed(PARTICULARS, "the rest of the dataset")
    for option in view.required:
        if option not in options:
            raise InputError(Problem("request", f"the view `{name}` needs the option `{option}`", "Add it to the macro call"))
    if "checklist" in options and options["checklist"] not in catalogue().checklists:
        raise InputError(
            Problem("request", f"unknown checklist `{options['checklist'][:60]}`", nearest(options["checklist"], catalogue().checklists))
        )
    return view, options


def _state(request: Request) -> PageState:
    text = str(request.get("state", ""))
    found = _on(release_shown(text))
    state = from_json(text, "the page's state", found).model_copy(update={"release": _shows(found.dataset.version)})
    return _beside(*_view(request), state, request)


def _shown(view: View, options: Options, request: Request, state: PageState, problems: list[Problem]) -> Reply:
    """Answer with everything a page shows and keeps."""
    place = _PLACE.validate_python(request.get("place", {}))
    found = _on(state.release)
    complaints = view.complaints(found, state, options)
    shown = found, state, place, options, complaints
    html, more = view.later.sketch(*shown) if view.later else (view.draw(*shown), False)
    return {
        "html": str(_notice(view, state, place) + html),
        "more": more,
        "state": to_json(state),
        "fragment": to_fragment(found, state) if view.linked else None,
        "tab": to_text(state.tab),
        "left": view.visit is not None and bool(request.get("address")) and state.visited is None,
        "announcement": view.announce(found, state, options),
        "problems": [*_without(request).values(), *map(str, problems)],
    }


def _notice(view: View, state: PageState, place: Place) -> Markup:
    """Say above a page that it shows an older release, and what has changed since."""
    if state.release is None:
        return Markup()
    if not view.linked:  # a checklist has no ranking to compare, and is the same on every release that has its version
        return draw_brief(state.release)
    released = _on(state.release)
    try:
        return draw_notice(replay(state.decision, released, catalogue()), released, catalogue(), place)
    except InputError:  # weights that are all zero, for a moment: the page says so itself
        return draw_brief(state.release)


HANDLERS: dict[str, Callable[[Request], Reply]] = {
    "hello": _hello,
    "open": _open,
    "change": _change,
    "continue": _continue,
    "export": _export,
    "import": _import,
    "release": _release,
    "particulars": _particulars,
}
