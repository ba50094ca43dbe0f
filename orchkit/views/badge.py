"""A gated evaluation as a badge: an SVG for a README, with its text for those who do not see it.

It brings its own ground, so it reads the same on light and on dark pages, and it says in words what its colour says.
"""

from __future__ import annotations

from fractions import Fraction

from orchkit.assessment import Gate
from orchkit.errors import one_line
from orchkit.model.catalogue import Catalogue
from orchkit.views.checklist_text import title_of
from orchkit.views.environment import render

_SIGN = 7
"""Width of a sign; the text is set to what it adds up to, whatever the font."""
_PAD = 8


def badge(catalogue: Catalogue, gate: Gate) -> str:
    """Draw the badge of one evaluation: checklist and version, the score or its interval, whether the gate was passed."""
    title = title_of(catalogue, gate.checklist, gate.version)
    result = f"{known_score(gate)}, {'passed' if gate.passed else 'failed'}"
    about = f"{title}{f', {one_line(gate.subject)}' if gate.subject else ''}: {result}"
    widths = [len(text) * _SIGN for text in (title, result)]
    return str(render("badge.svg.jinja", title=title, result=result, about=about, passed=gate.passed, widths=widths, pad=_PAD))


def known_score(gate: Gate) -> str:
    """Write the score of a gate in whole per cent, rounded down: 79.6 is not the 80 that was asked for."""
    if gate.score_percent is not None:
        return f"{_down(gate.score_percent)} %"
    if gate.score_percent_range is None:
        return "nothing applies"
    low, high = gate.score_percent_range
    return f"{_down(low)}–{_down(high)} %"


def _down(percent: Fraction) -> int:
    return percent.numerator // percent.denominator
