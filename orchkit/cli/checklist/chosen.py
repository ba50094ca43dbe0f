"""Which of a file's evaluations a command is about."""

from __future__ import annotations

from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response


def filled(decision: DecisionFile, file: Path) -> tuple[Response, ...]:
    """Return the evaluations in a file. Raises `InputError` where there are none."""
    if not decision.responses:
        raise InputError(Problem(f"{file}: responses", "there is no filled checklist in it", "Begin one with `orchkit checklist new`"))
    return decision.responses


def chosen(decision: DecisionFile, file: Path, checklist: str | None, evaluation: str | None) -> Response:
    """Return the evaluation that is meant: of a file's one checklist, or of the named one, the first or the named one.

    Raises `InputError` where none is meant, or where it takes a name to say which.
    """
    responses = filled(decision, file)
    there = list(dict.fromkeys(response.checklist for response in responses))
    if checklist is None and len(there) > 1:
        raise InputError(Problem(str(file), "holds evaluations of several checklists", f"Name one: --checklist {' or '.join(there)}"))
    if checklist is not None and checklist not in there:
        raise InputError(Problem("--checklist", f"`{checklist}` is not answered in {file}", nearest(checklist, there)))
    mine = [response for response in responses if response.checklist == (checklist or there[0])]
    if evaluation is None:
        return mine[0]
    named = {response.id: response for response in mine}
    if evaluation not in named:
        raise InputError(Problem("--evaluation", f"`{evaluation}` is no evaluation in {file}", nearest(evaluation, named)))
    return named[evaluation]
