"""The decide page: what was brought from the other pages, the team's choice, and the record that both come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from pydantic import ValidationError

from orchkit.decision.decide import Decision
from orchkit.errors import InputError, Problem
from orchkit.model.advice import OutcomeKind
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import explain
from orchkit.model.input.choice import MAX_DISSENT, Choice, Dissent, Status
from orchkit.model.input.decision import DecisionFile
from orchkit.views import advice_text
from orchkit.views.answering import read_date
from orchkit.views.checklist_text import score_text
from orchkit.views.costs import range_text
from orchkit.views.decided import Found, file_text, found, shares_of
from orchkit.views.environment import render
from orchkit.views.place import Place
from orchkit.views.record import OUTCOMES, RecordText, costs_of, markdown_record, option_name, record_text, source_line
from orchkit.views.scores import verdict
from orchkit.views.state import PageState, initial, to_fragment
from orchkit.views.view import Complaint, Download, Later, Options, View, take_over_afresh, with_decision

LABELS = {
    "option": "The choice",
    "deployment": "In which form",
    "status": "Status",
    "superseded_by": "Superseded by",
    "decided_on": "Decided on",
    "review_on": "Look at it again on",
    "deciders": "Decided by",
    "consulted": "Consulted",
    "informed": "Informed",
    "why": "Why",
    "consequences": "What is accepted with it",
}
FRONT = {"status": "Status", "date": "Decided on", "decision-makers": "Decided by", "consulted": "Consulted", "informed": "Informed"}
"""What the page calls the fields of the front matter."""

_DAYS = ("decided_on", "review_on")


def draw(catalogue: Catalogue, state: PageState, place: Place, _options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the whole page: what was brought, the form, the record."""
    return _draw(catalogue, state, place, complaints, found(catalogue, state.decision))


def sketch(catalogue: Catalogue, state: PageState, place: Place, _options: Options, complaints: Mapping[str, Complaint]) -> tuple[Markup, bool]:
    """Render the page, the shares of all weights only once they are counted, and say whether they are not."""
    seen = found(catalogue, state.decision, whole=False)
    return _draw(catalogue, state, place, complaints, seen), not shares_of(catalogue, seen.file).done


def _proceed(catalogue: Catalogue, state: PageState, _options: Options) -> None:
    shares_of(catalogue, found(catalogue, state.decision, whole=False).file).proceed()


def _draw(catalogue: Catalogue, state: PageState, place: Place, complaints: Mapping[str, Complaint], seen: Found) -> Markup:
    decision = seen.decision
    return render(
        "decide.html.jinja",
        catalogue=catalogue,
        place=place,
        file=state.decision,
        decision=decision,
        problems=seen.problems,
        complaints=complaints,
        nothing_brought=_nothing_brought(catalogue, state.decision),
        advised=advice_text.headline(catalogue, decision.advice) if decision.advice else None,
        ranked=verdict(catalogue, decision.ranking),
        own_scores=sum(map(len, state.decision.own_scores.values())),
        cost_lines=[(cost.name, range_text(cost)) for cost in costs_of(catalogue, decision, decision.chosen)],
        checklists=[(one, catalogue.checklists[one.checklist][one.version].title, score_text(one.total)) for one in decision.assessments],
        weights_differ=any(one.about == "weights" and not one.agree for one in decision.comparisons),
        computed=option_name(catalogue, decision.computed) if decision.computed else None,
        offered=_offered(catalogue, state.decision, decision),
        option=_option_of(decision.choice),
        deployments=catalogue.tools[decision.choice.tool].deployments if decision.choice.tool else {},
        statuses=list(Status),
        most_dissent=MAX_DISSENT,
        labels=LABELS,
        front=FRONT,
        text=_text(catalogue, state, seen, place),
        source_line=source_line,
    )


def _text(catalogue: Catalogue, state: PageState, seen: Found, place: Place) -> RecordText:
    return record_text(catalogue, seen.file, seen.decision, place, to_fragment(catalogue, state))


def _nothing_brought(catalogue: Catalogue, decision: DecisionFile) -> bool:
    """Say whether a reader comes first: nothing was answered, weighed, entered or filled in."""
    return decision.model_copy(update={"choice": None, "title": "", "result": None}) == initial(catalogue).decision


def _offered(catalogue: Catalogue, file: DecisionFile, decision: Decision) -> list[tuple[str, str]]:
    """Return what can be chosen, as (value, label): the ranked in their order, other tools, then what is no tool."""
    tools = dict.fromkeys([line.tool for line in decision.ranking.ranking] + list(catalogue.tools))
    in_use = _in_use(catalogue, file)
    return [
        *((f"choose:{tool}", catalogue.tools[tool].facts.name) for tool in tools),
        *([(f"stay:{in_use}", f"Stay with {catalogue.tools[in_use].facts.name}")] if in_use else []),
        *((outcome.value, label) for outcome, label in OUTCOMES.items()),
    ]


def _in_use(catalogue: Catalogue, file: DecisionFile) -> str | None:
    """Return the tool that an answer says is in use."""
    if file.choice and file.choice.meant is OutcomeKind.STAY and file.choice.tool:
        return file.choice.tool
    questions = catalogue.advice.bank.questions
    tools = (questions[name].answers[answer].tool for name, answer in file.context.items())
    return next((tool for tool in tools if tool in catalogue.tools), None)


def _option_of(choice: Choice) -> str:
    if choice.meant is None:
        return ""
    return f"{choice.meant}:{choice.tool}" if choice.tool else choice.meant.value


def announce(catalogue: Catalogue, state: PageState, _options: Options) -> str:
    """Say what is chosen, and whether it is what is computed."""
    seen = found(catalogue, state.decision, whole=False)
    if seen.problems:
        return str(seen.problems[0])
    name = option_name(catalogue, seen.decision.chosen) if seen.decision.chosen else "nothing yet"
    return f"Chosen: {name}; {seen.decision.choice.status}."


def _take_choice(catalogue: Catalogue, state: PageState, _options: Options, field: str, value: str) -> PageState:
    before = state.decision.choice or Choice()
    if field not in LABELS:
        raise InputError(Problem("choice", f"unknown field `{field[:60]}`", nearest(field, LABELS)))
    if field == "option":
        update = _read_option(catalogue, value)
    elif field == "deployment":
        known = catalogue.tools[before.tool].deployments if before.tool else {}
        if value and value not in known:
            raise InputError(Problem(LABELS[field], f"unknown deployment `{value[:60]}`", nearest(value, known) if known else "Choose a tool first"))
        update = {"deployment": value or None}
    elif field in _DAYS:
        update = {field: read_date(value)}
    elif field == "status":
        update = {"status": value} | (_pinned(catalogue, state.decision) if before.meant is None and value != Status.PROPOSED else {})
    else:
        update = {field: value}
    return _with_choice(state, _checked(before, update, LABELS[field]))


def _read_option(catalogue: Catalogue, value: str) -> dict[str, Any]:
    outcome, _, tool = value.partition(":")
    if value and (outcome not in set(OutcomeKind) or (tool and tool not in catalogue.tools) or (not tool and outcome == OutcomeKind.CHOOSE)):
        names = [*(f"choose:{name}" for name in catalogue.tools), *OUTCOMES]
        raise InputError(Problem(LABELS["option"], f"`{value[:60]}` cannot be chosen", nearest(value, names)))
    return {"outcome": outcome or None, "tool": tool or None, "deployment": None}


def _pinned(catalogue: Catalogue, decision: DecisionFile) -> dict[str, Any]:
    """Return the computed option as a choice: what a team accepts stays what it is when the data changes."""
    computed = found(catalogue, decision, whole=False).decision.computed
    if computed is None:
        raise InputError(Problem(LABELS["status"], "no single tool comes first, so there is nothing to accept yet", "Choose one first"))
    return computed.model_dump(include={"outcome", "tool", "deployment"})


def _checked(before: Choice, update: dict[str, Any], label: str) -> Choice:
    try:
        return Choice.model_validate({**before.model_dump(), **update})
    except ValidationError as error:
        _, fact, repair = next(explain(error, Choice))
        raise InputError(Problem(label, fact, repair)) from None


def _with_choice(state: PageState, choice: Choice) -> PageState:
    return with_decision(state, choice=None if choice == Choice() else choice)


def _take_title(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    try:
        return with_decision(state, title=DecisionFile.model_validate({**_EMPTY, "title": value}).title)
    except ValidationError as error:
        _, fact, repair = next(explain(error, DecisionFile))
        raise InputError(Problem("Title", fact, repair)) from None


_EMPTY = {"dataset_version": "2026.1.0"}


def _take_dissent(_catalogue: Catalogue, state: PageState, _options: Options, rest: str, value: str) -> PageState:
    number, _, field = rest.partition(".")
    before = state.decision.choice or Choice()
    index = _index(number, len(before.dissent) + 1)
    if field not in Dissent.model_fields:
        raise InputError(Problem("Dissent", f"unknown field `{field[:60]}`", nearest(field, Dissent.model_fields)))
    entries = [*(one.model_dump() for one in before.dissent), {}][: max(len(before.dissent), index + 1)]
    entries[index] = {**entries[index], field: value}
    return _with_choice(state, _checked(before, {"dissent": entries}, "Dissent"))


def _index(text: str, end: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else end  # noqa: PLR2004 - no list is longer
    if number >= end:
        raise InputError(Problem("Dissent", "there is no such entry", "Reload the page"))
    return number


def _add_dissent(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    before = state.decision.choice or Choice()
    return _with_choice(state, _checked(before, {"dissent": [*(one.model_dump() for one in before.dissent), {}]}, "Dissent"))


def _drop_dissent(_catalogue: Catalogue, state: PageState, _options: Options, number: str, _value: str) -> PageState:
    before = state.decision.choice or Choice()
    index = _index(number, len(before.dissent))
    return _with_choice(state, _checked(before, {"dissent": [one.model_dump() for at, one in enumerate(before.dissent) if at != index]}, "Dissent"))


def _clear(_catalogue: Catalogue, state: PageState, options: Options, _rest: str, _value: str) -> PageState:
    rejected = {key: text for key, text in state.rejected.items() if not key.startswith(VIEW.prefix(options))}
    return with_decision(state.model_copy(update={"rejected": rejected}), choice=None)


def record_markdown(catalogue: Catalogue, decision: DecisionFile, place: Place) -> str:
    """Write the record as Markdown."""
    state = PageState(decision=decision)
    return markdown_record(_text(catalogue, state, found(catalogue, decision), place))


def result_json(catalogue: Catalogue, decision: DecisionFile) -> str:
    """Write everything that follows from a decision, as JSON."""
    return found(catalogue, decision).decision.model_dump_json(indent=2) + "\n"


def _decision_file(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    return Download(filename="decision.orchkit.json", media_type="application/json", text=file_text(catalogue, state.decision))


def _json(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    return Download(filename="decision-result.json", media_type="application/json", text=result_json(catalogue, state.decision))


def _markdown(catalogue: Catalogue, state: PageState, _options: Options, place: Place) -> Download:
    return Download(filename="decision-record.md", media_type="text/markdown", text=record_markdown(catalogue, state.decision, place))


VIEW = View(
    name="decide",
    draw=draw,
    announce=announce,
    takes={
        "title": _take_title,
        "choice.": _take_choice,
        "dissent.": _take_dissent,
        "action.add-dissent": _add_dissent,
        "drop-dissent.": _drop_dissent,
        "action.clear": _clear,
    },
    exports={"json": _json, "decision": _decision_file},
    documents={"markdown": _markdown},
    take_over=take_over_afresh,
    linked=True,
    later=Later(sketch, _proceed),
)
