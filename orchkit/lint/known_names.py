"""Profiles and published sets name criteria, tools and profiles that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.published import PublishedSet
from orchkit.store.records import Located

Named = tuple[Path_, str, str, Collection[str]]
"""(path, kind, name, names that exist)."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at weight profiles and published sets."""
    catalogue = subject.catalogue
    named: list[tuple[Located, Named]] = [
        (located, (("weights", criterion), "criterion", criterion, catalogue.criteria))
        for profile, located in subject.located("profile")
        for criterion in catalogue.profiles[profile].weights
    ]
    named += [
        (located, name) for published, located in subject.located("published") for name in _published(catalogue, catalogue.published[published])
    ]
    for located, (path, kind, name, known) in named:
        if name not in known:
            yield located.problem(path, f"unknown {kind} `{name}`", nearest(name, known))


def _published(catalogue: Catalogue, published: PublishedSet) -> Iterator[Named]:
    for tool, row in published.matrix.items():
        yield ("matrix", tool), "tool", tool, catalogue.tools
        for criterion in row:
            yield ("matrix", tool, criterion), "criterion", criterion, catalogue.criteria
    for index, ranking in enumerate(published.rankings):
        yield ("rankings", index, "profile"), "weight profile", ranking.profile, catalogue.profiles
        for line, total in enumerate(ranking.totals):
            yield ("rankings", index, "totals", line, "tool"), "line of the matrix", total.tool, published.matrix
