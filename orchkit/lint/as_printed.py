"""A score with the basis `published` is what the cited source prints."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.evidence import Basis, Score

_OWN = "change `basis` to documented, reviewed or measured and cite what supports it"


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the scores of tools."""
    for tool, located in subject.located("scores"):
        for criterion, score in subject.catalogue.tools[tool].scores.items():
            if score.basis is Basis.PUBLISHED and criterion in subject.catalogue.criteria:
                for field, fact, repair in _wrong(subject, tool, criterion, score):
                    yield located.problem(("scores", criterion, field), fact, repair)


def _wrong(subject: Subject, tool: str, criterion: str, score: Score) -> Iterator[tuple[str, str, str]]:
    """Yield (field, fact, repair)."""
    cited = {citation.source for citation in score.sources}
    printed = {name: found.matrix.get(tool, {}).get(criterion) for name, found in subject.catalogue.published.items() if found.source in cited}
    if not printed:
        yield (
            "basis",
            "`published`, but no cited source has its matrix under checklists/published/",
            f"Cite the source that prints the value, or {_OWN}",
        )
    for name, value in printed.items():
        if value is None:
            yield "basis", f"`published`, but checklists/published/{name}.yaml prints no `{criterion}` for `{tool}`", f"Mend the citation, or {_OWN}"
        elif value != score.value:
            fact = f"the value is {score.value}, but checklists/published/{name}.yaml prints {value} for `{tool}`"
            yield "value", fact, f"Write {value} again; or, if {score.value} is a judgement of your own, {_OWN}"
