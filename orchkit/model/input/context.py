"""A team's context: answers to the advisor's questions, read against the bank, and what to say where they clash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.model.advice import Contradiction, Question, QuestionBank, QuestionKind
from orchkit.model.base import nearest

Context = dict[str, str]
"""Answer by question, in the order of the bank."""

_SHOWN = 60


def read_context(given: Mapping[str, Any], bank: QuestionBank, place: str = "context") -> Context:
    """Return the answers by id, in the order of the bank, whatever order they came in.

    `given` maps question to the id of an answer, or, where numbers are counted, to the number. Raises `InputError`
    naming every unknown question, every unknown answer, and all answers that contradict each other.
    """
    context, problems = usable_context(given, bank, place)
    if problems:
        raise InputError(problems)
    return context


def usable_context(given: Mapping[str, Any], bank: QuestionBank, place: str = "context") -> tuple[Context, list[Problem]]:
    """Return what can be used, and a problem for each answer that cannot. Of answers that clash none is used."""
    problems = [
        Problem(place, f"unknown question `{str(name)[:_SHOWN]}`", nearest(str(name), bank.questions)) for name in given if name not in bank.questions
    ]
    context: Context = {}
    for name, question in bank.questions.items():
        if name in given:
            try:
                context[name] = read_answer(question, given[name], f"{place}: {name}")
            except InputError as error:
                problems.extend(error.problems)
    found = clashes(context, bank)
    problems.extend(clash_problem(clash, context, bank, place) for clash in found)
    barred = {name for clash in found for name in clash.answers}
    return {name: answer for name, answer in context.items() if name not in barred}, problems


def read_answer(question: Question, given: Any, place: str) -> str:
    """Return the id of an answer; a number is put into its band. Raises `InputError`."""
    text = str(given).strip()
    if text in question.answers:
        return text
    if question.kind is QuestionKind.NUMBER and text.isascii() and text.isdecimal() and len(text) < _SHOWN:
        bands = [name for name, answer in question.answers.items() if answer.at_least is not None and answer.at_least <= int(text)]
        if bands:
            return bands[-1]
        raise InputError(Problem(place, f"`{text}` is less than any answer allows", f"Use one of: {', '.join(question.answers)}"))
    raise InputError(Problem(place, f"unknown answer `{text[:_SHOWN]}`", nearest(text, question.answers)))


def clashes(context: Mapping[str, str], bank: QuestionBank) -> list[Contradiction]:
    """Find the declared contradictions that the answers fulfil."""
    return [clash for clash in bank.contradictions if all(context.get(name) in answers for name, answers in clash.answers.items())]


def clash_problem(clash: Contradiction, context: Mapping[str, str], bank: QuestionBank, place: str) -> Problem:
    """Say which answers clash."""
    named = " and ".join(f"`{name}: {context[name]}`" for name in bank.questions if name in clash.answers)
    return Problem(place, f"{named} cannot both be so: {clash.fact}", clash.repair)
