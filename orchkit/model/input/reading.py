"""Text or data from outside → a decision file, within bounds, or one clear problem for each thing that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

from pydantic import ValidationError

from orchkit.errors import MOST, InputError, NewerError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Item
from orchkit.model.explain import Path, dotted, explain, shown
from orchkit.model.input.choice import Choice
from orchkit.model.input.decision import SCHEMA_VERSION, DecisionFile
from orchkit.model.input.responses import Answer, Response, Statement

MAX_BYTES = 5_000_000
"""A decision file with a hundred filled checklists has less than a tenth of this."""
MAX_DEPTH = 32

Locate = Callable[[Path], str]
"""Says where the value at a path stands, for a message."""

_NESTING = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Strings and brackets. A string that nobody closed matches too, or each quote in it would be tried as a beginning."""


def parse_json(text: str, place: str) -> Any:
    """Parse JSON strictly: bounded size and depth, no duplicate keys, no NaN. Raises `InputError`."""
    if len(text) > MAX_BYTES:
        raise InputError(
            Problem(place, f"has {len(text):,} characters, more than the {MAX_BYTES:,} that are read", "Check that it is the right file")
        )
    depth = 0
    for token in _NESTING.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            raise InputError(Problem(place, f"is nested more than {MAX_DEPTH} levels deep", "Check that it is a decision file"))
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(
            Problem(
                f"{place}:{error.lineno}",
                f"is not JSON: {error.msg} (column {error.colno})",
                "Export the file again, or mend it there: it may have been cut off",
            )
        ) from None
    except ValueError as error:
        raise InputError(Problem(place, str(error), "Mend it in an editor, or export the file again")) from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            msg = f"the key `{key[:60]}` stands twice in one object"
            raise ValueError(msg)
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    msg = f"`{name}` is not a number that can be computed with"
    raise ValueError(msg)


def read_decision(data: Any, place: str | Locate, catalogue: Catalogue) -> DecisionFile:
    """Validate a decision file, or a bare response, against the models and the catalogue.

    Raises `InputError`; where a newer release wrote the file, `NewerError`.
    """
    at = _by_name(place) if isinstance(place, str) else place
    model: type[DecisionFile | Response] = Response if isinstance(data, dict) and "checklist" in data and "format" not in data else DecisionFile
    if isinstance(data, dict) and model is DecisionFile and data.get("format") != "orchkit-decision":
        fact = "is not a decision file: it has no `format: orchkit-decision`"
        raise InputError(Problem(at(()), fact, "Choose a file that was exported here or written by `orchkit checklist new`"))
    if newer := list(_newer(data, at)):
        raise NewerError(newer)
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        raise InputError(_first((Problem(at(path), fact, repair) for path, fact, repair in explain(error, model)), at(()))) from None
    problems = _unknown_names(record, at, catalogue) if isinstance(record, DecisionFile) else response_problems(record, at, catalogue)
    if found := list(_first(problems, at(()))):
        raise InputError(found)
    return record if isinstance(record, DecisionFile) else DecisionFile(dataset_version=catalogue.dataset.version, responses=(record,))


def _first(problems: Iterable[Problem], place: str) -> Iterator[Problem]:
    """Yield as many problems as are told, and say so where there are more; the others are not even worked out."""
    remaining = iter(problems)
    yield from islice(remaining, MOST)
    if next(remaining, None):
        yield Problem(place, f"has more wrong with it than these {MOST} things", "Mend them, then read it again to see the others")


def _newer(data: Any, at: Locate) -> Iterable[Problem]:
    """Find each format that a later release will have introduced: in the file, in its responses."""
    responses = data.get("responses") if isinstance(data, dict) else None
    within = [(("responses", index), response) for index, response in enumerate(responses)] if isinstance(responses, list) else []
    for path, record in [((), data), *within]:
        version = record.get("schema_version") if isinstance(record, dict) else None
        if type(version) is int and version > SCHEMA_VERSION:
            fact = f"{version} is the format of a newer release; this one reads up to {SCHEMA_VERSION}"
            yield Problem(at((*path, "schema_version")), fact, "Reload the page, or use a newer orchkit")


def _by_name(place: str) -> Locate:
    return lambda path: f"{place}: {dotted(path)}" if path else place


def _unknown_names(decision: DecisionFile, at: Locate, catalogue: Catalogue) -> Iterable[Problem]:
    """Find every name that the catalogue does not have."""
    sets = ["catalogue", *(f"published:{name}" for name in catalogue.published)]
    for what, path, name, known in _names(decision, catalogue):
        if name not in known:
            yield Problem(at(path), f"unknown {what} `{name}`", nearest(name, known))
    if decision.scores not in sets:
        yield Problem(at(("scores",)), f"unknown set of scores {shown(decision.scores)}", nearest(decision.scores, sets))
    for index, response in enumerate(decision.responses):
        yield from response_problems(response, partial(_below, at, ("responses", index)), catalogue)


def _names(decision: DecisionFile, catalogue: Catalogue) -> Iterable[tuple[str, Path, str, Collection[str]]]:
    """Yield (what, where, name, known names) for each name that must stand in the catalogue."""
    if decision.profile is not None:
        yield "weight profile", ("profile",), decision.profile, catalogue.profiles
    questions = catalogue.advice.bank.questions
    for name, answer in decision.context.items():
        yield "question", ("context", name), name, questions
        if name in questions:
            yield f"answer to `{name}`", ("context", name), answer, questions[name].answers
    for name in decision.weights:
        yield "criterion", ("weights", name), name, catalogue.criteria
    for part in ("shortlist", "compared"):
        for index, name in enumerate(getattr(decision, part)):
            yield "tool", (part, index), name, catalogue.ranked_tools
    for tool, row in decision.own_scores.items():
        yield "tool", ("own_scores", tool), tool, catalogue.ranked_tools
        for name in row:
            yield "criterion", ("own_scores", tool, name), name, catalogue.criteria
    yield from _cost_names(decision, catalogue)
    yield from _choice_names(decision.choice, catalogue)


def _choice_names(choice: Choice | None, catalogue: Catalogue) -> Iterable[tuple[str, Path, str, Collection[str]]]:
    if choice and choice.tool:
        yield "tool", ("choice", "tool"), choice.tool, catalogue.tools
        if choice.deployment and choice.tool in catalogue.tools:
            yield f"deployment of `{choice.tool}`", ("choice", "deployment"), choice.deployment, catalogue.tools[choice.tool].deployments


def fitted(decision: DecisionFile, catalogue: Catalogue) -> tuple[DecisionFile, list[Problem]]:
    """Return a decision without what another dataset does not know, and a problem for each name that was left out.

    Filled checklists stay as they are: a released checklist version never changes.
    """
    unknown = [
        (path, f"unknown {what} `{name}`", nearest(name, known)) for what, path, name, known in _names(decision, catalogue) if name not in known
    ]
    if decision.scores != "catalogue" and decision.scores.removeprefix("published:") not in catalogue.published:
        unknown.append((("scores",), f"unknown set of scores `{decision.scores}`", "Choose others"))
    data = decision.model_dump(mode="json", exclude={"responses"}, exclude_none=True)
    for path, _, _ in reversed(unknown):  # of a list the last first
        _remove(data, path[:1] if path[0] in _WHOLE else path)
    kept = DecisionFile.model_validate(data).model_copy(update={"responses": decision.responses})
    return kept, [Problem(dotted(path), fact, repair) for path, fact, repair in unknown]


_WHOLE = frozenset({"break_even", "choice"})
"""Parts that say nothing once a name in them is gone."""


def _remove(data: Any, path: Path) -> None:
    """Remove the value at a path. What it lies in may be gone already."""
    with suppress(KeyError, IndexError):
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]


def _cost_names(decision: DecisionFile, catalogue: Catalogue) -> Iterable[tuple[str, Path, str, Collection[str]]]:
    known = catalogue.costs.deployments
    for name, edits in decision.cost_edits.items():
        yield "costed deployment", ("cost_edits", name), name, known
        for line in edits if name in known else ():
            yield "cost line", ("cost_edits", name, line), line, known[name].lines
    for index, name in enumerate(decision.cost_deployments):
        yield "costed deployment", ("cost_deployments", index), name, known
    if decision.break_even:
        yield "costed deployment", ("break_even", "first"), decision.break_even.first, known
        yield "costed deployment", ("break_even", "second"), decision.break_even.second, known


def _below(at: Locate, start: Path, path: Path) -> str:
    return at((*start, *path))


def response_problems(response: Response, place: str | Locate, catalogue: Catalogue) -> Iterable[Problem]:
    """Find what a response names that the catalogue does not have."""
    at = _by_name(place) if isinstance(place, str) else place
    yield from checklist_problems(response, at, catalogue)
    for what, path, name, known in _response_names(response, catalogue):
        if name not in known:
            yield Problem(at(path), f"unknown {what} `{name}`", nearest(name, known) if known else "Leave it out")


def checklist_problems(response: Response, place: str | Locate, catalogue: Catalogue) -> Iterable[Problem]:
    """Find what stands between a response and its result: a checklist, a version or an item that the catalogue does not have."""
    at = _by_name(place) if isinstance(place, str) else place
    versions = catalogue.checklists.get(response.checklist)
    if versions is None:
        yield Problem(at(("checklist",)), f"unknown checklist `{response.checklist}`", nearest(response.checklist, catalogue.checklists))
        return
    checklist = versions.get(response.version)
    if checklist is None:
        fact = f"unknown version `{response.version}` of checklist `{response.checklist}`"
        yield Problem(at(("version",)), fact, f"Known versions: {', '.join(versions)}")
        return
    known = {item.id: item for item in checklist.items}
    for name, answer in response.answers.items():
        if name in known:
            yield from _measurement_problems(answer, known[name], partial(_below, at, ("answers", name)), catalogue)
        else:
            fact = f"unknown item `{name}` in checklist `{response.checklist}` {response.version}"
            yield Problem(at(("answers", name)), fact, nearest(name, known))


def _response_names(response: Response, catalogue: Catalogue) -> Iterable[tuple[str, Path, str, Collection[str]]]:
    """Yield (what, where, name, known names) for what a response names beside its checklist and the items of its version."""
    if response.tool is not None:
        yield "tool", ("tool",), response.tool, catalogue.tools
        if response.deployment is not None and response.tool in catalogue.tools:
            yield f"deployment of `{response.tool}`", ("deployment",), response.deployment, catalogue.tools[response.tool].deployments
    if versions := catalogue.checklists.get(response.checklist):
        items = list(dict.fromkeys(item.id for checklist in versions.values() for item in checklist.items))
        for name in response.retired:
            yield f"item of any version of checklist `{response.checklist}`", ("retired", name), name, items
    measured = measurement_ids(catalogue)
    for name, answer in response.retired.items():
        for measurement in answer.measurements if measured is not None else ():
            yield "measurement", ("retired", name, "measurements", measurement), measurement, measured or ()


def measurement_ids(catalogue: Catalogue) -> Collection[str] | None:
    """Return the ids of what can be measured; null where the dataset gives its measurements no ids, as older ones do not."""
    return list(catalogue.measurements) or None


def _measurement_problems(answer: Answer, item: Item, at: Locate, catalogue: Catalogue) -> Iterable[Problem]:
    """Find measured values that nothing can have, and measurements that neither the item nor the criteria know."""
    statements: list[tuple[Path, Statement]] = [((), answer), *((("others", index), other) for index, other in enumerate(answer.others))]
    if not any(one.measurements for _, one in statements) or not (known := catalogue.measurements):
        return
    for path, statement in statements:
        for name, value in statement.measurements.items():
            place = at((*path, "measurements", name))
            if name in known:
                if problem := known[name][1].problem(value):
                    yield Problem(place, f"{float(value):g} cannot have been measured: {problem}", f"Write it in {known[name][1].unit}")
            elif name not in item.measurements:
                yield Problem(place, f"unknown measurement `{name}`", nearest(name, item.measurements or known))
