"""What one browser tab shows of a page, and what its reader has done in it: kept with the tab, never with the decision."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationError

from orchkit.model.base import Id, Record

MOST_STEPS = 40
"""Steps that can be undone at most: the state of a tab goes to Python and back with every change."""
MOST_TEXT = 60_000
"""Characters of all steps together; the last one stays however long it is."""


class Part(Record):
    """One thing that a step changed: the header of an evaluation, or its answer to one item. JSON; null where there is none."""

    evaluation: Id
    item: Id | None = None
    before: str | None
    after: str | None


class Step(Record):
    """What one change did to the evaluations of a checklist."""

    number: int
    name: str
    """The field or button that did it."""
    value: str
    parts: tuple[Part, ...]

    @property
    def length(self) -> int:
        """Characters that it takes to keep."""
        return sum(len(part.before or "") + len(part.after or "") for part in self.parts) + len(self.value)


class Tab(Record):
    """What one tab shows. It outlives a reload and ends with the tab."""

    shown: Id | None = None
    """The evaluation that is shown, by its handle; the first one when null or gone."""
    state: Literal["", "open", "todo"] = ""
    severity: str = ""
    section: str = ""
    owner: str | None = None
    """Null shows the items of everybody; an empty text those of nobody."""
    order: Literal["checklist", "severity", "effort"] = "checklist"
    touched: tuple[Id, ...] = ()
    """Items that were answered since the filter was set: they do not vanish under the reader's hands."""
    done: tuple[Step, ...] = ()
    """What can be undone, the last one at the end."""
    undone: tuple[Step, ...] = ()
    """What can be done again, the last one at the end."""
    steps: int = 0
    """How many steps there have been; the next one's number."""
    offered: str = ""
    """Evaluations of a file that the reader may take over, as JSON."""
    offered_from: str = ""
    """The file's name, as a message prints it."""
    said: str = ""
    """What the last change did, where the page does not show it by itself. Said once, and not kept."""

    def with_step(self, name: str, value: str, parts: tuple[Part, ...]) -> Tab:
        """Return the tab with one more step to undo. Writing on in one field is one step."""
        last = self.done[-1] if self.done else None
        if last and last.name == name and _is_writing(name) and not self.undone:
            joined = {(part.evaluation, part.item): part for part in last.parts}
            for part in parts:
                key = part.evaluation, part.item
                joined[key] = part.model_copy(update={"before": joined[key].before}) if key in joined else part
            done = (*self.done[:-1], last.model_copy(update={"value": value, "parts": tuple(joined.values())}))
        else:
            done = (*self.done, Step(number=self.steps, name=name, value=value, parts=parts))
        return self.model_copy(update={"done": _bounded(done), "undone": (), "steps": self.steps + 1})


def to_text(tab: Tab) -> str:
    """Write what a tab keeps."""
    return tab.model_dump_json(exclude_defaults=True, exclude={"said"})


def tab_of(text: str | None) -> Tab:
    """Read what a tab kept; whatever cannot be read is forgotten."""
    try:
        return Tab.model_validate_json(text or "{}")
    except ValidationError:
        return Tab()


def _is_writing(name: str) -> bool:
    """Say whether a field is written letter by letter."""
    return name.rpartition(".")[2] != "outcome" and (".answer." in name or ".header." in name)


def _bounded(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    kept: list[Step] = []
    room = MOST_TEXT
    for step in reversed(steps[-MOST_STEPS:]):
        room -= step.length
        if room < 0 and kept:
            break
        kept.append(step)
    return tuple(reversed(kept))
