"""What a view is: a state rendered to HTML, and the closed set of changes and exports that its page may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.views.place import Place
from orchkit.views.state import PageState

Options = Mapping[str, str]
"""What the page's macro call says beside the view's name: which checklist, for example."""


class Change(Record):
    """One thing the reader did: a field's name and its new value."""

    name: str
    value: str


class Download(Record):
    """A file for the reader to keep."""

    filename: str
    media_type: str
    text: str


class Complaint(NamedTuple):
    """A text that could not be taken over, and why."""

    text: str
    problem: Problem


Take = Callable[[Catalogue, PageState, Options, str, str], PageState]
"""Apply one change: (catalogue, state, options, rest of the field's name, value) → state. Raises `InputError`."""


@dataclass(frozen=True, slots=True)
class Later:
    """What of a page takes long: drawn without it at first, then a slice at a time while the reader does nothing.

    A part of the page that is still being worked on says so with `aria-busy`, and names what it shows in `data-ok-part`: a
    page that shows the same part finished leaves it alone.
    """

    sketch: Callable[[Catalogue, PageState, Place, Options, Mapping[str, Complaint]], tuple[Markup, bool]]
    """Draw what there is by now, and say whether more is to come."""
    proceed: Callable[[Catalogue, PageState, Options], None]
    """Work on it for some thousandths of a second."""


@dataclass(frozen=True, slots=True)
class View:
    """An interactive page: how it is drawn, what may be changed on it, what can be taken away from it."""

    name: str
    draw: Callable[[Catalogue, PageState, Place, Options, Mapping[str, Complaint]], Markup]
    """(catalogue, state, place, options, complaints by field) → HTML, whole."""
    announce: Callable[[Catalogue, PageState, Options], str]
    """One sentence for a screen reader after a change."""
    takes: Mapping[str, Take]
    """What a change may begin with (``profile``, ``weight.``) → how it is applied. ``*.`` stands for a name of its own in front: what
    ``*.answer.`` takes of ``first.answer.x`` is ``first.x``."""
    exports: Mapping[str, Callable[[Catalogue, PageState, Options], Download]]
    take_over: Callable[[Catalogue, PageState, Options, DecisionFile, str], PageState]
    """(catalogue, state, options, imported decision, its name in messages) → state. Raises `InputError` where it has nothing for this page."""
    linked: bool = False
    """Whether the page's address carries the state."""
    whole: bool = False
    """Whether it shows particulars of the dataset, which a browser fetches apart."""
    required: tuple[str, ...] = ()
    """Options that the macro call must give."""
    documents: Mapping[str, Callable[[Catalogue, PageState, Options, Place], Download]] = field(default_factory=dict)
    """Files that say where the page stands."""
    later: Later | None = None
    """How the page is drawn bit by bit, where drawing it whole takes long."""
    visit: Callable[[Catalogue, PageState, Options, str], PageState] | None = None
    """(catalogue, state, options, what the address carries) → state that shows it beside what is the reader's own. Raises `InputError`."""
    remember: Callable[[PageState, PageState, Options, Change], PageState] | None = None
    """(before, after, options, change) → the state after, which knows how to undo the change."""
    repeat: Callable[[Catalogue, PageState, Options, Change], PageState | None] | None = None
    """(catalogue, state, options, change) → the state once a change that this tab has made before is made again; null where it is not known."""

    def export(self, kind: str, catalogue: Catalogue, state: PageState, options: Options, place: Place) -> Download:
        """Make a file to keep. Raises `InputError` for a kind that this page does not make, and where there is nothing to write."""
        if kind in self.documents:
            return self.documents[kind](catalogue, state, options, place)
        if kind not in self.exports:
            raise InputError(Problem("export", f"unknown kind of file `{kind}`", nearest(kind, (*self.exports, *self.documents))))
        return self.exports[kind](catalogue, state, options)

    def change(self, catalogue: Catalogue, state: PageState, options: Options, changes: list[Change], *, again: bool = False) -> PageState:
        """Apply changes in order; a text that cannot be taken over is kept in `rejected`.

        With `again` they were made before, and are made on what another tab has written since. Raises `InputError` for a change
        that this page does not know.
        """
        for change in changes:
            take, rest = self._find(change.name)
            if again and self.repeat and (repeated := self.repeat(catalogue, state, options, change)):
                state = repeated
                continue
            before = state
            key = self.prefix(options) + change.name
            rejected = {name: text for name, text in state.rejected.items() if name != key}
            try:
                state = take(catalogue, state.model_copy(update={"rejected": rejected}), options, rest, change.value)
            except InputError:
                state = state.model_copy(update={"rejected": {**rejected, key: change.value}})
            if self.remember and not again:
                state = self.remember(before, state, options, change)
        return state

    def complaints(self, catalogue: Catalogue, state: PageState, options: Options) -> dict[str, Complaint]:
        """Say what is wrong with each text that was rejected on this page, by field."""
        found = {}
        prefix = self.prefix(options)
        for key, text in state.rejected.items():
            name = key.removeprefix(prefix)
            if key.startswith(prefix):
                try:
                    take, rest = self._find(name)
                    take(catalogue, state, options, rest, text)
                except InputError as error:
                    found[name] = Complaint(text, error.problems[0])
        return found

    def prefix(self, options: Options) -> str:
        """Return what the page's fields are kept under in `rejected`, which all pages share."""
        return "/".join([self.name, *options.values()]) + ":"

    def _find(self, name: str) -> tuple[Take, str]:
        own, _, behind = name.partition(".")
        for prefix, take in self.takes.items():
            if prefix.startswith("*.") and behind.startswith(prefix[2:]):
                return take, f"{own}.{behind.removeprefix(prefix[2:])}"
            if name == prefix or (prefix.endswith(".") and name.startswith(prefix)):
                return take, name.removeprefix(prefix)
        raise InputError(Problem(name[:80], "is no field of this page", "Reload the page"))


def with_decision(state: PageState, **update: Any) -> PageState:
    """Return the state with parts of its decision replaced, and no question pending."""
    return state.model_copy(update={"decision": state.decision.model_copy(update=update), "asking": None})


def take_over(_catalogue: Catalogue, state: PageState, _options: Options, decision: DecisionFile, _place: str) -> PageState:
    """Put an imported decision in place of the reader's."""
    return state.model_copy(update={"decision": decision, "asking": None})


def take_over_afresh(catalogue: Catalogue, state: PageState, options: Options, decision: DecisionFile, place: str) -> PageState:
    """Put an imported decision in place of the reader's, and of every text that could not be taken over."""
    return take_over(catalogue, state.model_copy(update={"rejected": {}}), options, decision, place)
