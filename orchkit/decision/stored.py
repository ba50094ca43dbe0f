"""The short result that a decision file stores, and whether one that was found in a file follows from it.

The shape is small on purpose: what a person would miss if it changed. Everything else is computed again when it is wanted.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from pydantic import JsonValue

from orchkit.advice import Advice
from orchkit.costs import CostEstimate
from orchkit.model.base import Record
from orchkit.model.catalogue import Catalogue
from orchkit.scoring import Ranking
from orchkit.version import __version__

Result = dict[str, JsonValue]

PARTS = ("ranking", "advice", "costs")
_RELEASE = re.compile(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,9}")


class Follows(StrEnum):
    """What a stored result is worth."""

    NOTHING_STORED = "nothing-stored"
    SAME = "same"
    """It is what follows from the file today."""
    OTHER = "other"
    """It names this dataset and this orchkit, and is not what follows: somebody changed the one or the other by hand."""
    OTHER_RELEASE = "other-release"
    """It was computed from another dataset or by another orchkit."""


class Kept(Record):
    """A stored result held against today's."""

    follows: Follows
    differing: tuple[str, ...] = ()
    """The parts that are not the same: `ranking`, `advice`, `costs`."""
    dataset_version: str | None = None
    """The dataset that it names."""


def short_result(catalogue: Catalogue, ranking: Ranking, advice: Advice | None, costs: CostEstimate | None) -> Result:
    """Return what a decision file stores, the digest of the dataset aside; a score that is an interval is null."""
    return {
        "orchkit_version": __version__,
        "dataset_version": catalogue.dataset.version,
        "ranking": [{"tool": line.tool, "rank": line.rank, "score": None if line.score is None else float(line.score)} for line in ranking.ranking],
        "advice": _advice(advice) if advice else None,
        "costs": _costs(costs) if costs else None,
    }


def stored_result(catalogue: Catalogue, ranking: Ranking, advice: Advice | None, costs: CostEstimate | None, *, digest: str | None = None) -> Result:
    """Return what a decision file stores. `digest` is that of the whole dataset; a page has a part of it, and knows none."""
    short = short_result(catalogue, ranking, advice, costs)
    return {name: short[name] for name in ("orchkit_version", "dataset_version")} | {"dataset_digest": digest} | short


def _advice(advice: Advice) -> Result:
    found = advice.recommendation
    return {"outcome": found.outcome.value, "tool": found.tool, "deployment": found.deployment, "confidence": advice.confidence.value}


def _costs(costs: CostEstimate) -> Result:
    return {
        "currency": costs.currency,
        "deployments": [
            {"deployment": cost.deployment, "low": float(cost.per_year[0]), "high": float(cost.per_year[1]), "left_out": list(cost.left_out)}
            for cost in costs.deployments
        ],
    }


def compared(stored: Any, computed: Result) -> Kept:
    """Hold what a file stores against what follows from it. Takes anything: a file's result is never input."""
    if not isinstance(stored, dict) or not any(stored.get(part) is not None for part in PARTS):
        return Kept(follows=Follows.NOTHING_STORED)
    release = stored.get("dataset_version")
    named = release if isinstance(release, str) and _RELEASE.fullmatch(release) else None
    differing = tuple(part for part in PARTS if stored.get(part) != computed[part])
    if not differing:
        return Kept(follows=Follows.SAME, dataset_version=named)
    same_release = (release, stored.get("orchkit_version")) == (computed["dataset_version"], computed["orchkit_version"])
    return Kept(follows=Follows.OTHER if same_release else Follows.OTHER_RELEASE, differing=differing, dataset_version=named)
