"""What tools can do, row by row: the vocabulary of the feature tables, and what each tool's documentation says."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from orchkit.model.base import Id, Record, Text
from orchkit.model.evidence import Basis, Citation


class Feature(Record):
    """One row of a feature table: something that is asked of every tool."""

    name: Text
    """As a table's first column prints it."""
    asks: Text
    """The question that a value answers, for somebody who has not used the tool."""
    values: dict[Id, Text] = {}
    """The allowed values with what each means; in the order of how much they give, the least first. Empty where the answer is words."""
    sets_apart: Text | None = None
    """What a difference in this row means at work, where that is not plain."""


class FeatureGroup(Record):
    """Rows that belong together: scheduling, failure, artefacts."""

    title: Text
    order: Annotated[int, Field(ge=1, strict=True)]
    """Place among the groups, from 1."""
    purpose: Text
    """What a reader decides with these rows."""
    features: dict[Id, Feature]
    """Rows by id, in the order in which tables print them. An id stands in one group alone."""


class FeatureValue(Record):
    """What is known of one tool in one row, or `null` with the reason why that is unknown.

    The browser's copy of the dataset has neither basis nor sources: they stand on the tool's page.
    """

    value: Text | None
    """One of the row's values, or a few words where it has none."""
    says: Text | None = None
    """In one sentence: how, under which condition, since which version."""
    why: Text | None = None
    """Wanted when the value is null: why it is unknown."""
    basis: Basis | None = None
    """How it is known."""
    sources: tuple[Citation, ...] = ()
    """Where it can be read."""


class CitedFeatureValue(FeatureValue):
    """A value as a reviewer writes it: with its basis and at least one source, unless it is null."""

    @model_validator(mode="after")
    def _supported(self) -> Self:
        if self.value is None:
            if self.why is None:
                msg = "an unknown feature needs `why`: the reason why it is unknown"
                raise ValueError(msg)
            return self
        missing = [name for name in ("basis", "sources") if not getattr(self, name)]
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            msg = f"a feature's value needs {names}: say how it is known and where that can be read"
            raise ValueError(msg)
        return self


class FeaturesRecord(Record):
    """The authored file `features.yaml` of a tool."""

    features: dict[Id, CitedFeatureValue]
    """Value by the row's id."""


def said(feature: Feature, found: FeatureValue) -> str | None:
    """Return a known value as tables print it: the name of a closed one without its hyphens; null where it is unknown.

    >>> said(Feature(name="n", asks="a", values={"built-in": "ships with it"}), FeatureValue(value="built-in"))
    'built in'
    """
    return None if found.value is None else printed(feature, found.value)


def printed(feature: Feature, value: str) -> str:
    """Return a value as tables print it.

    >>> printed(Feature(name="n", asks="a", values={"built-in": "ships with it"}), "built-in")
    'built in'
    """
    return value.replace("-", " ") if value in feature.values else value
