"""The decision file: everything a team has decided, filled in and weighed, in one record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue

from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Id, Record, Text
from orchkit.model.input.choice import Choice
from orchkit.model.input.responses import Name, Response
from orchkit.model.input.weights import read_weight
from orchkit.model.input.workload import MAX_EDITS, BreakEvenChoice, CostEdit, Workload
from orchkit.model.sources import Release

MAX_RESPONSES = 100
MAX_CONTEXT = 200
MOST_COMPARED = 4
"""Tools that stand side by side at most: more columns nobody can read."""

_STEM = 70
"""Characters of an id that are kept when a number is put behind it."""

SCHEMA_VERSION = 1
"""The newest format of a decision file that this release reads, and the one it writes."""


class OwnScore(Record):
    """A team's own judgement, which replaces the catalogue's."""

    value: Annotated[int, Field(ge=1, le=5, strict=True)]
    why: Text


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a name that stands twice: the list is as long as the catalogue at most."""
    if len(set(names)) < len(names):
        msg = "a tool stands in it twice"
        raise ValueError(msg)
    return names


def free_handle(wanted: str, checklist: str, taken: Collection[tuple[str, str]]) -> str:
    """Return a handle that no other evaluation of the checklist has; `taken` holds (checklist, handle)."""
    name, number = wanted, 1
    while (checklist, name) in taken:
        number += 1
        name = f"{wanted[:_STEM].rstrip('-')}-{number}"
    return name


def refuse_too_many(responses: Collection[object], place: str, repair: str) -> None:
    """Raise `InputError` at `place` where there are more evaluations than a decision file holds."""
    if len(responses) > MAX_RESPONSES:
        fact = f"there would be {len(responses)} evaluations, more than the {MAX_RESPONSES} that a decision file holds"
        raise InputError(Problem(place, fact, repair))


def _told_apart(responses: tuple[Response, ...]) -> tuple[Response, ...]:
    """Give evaluations of one checklist different ids. Files of before there were ids hold several that are called the same."""
    taken: set[tuple[str, str]] = set()
    apart = []
    for response in responses:
        name = free_handle(response.id, response.checklist, taken)
        taken.add((response.checklist, name))
        apart.append(response if name == response.id else response.model_copy(update={"id": name}))
    return tuple(apart)


class DecisionFile(Record):
    """What `*.orchkit.json` holds."""

    format: Literal["orchkit-decision"] = "orchkit-decision"
    schema_version: Literal[1] = 1
    dataset_version: Release
    """The dataset that the decision was made on."""
    orchkit_version: str | None = None
    """The library that wrote the file."""
    title: Name = ""
    context: Annotated[dict[Id, Id], Field(max_length=MAX_CONTEXT)] = {}
    """Answer by question of the advisor. A question that is absent is unanswered."""
    advise_by: Literal["context", "own"] = "context"
    """Which weights the advisor scores by: those that follow from the context, or `weights` and `profile`."""
    profile: Id | None = None
    """The weight profile. When `weights` are given too, they win."""
    weights: dict[Id, Annotated[Exact, AfterValidator(read_weight)]] = {}
    """Own weights by criterion: non-negative, any sum."""
    scores: str = "catalogue"
    """Which scores to rank by: `catalogue`, or `published:ID`."""
    own_scores: dict[Id, dict[Id, OwnScore]] = {}
    """Own scores by tool and criterion."""
    shortlist: Annotated[tuple[Id, ...], AfterValidator(_once)] = ()
    """The tools to rank; all ranked tools when empty."""
    responses: Annotated[tuple[Response, ...], Field(max_length=MAX_RESPONSES), AfterValidator(_told_apart)] = ()
    """Filled checklists. Evaluations of one checklist have different ids."""
    workload: Workload | None = None
    """What the team runs and pays; a default one when absent."""
    cost_edits: Annotated[dict[Id, dict[Id, CostEdit]], Field(max_length=MAX_EDITS)] = {}
    """Own yearly amounts by costed deployment and line."""
    cost_deployments: tuple[Id, ...] = ()
    """The costed deployments to show; all when empty."""
    break_even: BreakEvenChoice | None = None
    """The two deployments that are compared as volume grows."""
    compared: Annotated[tuple[Id, ...], Field(max_length=MOST_COMPARED), AfterValidator(_once)] = ()
    """The tools that stand side by side, up to four; where fewer than two are named, the first of the ranking."""
    compare_rows: Literal["all", "differences"] = "all"
    """Whether the comparison shows every row, or those alone in which the tools differ."""
    choice: Choice | None = None
    """What the team decided, and why."""
    result: dict[str, JsonValue] | None = None
    """What was computed when the file was written: a record of that day, never an input."""
