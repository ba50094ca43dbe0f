"""The state of a page: the reader's decision file, and what they typed that could not be taken over.

One canonical encoding serves the browser's storage, the worker and the tests: JSON with sorted keys, no blanks and
nothing that has its default value. A link carries the part of it that fits, in the fragment, so that no server sees it:
``release=2026.11.0&profile=startup`` or ``release=2026.11.0&weights=community:1,learning-curve:3``, and, where the
reader has a workload of their own, what of it is not the default: ``workload=runs-per-day:4,seats:3``. Of a choice it carries
the ids: ``choice=tool:prefect,status:accepted``.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any, get_args
from urllib.parse import parse_qsl, quote

from pydantic import ValidationError

from orchkit.costs import default_workload, resolve_workload
from orchkit.errors import InputError, NewerError, Problem
from orchkit.model.base import Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import explain
from orchkit.model.input.choice import Choice
from orchkit.model.input.context import read_answer
from orchkit.model.input.decision import MOST_COMPARED, DecisionFile
from orchkit.model.input.reading import parse_json, read_decision
from orchkit.model.input.responses import Response
from orchkit.model.input.weights import check_weights
from orchkit.model.input.workload import Axis, BreakEvenChoice, read_field
from orchkit.scoring import scores_available, settled
from orchkit.views.tab import Tab

MAX_FRAGMENT = 4_000
_LAID_OVER = {"compared", "compare_rows"}
"""A link that says nothing else says what to look at, and not how to weigh: it is laid over the reader's own decision."""
_CHOICE = ("outcome", "tool", "deployment", "status")
"""What a link carries of a choice: ids, and no word that anybody wrote."""
_BESIDE = {"tab", "visited"}
"""What of a page's state is not kept."""
_LONGEST_PART = 9  # digits of a year, a month or a counter


class PageState(Record):
    """What a page shows and keeps."""

    decision: DecisionFile
    rejected: dict[str, str] = {}
    """Text by field name that could not be taken over: shown again with its message, never lost."""
    asking: str | None = None
    """The change that the reader is being asked to confirm."""
    release: str | None = None
    """The frozen release that the page shows; null for today's dataset."""
    tab: Tab = Tab()
    """What this tab shows, and what was done in it. It travels beside the state, and is not kept with it."""
    visited: Response | None = None
    """An evaluation that the page's address carries: shown in place of the reader's own, to read."""


def initial(catalogue: Catalogue) -> PageState:
    """Return the state of a page that nobody has touched: the first weight profile, nothing filled in."""
    return PageState(decision=DecisionFile(dataset_version=catalogue.dataset.version, profile=next(iter(catalogue.profiles))))


def to_json(record: Record) -> str:
    """Encode a record canonically. A state names the format of its decision, so that every later release knows what it reads."""
    data = record.model_dump(mode="json", exclude_defaults=True, exclude=_BESIDE if isinstance(record, PageState) else None)
    if isinstance(record, PageState):
        data["decision"]["schema_version"] = record.decision.schema_version
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decision_data(decision: DecisionFile) -> dict[str, Any]:
    """Return a decision file as JSON data: what identifies it comes first, nothing at its default follows."""
    identity = {"format": decision.format, "schema_version": decision.schema_version}
    return identity | decision.model_dump(mode="json", exclude_defaults=True)


def from_json(text: str, place: str, catalogue: Catalogue) -> PageState:
    """Read what `to_json` wrote, or any older text that browser storage held.

    Raises `InputError`; `NewerError` where a newer release wrote it, or where it is of a newer dataset and names what is not
    in this one.
    """
    data = parse_json(text, place)
    if not isinstance(data, dict) or not isinstance(data.get("decision"), dict):
        raise InputError(Problem(place, "is not the state of a page", "Start again, or import a decision file"))
    try:
        decision = read_decision({"format": "orchkit-decision"} | data["decision"], place, catalogue)
    except InputError as error:
        if _sortable(data["decision"].get("dataset_version")) > _sortable(catalogue.dataset.version):
            raise NewerError(error.problems) from None
        raise
    rejected = data.get("rejected")
    kept = {str(name): str(value) for name, value in rejected.items()} if isinstance(rejected, dict) else {}
    return PageState(decision=decision, rejected=kept)


def release_shown(text: str) -> str | None:
    """Say which release the encoded state of a page shows; null for today's dataset. Text that is no state shows none."""
    if '"release":"' not in text:
        return None
    try:
        data = parse_json(text, "state")
    except InputError:
        return None
    shown = data.get("release") if isinstance(data, dict) else None
    return shown if isinstance(shown, str) else None


def release_made(text: str) -> str | None:
    """Say which dataset an encoded state or a decision file was made with; null where it does not say."""
    try:
        data = parse_json(text, "state")
    except InputError:
        return None
    decision = data.get("decision", data) if isinstance(data, dict) else None
    made = decision.get("dataset_version") if isinstance(decision, dict) else None
    return made if isinstance(made, str) else None


def release_linked(fragment: str) -> str | None:
    """Say which dataset a link was made with; null where it does not say."""
    found = re.search(r"(?:^|&)release=(\d{4}\.\d{1,2}\.\d{1,9})(?=&|$)", fragment[:MAX_FRAGMENT])
    return found[1] if found else None


def _sortable(release: Any) -> list[int]:
    """Return a dataset version in a form that sorts: year, month, counter. Nothing where it is no version."""
    parts = str(release).split(".")
    return [int(part) for part in parts] if all(part.isascii() and part.isdigit() and len(part) <= _LONGEST_PART for part in parts) else []


def to_fragment(catalogue: Catalogue, state: PageState) -> str:
    """Encode what a link carries: this release, the weights by profile or one by one, which scores, which tools."""
    decision = settled(catalogue, state.decision)
    pairs = [("release", catalogue.dataset.version)]
    if decision.weights:
        carried = {name: weight for name, weight in decision.weights.items() if weight} or decision.weights
        pairs.append(("weights", ",".join(f"{name}:{_number(weight)}" for name, weight in sorted(carried.items()))))
    elif decision.profile:
        pairs.append(("profile", decision.profile))
    if decision.scores != "catalogue":
        pairs.append(("scores", decision.scores))
    if decision.shortlist:
        pairs.append(("tools", ",".join(decision.shortlist)))
    if decision.context:
        given = [name for name in catalogue.advice.bank.questions if name in decision.context]  # in the order of the bank, as a link is read
        pairs.append(("context", ",".join(f"{name}:{decision.context[name]}" for name in given)))
    if decision.advise_by != "context":
        pairs.append(("advise-by", decision.advise_by))
    pairs += _cost_pairs(catalogue, decision)
    if decision.compared:
        pairs.append(("compare", ",".join(decision.compared)))
    if decision.compare_rows != "all":
        pairs.append(("rows", decision.compare_rows))
    if decision.choice:
        ids = decision.choice.model_dump(mode="json", include=set(_CHOICE), exclude_defaults=True)
        pairs += [("choice", ",".join(f"{name}:{ids[name]}" for name in _CHOICE if name in ids))] if ids else []
    return "&".join(f"{name}={quote(value, safe=':,.-')}" for name, value in pairs)


def _cost_pairs(catalogue: Catalogue, decision: DecisionFile) -> list[tuple[str, str]]:
    """Encode what a link carries of costs. Own amounts stay behind, as own scores do."""
    pairs = []
    if decision.workload is not None:
        default = dict(default_workload(catalogue))
        own = {name: value for name, value in decision.workload if value != default[name]}
        shown = (
            f"{name.replace('_', '-')}:{'' if value is None else value if isinstance(value, str) else _number(Fraction(value))}"
            for name, value in own.items()
        )
        pairs.append(("workload", ",".join(shown)))
    if decision.cost_deployments:
        pairs.append(("deployments", ",".join(decision.cost_deployments)))
    if decision.break_even:
        pairs.append(("break-even", ",".join(decision.break_even.model_dump().values())))
    return pairs


def _number(weight: Fraction) -> str:
    """Write a weight so that reading it gives the same number."""
    return str(weight.numerator) if weight.denominator == 1 else repr(float(weight))


def follow(catalogue: Catalogue, state: PageState, fragment: str) -> tuple[PageState, list[Problem]]:
    """Apply a link's fragment to a state: all that a link can carry is as its sender had it.

    What cannot be used is a problem and changes nothing.
    """
    if len(fragment) > MAX_FRAGMENT:
        return state, [Problem("the link", f"is longer than {MAX_FRAGMENT:,} characters", "It was ignored; ask for it again")]
    problems: list[Problem] = []
    changed: dict[str, Any] = {}
    for name, value in parse_qsl(fragment, keep_blank_values=True, max_num_fields=20) if fragment.count("&") < 20 else []:  # noqa: PLR2004 - as many as parse_qsl takes
        try:
            changed |= _LINK_PARTS[name](catalogue, value) if name in _LINK_PARTS else _no_part(name)
        except InputError as error:
            problems.extend(error.problems)
    if not changed and not problems:
        problems.append(Problem("the link", "carries nothing that this page understands", "It was ignored"))
    if not changed:
        return state, problems
    plain: dict[str, Any] = {
        "profile": initial(catalogue).decision.profile,
        "weights": {},
        "scores": "catalogue",
        "shortlist": (),
        "own_scores": {},
        "context": {},
        "advise_by": "context",
        "workload": None,
        "cost_edits": {},
        "cost_deployments": (),
        "break_even": None,
        "compared": (),
        "compare_rows": "all",
        "title": "",
        "choice": None,
    }
    if changed.keys() <= _LAID_OVER:
        plain = {}
    return state.model_copy(update={"decision": state.decision.model_copy(update=plain | changed)}), problems


def _no_part(name: str) -> dict[str, Any]:
    raise InputError(Problem("the link", f"unknown part `{name[:60]}`", "It was ignored"))


def _release(catalogue: Catalogue, value: str) -> dict[str, Any]:
    if value != catalogue.dataset.version:
        raise InputError(
            Problem(
                "the link",
                f"was made with dataset {value[:20]}, this page has {catalogue.dataset.version}",
                "Scores may differ from those its sender saw",
            )
        )
    return {"dataset_version": value}


def _profile(catalogue: Catalogue, value: str) -> dict[str, Any]:
    if value not in catalogue.profiles:
        raise InputError(Problem("the link", f"unknown weight profile `{value[:60]}`", nearest(value, catalogue.profiles)))
    return {"profile": value, "weights": {}}


def _weights(catalogue: Catalogue, value: str) -> dict[str, Any]:
    pairs = [part.partition(":") for part in value.split(",")]
    given = {name: number for name, _, number in pairs}
    if len(given) != len(pairs):
        raise InputError(Problem("the link", "names a criterion twice in its weights", "They were ignored"))
    return {"profile": None, "weights": check_weights(given, catalogue.criteria, "the link")}


def _scores(catalogue: Catalogue, value: str) -> dict[str, Any]:
    if value not in scores_available(catalogue):
        raise InputError(Problem("the link", f"unknown set of scores `{value[:60]}`", nearest(value, scores_available(catalogue))))
    return {"scores": value}


def _tools(catalogue: Catalogue, value: str) -> dict[str, Any]:
    names = list(dict.fromkeys(value.split(",")))
    if unknown := [name for name in names if name not in catalogue.ranked_tools]:
        raise InputError(Problem("the link", f"unknown tool `{unknown[0][:60]}`", nearest(unknown[0], catalogue.ranked_tools)))
    return {"shortlist": tuple(names)}


def _context(catalogue: Catalogue, value: str) -> dict[str, Any]:
    pairs = [part.partition(":") for part in value.split(",")]
    given = {name: answer for name, _, answer in pairs}
    if len(given) != len(pairs):
        raise InputError(Problem("the link", "answers a question twice", "Its answers were ignored"))
    questions = catalogue.advice.bank.questions
    for name, answer in given.items():
        if name not in questions:
            raise InputError(Problem("the link", f"unknown question `{name[:60]}`", nearest(name, questions)))
        read_answer(questions[name], answer, f"the link: {name}")
    return {"context": {name: read_answer(question, given[name], "the link") for name, question in questions.items() if name in given}}


def _advise_by(_catalogue: Catalogue, value: str) -> dict[str, Any]:
    if value not in ("context", "own"):
        raise InputError(Problem("the link", f"unknown part `advise-by={value[:60]}`", "It was ignored"))
    return {"advise_by": value}


def _workload(catalogue: Catalogue, value: str) -> dict[str, Any]:
    pairs = [part.partition(":") for part in value.split(",")] if value else []
    given = {name.replace("-", "_"): text for name, _, text in pairs}
    if len(given) != len(pairs):
        raise InputError(Problem("the link", "names a part of the workload twice", "It was ignored"))
    read = {name: read_field(name, text) for name, text in given.items()}
    return {"workload": resolve_workload(catalogue, {**dict(default_workload(catalogue)), **read})}


def _deployments(catalogue: Catalogue, value: str) -> dict[str, Any]:
    return {"cost_deployments": tuple(dict.fromkeys(_known_deployment(catalogue, name) for name in value.split(",")))}


def _break_even(catalogue: Catalogue, value: str) -> dict[str, Any]:
    first, _, rest = value.partition(",")
    second, _, axis = rest.partition(",")
    if axis not in get_args(Axis):
        raise InputError(Problem("the link", f"`{axis[:60]}` is nothing that can grow", nearest(axis, get_args(Axis))))
    names = [_known_deployment(catalogue, name) for name in (first, second)]
    return {"break_even": BreakEvenChoice.model_validate({"first": names[0], "second": names[1], "axis": axis})}


def _compare(catalogue: Catalogue, value: str) -> dict[str, Any]:
    names = value.split(",")
    if unknown := [name for name in names if name not in catalogue.ranked_tools]:
        raise InputError(Problem("the link", f"unknown tool `{unknown[0][:60]}`", nearest(unknown[0], catalogue.ranked_tools)))
    if len(set(names)) < len(names) or len(names) > MOST_COMPARED:
        fact = f"compares a tool twice, or more than {MOST_COMPARED}"
        raise InputError(Problem("the link", fact, "Its choice of tools was ignored"))
    return {"compared": tuple(names)}


def _rows(_catalogue: Catalogue, value: str) -> dict[str, Any]:
    if value not in ("all", "differences"):
        raise InputError(Problem("the link", f"unknown part `rows={value[:60]}`", "It was ignored"))
    return {"compare_rows": value}


def _choice(catalogue: Catalogue, value: str) -> dict[str, Any]:
    pairs = [part.partition(":") for part in value.split(",")]
    given = {name: text for name, _, text in pairs}
    if len(given) != len(pairs) or not given.keys() <= set(_CHOICE):
        raise InputError(Problem("the link", "says of the choice what no link carries", "It was ignored"))
    try:
        choice = Choice.model_validate(given)
    except ValidationError as error:
        _, fact, repair = next(explain(error, Choice))
        raise InputError(Problem("the link: choice", fact, repair)) from None
    if choice.tool and choice.tool not in catalogue.tools:
        raise InputError(Problem("the link", f"unknown tool `{choice.tool}`", nearest(choice.tool, catalogue.tools)))
    if choice.tool and choice.deployment and choice.deployment not in (known := catalogue.tools[choice.tool].deployments):
        raise InputError(Problem("the link", f"unknown deployment `{choice.deployment}` of `{choice.tool}`", nearest(choice.deployment, known)))
    return {"choice": choice}


def _known_deployment(catalogue: Catalogue, name: str) -> str:
    if name not in catalogue.costs.deployments:
        raise InputError(Problem("the link", f"unknown costed deployment `{name[:60]}`", nearest(name, catalogue.costs.deployments)))
    return name


_LINK_PARTS = {
    "release": _release,
    "profile": _profile,
    "weights": _weights,
    "scores": _scores,
    "tools": _tools,
    "context": _context,
    "advise-by": _advise_by,
    "workload": _workload,
    "deployments": _deployments,
    "break-even": _break_even,
    "compare": _compare,
    "rows": _rows,
    "choice": _choice,
}
