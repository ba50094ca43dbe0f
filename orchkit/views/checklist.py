"""The checklist page: fill in outcomes, notes and evidence; see score, coverage, blockers and findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup
from pydantic import ValidationError

from orchkit.assessment import Assessment, evaluate
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.explain import explain
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Answer, Outcome, Response
from orchkit.views.decided import file_text
from orchkit.views.environment import render
from orchkit.views.numbers import percent_or_interval
from orchkit.views.place import Place
from orchkit.views.state import PageState
from orchkit.views.view import Complaint, Download, Options, View, with_decision

OUTCOMES = {
    Outcome.MET: "Met",
    Outcome.PARTLY_MET: "Partly met",
    Outcome.NOT_MET: "Not met",
    Outcome.NOT_APPLICABLE: "Not applicable",
    Outcome.UNKNOWN: "Unknown",
}
"""What the page prints for each outcome."""

_HEADER = ("subject", "evaluator", "date")
_ANSWER = ("outcome", "note", "evidence")


def response_of(catalogue: Catalogue, state: PageState, options: Options) -> Response:
    """Return the response that this page fills in: the first to its checklist, or an empty one to its newest version."""
    checklist = options["checklist"]
    found = (response for response in state.decision.responses if response.checklist == checklist)
    return next(found, Response(checklist=checklist, version=catalogue.latest_version(checklist)))


def draw(catalogue: Catalogue, state: PageState, place: Place, options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the whole page: header, result, items by section, findings."""
    response = response_of(catalogue, state, options)
    assessment = evaluate(catalogue, response)
    return render(
        "checklist.html.jinja",
        catalogue=catalogue,
        checklist=catalogue.checklists[response.checklist][response.version],
        response=response,
        assessment=assessment,
        tallies={tally.section: tally for tally in assessment.sections},
        claims={item.id: item.claim for item in catalogue.checklists[response.checklist][response.version].items},
        outcomes=OUTCOMES,
        nothing=Answer(),
        complaints=complaints,
        asking=state.asking,
        score=score_text(assessment),
        place=place,
        tools=[tool.facts.name for tool in catalogue.ranked_tools.values()],
    )


def score_text(assessment: Assessment) -> str:
    """Write the score: ``62 %``, or ``40–75 %`` while items are unknown."""
    return percent_or_interval(assessment.total.score_percent, assessment.total.score_percent_range)


def announce(catalogue: Catalogue, state: PageState, options: Options) -> str:
    """Say score and coverage."""
    assessment = evaluate(catalogue, response_of(catalogue, state, options))
    return f"{assessment.total.answered} of {assessment.total.items} answered, score {score_text(assessment)}, blockers: {len(assessment.blockers)}."


def _take_header(catalogue: Catalogue, state: PageState, options: Options, field: str, value: str) -> PageState:
    if field not in _HEADER:
        raise InputError(Problem("header", f"unknown field `{field}`", nearest(field, _HEADER)))
    response = response_of(catalogue, state, options)
    given: Any = date_or_problem(value) if field == "date" else value
    return _with_response(state, options, _revalidated(response, {field: given}))


def date_or_problem(value: str) -> date | None:
    """Read the text of a date field; empty is no date."""
    try:
        return date.fromisoformat(value) if value.strip() else None
    except ValueError:
        raise InputError(Problem("Date", f"`{value[:20]}` is not a day", "Write it as 2026-11-21")) from None


def _take_answer(catalogue: Catalogue, state: PageState, options: Options, rest: str, value: str) -> PageState:
    item, _, field = rest.rpartition(".")
    response = response_of(catalogue, state, options)
    known = [known.id for known in catalogue.checklists[response.checklist][response.version].items]
    if item not in known or field not in _ANSWER:
        raise InputError(Problem(rest[:80], "is no item of this checklist", nearest(item, known)))
    answer = response.answers.get(item, Answer())
    given = None if field == "evidence" and not value.strip() else value.strip() if field == "evidence" else value
    changed = _revalidated(answer, {field: given})
    answers = {**response.answers, item: changed}
    if changed == Answer():
        del answers[item]
    ordered = {name: answers[name] for name in known if name in answers}
    return _with_response(state, options, response.model_copy(update={"answers": ordered}))


def _revalidated(record: Any, update: dict[str, Any]) -> Any:
    """Return the record with fields replaced and checked again. Raises `InputError` naming the field."""
    try:
        return type(record).model_validate({**record.model_dump(), **update})
    except ValidationError as error:
        path, fact, repair = next(explain(error, type(record)))
        if path and path[-1] == "evidence":
            fact, repair = "is not a web address", "Write it with http:// or https://, without spaces, or put it into the note"
        raise InputError(Problem(str(path[-1] if path else "field").capitalize(), fact, repair)) from None


def _with_response(state: PageState, options: Options, response: Response) -> PageState:
    """Put the response in place of the first one to its checklist, or at the end."""
    responses = list(state.decision.responses)
    index = next((index for index, other in enumerate(responses) if other.checklist == options["checklist"]), len(responses))
    responses[index : index + 1] = [response]
    return with_decision(state, responses=tuple(responses))


def _ask_clear(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    return state.model_copy(update={"asking": "clear"})


def _keep(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    return state.model_copy(update={"asking": None})


def _clear(_catalogue: Catalogue, state: PageState, options: Options, _rest: str, _value: str) -> PageState:
    kept = [response for response in state.decision.responses if response.checklist != options["checklist"]]
    rejected = {key: text for key, text in state.rejected.items() if not key.startswith(VIEW.prefix(options))}
    return with_decision(state.model_copy(update={"rejected": rejected}), responses=tuple(kept))


def _decision_file(catalogue: Catalogue, state: PageState, options: Options) -> Download:
    """Write the whole decision file, with what it comes to today."""
    response = response_of(catalogue, state, options)
    responses = state.decision.responses if response in state.decision.responses else (*state.decision.responses, response)
    decision = state.decision.model_copy(update={"responses": responses})
    text = file_text(catalogue, decision, {"assessments": [evaluate(catalogue, one).model_dump(mode="json") for one in responses]})
    return Download(filename=f"{response.checklist}.orchkit.json", media_type="application/json", text=text)


def take_over(_catalogue: Catalogue, state: PageState, options: Options, decision: DecisionFile, place: str) -> PageState:
    """Put an imported decision in place of the reader's, or, where it holds answers alone, only the answers."""
    if not any(response.checklist == options["checklist"] for response in decision.responses):
        fact = f"has no answers to the checklist `{options['checklist']}`"
        raise InputError(Problem(place, fact, "Choose a file that was exported from this page"))
    if decision.weights or decision.profile or decision.own_scores or decision.shortlist or decision.choice:
        return state.model_copy(update={"decision": decision, "rejected": {}, "asking": None})
    brought = {response.checklist for response in decision.responses}
    kept = (response for response in state.decision.responses if response.checklist not in brought)
    return with_decision(state.model_copy(update={"rejected": {}}), responses=(*kept, *decision.responses))


VIEW = View(
    name="checklist",
    draw=draw,
    announce=announce,
    takes={
        "response.": _take_header,
        "answer.": _take_answer,
        "action.ask-clear": _ask_clear,
        "action.keep": _keep,
        "action.clear": _clear,
    },
    exports={"decision": _decision_file},
    take_over=take_over,
    required=("checklist",),
)
