"""From single runs to one line of the table: medians, ratios of neighbours, percentiles, growth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median

from tests.bench.unmeasurable import Unmeasurable


@dataclass(frozen=True, slots=True)
class Sample:
    """Several runs in brief. `value` lies between `low` and `high`."""

    value: float
    low: float
    high: float
    runs: int


def sample(values: Sequence[float]) -> Sample:
    """Median and range."""
    return Sample(median(values), min(values), max(values), len(values))


def percentile(values: Sequence[float], percent: int) -> Sample:
    """The smallest value that is not exceeded by `percent` of all (nearest rank), and the range."""
    ordered = sorted(values)
    return Sample(ordered[max(0, math.ceil(percent * len(ordered) / 100) - 1)], ordered[0], ordered[-1], len(ordered))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Runs of both sides, each beside the one that it alternated with."""

    ours: tuple[float, ...]
    stock: tuple[float, ...]

    def ratio(self) -> Sample:
        """Ratios of neighbours: what slows the machine for a while slows both, so it falls out."""
        return sample([ours / stock for ours, stock in zip(self.ours, self.stock, strict=True)])


def alternate(runs: int, ours: Callable[[], float], stock: Callable[[], float]) -> Iterator[tuple[float, float]]:
    """Run A, B, A, B, …"""
    for _ in range(runs):
        yield ours(), stock()


def pairs(runs: Sequence[tuple[float, float]]) -> Pairs:
    """Sort what `alternate` gave by side."""
    return Pairs(tuple(ours for ours, _ in runs), tuple(stock for _, stock in runs))


def growth(sizes: tuple[int, int, int], seconds: tuple[Sequence[float], Sequence[float], Sequence[float]]) -> Sample:
    """What one more costs between the middle and the largest size, over what it costs between the smallest and the middle.

    `seconds` holds the runs of each size. 1 is linear; what every size costs alike, such as a start, falls out. The range
    is over all combinations of runs. Raises `Unmeasurable` where a smaller size took longer than a larger one.
    """
    small, middle, large = sizes
    found = []
    for first, second, third in product(*seconds):
        before, after = (second - first) / (middle - small), (third - second) / (large - middle)
        if before <= 0 or after <= 0:
            raise Unmeasurable("a smaller size took longer than a larger one: the machine was too busy for this")
        found.append(after / before)
    return Sample(median(found), min(found), max(found), len(found))
