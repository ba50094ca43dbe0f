"""What would change first place: every other answer to every question is tried, one question at a time."""

from __future__ import annotations

from orchkit.advice.result import Pivot, Turn
from orchkit.advice.rulebook import Judgement, Rulebook
from orchkit.model.advice import Answers
from orchkit.model.input.context import clashes


def pivots(book: Rulebook, answers: Answers, judgement: Judgement) -> list[Pivot]:
    """Return the questions of which some other answer would change first place, in the order of the bank.

    Answers that would contradict the rest of the context are not tried.
    """
    found = []
    for question in book.data.bank.questions:
        if question in book.naming or question in answers:
            pivot = _pivot(book, answers, judgement, question)
            if pivot.turns:
                found.append(pivot)
    return found


def _pivot(book: Rulebook, answers: Answers, judgement: Judgement, question: str) -> Pivot:
    turns, tried = [], 0
    for answer in book.data.bank.questions[question].answers:
        changed = {**answers, question: answer}
        if answers.get(question) == answer or clashes(changed, book.data.bank):
            continue
        tried += 1
        first = book.judge(changed, book.refire(judgement.fired, question, changed)).first
        if first != judgement.first:
            turns.append(Turn(answer=answer, first=first))
    return Pivot(question=question, tried=tried, turns=tuple(turns))


def by_value(found: list[Pivot], order: list[str]) -> list[Pivot]:
    """Sort open questions by what an answer is worth: the share of answers that change first place, then how many different ends they lead to."""
    return sorted(
        found,
        key=lambda pivot: (
            -len(pivot.turns) / pivot.tried,
            -len({turn.first.model_dump_json() for turn in pivot.turns}),
            order.index(pivot.question),
        ),
    )
