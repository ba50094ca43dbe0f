"""What would change first place: every other answer to every question is tried, one question at a time."""

from __future__ import annotations

from orchkit.advice.result import First, Pivot, Turn
from orchkit.advice.rulebook import Judgement, Rulebook
from orchkit.advice.trials import Trials
from orchkit.model.advice import Answers


def pivots(book: Rulebook, answers: Answers, judgement: Judgement) -> list[Pivot]:
    """Return the questions of which some other answer would change first place, in the order of the bank.

    Answers that would contradict the rest of the context are not tried.
    """
    trials = Trials(book, answers, judgement.fired)
    found = []
    for question in book.data.bank.questions:
        if question in book.naming or question in answers:
            pivot = _pivot(book, trials, judgement.first, question)
            if pivot is not None:
                found.append(pivot)
    return found


def _pivot(book: Rulebook, trials: Trials, now: First, question: str) -> Pivot | None:
    """Try every other answer to one question; null where none changes first place."""
    tried = [
        answer
        for answer in book.data.bank.questions[question].answers
        if trials.answers.get(question) != answer and trials.possible(question, answer)
    ]
    turns = [(answer, first) for answer in tried if (first := trials.first(question, answer)) != now]
    return Pivot(question=question, tried=len(tried), turns=tuple(Turn(answer=answer, first=first) for answer, first in turns)) if turns else None


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
