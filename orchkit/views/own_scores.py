"""A team's own scores as pages and terminals show them, and what taking over measured ones would change."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from orchkit.assessment import score_changes
from orchkit.assessment.own_scores import value_text
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response
from orchkit.scoring import OWN
from orchkit.views.environment import render
from orchkit.views.place import Place
from orchkit.views.tables import score_span

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One own score as tables show it."""

    tool: str
    criterion: str
    tool_name: str
    criterion_name: str
    value: int
    replaced: str
    """The score that would count without it; ``?`` where that is unknown."""
    why: str


def own_lines(catalogue: Catalogue, decision: DecisionFile) -> list[OwnLine]:
    """Return a decision's own scores in the order of tools and criteria."""
    return [
        OwnLine(
            tool=tool,
            criterion=criterion,
            tool_name=record.facts.name,
            criterion_name=about.name,
            value=own.value,
            replaced=_printed(catalogue, decision.scores, tool, criterion),
            why=own.why,
        )
        for tool, record in catalogue.ranked_tools.items()
        if (row := decision.own_scores.get(tool))
        for criterion, about in catalogue.criteria.items()
        if (own := row.get(criterion))
    ]


def _printed(catalogue: Catalogue, scores: str, tool: str, criterion: str) -> str:
    """Return what stands in the set of scores that is ranked by."""
    if scores == OWN:
        score = catalogue.tools[tool].scores.get(criterion)
        value = score.value if score else None
    else:
        published = catalogue.published.get(scores.partition(":")[2])
        value = published.matrix.get(tool, {}).get(criterion) if published else None
    return UNKNOWN if value is None else str(value)


def own_line_text(line: OwnLine) -> str:
    """Write an own score as one line."""
    return f"{line.tool_name}, {line.criterion_name}: {line.value} in place of {line.replaced}. {line.why}"


def measured_scores(catalogue: Catalogue, decision: DecisionFile, response: Response, place: Place, *, button: str) -> Markup:
    """Render what the measurements of an evaluation imply, and the button that takes the scores over; nothing where they imply none.

    `button` is the name of the change that the button asks for; the page that shows it applies `take_own_scores`.
    """
    changes = score_changes(catalogue, decision, response)
    return render(
        "measured_scores.html.jinja",
        catalogue=catalogue,
        changes=changes,
        open=any(change.changes for change in changes),
        response=response,
        place=place,
        button=button,
        score_span=score_span,
        value_text=value_text,
        UNKNOWN=UNKNOWN,
    )
