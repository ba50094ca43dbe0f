"""A checklist page as its tests use it: changes in, state and page out, as one tab does it."""

from __future__ import annotations

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import Response
from orchkit.views import VIEWS
from orchkit.views.evaluations import response_of
from orchkit.views.place import Place
from orchkit.views.state import PageState, initial
from orchkit.views.view import Change
from tests.pure.views.rendered import Page

CATALOGUE = orchkit.load()
CHECKLIST = "production-adoption"
OPTIONS = {"checklist": CHECKLIST}
VIEW = VIEWS["checklist"]
VERSION = CATALOGUE.latest_version(CHECKLIST)
NEWEST = CATALOGUE.checklists[CHECKLIST][VERSION]
ALL = [item.id for item in NEWEST.items]
ITEM, OTHER = "failed-run-resumes", "run-history-kept"


def name_of(field: str, item: str = ITEM, evaluation: str = "first") -> str:
    """Name a field of one item."""
    return f"{evaluation}.answer.{item}.{field}"


def changed(state: PageState, *changes: tuple[str, str], catalogue: Catalogue = CATALOGUE, again: bool = False) -> PageState:
    """Do something on the page."""
    return VIEW.change(catalogue, state, OPTIONS, [Change(name=name, value=value) for name, value in changes], again=again)


def filled(*changes: tuple[str, str]) -> PageState:
    """Do something on a page that nobody has touched."""
    return changed(initial(CATALOGUE), *changes)


def drawn(state: PageState, catalogue: Catalogue = CATALOGUE) -> Page:
    """Draw the page, and see that nobody's text has become markup."""
    page = Page(str(VIEW.draw(catalogue, state, Place(), OPTIONS, VIEW.complaints(catalogue, state, OPTIONS))))
    page.check_that_only_the_templates_speak()
    return page


def shown(state: PageState) -> Response:
    """Return the evaluation that the page shows."""
    return response_of(CATALOGUE, state, OPTIONS)
