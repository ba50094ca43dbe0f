"""One item of a checklist as a page shows it, drawn again only when something of it has changed: every letter typed asks for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from orchkit.assessment import Assessment
from orchkit.assessment.proposals import Proposal, proposals
from orchkit.model.base import Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Effort, Item
from orchkit.model.input.responses import Answer, Ground, Outcome, Response
from orchkit.views.checklist_text import EFFORTS
from orchkit.views.environment import render, site
from orchkit.views.item_order import Group
from orchkit.views.measurements import Label, measurement_named
from orchkit.views.place import Place
from orchkit.views.view import Complaint

OUTCOMES = {
    Outcome.MET: "Met",
    Outcome.PARTLY_MET: "Partly met",
    Outcome.NOT_MET: "Not met",
    Outcome.NOT_APPLICABLE: "Not applicable",
    Outcome.UNKNOWN: "Unknown",
}
"""What the page prints for each outcome."""

GROUNDS = {
    Ground.CHECKED: "Somebody ran the check",
    Ground.DOCUMENTED: "The documentation says so; nobody ran it",
    Ground.LAB: "The handbook's lab ran it; nobody here did",
}
"""What the page prints for how an outcome is known."""

_MOST = 300
"""Articles that are kept: of two long checklists."""


class _Cited(NamedTuple):
    """Where a documented fact can be read."""

    name: str
    address: str | None
    shows: str
    read_on: str


class _Proposed(NamedTuple):
    """What the documentation or the lab says of an item that nobody has answered."""

    outcome: Outcome
    ground: Ground
    why: str
    cited: tuple[_Cited, ...]


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
    proposal: _Proposed | None
    fixed_in: bool
    read_at: Markup
    """The item's sources."""


class Shown(NamedTuple):
    """The evaluation that a page shows."""

    catalogue: Catalogue
    response: Response
    assessment: Assessment
    groups: list[Group]
    fixed_in: bool
    """Whether it is shown to read, without a field."""
    place: Place


@lru_cache(maxsize=_MOST)
def _read_at(catalogue: Same[Catalogue], item: Same[Item], place: Place) -> Markup:
    """Draw an item's sources; nothing where it has none."""
    if not item.value.sources:
        return Markup()
    return render("item_sources.html.jinja", catalogue=catalogue.value, item=item.value, place=place)


def articles(shown: Shown, complaints: Mapping[str, Complaint]) -> dict[str, Markup]:
    """Draw every item, by id."""
    contested, missing = set(shown.assessment.contested), set(shown.assessment.reasons_missing)
    proposed = {} if shown.fixed_in else {one.item: one for one in proposals(shown.catalogue, shown.response)}
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
                proposal=_told(shown.catalogue, proposed[item.id]) if item.id in proposed else None,
                fixed_in=shown.fixed_in,
                read_at=_read_at(Same(shown.catalogue), Same(item), shown.place),
            )
        )
    return found


def _told(catalogue: Catalogue, proposal: Proposal) -> _Proposed:
    """Return a proposal with the names and addresses of its sources."""
    cited = []
    for one in proposal.sources:
        source = catalogue.sources.get(one.source) if one.source else None
        name = source.title if source else site(one.url) if one.url else one.elsewhere
        cited.append(_Cited(name, source.url if source else one.url, one.shows, str(one.read_on)))
    return _Proposed(proposal.outcome, proposal.ground, proposal.why, tuple(cited))


@lru_cache(maxsize=_MOST)
def _article(shown: _Shown) -> Markup:
    values = shown._asdict() | {
        "item": shown.item.value,
        "answer": Answer.model_validate_json(shown.answer),
        "measured": dict(shown.measured),
        "complaints": dict(shown.complaints),
    }
    return render("checklist_item.html.jinja", **values, outcomes=OUTCOMES, grounds=GROUNDS, efforts=EFFORTS)
