"""The advisor's rules name what exists, every question is used, and no rule is dead."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orchkit.advice import rulebook
from orchkit.advice.facts import KUBERNETES, OPERATOR
from orchkit.advice.liveness import dead_rules
from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.advice import AdviceData, Condition
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.store.records import Located

Named = tuple[Path_, str, str, Collection[str]]
"""(path, kind, name, names that exist)."""

_FILES = {"constraint": ("constraints", "constraints"), "weight": ("weights", "rules"), "outcome": ("outcomes", "rules")}
_COMBINED = {"keep": "keeps", "deployment": "deployments"}


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every file of the advisor; whether rules are dead only once every name in them exists."""
    catalogue, files = subject.catalogue, _files(subject)
    if not catalogue.advice.bank.questions:
        return
    found = list(_unknown_names(catalogue, files))
    yield from found
    yield from _unused_questions(catalogue.advice, files)
    yield from _empty_frameworks(catalogue.advice, files)
    if not found:
        places = {f"{kind}:{name}": (located, path) for kind, name, _, located, path in _rules(catalogue.advice, files)}
        for name in dead_rules(rulebook(catalogue)):
            located, path = places[name]
            yield located.problem(
                path, "the rule is dead: it cannot fire without a contradiction, or changes nothing when it does", "Change or remove it"
            )


def _files(subject: Subject) -> dict[str, Located]:
    """Return the advisor's files by kind, frameworks by ``framework/id``."""
    kinds = ("questions", "constraints", "weights", "outcomes", "combination", "teams")
    found = {kind: located for kind in kinds for _, located in subject.located(kind)}
    return found | {f"framework/{name}": located for name, located in subject.located("framework")}


def _rules(data: AdviceData, files: dict[str, Located]) -> Iterator[tuple[str, str, Condition, Located, Path_]]:
    """Yield (kind, id, rule, file, path in it)."""
    for kind, name, rule in data.rules:
        if kind == "row":
            framework, _, row = name.partition("/")
            yield kind, name, rule, files[f"framework/{framework}"], ("rows", row)
        elif kind in _COMBINED:
            yield kind, name, rule, files["combination"], (_COMBINED[kind], name)
        else:
            file, field = _FILES[kind]
            yield kind, name, rule, files[file], (field, name)


def _unknown_names(catalogue: Catalogue, files: dict[str, Located]) -> Iterator[Problem]:
    data = catalogue.advice
    for located, (path, kind, name, known) in _names(catalogue, data, files):
        if name not in known:
            yield located.problem(path, f"unknown {kind} `{name}`", nearest(name, known))


def _names(catalogue: Catalogue, data: AdviceData, files: dict[str, Located]) -> Iterator[tuple[Located, Named]]:
    bank = files["questions"]
    for name, question in data.bank.questions.items():
        yield bank, (("questions", name, "group"), "group", question.group, data.bank.groups)
        for answer, choice in question.answers.items():
            if choice.tool is not None:
                yield bank, (("questions", name, "answers", answer, "tool"), "tool", choice.tool, catalogue.tools)
    for index, clash in enumerate(data.bank.contradictions):
        yield from ((bank, named) for named in _answers(data, ("contradictions", index, "answers"), clash.answers))
    for team, record in data.teams.items():
        given: dict[str, tuple[str, ...]] = {question: (answer,) for question, answer in record.answers.items()}
        yield from ((files["teams"], named) for named in _answers(data, ("teams", team, "answers"), given))
    for criterion in data.weights.base:
        yield files["weights"], (("base", criterion), "criterion", criterion, catalogue.criteria)
    for _, _, rule, located, path in _rules(data, files):
        for field in ("when", "unless", "among"):
            yield from ((located, named) for named in _answers(data, (*path, field), getattr(rule, field)))
        yield from ((located, named) for named in _pointed(catalogue, rule, path))


def _answers(data: AdviceData, path: Path_, given: dict[str, tuple[str, ...]]) -> Iterator[Named]:
    for question, answers in given.items():
        yield (*path, question), "question", question, data.bank.questions
        if question in data.bank.questions:
            for answer in answers:
                yield (*path, question), f"answer to `{question}`", answer, data.bank.questions[question].answers


def _pointed(catalogue: Catalogue, rule: Condition, path: Path_) -> Iterator[Named]:
    """Yield what a rule names beside questions: criteria, facts, tools, profiles, scores."""
    facts = [OPERATOR, KUBERNETES, *catalogue.advice.constraints.traits]
    for field in ("excludes", "prefers", "avoids"):
        for name in getattr(rule, field, None) or {}:
            yield (*path, field, name), "fact of a deployment", name, facts
    for criterion in getattr(rule, "adds", {}):
        yield (*path, "adds", criterion), "criterion", criterion, catalogue.criteria
    for index, tool in enumerate(getattr(rule, "tools", ())):
        yield (*path, "tools", index), "tool", tool, catalogue.tools
    if profile := getattr(rule, "profile", None):
        yield (*path, "profile"), "weight profile", profile, catalogue.profiles
        yield (*path, "scores"), "set of scores", str(getattr(rule, "scores", "")), [f"published:{name}" for name in catalogue.published]


def _empty_frameworks(data: AdviceData, files: dict[str, Located]) -> Iterator[Problem]:
    for name, framework in data.frameworks.items():
        if not framework.rows:
            yield files[f"framework/{name}"].problem(
                ("rows",), "the framework has no row, so it never speaks", "Write one for each row of the source"
            )


def _unused_questions(data: AdviceData, files: dict[str, Located]) -> Iterator[Problem]:
    used = {question for _, _, rule in data.rules for _, question, _ in rule.named}
    for name in data.bank.questions:
        if name not in used:
            yield files["questions"].problem(("questions", name), "no rule looks at the answer", "Write a rule that does, or ask something else")
