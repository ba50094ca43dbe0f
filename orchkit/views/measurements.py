"""What a measurement is called and counted in."""

from __future__ import annotations

from typing import NamedTuple

from orchkit.model.catalogue import Catalogue


class Label(NamedTuple):
    """A measurement as a field prints it."""

    name: str
    unit: str


def measurement_named(catalogue: Catalogue, name: str) -> Label:
    """Return what a measurement is called and its unit; where the dataset does not know it, the words of its id and no unit."""
    if name in catalogue.measurements:
        _, found = catalogue.measurements[name]
        return Label(found.name, found.unit)
    return Label(name.replace("-", " ").capitalize(), "")
