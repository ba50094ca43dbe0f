"""A checklist names traits and measurements that exist."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.lint.versions import versions
from orchkit.model.base import nearest
from orchkit.model.input.reading import measurement_ids


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the traits of `documented`, which advice/constraints.yaml explains, and at the measurements, which criteria.yaml does."""
    constraints = subject.catalogue.advice.constraints
    traits = list(constraints.traits) if constraints else []
    measured = measurement_ids(subject.catalogue)
    for version in versions(subject):
        for path, item in version.items():
            for index, fact in enumerate(item.documented):
                if fact.trait not in traits:
                    repair = nearest(fact.trait, traits) if traits else "Explain it in advice/constraints.yaml"
                    yield version.problem((*path, "documented", index, "trait"), f"unknown trait `{fact.trait}`", repair)
            for index, name in enumerate(item.measurements if measured is not None else ()):
                if name not in (measured or ()):
                    repair = f"{nearest(name, measured or ())}, or add it to criteria.yaml"
                    yield version.problem((*path, "measurements", index), f"unknown measurement `{name}`", repair)
