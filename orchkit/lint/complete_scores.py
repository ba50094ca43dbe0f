"""A ranked tool has a score, or a null with its reason, for every criterion and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the scores of tools and of deployments."""
    criteria = subject.catalogue.criteria
    for name, located in subject.located("scores"):
        tool = subject.catalogue.tools[name]
        for criterion in tool.scores:
            if criterion not in criteria:
                yield located.problem(("scores", criterion), f"unknown criterion `{criterion}`", nearest(criterion, criteria))
        for criterion in criteria if tool.facts.ranked else ():
            if criterion not in tool.scores:
                repair = f"Add `{criterion}:` with a value, or with `value: null` and `why`"
                yield located.problem(("scores",), f"no score for the criterion `{criterion}`, and the tool is ranked", repair)
    for name, located in subject.located("deployments"):
        for deployment, record in subject.catalogue.tools[name].deployments.items():
            for criterion in record.scores:
                if criterion not in criteria:
                    path = ("deployments", deployment, "scores", criterion)
                    yield located.problem(path, f"unknown criterion `{criterion}`", nearest(criterion, criteria))
