"""A companion: what stands beside an orchestrator and is often taken for one, such as a tracker or a feature store."""

from __future__ import annotations

from enum import StrEnum

from orchkit.model.base import Id, Record, Text, Url
from orchkit.model.evidence import Fact, Supported
from orchkit.model.tools import Point


class Category(StrEnum):
    """What it is for, in the order in which a model meets it."""

    FEATURE_STORE = "feature-store"
    DATA_VERSIONING = "data-versioning"
    DATA_QUALITY = "data-quality"
    TRACKING = "tracking"
    TUNING = "tuning"
    REGISTRY = "registry"
    HUB = "hub"
    SERVING = "serving"
    MONITORING = "monitoring"


class Meeting(Supported):
    """How it works together with one tool."""

    says: Text


class Companion(Record):
    """The authored file `companions/<id>.yaml`."""

    name: Text
    category: Category
    homepage: Url
    summary: Text
    """Two plain sentences: what it is and who runs it."""
    beside: Text
    """What it does that an orchestrator does not, and where the border lies."""
    not_for: Text
    """What it is taken for and is not."""
    licence: Fact
    owner: Fact
    current_version: Fact
    meets: dict[Id, Meeting] = {}
    """By the tool's id: the documented connection. A tool that is absent was not looked up, or has none documented."""
    market: tuple[Point, ...] = ()
    """Purchases, changes of licence, products that end."""
