"""Rank acceptability: the share of all weights under which a tool takes a rank, for teams that know no weights or cannot agree.

Method: SMAA-2 (Lahdelma & Salminen 2001, "SMAA-2: Stochastic multicriteria acceptability analysis for group decision making",
Operations Research 49:444-454) without any preference information: weights are drawn uniformly from all those that sum
to 1. A tool's central weights are the mean of those that put it first: what a typical team that is served by it cares
about. Unknown scores get no distribution, which would be a claim; they leave a share open instead.

Weights are whole numbers, the gaps between sorted random whole numbers, so each sum is exact and every machine counts the
same. A tool's sums are those of all tools at once: scores are packed side by side into one large number a criterion, and
multiplying that by the weight multiplies them all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate, islice
from math import sqrt
from operator import mul, sub
from random import Random
from struct import Struct

from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record
from orchkit.scoring.matrix import Matrix
from orchkit.scoring.whole import Cells, Row, whole_cells

SAMPLES = 10_000
"""Weights drawn unless told otherwise: the standard error of a share is then 0.005 at most."""

MOST_SAMPLES = 1_000_000

_LANE = {1: ("I", 30)}
"""Format of a packed sum and the bits that it uses, where scores are whole points: numbers so small sort fastest."""

_WIDE_LANE = ("Q", 62)


class ToolAcceptability(Record):
    """How often one tool takes which rank. Ties share the better rank, as in a ranking."""

    tool: str
    ranks: tuple[Exact, ...]
    """Share of weights under which it takes rank 1, 2, … whatever the unknown scores are."""
    possible: tuple[Exact, ...]
    """Share of weights under which it takes rank 1, 2, … for some values of the unknown scores; `ranks` where all is known."""
    central_weights: dict[str, Exact] | None
    """Mean of the weights that put it first whatever the unknown scores are; null where no drawn weights do."""

    @property
    def open(self) -> Fraction:
        """Share of weights under which its rank depends on unknown scores."""
        return Fraction(0) if self.possible == self.ranks else 1 - sum(filter(None, self.ranks), Fraction(0))

    def after(self, rank: int) -> Fraction:
        """Return the share of weights under which it surely takes a rank later than `rank`."""
        return 1 - self.open - sum(self.ranks[:rank], Fraction(0))


class Acceptability(Record):
    """Rank acceptabilities of every tool, those that are first most often in front."""

    samples: int
    """Weights drawn."""
    seed: int
    standard_error: float
    """Of a share of one half, from drawing so many weights and no more; that of any other share is smaller."""
    tools: tuple[ToolAcceptability, ...]

    def of(self, tool: str) -> ToolAcceptability:
        """Return one tool's line."""
        return next(line for line in self.tools if line.tool == tool)


def acceptability(matrix: Matrix, *, samples: int = SAMPLES, seed: int = 0) -> Acceptability:
    """Draw `samples` weights, 1 to 1,000,000, and count every tool's ranks.

    The same matrix, samples and seed give the same counts on every Python. Raises `InputError` for a number of samples
    that cannot be drawn.
    """
    count = Count(whole_cells(matrix), samples=samples, seed=seed)
    count.proceed(samples)
    return count.result()


def _weights(criteria: int, bits: int, seed: int) -> Iterator[list[int]]:
    """Yield weights that sum to 2 to the power of `bits`, uniformly distributed: the gaps that random cuts leave.

    `getrandbits` of one seed is the same on every Python; a logarithm, for exponential variates, is not.
    """
    draw, ends = Random(seed).getrandbits, (0, 1 << bits)  # noqa: S311 - nothing is kept secret by it
    widths = [bits] * (criteria - 1)
    while True:
        cuts = sorted((*ends, *map(draw, widths)))
        yield list(map(sub, cuts[1:], cuts))


class Count:
    """How often which tool had which range of ranks, and the weights that put it first: counted as far as somebody asks for.

    Raises `InputError` for a number of samples that cannot be drawn.
    """

    def __init__(self, cells: Cells, *, samples: int = SAMPLES, seed: int = 0) -> None:
        if not 0 < samples <= MOST_SAMPLES:
            raise InputError(Problem("samples", f"{samples:,} weights cannot be drawn", f"Write a whole number from 1 to {MOST_SAMPLES:,}"))
        self.samples = samples
        self.drawn = 0
        """Weights counted by now."""
        self._cells = cells
        self._seed = seed
        lane, bits = _LANE.get(cells.point, _WIDE_LANE)
        self._weights = _weights(len(cells.criteria), bits - max(map(max, cells.high)).bit_length(), seed)
        self._lanes = Struct(f"<{len(cells.tools)}{lane}")
        self._packed_low = self._packed(cells.low)
        self._packed_high = self._packed(cells.high)
        self._ranges: Counter[tuple[int, int, int]] = Counter()
        self._favouring = [[0] * len(cells.criteria) for _ in cells.tools]

    def proceed(self, size: int) -> None:
        """Rank the tools by `size` weights more, or by those that are left."""
        drawn = list(islice(self._weights, min(size, self.samples - self.drawn)))
        favouring: defaultdict[int, list[list[int]]] = defaultdict(list)
        rest = self._count_plain(drawn, favouring) if self._cells.known else drawn
        for weights in rest:
            for tool, best, worst in self._rank_ranges(self._sums(weights, self._packed_low), self._sums(weights, self._packed_high)):
                self._ranges[tool, best, worst] += 1
                if worst == 0:
                    favouring[tool].append(weights)
        for tool, ones in favouring.items():
            self._favouring[tool] = [sum(column) for column in zip(self._favouring[tool], *ones, strict=True)]
        self.drawn += len(drawn)

    def _count_plain(self, drawn: list[list[int]], favouring: defaultdict[int, list[list[int]]]) -> list[list[int]]:
        """Rank by each weight that gives every tool a sum of its own, which is nearly every one, and return the others.

        Ten thousand times round: whole orders are collected and their columns counted afterwards, where no step is Python's.
        """
        tools, packed, size, unpack = range(len(self._cells.tools)), self._packed_low, self._lanes.size, self._lanes.unpack
        orders, rest = [], []
        for weights in drawn:
            sums = unpack(sum(map(mul, weights, packed)).to_bytes(size, "little"))
            if len(set(sums)) == len(sums):
                order = sorted(tools, key=sums.__getitem__, reverse=True)
                orders.append(order)
                favouring[order[0]].append(weights)
            else:
                rest.append(weights)
        for rank, column in enumerate(zip(*orders, strict=True)):
            for tool, times in Counter(column).items():
                self._ranges[tool, rank, rank] += times
        return rest

    def result(self) -> Acceptability:
        """Return the shares so far."""
        size = len(self._cells.tools)
        sure, steps = ([[0] * (size + 1) for _ in range(size)] for _ in range(2))
        for (tool, best, worst), times in self._ranges.items():
            if best == worst:
                sure[tool][best] += times
            steps[tool][best] += times
            steps[tool][worst + 1] -= times
        share = cache(lambda times: Fraction(times, self.drawn))  # most of a thousand ranks are never taken
        best_first = sorted(range(size), key=lambda tool: ([-times for times in sure[tool]], self._cells.tools[tool]))
        lines = tuple(self._line(tool, sure[tool][:size], list(accumulate(steps[tool][:size])), share) for tool in best_first)
        return Acceptability(samples=self.drawn, seed=self._seed, standard_error=0.5 / sqrt(self.drawn), tools=lines)

    def _line(self, tool: int, sure: list[int], possible: list[int], share: Callable[[int], Fraction]) -> ToolAcceptability:
        ranks = tuple(map(share, sure))
        total = sum(self._favouring[tool])
        return ToolAcceptability(
            tool=self._cells.tools[tool],
            ranks=ranks,
            possible=ranks if possible == sure else tuple(map(share, possible)),
            central_weights={name: Fraction(one, total) for name, one in zip(self._cells.criteria, self._favouring[tool], strict=True)}
            if total
            else None,
        )

    def _packed(self, rows: Sequence[Row]) -> list[int]:
        """Put every tool's score on a criterion into one number, each in a lane of its own."""
        return [int.from_bytes(self._lanes.pack(*column), "little") for column in zip(*rows, strict=True)]

    def _sums(self, weights: list[int], packed: list[int]) -> tuple[int, ...]:
        """Return every tool's weighted sum."""
        return self._lanes.unpack(sum(map(mul, weights, packed)).to_bytes(self._lanes.size, "little"))

    @staticmethod
    def _rank_ranges(low: tuple[int, ...], high: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
        """Yield each tool with its best and worst rank, counted from 0: those surely ahead, and those that may be."""
        lows, highs, size = sorted(low), sorted(high), len(low)
        for tool, (least, most) in enumerate(zip(low, high, strict=True)):
            yield tool, size - bisect_right(lows, most), size - bisect_right(highs, least) - (most > least)
