"""Fields of one evaluation → the evaluation: its header, and the answer to each item. Every change raises the answer's revision."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from orchkit.assessment.join import UNTOUCHED, item_ids, revised, with_answer
from orchkit.assessment.proposals import accept_proposal
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import explain
from orchkit.model.input.responses import Answer, Response
from orchkit.views.evaluations import called, with_response, with_tab
from orchkit.views.state import PageState
from orchkit.views.view import Options

_NUMBER = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})")
_NAMES = {"due_on": "Due", "target_percent": "Target", "to_confirm": "To confirm"}
"""What a field is called in a message, where its own name does not do."""


def take_header(catalogue: Catalogue, state: PageState, options: Options, rest: str, value: str) -> PageState:
    """Take over one field of the header of the evaluation that the field names first."""
    handle, _, field = rest.partition(".")
    if field not in _HEADER:
        raise InputError(Problem("header", f"unknown field `{field[:60]}`", nearest(field, _HEADER)))
    response = called(catalogue, state, options, handle)
    return with_response(state, revalidated(response, _HEADER[field](catalogue, response, value)))


def _about(catalogue: Catalogue, response: Response, value: str) -> dict[str, Any]:
    """Choose a tool, one of its deployments, or something else. The words follow unless somebody has written their own."""
    tool, _, deployment = value.partition("/")
    if value and (tool not in catalogue.tools or (deployment and deployment not in catalogue.tools[tool].deployments)):
        raise InputError(Problem("What is assessed", f"`{value[:60]}` is no tool or deployment of this dataset", "Choose one of the list"))
    named = not response.subject or response.subject == subject_name(catalogue, response.tool, response.deployment)
    subject = subject_name(catalogue, tool or None, deployment or None) if named else response.subject
    return {"tool": tool or None, "deployment": deployment or None, "subject": subject}


def subject_name(catalogue: Catalogue, tool: str | None, deployment: str | None) -> str:
    """Name a tool or a deployment as the subject of an evaluation; nothing where there is none."""
    if tool is None or tool not in catalogue.tools:
        return ""
    found = catalogue.tools[tool]
    name = found.facts.name
    if deployment is None or deployment not in found.deployments:
        return name
    own = found.deployments[deployment].name
    return own if name.casefold() in own.casefold() else f"{name}: {own}"


def read_date(value: str, what: str = "Date") -> date | None:
    """Read the text of a date field; empty is no date."""
    try:
        return date.fromisoformat(value) if value.strip() else None
    except ValueError:
        raise InputError(Problem(what, f"`{value[:20]}` is not a day", "Write it as 2026-11-21")) from None


def read_number(value: str, what: str) -> Fraction | None:
    """Read the text of a number field; empty is no number."""
    text = value.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise InputError(Problem(what, f"`{text[:20]}` is not a plain number", "Write digits with a point and nothing else, like 28.5"))
    return Fraction(text)


_HEADER: dict[str, Callable[[Catalogue, Response, str], dict[str, Any]]] = {
    "about": _about,
    "subject": lambda _catalogue, _response, value: {"subject": value},
    "evaluator": lambda _catalogue, _response, value: {"evaluator": value},
    "date": lambda _catalogue, _response, value: {"date": read_date(value)},
    "target": lambda _catalogue, _response, value: {"target_percent": read_number(value, "Target")},
}


def take_answer(catalogue: Catalogue, state: PageState, options: Options, rest: str, value: str) -> PageState:
    """Take over one field of one answer: ``EVALUATION.ITEM.FIELD``."""
    handle, item, field = [*rest.split(".", 2), "", ""][:3]
    response = called(catalogue, state, options, handle)
    if field == "proposal":
        return _touched(with_response(state, accept_proposal(catalogue, response, item)), item)
    known = item_ids(catalogue, response)
    name, _, measured = field.partition(".")
    if item not in known or name not in _ANSWER or bool(measured) != (name == "measurement"):
        raise InputError(Problem(rest[:80], "is no item of this checklist", nearest(item, known)))
    answer = response.answers.get(item, UNTOUCHED)
    update = _measured(answer, measured, value) if measured else _ANSWER[name](answer, value)
    changed = revised(revalidated(answer, update))
    return _touched(with_response(state, with_answer(catalogue, response, item, changed)), item)


def _touched(state: PageState, item: str) -> PageState:
    """Return the state in which an item stays in sight whatever is filtered."""
    return with_tab(state, touched=tuple(dict.fromkeys((*state.tab.touched, item))))


def _outcome(_answer: Answer, value: str) -> dict[str, Any]:
    """Whoever chooses an outcome settles what copies said and confirms what was carried over."""
    return {"outcome": value, "ground": "checked", "others": (), "to_confirm": None}


def _settle(answer: Answer, value: str) -> dict[str, Any]:
    """Let one of the contested statements hold: ``0`` is the answer's own, ``1`` the first of the others."""
    if value == "0":
        return {"others": ()}
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:3]) <= len(answer.others):
        raise InputError(Problem("contested answer", "is settled already", "Choose an outcome"))
    return {**dict(answer.others[int(value) - 1]), "others": ()}


_ANSWER: dict[str, Callable[[Answer, str], dict[str, Any]]] = {
    "outcome": _outcome,
    "note": lambda _answer, value: {"note": value},
    "evidence": lambda _answer, value: {"evidence": value.strip() or None},
    "ground": lambda _answer, value: {"ground": value},
    "owner": lambda _answer, value: {"owner": value},
    "due": lambda _answer, value: {"due_on": read_date(value, "Due")},
    "measurement": lambda _answer, _value: {},
    "confirm": lambda _answer, _value: {"to_confirm": None},
    "settle": _settle,
}


def _measured(answer: Answer, name: str, value: str) -> dict[str, Any]:
    number = read_number(value, "Measurement")
    measurements = (
        {**answer.measurements, name: number} if number is not None else {key: one for key, one in answer.measurements.items() if key != name}
    )
    return {"measurements": measurements}


def revalidated(record: Any, update: dict[str, Any]) -> Any:
    """Return the record with fields replaced and checked again. Raises `InputError` naming the field."""
    try:
        checked = type(record).model_validate({**{name: getattr(record, name) for name in type(record).model_fields}, **update})
    except ValidationError as error:
        path, fact, repair = next(explain(error, type(record)))
        field = str(path[0] if path else "field")
        if field == "evidence":
            fact, repair = "is not a web address", "Write it with http:// or https://, without spaces, or put it into the note"
        raise InputError(Problem(_NAMES.get(field, field.capitalize()), fact, repair)) from None
    return checked
