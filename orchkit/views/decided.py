"""What a decision comes to, kept while its reader writes; and the decision file that stores it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pydantic import JsonValue

from orchkit.decision.decide import Decision, Results, gather, results, usable
from orchkit.decision.stored import stored_result
from orchkit.errors import Problem
from orchkit.model.base import Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring import matrix_of_decision
from orchkit.scoring.whole import whole_cells
from orchkit.version import __version__
from orchkit.views.acceptability import Counting, counting
from orchkit.views.state import decision_data, to_json


class Found(NamedTuple):
    """What a page shows: the decision, what of it could not be used, and whether shares are still being counted."""

    file: DecisionFile
    """As far as it could be used."""
    decision: Decision
    problems: tuple[Problem, ...]


@lru_cache(maxsize=2)
def _usable(same: Same[Catalogue], text: str) -> tuple[DecisionFile, tuple[Problem, ...]]:
    sound, problems = usable(same.value, DecisionFile.model_validate_json(text))
    return sound, tuple(problems)


@lru_cache(maxsize=4)
def _results(same: Same[Catalogue], text: str, *, counted: bool) -> Results:
    sound, _ = _usable(same, text)
    return results(same.value, sound, shares_of(same.value, sound).so_far if counted else None)


def found(catalogue: Catalogue, decision: DecisionFile, *, whole: bool = True) -> Found:
    """Compute what a decision comes to, as far as it can be used. What the team writes changes none of the results, so they are kept.

    With `whole` the shares of all weights are counted to the end; else they are left out while they are not.
    """
    same, text = Same(catalogue), to_json(decision.model_copy(update={"choice": None, "title": "", "result": None}))
    sound, problems = _usable(same, text)
    shares = shares_of(catalogue, sound)
    if whole:
        shares.finish()
    mine = sound.model_copy(update={"choice": decision.choice, "title": decision.title, "result": decision.result})
    return Found(mine, gather(catalogue, mine, _results(same, text, counted=shares.done)), problems)


def shares_of(catalogue: Catalogue, sound: DecisionFile) -> Counting:
    """Return the shares of all weights for what could be used of a decision, as far as they are counted."""
    return counting(whole_cells(matrix_of_decision(catalogue, sound)))


def with_result(
    catalogue: Catalogue, decision: DecisionFile, *, digest: str | None = None, more: Mapping[str, JsonValue] = MappingProxyType({})
) -> DecisionFile:
    """Return a decision file with what it comes to today, by whom it was written, and on which data.

    A file of which something cannot be used is kept as it is, and comes to nothing but `more`.
    """
    seen = found(catalogue, decision, whole=False)
    now = seen.decision
    result = {} if seen.problems else stored_result(catalogue, now.ranking, now.advice, now.costs, digest=digest)
    return decision.model_copy(
        update={"dataset_version": catalogue.dataset.version, "orchkit_version": __version__, "result": {**result, **more} or None}
    )


def file_text(catalogue: Catalogue, decision: DecisionFile, more: Mapping[str, JsonValue] = MappingProxyType({})) -> str:
    """Write a decision file with its result, as JSON."""
    return json.dumps(decision_data(with_result(catalogue, decision, more=more)), indent=2, ensure_ascii=False) + "\n"
