"""Checklists: ids once, severities that weigh something."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from orchkit.model.checklist import Checklist
from tests.strategies import checklist_of

GOOD: dict[str, Any] = checklist_of([["blocker", "major"], ["minor"]]).model_dump(mode="json")


def changed(**where: Any) -> dict[str, Any]:
    """The good checklist with values replaced: `sections__1__id="x"` replaces `sections[1].id`."""
    data = deepcopy(GOOD)
    for path, value in where.items():
        *parents, last = [int(part) if part.isdigit() else part for part in path.split("__")]
        target: Any = data
        for part in parents:
            target = target[part]
        target[last] = value
    return data


def test_items_come_in_order() -> None:
    assert [item.id for item in Checklist.model_validate(GOOD).items] == ["item-1-1", "item-1-2", "item-2-1"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("an item twice in a section", changed(sections__0__items__1__id="item-1-1"), "the id `item-1-1` stands twice"),
    ("an item twice in two sections", changed(sections__1__items__0__id="item-1-1"), "the id `item-1-1` stands twice"),
    ("a section twice", changed(sections__1__id="section-1"), "the id `section-1` stands twice"),
    ("an item named like a section", changed(sections__1__items__0__id="section-1"), "the id `section-1` stands twice"),
    ("a severity of no kind", changed(sections__0__items__0__severity="critical"), "'blocker', 'major' or 'minor'"),
    ("a weight of zero", changed(severity_weights__minor=0), "greater than 0"),
    ("a weight as text", changed(severity_weights__minor="1"), "valid integer"),
    ("a weight that is true", changed(severity_weights__minor=True), "valid integer"),
    ("an item without acceptance", changed(sections__0__items__0__acceptance=""), "at least 1 character"),
    ("a release day that is a number", changed(released_on=0), "a day"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Checklist.model_validate(data)
    assert message in str(caught.value)
