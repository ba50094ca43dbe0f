"""Published decisions as a table: who, when, from what to what, why, and how each was coded."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from orchkit.model.cases import Case, CaseKind, Choice, Instead
from orchkit.model.catalogue import Catalogue
from orchkit.views.environment import render
from orchkit.views.numbers import listed
from orchkit.views.place import Place

_SAID = {Instead.STAY: "stayed", Instead.CRON_SCRIPT: "cron and scripts", Instead.BUILD_YOUR_OWN: "a system of its own"}

_REASONS = 2
"""Reasons that stand in the table at once; the rest open with the story."""


class Row(NamedTuple):
    """One case as a reader sees it."""

    id: str
    case: Case
    before: str
    """What ran before; empty where the text does not say."""
    after: str
    """What was decided; empty where a story does not say."""
    considered: str
    why: str
    more: tuple[str, ...]
    """The reasons for which the line has no room."""


def case_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line an account, by organisation."""
    return _table(catalogue, place, CaseKind.ACCOUNT)


def story_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line for each story that the sources tell themselves."""
    return _table(catalogue, place, CaseKind.SOURCE_STORY)


def case_count(catalogue: Catalogue) -> int:
    """Count the accounts."""
    return sum(case.kind is CaseKind.ACCOUNT for case in catalogue.cases.values())


def _table(catalogue: Catalogue, place: Place, kind: CaseKind) -> Markup:
    cases = sorted((item for item in catalogue.cases.items() if item[1].kind is kind), key=lambda item: item[1].organisation.casefold())
    return render("case_table.html.jinja", catalogue=catalogue, place=place, rows=[_row(name, case, catalogue) for name, case in cases])


def _row(name: str, case: Case, catalogue: Catalogue) -> Row:
    before = "no orchestrator" if case.moved_from == () else _names(case.moved_from or (), catalogue)
    why, more = " ".join(case.reasons[:_REASONS]), case.reasons[_REASONS:]
    return Row(name, case, before, named_choices(case, catalogue), _names(case.considered, catalogue), why, more)


def named_choices(case: Case, catalogue: Catalogue) -> str:
    """Say what was decided. What a team stayed with is what ran before, and a line says that already."""
    decided = [choice for choice in case.chose if choice.outcome is Instead.STAY] or case.chose
    return _names(tuple(decided), catalogue)


def _names(choices: tuple[Choice, ...], catalogue: Catalogue) -> str:
    return listed([_named(choice, catalogue) for choice in choices]) if choices else ""


def _named(choice: Choice, catalogue: Catalogue) -> str:
    if choice.outcome is not None:
        return _SAID[choice.outcome]
    if choice.tool is None:
        return choice.other or ""
    name = catalogue.tools[choice.tool].facts.name
    return f"{name} ({choice.deployment})" if choice.deployment else name
