"""Draws cases; runs unchanged on CPython and inside Pyodide, so that their HTML can be compared byte for byte."""

import json
from typing import Any

import orchkit
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Score
from orchkit.store.particulars import load_with, withheld
from orchkit.views import VIEWS
from orchkit.views.checklist_report import report_csv, report_json, report_markdown, report_of
from orchkit.views.checklist_results import results
from orchkit.views.place import Place
from orchkit.views.state import PageState, from_json, to_fragment, to_json
from orchkit.views.view import Options, View

CATALOGUE: Catalogue = globals().get("CATALOGUE") or orchkit.load()


def with_unknowns(nulls: list[tuple[str, str]]) -> Catalogue:
    """The catalogue with some scores unknown: [[tool, criterion], …]."""
    tools = dict(CATALOGUE.tools)
    for tool, criterion in nulls:
        scores = {**tools[tool].scores, criterion: Score(value=None, why="not known in this case")}
        tools[tool] = tools[tool].model_copy(update={"scores": scores})
    return CATALOGUE.model_copy(update={"tools": tools})


def draw(case: dict[str, Any]) -> dict[str, Any]:
    """One case: the view's HTML, its announcement, its files, its state and link encoded again."""
    catalogue = with_unknowns(case["nulls"])
    view, options = VIEWS[case["view"]], case["options"]
    state = from_json(json.dumps(case["state"]), "case", catalogue)
    shown = catalogue, state, Place(base="/handbook/"), options, view.complaints(catalogue, state, options)
    return {
        "html": str(view.later.sketch(*shown)[0] if view.later and not case["whole"] else view.draw(*shown)),
        "announcement": view.announce(catalogue, state, options),
        "exports": {name: exported(view, name, catalogue, state, options) for name in (*view.exports, *view.documents)},
        "state": to_json(state),
        "fragment": to_fragment(CATALOGUE, state),
        "reports": reports(catalogue, state) if case.get("reports") else [],
    }


def reports(catalogue: Catalogue, state: PageState) -> list[str]:
    """What the first evaluation comes to among the others, as pictures and as files."""
    decision, response = state.decision, state.decision.responses[0]
    files = (made(catalogue, decision, response).text for made in (report_markdown, report_csv, report_json))
    return [str(results(catalogue, report_of(catalogue, decision, response), response, Place(base="/handbook/"))), *files]


def exported(view: View, kind: str, catalogue: Catalogue, state: PageState, options: Options) -> str:
    """The file, or what is said where none can be made."""
    try:
        return view.export(kind, catalogue, state, options, Place(base="/handbook/")).text
    except InputError as error:
        return str(error)


def replay(text: str) -> str:
    """All cases, as JSON; those of `whole` once the particulars are there, where the dataset comes without."""
    global CATALOGUE  # noqa: PLW0603 - what every case is drawn from
    given = json.loads(text)
    drawn = [draw(case) for case in given["cases"]]
    if withheld() is not None:
        CATALOGUE = load_with(given["particulars"])
    return json.dumps([*drawn, *map(draw, given["whole"])], ensure_ascii=False)
