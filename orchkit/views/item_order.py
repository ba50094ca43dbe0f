"""Which items of a checklist a tab shows, and in which order. Paper has them all: what is filtered out is only hidden on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from orchkit.assessment import Assessment
from orchkit.assessment.evaluate import SectionTally, outcome_of
from orchkit.assessment.join import UNTOUCHED
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Effort, Item, Severity
from orchkit.model.input.responses import Answer, Outcome, Response
from orchkit.views.checklist_text import EFFORTS
from orchkit.views.evaluations import with_tab
from orchkit.views.state import PageState
from orchkit.views.tab import Tab
from orchkit.views.view import Options

STATES = {"": "All items", "open": "Open items", "todo": "Not or partly met"}
ORDERS = {"checklist": "As in the checklist", "severity": "By severity", "effort": "By effort"}
NOBODY, NAMED = "nobody", "by "
"""Values of the owner's field: the items without one, and what stands before a name."""


class Row(NamedTuple):
    """One item as it is shown."""

    item: Item
    answer: Answer
    hidden: bool
    effort: Effort | None
    """What is to be done next takes this long: the remedy of what is short of its acceptance, else the check."""
    following: str | None
    """The next item that is open; null where there is no other."""


class Group(NamedTuple):
    """Items under one heading."""

    id: str
    title: str
    tally: SectionTally | None
    rows: list[Row]

    @property
    def hidden(self) -> bool:
        """Whether nothing under it is shown."""
        return all(row.hidden for row in self.rows)


def groups(checklist: Checklist, response: Response, assessment: Assessment, tab: Tab) -> list[Group]:
    """Return the items under their headings, in the order that the tab asks for."""
    sections = {item.id: section.id for section in checklist.sections for item in section.items}
    answers = {item.id: response.answers.get(item.id, UNTOUCHED) for item in checklist.items}
    outcomes = {name: outcome_of(answer) for name, answer in answers.items()}
    found = list(_ordered(checklist, outcomes, tab.order))
    hidden = {item.id: not is_shown(tab, item, sections[item.id], answers[item.id], outcomes[item.id]) for item in checklist.items}
    following = _following([item.id for _, _, items in found for item in items], hidden, outcomes)
    tallies = {tally.section: tally for tally in assessment.sections}
    return [
        Group(
            name,
            title,
            tallies.get(name) if tab.order == "checklist" else None,
            [Row(item, answers[item.id], hidden[item.id], _effort(item, outcomes[item.id]), following.get(item.id)) for item in items],
        )
        for name, title, items in found
    ]


def is_shown(tab: Tab, item: Item, section: str, answer: Answer, outcome: Outcome) -> bool:
    """Say whether an item passes the tab's filter. One that was just answered stays until the filter is set anew."""
    if tab.section and section != tab.section:
        return False
    if tab.severity and item.severity != tab.severity:
        return False
    if item.id in tab.touched:
        return True
    if tab.owner is not None and answer.owner != tab.owner:
        return False
    if tab.state == "open":
        return outcome is Outcome.UNKNOWN
    return tab.state != "todo" or outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)


def owners(response: Response) -> list[str]:
    """Return everybody who owns an item, in order of their names."""
    return sorted({answer.owner for answer in response.answers.values() if answer.owner}, key=str.casefold)


def _ordered(checklist: Checklist, outcomes: dict[str, Outcome], order: str) -> Iterator[tuple[str, str, Iterable[Item]]]:
    """Yield (id, heading, items)."""
    if order == "severity":
        for severity in Severity:
            if items := [item for item in checklist.items if item.severity is severity]:
                yield f"severity-{severity}", severity.capitalize(), items
    elif order == "effort":
        for effort in (*Effort, None):
            if items := [item for item in checklist.items if _effort(item, outcomes[item.id]) is effort]:
                yield f"effort-{effort}", EFFORTS[effort].capitalize() if effort else "Effort not given", items
    else:
        for section in checklist.sections:
            yield section.id, section.title, section.items


def _effort(item: Item, outcome: Outcome) -> Effort | None:
    return item.remedy_effort if outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET) else item.check_effort


def _following(order: list[str], hidden: dict[str, bool], outcomes: dict[str, Outcome]) -> dict[str, str]:
    """Find for each item the next one that is open, beginning anew at the end."""
    found: dict[str, str] = {}
    behind: str | None = None
    for _ in range(2):  # the second time round the last ones know the first
        for name in reversed(order):
            if behind is not None and behind != name:
                found[name] = behind
            if outcomes[name] is Outcome.UNKNOWN and not hidden[name]:
                behind = name
    return found


def take_look(catalogue: Catalogue, state: PageState, options: Options, field: str, value: str) -> PageState:
    """Set the filter or the order of this tab."""
    newest = catalogue.checklists[options["checklist"]].values()
    known = {
        "state": tuple(STATES),
        "order": tuple(ORDERS),
        "severity": ("", *Severity),
        "section": ("", *(section.id for checklist in newest for section in checklist.sections)),
    }
    if field == "owner":
        owner = None if not value else "" if value == NOBODY else value.removeprefix(NAMED)[:200]
        return with_tab(state, owner=owner, touched=())
    if field not in known or value not in known[field]:
        raise InputError(Problem(f"look.{field[:60]}", f"`{value[:60]}` is nothing to show", nearest(value, known.get(field, tuple(known)))))
    return with_tab(state, **{field: value}, touched=())


def show_all(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    """Show every item again, in the checklist's order."""
    return with_tab(state, state="", severity="", section="", owner=None, order="checklist", touched=())
