"""Decision files of several people → one, with a report of what came from where.

Only evaluations are merged; everything else (weights, context, workload, choice, …) stays as the first file has it. Two
evaluations are copies of one where checklist, version, subject, tool, deployment, evaluator and date are the same; their
answers are joined item by item (`orchkit.assessment.join`). So merging is commutative, associative and idempotent, up to
the handles `id`: those of the first file stay, because pages and people refer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from orchkit.assessment.evaluate import is_contested
from orchkit.assessment.join import UNTOUCHED, joined_answers, signature, statements
from orchkit.errors import InputError, Problem
from orchkit.model.base import Day, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import version_order
from orchkit.model.input.decision import DecisionFile, free_handle, refuse_too_many
from orchkit.model.input.reading import response_problems
from orchkit.model.input.responses import Answer, Outcome, Response

_OWN = frozenset({"responses", "result", "orchkit_version"})
"""Fields of a decision file that are merged, or that say nothing of what was decided."""


class Identity(NamedTuple):
    """What makes two evaluations copies of one."""

    checklist: str
    version: str
    subject: str
    tool: str | None
    deployment: str | None
    evaluator: str
    date: Day | None


class Taken(StrEnum):
    """What became of an item on which the files differ."""

    KEPT = "kept"
    """The first file that has the evaluation says the newest; another says something older, or nothing."""
    ADDED = "added"
    """The first file that has the evaluation says nothing; another does."""
    NEWER = "newer"
    """Another file says something newer than the first that has the evaluation."""
    SIDE_BY_SIDE = "side_by_side"
    """Files agree in the outcome and differ in note, evidence or the like; all of it is kept."""
    CONTESTED = "contested"
    """Files differ in the outcome, and neither is newer: it counts as unknown until somebody settles it."""


class MergedItem(Record):
    """One item on which the files differ."""

    item: str
    taken: Taken
    outcome: Outcome
    """The outcome that stands in the merged file; where it is contested, one of several."""
    files: tuple[str, ...]
    """The files that say what is kept."""


class MergedEvaluation(Record):
    """One evaluation of the merged file, and where it came from."""

    id: str
    """Its handle in the merged file."""
    checklist: str
    version: str
    subject: str
    tool: str | None
    deployment: str | None
    evaluator: str
    date: Day | None
    files: tuple[str, ...]
    """The files that have it."""
    items: tuple[MergedItem, ...]
    """The items on which those files differ, in the checklist's order, retired ones last."""
    nameless: bool
    """Whether it is in several files and names no evaluator: different people may have been taken for one."""


class Contested(Record):
    """An item that counts as unknown until somebody settles it."""

    checklist: str
    id: str
    """The evaluation, by its handle in the merged file."""
    item: str


class Merge(Record):
    """Several decision files as one."""

    decision: DecisionFile
    evaluations: tuple[MergedEvaluation, ...]
    """Each evaluation of `decision`, in its order."""
    left_out: tuple[str, ...]
    """Fields of the decision file in which another file differs from the first; what the first says was kept."""
    contested: tuple[Contested, ...]
    """All that somebody has to settle, also what was so before."""


class _Copy(NamedTuple):
    file: int
    """Number of the file, from 0."""
    response: Response


def identity(response: Response) -> Identity:
    """Return what makes another evaluation a copy of this one."""
    return Identity(*(getattr(response, name) for name in Identity._fields))


def merge(catalogue: Catalogue, decision: DecisionFile, *others: DecisionFile, names: Sequence[str] = ()) -> Merge:
    """Merge the evaluations of decision files; all else stays as the first has it.

    `names` are what the report calls the files, numbers when absent. Raises `InputError` where a file names what the
    catalogue does not have, where two evaluations of one file cannot be told apart, and where there are too many.

    >>> import orchkit
    >>> from orchkit.model.input.decision import DecisionFile
    >>> from orchkit.model.input.responses import Response
    >>> catalogue = orchkit.load()
    >>> ines, omar = (
    ...     DecisionFile(dataset_version="2026.11.0", responses=(Response(checklist="production-adoption", version="1.0", evaluator=name),))
    ...     for name in ("Ines", "Omar")
    ... )
    >>> [response.evaluator for response in orchkit.merge(catalogue, ines, omar).decision.responses]
    ['Ines', 'Omar']
    """
    decisions = (decision, *others)
    files = list(names) or [str(number) for number in range(1, len(decisions) + 1)]
    copies = _by_identity(catalogue, list(zip(files, decisions, strict=True)))
    refuse_too_many(copies, "responses", "Merge fewer files, or remove evaluations that are no longer wanted")
    handles = _handles(copies)
    made = {key: _joined(catalogue, handles[key], found) for key, found in copies.items()}
    return Merge(
        decision=decision.model_copy(update={"responses": tuple(made.values())}),
        evaluations=tuple(_told(made[key], found, files) for key, found in copies.items()),
        left_out=_left_out(decision, others),
        contested=tuple(
            Contested(checklist=response.checklist, id=response.id, item=name)
            for response in made.values()
            for name, answer in response.answers.items()
            if is_contested(answer)
        ),
    )


def _by_identity(catalogue: Catalogue, files: list[tuple[str, DecisionFile]]) -> dict[Identity, list[_Copy]]:
    """Gather the copies of each evaluation, the evaluations in canonical order."""
    found: dict[Identity, list[_Copy]] = {}
    problems: list[Problem] = []
    for number, (file, decision) in enumerate(files):
        for index, response in enumerate(decision.responses):
            place = f"{file}: responses[{index}]"
            problems.extend(response_problems(response, place, catalogue))
            copies = found.setdefault(identity(response), [])
            if any(copy.file == number for copy in copies):
                fact = f"`{response.id}` has the checklist, version, subject, evaluator and date of another evaluation in this file"
                problems.append(Problem(place, fact, "Say in one of them who evaluated, or when, so that they can be told apart"))
            copies.append(_Copy(number, response))
    if problems:
        raise InputError(problems)
    return {key: found[key] for key in sorted(found, key=_order)}


def _order(key: Identity) -> tuple[Any, ...]:
    """Sort evaluations of one subject together, older versions and days first."""
    return key.checklist, key.subject, key.tool or "", key.deployment or "", key.evaluator, key.date or date.min, version_order(key.version)


def _handles(copies: dict[Identity, list[_Copy]]) -> dict[Identity, str]:
    """Name the evaluations: as the first file does, then as the others do where that is free, else with a number."""
    found: dict[Identity, str] = {}
    taken: set[tuple[str, str]] = set()
    for mine in (True, False):
        for key, held in copies.items():
            if (held[0].file == 0) is mine:
                wanted = held[0].response.id if mine else min(copy.response.id for copy in held)
                found[key] = free_handle(wanted, key.checklist, taken)
                taken.add((key.checklist, found[key]))
    return found


def _joined(catalogue: Catalogue, handle: str, copies: list[_Copy]) -> Response:
    """Join the copies of one evaluation."""
    responses = [copy.response for copy in copies]
    targets = [response.target_percent for response in responses if response.target_percent is not None]
    return responses[0].model_copy(
        update={"id": handle, "target_percent": max(targets, default=None), **joined_answers(catalogue, handle, responses)}
    )


def _told(response: Response, copies: list[_Copy], files: list[str]) -> MergedEvaluation:
    return MergedEvaluation(
        id=response.id,
        **identity(response)._asdict(),
        files=tuple(files[copy.file] for copy in copies),
        items=tuple(_items(response, copies, files)),
        nameless=len(copies) > 1 and not response.evaluator,
    )


def _items(response: Response, copies: list[_Copy], files: list[str]) -> Iterator[MergedItem]:
    """Say what became of each item on which the copies differ."""
    for part in ("answers", "retired"):
        for name, answer in getattr(response, part).items():
            held = [(files[copy.file], getattr(copy.response, part).get(name, UNTOUCHED)) for copy in copies]
            if len({signature(one) for _, one in held}) > 1:
                said = tuple(file for file, one in held if one.revision == answer.revision and statements(one))
                yield MergedItem(item=name, taken=taken(answer, held[0][1]), outcome=answer.outcome, files=said)


def taken(answer: Answer, first: Answer) -> Taken:
    """Say how the merged answer stands to that of the first file."""
    if is_contested(answer):
        return Taken.CONTESTED
    if signature(answer) == signature(first):
        return Taken.KEPT
    if not statements(first):
        return Taken.ADDED
    return Taken.NEWER if answer.revision > first.revision else Taken.SIDE_BY_SIDE


def _left_out(decision: DecisionFile, others: Iterable[DecisionFile]) -> tuple[str, ...]:
    """Name the fields in which another file says something else than the first; saying nothing is no difference."""
    blank = {name: field.get_default() for name, field in DecisionFile.model_fields.items()}
    return tuple(
        name
        for name in DecisionFile.model_fields
        if name not in _OWN and any(getattr(other, name) not in (getattr(decision, name), blank[name]) for other in others)
    )
