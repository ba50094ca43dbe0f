"""Dominance: which tools are at least as good as another on every criterion, whatever the weights.

A tool dominates another where it is nowhere worse and somewhere better; the tools that nobody dominates are the Pareto
set, or the efficient ones (Hwang & Yoon 1981, "Multiple Attribute Decision Making", ch. 3). With unknown scores, which
vary independently, a dominance is sure when it holds for all their values and possible when it holds for some.
"""

from __future__ import annotations

from operator import ge

from orchkit.model.base import Record
from orchkit.scoring.whole import Cells, Row


class Dominance(Record):
    """Who dominates whom. No weights enter, so this holds for every team."""

    surely: dict[str, tuple[str, ...]]
    """Dominated tool → the tools that dominate it whatever the unknown scores are; tools without one left out."""
    possibly: dict[str, tuple[str, ...]]
    """Tool → the tools that dominate it for some values of the unknown scores, the sure ones among them."""
    pareto: tuple[str, ...]
    """Tools that nobody dominates, whatever the unknown scores are."""
    possibly_pareto: tuple[str, ...]
    """Tools that nobody dominates for some values of the unknown scores, the sure ones among them."""


def dominance(cells: Cells) -> Dominance:
    """Return who dominates whom, tools in the order of their ids."""
    tools = sorted(zip(cells.tools, cells.low, cells.high, strict=True))
    surely = {name: tuple(other for other, low, _ in tools if other != name and _dominates(low, high)) for name, _, high in tools}
    possibly = surely
    if not cells.known:
        possibly = {name: tuple(other for other, _, high in tools if other != name and _dominates(high, low)) for name, low, _ in tools}
    return Dominance(
        surely={name: others for name, others in surely.items() if others},
        possibly={name: others for name, others in possibly.items() if others},
        pareto=tuple(name for name, others in possibly.items() if not others),
        possibly_pareto=tuple(name for name, others in surely.items() if not others),
    )


def _dominates(row: Row, other: Row) -> bool:
    return row != other and all(map(ge, row, other))
