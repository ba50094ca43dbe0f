"""Answers put into an evaluation; and two copies of one → one.

That is a join, so that it does not matter who merges with whom, in which order and how often.

An answer stands for its revision and the set of statements that copies make at that revision. Of two revisions the
higher holds; at the same revision the sets are united. An answer that nobody ever touched (blank, revision 0) adds
nothing, as if the item were absent. The first statement in canonical order is the answer, the rest are its `others`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import MAX_COPIES, MOST_REVISIONS, Answer, Response, Statement

UNTOUCHED = Answer()
"""What an item without an answer has."""


def statements(answer: Answer) -> tuple[Statement, ...]:
    """Return what copies say at the answer's revision, once each, in canonical order. None for an answer that nobody touched."""
    own = Statement.model_construct(**{name: getattr(answer, name) for name in Statement.model_fields})
    return _in_order([own, *answer.others], touched=answer.revision > 0)


def signature(answer: Answer) -> tuple[int, tuple[str, ...]]:
    """Return what two copies of an answer share exactly when they say the same at the same revision."""
    return answer.revision, tuple(map(_key, statements(answer)))


def joined(answers: Iterable[Answer], place: str) -> Answer:
    """Join copies of one answer. Raises `InputError` at `place` where more of them differ than an answer can hold."""
    copies = list(answers)
    revision = max((copy.revision for copy in copies), default=0)
    return answer_of([one for copy in copies if copy.revision == revision for one in statements(copy)], revision, place)


def joined_answers(catalogue: Catalogue, handle: str, copies: Sequence[Response]) -> dict[str, dict[str, Answer]]:
    """Join copies of an evaluation: the answers in the checklist's order, the retired ones by name. Fields of a `Response`."""
    retired = sorted({name for copy in copies for name in copy.retired})
    return {
        "answers": _by_item([copy.answers for copy in copies], item_ids(catalogue, copies[0]), f"{handle}: answers"),
        "retired": _by_item([copy.retired for copy in copies], retired, f"{handle}: retired"),
    }


def _by_item(copies: list[Mapping[str, Answer]], order: Iterable[str], place: str) -> dict[str, Answer]:
    found = {name: [copy[name] for copy in copies if name in copy] for name in order}
    return {name: joined(answers, f"{place}.{name}") for name, answers in found.items() if answers}


def item_ids(catalogue: Catalogue, response: Response) -> list[str]:
    """Return the items of the version that a response answers, in the checklist's order."""
    return [item.id for item in catalogue.checklists[response.checklist][response.version].items]


def with_answer(catalogue: Catalogue, response: Response, item: str, answer: Answer) -> Response:
    """Return the evaluation with one answer replaced, all in the checklist's order."""
    answers = {**response.answers, item: answer}
    return response.model_copy(update={"answers": {name: answers[name] for name in item_ids(catalogue, response) if name in answers}})


def revised(answer: Answer) -> Answer:
    """Return the answer as one change newer than it was."""
    return answer.model_copy(update={"revision": min(answer.revision + 1, MOST_REVISIONS)})


def answer_of(said: Iterable[Statement], revision: int, place: str) -> Answer:
    """Make an answer of all that is said of an item. Raises `InputError` where it is more than an answer can hold."""
    first, *others = _in_order(said, touched=revision > 0) or (Statement(),)
    if len(others) > MAX_COPIES:
        fact = f"copies say {len(others) + 1} different things, more than the {MAX_COPIES + 1} that one answer keeps apart"
        raise InputError(Problem(place, fact, "Settle this item in one of the files, so that its `revision` is the highest, then merge again"))
    return Answer.model_construct(**dict(first), revision=revision, others=tuple(others))


def _in_order(said: Iterable[Statement], *, touched: bool) -> tuple[Statement, ...]:
    """Sort statements and keep each once. At revision 0 a blank one is none."""
    by_key = {_key(one): one for one in said if touched or one != _BLANK}
    return tuple(by_key[key] for key in sorted(by_key))


def _key(statement: Statement) -> str:
    """Write a statement so that two are written alike exactly when they are equal: fractions as such, not as floats."""
    return json.dumps(statement.model_dump(), sort_keys=True, default=str)


_BLANK = Statement()
