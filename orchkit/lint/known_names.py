"""Profiles, published sets, companions and migrations name criteria, tools and profiles that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.migrations import Migration
from orchkit.model.published import PublishedSet
from orchkit.store.records import Located

Named = tuple[Path_, str, str, Collection[str]]
"""(path, kind, name, names that exist)."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every record that names others."""
    catalogue = subject.catalogue
    named: list[tuple[Located, Named]] = [
        (located, (("weights", criterion), "criterion", criterion, catalogue.criteria))
        for profile, located in subject.located("profile")
        for criterion in catalogue.profiles[profile].weights
    ]
    named += [
        (located, name) for published, located in subject.located("published") for name in _published(catalogue, catalogue.published[published])
    ]
    named += [
        (located, (("meets", tool), "tool", tool, catalogue.tools))
        for name, located in subject.located("companion")
        for tool in catalogue.companions[name].meets
    ]
    named += [
        (located, name) for migration, located in subject.located("migration") for name in _migrating(catalogue, catalogue.migrations[migration])
    ]
    for located, (path, kind, name, known) in named:
        if name not in known:
            yield located.problem(path, f"unknown {kind} `{name}`", nearest(name, known))


def _migrating(catalogue: Catalogue, migration: Migration) -> Iterator[Named]:
    yield ("from_tool",), "tool", migration.from_tool, catalogue.tools
    if migration.to_tool is not None:
        yield ("to_tool",), "tool", migration.to_tool, catalogue.tools


def _published(catalogue: Catalogue, published: PublishedSet) -> Iterator[Named]:
    for tool, row in published.matrix.items():
        yield ("matrix", tool), "tool", tool, catalogue.tools
        for criterion in row:
            yield ("matrix", tool, criterion), "criterion", criterion, catalogue.criteria
    for index, ranking in enumerate(published.rankings):
        yield ("rankings", index, "profile"), "weight profile", ranking.profile, catalogue.profiles
        for line, total in enumerate(ranking.totals):
            yield ("rankings", index, "totals", line, "tool"), "line of the matrix", total.tool, published.matrix
