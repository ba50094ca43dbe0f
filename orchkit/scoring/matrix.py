"""The decision matrix: for each tool and criterion the lowest and highest score that the knowledge allows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.criteria import HIGHEST, LOWEST

OWN = "catalogue"
"""Name of the scores that stand on the tools themselves."""
_PUBLISHED = "published:"

OwnScores = Mapping[str, Mapping[str, int]]
"""A team's own scores by tool and criterion."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of exact numbers; one point where the value is known."""

    low: Fraction
    high: Fraction

    @property
    def known(self) -> bool:
        """Whether the interval is one point."""
        return self.low == self.high


UNKNOWN = Interval(Fraction(LOWEST), Fraction(HIGHEST))

_POINTS = {value: Interval(Fraction(value), Fraction(value)) for value in range(LOWEST, HIGHEST + 1)}


@dataclass(frozen=True, slots=True)
class Matrix:
    """Scores by tool and criterion, each an interval on the 1-5 scale. Every tool has every criterion."""

    criteria: tuple[str, ...]
    cells: dict[str, dict[str, Interval]]


def scores_available(catalogue: Catalogue) -> list[str]:
    """Name the sets of scores that can be ranked by: the catalogue's own and each published one."""
    return [OWN, *(_PUBLISHED + name for name in catalogue.published)]


def decision_matrix(catalogue: Catalogue, scores: str = OWN, own_scores: OwnScores = MappingProxyType({})) -> Matrix:
    """Build the matrix from the catalogue's own scores or from ``published:ID``, a team's own scores laid over it.

    A cell that is null or absent is the interval 1-5. `own_scores` maps tool to criterion to a whole number, 1 to 5.
    Raises `InputError` where the set of scores, a tool or a criterion does not exist or a value is off the scale.
    """
    if scores == OWN:
        printed = {name: {key: score.value for key, score in tool.scores.items()} for name, tool in catalogue.ranked_tools.items()}
    elif scores.removeprefix(_PUBLISHED) in catalogue.published and scores.startswith(_PUBLISHED):
        printed = {name: dict(row) for name, row in catalogue.published[scores.removeprefix(_PUBLISHED)].matrix.items()}
    else:
        raise InputError(Problem("scores", f"unknown set of scores `{scores}`", nearest(scores, scores_available(catalogue))))
    criteria = tuple(catalogue.criteria)
    if problems := list(_own_problems(own_scores, printed, criteria)):
        raise InputError(problems)
    for name, row in own_scores.items():
        printed[name] |= row
    return Matrix(criteria, {name: {key: _interval(row.get(key)) for key in criteria} for name, row in printed.items()})


def restricted(matrix: Matrix, tools: Collection[str]) -> Matrix:
    """Keep the rows of some tools, or all when none is named. Raises `InputError` for a tool that has no row."""
    if isinstance(tools, str):
        raise InputError(Problem("tools", f"`{tools}` is one name, and a list of names is wanted", f"Write [{tools!r}]"))
    problems = [Problem("tool", f"unknown tool `{name}`", nearest(name, matrix.cells)) for name in tools if name not in matrix.cells]
    if problems:
        raise InputError(problems)
    return Matrix(matrix.criteria, {name: matrix.cells[name] for name in dict.fromkeys(tools) or matrix.cells})


def _own_problems(own_scores: OwnScores, tools: Collection[str], criteria: Collection[str]) -> Iterator[Problem]:
    for tool, row in own_scores.items():
        if tool not in tools:
            yield Problem("own scores", f"unknown tool `{tool}`", nearest(tool, tools))
        for criterion, value in row.items():
            if criterion not in criteria:
                yield Problem(f"own scores: {tool}", f"unknown criterion `{criterion}`", nearest(criterion, criteria))
            if isinstance(value, bool) or value not in range(LOWEST, HIGHEST + 1):
                yield Problem(f"own scores: {tool}.{criterion}", f"`{value}` is off the scale", f"Write a whole number from {LOWEST} to {HIGHEST}")


def _interval(value: int | None) -> Interval:
    return UNKNOWN if value is None else _POINTS[value]
