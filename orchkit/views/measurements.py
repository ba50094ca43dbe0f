"""What a measurement is called and counted in. The one place of the views that knows how `criteria.yaml` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from orchkit.model.catalogue import Catalogue


class Label(NamedTuple):
    """A measurement as a field prints it."""

    name: str
    unit: str


def measurement_named(catalogue: Catalogue, name: str) -> Label:
    """Return what a measurement is called and its unit; where the dataset does not say, the words of its id and no unit."""
    for criterion in catalogue.criteria.values():
        known: Any = criterion.measurements
        if isinstance(known, Mapping) and name in known:
            return Label(known[name].name, getattr(known[name], "unit", "") or "")
    return Label(name.replace("-", " ").capitalize(), "")
