"""What differs between two datasets: single scores, a tool's place in two rankings, a deployment's cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from orchkit.costs import estimate_cost
from orchkit.errors import InputError
from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.workload import CostEdits, Workload
from orchkit.scoring import Interval, Matrix, RankedTool, Ranking


class ScoreChange(Record):
    """One score that is another now."""

    tool: str
    criterion: str
    old: int | None
    """1 to 5; null where it was unknown, or where the older dataset does not ask."""
    new: int | None
    """1 to 5; null where it is unknown, or where the newer dataset does not ask."""


class Place(Record):
    """A tool's place in a ranking."""

    rank: int | None
    """Position, ties sharing the better one; null when unknown values leave it open."""
    rank_range: tuple[int, int] | None = None
    tied_with: tuple[str, ...] = ()
    score: Exact | None
    """On the 1-5 scale, unrounded; null when a value with weight is unknown."""
    score_range: tuple[Exact, Exact] | None = None

    @property
    def best(self) -> int:
        """The best position that it may have."""
        if self.rank is not None:
            return self.rank
        assert self.rank_range is not None
        return self.rank_range[0]


class Move(Record):
    """One tool in two rankings."""

    tool: str
    old: Place | None
    """Null where the older ranking does not have it."""
    new: Place | None
    """Null where the newer ranking does not have it."""


class Year(Record):
    """A deployment's yearly cost for one workload."""

    per_year: tuple[Exact, Exact]
    left_out: tuple[str, ...]
    """Lines whose amount is unknown."""


class CostEffect(Record):
    """What becomes of one deployment's yearly cost."""

    deployment: str
    old: Year | None
    new: Year | None


def score_changes(old: Matrix, new: Matrix) -> Iterator[ScoreChange]:
    """Yield every score that differs among the tools and criteria that both have."""
    for tool, row in old.cells.items():
        for criterion, cell in row.items() if tool in new.cells else ():
            now = new.cells[tool].get(criterion)
            if now is not None and now != cell:
                yield ScoreChange(tool=tool, criterion=criterion, old=_value(cell), new=_value(now))


def moves(old: Ranking | None, new: Ranking | None) -> tuple[Move, ...]:
    """Return every tool with its place in both rankings, in the order of the newer one."""
    before, now = places(old), places(new)
    return tuple(Move(tool=tool, old=before.get(tool), new=now.get(tool)) for tool in dict.fromkeys([*now, *before]))


def places(ranking: Ranking | None) -> dict[str, Place]:
    """Return each tool's place, in order."""
    return {line.tool: _place(line) for line in ranking.ranking} if ranking else {}


def first_of(found: Iterable[tuple[str, Place]]) -> tuple[str, ...]:
    """Return the tools that are first, or may be, by id."""
    return tuple(sorted(tool for tool, place in found if place.best == 1))


def _place(line: RankedTool) -> Place:
    return Place(rank=line.rank, rank_range=line.rank_range, tied_with=line.tied_with, score=line.score, score_range=line.score_range)


def _value(cell: Interval) -> int | None:
    return int(cell.low) if cell.known else None


def cost_effects(old: Catalogue, new: Catalogue, workload: Workload | None, edits: CostEdits = MappingProxyType({})) -> tuple[CostEffect, ...]:
    """Return the deployments whose yearly cost differs, each dataset pricing the same workload."""
    before, now = _years(old, workload, edits), _years(new, workload, edits)
    effects = (CostEffect(deployment=name, old=before.get(name), new=now.get(name)) for name in dict.fromkeys([*now, *before]))
    return tuple(effect for effect in effects if effect.old != effect.new)


def _years(catalogue: Catalogue, workload: Workload | None, edits: CostEdits) -> dict[str, Year]:
    """Price every deployment; none where the dataset prices nothing or the workload cannot be priced."""
    if not catalogue.costs.deployments:
        return {}
    known = catalogue.costs.deployments
    own = {name: {line: edit for line, edit in lines.items() if line in known[name].lines} for name, lines in edits.items() if name in known}
    try:
        found = estimate_cost(catalogue, workload, edits=own)
    except InputError:
        return {}
    return {cost.deployment: Year(per_year=cost.per_year, left_out=cost.left_out) for cost in found.deployments}
