"""The checklist page: fill in evaluations item by item; see score, coverage, blockers and findings; take them away and bring them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from orchkit.assessment import evaluate, score_changes, take_own_scores
from orchkit.assessment.evaluate import Ends, outcome_of
from orchkit.assessment.merge import Taken
from orchkit.assessment.upgrade import Change as ItemChange
from orchkit.errors import InputError
from orchkit.model.base import Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Outcome, Response
from orchkit.views import item_order, sharing, taking_over, upgrading
from orchkit.views.answering import subject_name, take_answer, take_header
from orchkit.views.checklist_report import report_csv, report_json, report_markdown, report_of
from orchkit.views.checklist_results import print_header, results
from orchkit.views.checklist_text import score_text
from orchkit.views.decided import file_text
from orchkit.views.environment import render
from orchkit.views.evaluations import called, empty, evaluations, response_of, shown, twins, with_response, with_tab, without
from orchkit.views.history import remember, repeat, take_redo, take_undo
from orchkit.views.item_article import OUTCOMES, Shown, articles
from orchkit.views.numbers import fixed
from orchkit.views.own_scores import measured_scores
from orchkit.views.place import Place
from orchkit.views.state import PageState
from orchkit.views.view import Complaint, Download, Options, View, with_decision

TAKEN = {
    Taken.KEPT: "yours is newer and stays",
    Taken.ADDED: "added",
    Taken.NEWER: "the file's is newer and is taken over",
    Taken.SIDE_BY_SIDE: "same outcome, both texts are kept",
    Taken.CONTESTED: "neither is newer: unknown until you settle it",
}
"""What a preview prints for what becomes of an item."""

CHANGES = {
    ItemChange.KEPT: "the same",
    ItemChange.CHANGED: "changed",
    ItemChange.MOVED: "moved or put together",
    ItemChange.NEW: "new",
    ItemChange.RETIRED: "retired",
}
"""What an upgrade's report prints for what becomes of an item."""


class Line(NamedTuple):
    """One evaluation in the switcher."""

    handle: str
    label: str


def draw(catalogue: Catalogue, state: PageState, place: Place, options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the whole page: evaluations, header, result, filter, items, findings."""
    response = response_of(catalogue, state, options)
    report = report_of(catalogue, _together(state), response)
    assessment = report.assessment
    checklist = catalogue.checklists[response.checklist][response.version]
    own = evaluations(state, options)
    about = "/".join(filter(None, (response.tool, response.deployment)))
    about_text = subject_name(catalogue, response.tool, response.deployment)
    upgrade = upgrading.offered_upgrade(catalogue, response) if state.visited is None else None
    grouped = item_order.groups(checklist, response, assessment, state.tab)
    return render(
        "checklist.html.jinja",
        catalogue=catalogue,
        checklist=checklist,
        response=response,
        handle=response.id,
        fixed_in=state.visited is not None,
        assessment=assessment,
        groups=grouped,
        articles=articles(Shown(catalogue, response, assessment, grouped, fixed_in=state.visited is not None, place=place), complaints),
        outcomes=OUTCOMES,
        look=state.tab,
        looks={"state": item_order.STATES, "order": item_order.ORDERS},
        owners=item_order.owners(response),
        nobody=item_order.NOBODY,
        named=item_order.NAMED,
        lines=[_line(catalogue, one) for one in own],
        twin=next(twins(state, response), None) if state.visited is None and (response.subject or response.answers) else None,
        subjects=_subjects(Same(catalogue), about, about_text),
        about=about,
        about_text=about_text,
        gap=_gap(report.gap_percent),
        complaints=complaints,
        asking=state.asking,
        score=score_text(assessment.total),
        place=place,
        offered=_offered(catalogue, state),
        taken=TAKEN,
        upgrade=upgrade,
        upgrade_claims=upgrading.claims(catalogue, upgrade) if upgrade else {},
        changes=CHANGES,
        measured_scores="" if state.visited else _measured(catalogue, state, response, place),
        print_header=print_header(catalogue, report, response),
        results=results(catalogue, report, response, place),
    )


def _measured(catalogue: Catalogue, state: PageState, response: Response, place: Place) -> Markup:
    """Render what the measurements of an evaluation imply for the ranking."""
    return measured_scores(catalogue, state.decision, response, place, button=f"{response.id}.action.take-scores")


def _together(state: PageState) -> DecisionFile:
    """Return the decision whose evaluations stand beside the one that is shown: none, where it came with a link."""
    return state.decision if state.visited is None else state.decision.model_copy(update={"responses": ()})


def _gap(points: Ends | None) -> str | None:
    """Say how far the lower end of the score is from the target; null without a target, or where nothing applies."""
    if points is None:
        return None
    return f"{fixed(points[1], 1).removesuffix('.0')} points to go" if points[1] else "reached"


def _line(catalogue: Catalogue, response: Response) -> Line:
    """Name an evaluation in the switcher: subject, evaluator, day, version, coverage."""
    items = sum(1 for _ in catalogue.checklists[response.checklist][response.version].items)
    answered = sum(outcome_of(answer) is not Outcome.UNKNOWN for answer in response.answers.values())
    parts = (
        response.subject or "No subject yet",
        response.evaluator,
        response.date,
        f"version {response.version}",
        f"{answered} of {items} answered",
    )
    return Line(response.id, " · ".join(str(part) for part in parts if part))


@lru_cache(maxsize=8)
def _subjects(catalogue: Same[Catalogue], about: str, about_text: str) -> Markup:
    """Draw what can be chosen as the subject: every tool with its deployments, and what was chosen on another dataset."""
    subjects = [
        (name, tool.facts.name, [(f"{name}/{one}", deployment.name) for one, deployment in tool.deployments.items()])
        for name, tool in catalogue.value.ranked_tools.items()
    ]
    return render("checklist_subjects.html.jinja", subjects=subjects, about=about, about_text=about_text)


def _offered(catalogue: Catalogue, state: PageState) -> list[taking_over.Arrival]:
    """Return what an imported file would change, as things stand now."""
    try:
        return taking_over.arrivals(catalogue, state, taking_over.offered(state))
    except InputError:  # it could be brought together when it came; what is here has changed since
        return []


def announce(catalogue: Catalogue, state: PageState, options: Options) -> str:
    """Say what the last change did, or score and coverage."""
    if state.tab.said:
        return state.tab.said
    found = evaluate(catalogue, response_of(catalogue, state, options))
    return f"{found.total.answered} of {found.total.items} answered, score {score_text(found.total)}, blockers: {len(found.blockers)}."


# --- what can be done with an evaluation ------------------------------------------------------------------------------


def _act(catalogue: Catalogue, state: PageState, options: Options, rest: str, value: str) -> PageState:
    """Do something with the evaluation that the button names first."""
    handle, _, action = rest.partition(".")
    known = {"copy": _copy, "clear": _clear, "remove": _remove, "upgrade": upgrading.take_upgrade, "take-scores": _take_scores}
    if action not in known:
        return state.model_copy(update={"asking": None})
    return known[action](catalogue, state, options, handle, value)


def _add(catalogue: Catalogue, state: PageState, options: Options, _rest: str, value: str) -> PageState:
    """Begin another evaluation under a fresh handle, dated the reader's day."""
    handle, _, day = value.partition(" ")
    response = called(catalogue, state, options, handle)
    if not evaluations(state, options):  # the page shows an empty one, which is not in the file yet
        state = with_response(state, empty(catalogue, options, "first"))
    state = take_header(catalogue, with_response(state, response), options, f"{handle}.date", day)
    return with_tab(shown(state, handle), said="A new evaluation, empty. The others are kept: choose them above.")


def _copy(catalogue: Catalogue, state: PageState, options: Options, handle: str, value: str) -> PageState:
    """Go on with a copy under a fresh handle, dated the reader's day: the old one stays as a state to compare with."""
    fresh, _, day = value.partition(" ")
    old = called(catalogue, state, options, handle)
    if old not in state.decision.responses:
        return state
    called(catalogue, state, options, fresh)  # raises where it can be no handle
    state = take_header(catalogue, with_response(state, old.model_copy(update={"id": fresh})), options, f"{fresh}.date", day)
    said = "This is a copy to go on with. The state it was copied from is kept: choose it above."
    return with_tab(shown(state, fresh), said=said)


def _clear(catalogue: Catalogue, state: PageState, options: Options, handle: str, _value: str) -> PageState:
    """Forget the answers of one evaluation; its header stays."""
    response = called(catalogue, state, options, handle)
    return _without_rejected(with_response(state, response.model_copy(update={"answers": {}, "retired": {}})), options, handle)


def _remove(_catalogue: Catalogue, state: PageState, options: Options, handle: str, _value: str) -> PageState:
    return _without_rejected(shown(without(state, options["checklist"], handle), None), options, handle)


def _take_scores(catalogue: Catalogue, state: PageState, options: Options, handle: str, _value: str) -> PageState:
    """Use what the measurements of an evaluation imply as own scores of the tool; nothing where another tab took the values out."""
    response = called(catalogue, state, options, handle)
    if not score_changes(catalogue, state.decision, response):
        return state
    taken = take_own_scores(catalogue, state.decision, response)
    said = "They are your own scores now. The scores page lists them, and each can be removed there."
    return with_tab(with_decision(state, own_scores=taken.own_scores), said=said)


def _without_rejected(state: PageState, options: Options, handle: str) -> PageState:
    start = f"{VIEW.prefix(options)}{handle}."
    return state.model_copy(update={"rejected": {key: text for key, text in state.rejected.items() if not key.startswith(start)}})


def _ask(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    return state.model_copy(update={"asking": value if value in ("clear", "remove") else None})


def _show(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    return shown(state, value[:80])


# --- files ------------------------------------------------------------------------------------------------------------


def _decision_file(catalogue: Catalogue, state: PageState, options: Options) -> Download:
    """Write the whole decision file, with what it comes to today."""
    response = response_of(catalogue, state, options)
    responses = state.decision.responses if evaluations(state, options) else (*state.decision.responses, response)
    decision = state.decision.model_copy(update={"responses": responses})
    text = file_text(catalogue, decision, {"assessments": [evaluate(catalogue, one).model_dump(mode="json") for one in responses]})
    return Download(filename=f"{response.checklist}.orchkit.json", media_type="application/json", text=text)


def _report(write: Callable[[Catalogue, DecisionFile, Response], Download]) -> Callable[[Catalogue, PageState, Options], Download]:
    """Write a report on the evaluation that is shown."""
    return lambda catalogue, state, options: write(catalogue, _together(state), response_of(catalogue, state, options))


VIEW = View(
    name="checklist",
    draw=draw,
    announce=announce,
    takes={
        "*.header.": take_header,
        "*.answer.": take_answer,
        "*.action.": _act,
        "add": _add,
        "show": _show,
        "ask": _ask,
        "look.": item_order.take_look,
        "look-at-all": item_order.show_all,
        "undo": take_undo,
        "redo": take_redo,
        "offer.accept": taking_over.accept,
        "offer.decline": taking_over.decline,
        "link.keep": taking_over.keep_linked,
        "link.leave": taking_over.leave_link,
    },
    exports={"decision": _decision_file, "markdown": _report(report_markdown), "csv": _report(report_csv), "json": _report(report_json)},
    take_over=taking_over.take_over,
    required=("checklist",),
    documents={"link": sharing.link},
    visit=sharing.visit,
    remember=remember,
    repeat=repeat,
)
