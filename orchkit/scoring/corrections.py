"""Printed totals beside recomputed ones: the arithmetic of a published ranking, checked."""

from __future__ import annotations

from fractions import Fraction

from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.scoring.ranking import rank

TOLERANCE = Fraction(1, 20)
"""A printed total is wrong when it differs by more than this: no rule of rounding to one decimal explains it."""


class CorrectedLine(Record):
    """One printed total and what the printed matrix and weights give."""

    tool: str
    label: str
    """The name as printed."""
    printed_total: Exact
    printed_rank: int
    """Position by the printed totals, ties sharing the better one."""
    total: Exact
    rank: int
    tied_with: tuple[str, ...]
    difference: Exact
    """Recomputed minus printed."""
    wrong: bool
    """Whether they differ by more than 0.05."""


class CorrectedRanking(Record):
    """One printed ranking, recomputed; lines in the recomputed order."""

    published: str
    profile: str
    label: str
    lines: tuple[CorrectedLine, ...]

    @property
    def printed_winners(self) -> tuple[CorrectedLine, ...]:
        """The lines that the source put first."""
        return tuple(line for line in self.lines if line.printed_rank == 1)

    @property
    def winners(self) -> tuple[CorrectedLine, ...]:
        """The lines that are first by the source's own numbers."""
        return tuple(line for line in self.lines if line.rank == 1)


def corrected_rankings(catalogue: Catalogue, published: str) -> tuple[CorrectedRanking, ...]:
    """Recompute every printed ranking of a published set from its own matrix and weights, exactly."""
    return tuple(_corrected(catalogue, published, index) for index in range(len(catalogue.published[published].rankings)))


def _corrected(catalogue: Catalogue, published: str, index: int) -> CorrectedRanking:
    printed = catalogue.published[published].rankings[index]
    by_tool = {line.tool: line for line in printed.totals}
    recomputed = rank(catalogue, printed.profile, scores=f"published:{published}", tools=list(by_tool))
    lines = []
    for line in recomputed.ranking:
        as_printed = by_tool[line.tool]
        assert line.score is not None
        assert line.rank is not None
        difference = line.score - as_printed.total
        lines.append(
            CorrectedLine(
                tool=line.tool,
                label=as_printed.label,
                printed_total=as_printed.total,
                printed_rank=1 + sum(other.total > as_printed.total for other in printed.totals),
                total=line.score,
                rank=line.rank,
                tied_with=line.tied_with,
                difference=difference,
                wrong=abs(difference) > TOLERANCE,
            )
        )
    return CorrectedRanking(published=published, profile=printed.profile, label=printed.label, lines=tuple(lines))
