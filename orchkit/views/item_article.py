"""One item of a checklist as a page shows it, drawn again only when something of it has changed: every letter typed asks for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from orchkit.assessment import Assessment
from orchkit.model.base import Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Effort, Item
from orchkit.model.input.responses import Answer, Ground, Outcome, Response
from orchkit.views.environment import render
from orchkit.views.item_order import EFFORTS, Group
from orchkit.views.measurements import Label, measurement_named
from orchkit.views.view import Complaint

OUTCOMES = {
    Outcome.MET: "Met",
    Outcome.PARTLY_MET: "Partly met",
    Outcome.NOT_MET: "Not met",
    Outcome.NOT_APPLICABLE: "Not applicable",
    Outcome.UNKNOWN: "Unknown",
}
"""What the page prints for each outcome."""

GROUNDS = {Ground.CHECKED: "Somebody ran the check", Ground.DOCUMENTED: "The documentation says so; nobody ran it"}
"""What the page prints for how an outcome is known."""

_MOST = 300
"""Articles that are kept: of two long checklists."""


class _Shown(NamedTuple):
    """All that the drawing of an item depends on."""

    item: Same[Item]
    answer: str
    """As JSON."""
    field: str
    """What the names of its fields begin with."""
    measured: tuple[tuple[str, Label], ...]
    complaints: tuple[tuple[str, Complaint], ...]
    effort: Effort | None
    following: str | None
    hidden: bool
    contested: bool
    reason_missing: bool
    fixed_in: bool


class Shown(NamedTuple):
    """The evaluation that a page shows."""

    catalogue: Catalogue
    response: Response
    assessment: Assessment
    groups: list[Group]
    fixed_in: bool
    """Whether it is shown to read, without a field."""


def articles(shown: Shown, complaints: Mapping[str, Complaint]) -> dict[str, Markup]:
    """Draw every item, by id."""
    contested, missing = set(shown.assessment.contested), set(shown.assessment.reasons_missing)
    found = {}
    for row in (row for group in shown.groups for row in group.rows):
        item = row.item
        field = f"{shown.response.id}.answer.{item.id}."
        names = dict.fromkeys((*item.measurements, *row.answer.measurements))
        found[item.id] = _article(
            _Shown(
                item=Same(item),
                answer=row.answer.model_dump_json(exclude_defaults=True),
                field=field,
                measured=tuple((name, measurement_named(shown.catalogue, name)) for name in names),
                complaints=tuple((name, one) for name, one in complaints.items() if name.startswith(field)),
                effort=row.effort,
                following=row.following,
                hidden=row.hidden,
                contested=item.id in contested,
                reason_missing=item.id in missing,
                fixed_in=shown.fixed_in,
            )
        )
    return found


@lru_cache(maxsize=_MOST)
def _article(shown: _Shown) -> Markup:
    values = shown._asdict() | {
        "item": shown.item.value,
        "answer": Answer.model_validate_json(shown.answer),
        "measured": dict(shown.measured),
        "complaints": dict(shown.complaints),
    }
    return render("checklist_item.html.jinja", **values, outcomes=OUTCOMES, grounds=GROUNDS, efforts=EFFORTS)
