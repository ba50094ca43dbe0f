"""The part of the scores page below the ranking: how firm first place is, with the interval chart and the acceptability chart."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import Ranking, Sensitivity, Standing, WeightInterval
from orchkit.scoring.sensitivity import sensitivity_of
from orchkit.scoring.whole import Cells
from orchkit.views.acceptability import counting
from orchkit.views.environment import render
from orchkit.views.firmness import beyond_text, firmness_sentences, flip_text, holds_text, standing_text

WIDTH = 500
"""Units across an interval's drawing: 5 for each point of weight."""

MARK = Fraction(5)
"""Width of the mark at the weight as it is."""


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """One criterion's weight interval as the template draws it."""

    interval: WeightInterval
    name: str
    series: int
    holds: str
    beyond: str
    x: Fraction
    width: Fraction
    mark: Fraction


def sensitivity_part(catalogue: Catalogue, ranking: Ranking, cells: Cells) -> Markup:
    """Render how firm first place is, with as much of the acceptabilities as has been counted."""
    found = sensitivity_of(ranking, cells, None)
    return render(
        "sensitivity.html.jinja",
        catalogue=catalogue,
        found=found,
        alone=found.standing is Standing.ALONE,
        standing=standing_text(catalogue, found),
        sentences=firmness_sentences(catalogue, found),
        flips=[flip_text(catalogue, flip) for flip in found.score_flips],
        bars=_bars(catalogue, found),
        whole=[catalogue.criteria[name].name for name, weight in found.weights.items() if weight == 1],
        acceptability=counting(cells).drawn(catalogue),
        width=WIDTH,
        mark=MARK,
    )


def _bars(catalogue: Catalogue, found: Sensitivity) -> list[IntervalBar]:
    series = {name: index for index, name in enumerate(catalogue.criteria, 1)}
    return [
        IntervalBar(
            interval=one,
            name=catalogue.criteria[one.criterion].name,
            series=series[one.criterion],
            holds=holds_text(one),
            beyond=beyond_text(catalogue, one),
            x=WIDTH * one.low,
            width=WIDTH * (one.high - one.low),
            mark=(WIDTH - MARK) * one.weight,
        )
        for one in found.intervals
    ]
