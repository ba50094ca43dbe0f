"""What is known of what was released, of the dataset and of checklists, and the digests that pin it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Annotated

from pydantic import Field, StringConstraints

from orchkit.model.base import Day, Id, Record, Text
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, ChecklistVersion
from orchkit.model.sources import Release

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal digits."""


class FrozenRelease(Record):
    """One release: what its file must be."""

    released_on: Day
    """Day of the dataset's version."""
    sha256: Digest
    """Of the file's bytes."""
    bytes: Annotated[int, Field(gt=0, strict=True)]
    """Length of the file."""
    orchkit_version: Text
    """The library that wrote the file."""


class ReleaseIndex(Record):
    """Every frozen release by its version, oldest first."""

    releases: dict[Release, FrozenRelease] = {}

    @property
    def newest(self) -> str | None:
        """The newest release; none where nothing is frozen yet."""
        return max(self.releases, key=release_order, default=None)

    def before(self, version: str) -> str | None:
        """Return the newest release that is older than a version."""
        return max((name for name in self.releases if release_order(name) < release_order(version)), key=release_order, default=None)


class ReleasedChecklists(Record):
    """Every released version of every checklist, with the digest that pins it. A version that is not in it is a draft."""

    released: dict[Id, dict[ChecklistVersion, Digest]] = {}

    def has(self, checklist: str, version: str) -> bool:
        """Say whether a version is released."""
        return version in self.released.get(checklist, {})


def release_order(version: str) -> tuple[int, ...]:
    """Return a version in a form that sorts.

    >>> release_order("2026.11.0") > release_order("2026.9.3")
    True
    """
    return tuple(map(int, version.split(".")))


def digest(text: str) -> str:
    """Return the SHA-256 of a compiled dataset's text."""
    return sha256(text.encode()).hexdigest()


def dataset_digest(catalogue: Catalogue) -> str:
    """Return the SHA-256 of a dataset as this orchkit compiles it. A later one, whose records have more fields, may give another."""
    return digest(catalogue.model_dump_json())


def checklist_digest(checklist: Checklist) -> str:
    """Return the SHA-256 that pins a released version of a checklist.

    It is that of the record as JSON with sorted keys, without what is at its default: neither a comment nor a line break
    changes it, nor a field that a later orchkit knows and the file does not use.
    """
    data = checklist.model_dump(mode="json", exclude_defaults=True)
    return digest(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
