"""The part of the scores page below the ranking: how firm first place is, with the interval chart and the acceptability chart."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import Ranking, Sensitivity, Standing, WeightInterval
from orchkit.scoring.sensitivity import sensitivity_of
from orchkit.scoring.whole import Cells
from orchkit.views.acceptability import KEPT, counting
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


class Firmness:
    """How firm the first place of one ranking is, once somebody has worked it out. A ranking is shown before that."""

    def __init__(self) -> None:
        self.found: Sensitivity | None = None

    def proceed(self, ranking: Ranking, cells: Cells) -> None:
        """Work it out, unless that was done; else count one slice more of the acceptabilities."""
        if self.found is None:
            self.found = sensitivity_of(ranking, cells, None)
        else:
            counting(cells).proceed()

    def done(self, cells: Cells) -> bool:
        """Whether nothing is left to do."""
        return self.found is not None and counting(cells).done

    def finish(self, ranking: Ranking, cells: Cells) -> None:
        """Do all that is left."""
        while not self.done(cells):
            self.proceed(ranking, cells)


def firmness(ranking: Ranking, cells: Cells) -> Firmness:
    """Return how firm first place is, as far as it was worked out before, or begun."""
    return _firmness(cells, ranking.profile, ranking.scores, tuple(ranking.weights.values()))


@lru_cache(maxsize=KEPT)
def _firmness(*_key: object) -> Firmness:
    return Firmness()


def sensitivity_part(catalogue: Catalogue, ranking: Ranking, cells: Cells) -> Markup:
    """Render how firm first place is, with as much of the acceptabilities as has been counted.

    Before it is worked out: an empty part that is busy, for which a page goes on showing what stands there.
    """
    found = firmness(ranking, cells).found
    if found is None:
        return render("sensitivity.html.jinja", found=None)
    return render(
        "sensitivity.html.jinja",
        catalogue=catalogue,
        found=found,
        alone=found.standing is Standing.ALONE,
        standing=standing_text(catalogue, found),
        sentences=firmness_sentences(catalogue, found),
        flips=[flip_text(catalogue, found, flip) for flip in found.score_flips],
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
