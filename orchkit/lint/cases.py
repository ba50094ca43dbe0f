"""A case cites the page it was read on, and names tools, questions and answers that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.base import nearest
from orchkit.model.cases import Case, CaseKind, Choice
from orchkit.model.catalogue import Catalogue

Found = tuple[Path_, str, str]
"""(path, fact, repair)."""

Bank = Mapping[str, Collection[str]]
"""The allowed answers of every question."""

_CHOICES = ("moved_from", "considered", "chose")


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every case."""
    bank = _bank(subject.catalogue)
    for name, located in subject.located("case"):
        case = subject.catalogue.cases[name]
        found = [*_place(case), *_names(case, subject.catalogue), *answers(case.context, bank)]
        yield from (located.problem(*one) for one in found)


def answers(context: Mapping[str, str], bank: Bank | None) -> Iterator[Found]:
    """Compare coded answers with the questions that can be asked. Without a bank there is nothing to compare with."""
    if bank is None:
        return
    for question, answer in context.items():
        if question not in bank:
            yield ("context", question), f"unknown question `{question}`", nearest(question, bank)
        elif answer not in bank[question]:
            yield ("context", question), f"`{answer}` is no answer to `{question}`", nearest(answer, bank[question])


def _bank(catalogue: Catalogue) -> Bank | None:
    """Return the questions of the advisor; none where the dataset has no advisor."""
    return {name: question.answers for name, question in catalogue.advice.bank.questions.items()} or None


def _place(case: Case) -> Iterator[Found]:
    first = case.sources[0]
    if case.kind is CaseKind.ACCOUNT and first.url is None:
        yield ("sources", 0), "the account is not cited by its address", "Write `url`: the page that was read"
    if case.kind is CaseKind.SOURCE_STORY and first.source is None:
        yield ("sources", 0), "the story does not say which source tells it", "Write `source`: a file of checklists/sources/"


def _names(case: Case, catalogue: Catalogue) -> Iterator[Found]:
    known = {_plain(written): name for name, tool in catalogue.tools.items() for written in (name, tool.facts.name, tool.facts.short)}
    for field in _CHOICES:
        for index, choice in enumerate(getattr(case, field) or ()):
            yield from _name((field, index), choice, catalogue, known)


def _name(path: Path_, choice: Choice, catalogue: Catalogue, known: Mapping[str, str]) -> Iterator[Found]:
    if choice.tool is not None and choice.tool not in catalogue.tools:
        repair = f"{nearest(choice.tool, catalogue.tools)}, or `other` with its name where the dataset does not hold it"
        yield (*path, "tool"), f"unknown tool `{choice.tool}`", repair
    if choice.other is not None and (name := known.get(_plain(choice.other))):
        yield (*path, "other"), f"`{choice.other}` is a tool of the dataset", f"Write `tool: {name}`"


def _plain(name: str) -> str:
    """Reduce a name to what its spellings share: `Argo Workflows`, `argo-workflows` and `ArgoWorkflows` are one."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())
