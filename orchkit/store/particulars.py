"""What only the comparison shows of a dataset: it travels by itself, so that no other page has to wait for it.

A browser's wheel carries the dataset without its particulars, and their digest. Whoever needs them hands over the text.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from orchkit.errors import DataError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.releases import digest
from orchkit.store.bundle import read_bundle

DIGEST = "_data/particulars.sha256"
"""Where a wheel says what its dataset was parted from."""

_OF_DATASET = ("cases", "features", "migrations")
_OF_TOOLS = ("features",)
_OF_FACTS = ("strengths", "weaknesses")

Data = dict[str, Any]


def part(dataset: Data) -> tuple[Data, Data]:
    """Return a dataset, as JSON has it, in two: what every page begins with, and the particulars.

    >>> tool = {"facts": {"name": "Ant", "strengths": ["small"]}, "features": {"retries": {"value": "fixed"}}}
    >>> rest, particulars = part({"tools": {"ant": tool}, "cases": {"a": {}}})
    >>> rest
    {'tools': {'ant': {'facts': {'name': 'Ant', 'strengths': []}, 'deployments': {}}}}
    >>> particulars["tools"], particulars["cases"]
    ({'ant': {'facts': {'strengths': ['small']}, 'deployments': {}, 'features': {'retries': {'value': 'fixed'}}}}, {'a': {}})
    """
    apart: Data = {name: dataset[name] for name in _OF_DATASET if name in dataset}
    rest: Data = {name: one for name, one in dataset.items() if name not in apart}
    tools = {name: _part_tool(tool) for name, tool in dataset["tools"].items()}
    return rest | {"tools": {name: kept for name, (kept, _) in tools.items()}}, apart | {"tools": {name: own for name, (_, own) in tools.items()}}


def _part_tool(tool: Data) -> tuple[Data, Data]:
    facts = {name: tool["facts"][name] for name in _OF_FACTS if name in tool["facts"]}
    limits = {name: {"limits": one["limits"]} for name, one in tool.get("deployments", {}).items() if one.get("limits")}
    own = {"facts": facts, "deployments": limits} | {name: tool[name] for name in _OF_TOOLS if name in tool}
    none: Data = {"facts": {name: [] for name in facts}, "deployments": {name: {"limits": []} for name in limits}}
    return join({name: one for name, one in tool.items() if name not in own or name in none}, none), own


def join(rest: Data, particulars: Data) -> Data:
    """Put together what `part` has parted."""
    both = {name: join(rest[name], one) for name, one in particulars.items() if isinstance(one, dict) and isinstance(rest.get(name), dict)}
    return rest | particulars | both


def withheld() -> str | None:
    """Return the digest of the particulars that the carried dataset lacks; nothing where it is whole."""
    file = resources.files("orchkit") / DIGEST
    return file.read_text(encoding="utf-8") if file.is_file() else None


def load_with(particulars: str) -> Catalogue:
    """Return the carried dataset with its particulars. Raises `DataError` where these are others than were taken away."""
    place = "the particulars"
    if digest(particulars) != withheld():
        raise DataError(Problem(place, "are not those of this edition: their SHA-256 is another, and they were not used", "Reload the page"))
    carried = (resources.files("orchkit") / "_data/catalogue.json").read_text(encoding="utf-8")
    return read_bundle(json.dumps(join(json.loads(carried), json.loads(particulars))), "the dataset carried by orchkit")
