"""An older release for tests: the dataset as if some of it had been otherwise, frozen under an earlier version."""

from __future__ import annotations

from typing import Any

from orchkit.model.catalogue import Catalogue
from orchkit.model.releases import FrozenRelease, ReleaseIndex, digest

OLDER = "2026.10.0"


def older(catalogue: Catalogue, scores: dict[tuple[str, str], int] | None = None, version: str = OLDER) -> Catalogue:
    """Return the catalogue under an earlier version, with some scores (by tool and criterion) that were others."""
    data: dict[str, Any] = catalogue.model_dump(mode="json")
    data["dataset"] |= {"version": version, "released_on": "2026-10-01"}
    for (tool, criterion), value in (scores or {}).items():
        data["tools"][tool]["scores"][criterion]["value"] = value
    return Catalogue.model_validate(data)


def frozen(catalogue: Catalogue) -> tuple[str, FrozenRelease]:
    """Return a catalogue as the text of a release and its line of the index."""
    text = catalogue.model_dump_json()
    dataset = catalogue.dataset
    return text, FrozenRelease(released_on=dataset.released_on, sha256=digest(text), bytes=len(text.encode()), orchkit_version="0.1.0")


def index_of(*catalogues: Catalogue) -> ReleaseIndex:
    """Return an index of these releases."""
    return ReleaseIndex(releases={one.dataset.version: frozen(one)[1] for one in catalogues})
