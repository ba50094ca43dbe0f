"""A source that is named stands in the bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest


def check(subject: Subject) -> Iterator[Problem]:
    """Look at citations, weight profiles, published sets and printed sums."""
    named = [(cited.located, (*cited.path, "source"), cited.citation.source) for cited in subject.citations()]
    named += [(located, ("source",), subject.catalogue.profiles[name].source) for name, located in subject.located("profile")]
    named += [(located, ("source",), subject.catalogue.published[name].source) for name, located in subject.located("published")]
    frameworks = subject.catalogue.advice.frameworks
    named += [(located, ("source",), frameworks[name].source) for name, located in subject.located("framework")]
    named += [(located, ("source",), subject.catalogue.costs.cases[name].source) for name, located in subject.located("cost-case")]
    for located, path, source in named:
        if source is not None and source not in subject.catalogue.sources:
            repair = f"{nearest(source, subject.catalogue.sources)}, or add checklists/sources/{source}.yaml"
            yield located.problem(path, f"unknown source `{source}`", repair)
