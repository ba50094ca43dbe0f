"""How far several people agree who answered the same items: Krippendorff's α, exact, with missing values.

α is 1 where all agree and 0 where they agree as often as chance would have it; below 0 they disagree more than by chance. It takes
any number of people and lets values be missing: a unit that fewer than two valued says nothing about agreement and is left out.

For each unit with m ≥ 2 values, every ordered pair of values by different people is counted 1/(m - 1) times: these are the
coincidences o, and n(c) is how often the value c takes part in them, n their sum. With a difference δ² between values,

    α = 1 - (n - 1) · Σ o(c, k) δ²(c, k) / Σ n(c) n(k) δ²(c, k)

The method is Klaus Krippendorff's (Content Analysis: An Introduction to Its Methodology, Sage). That it is computed here as published is
shown by examples with printed values, which stand in `tests/golden/agreement.json` with the place where each was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from orchkit.model.base import Exact, Record

Units = Sequence[Sequence[int | None]]
"""Values by unit: what each person said of it, null where somebody said nothing. Values are whole numbers in their order."""

Counts = Counter[int]
"""How often a value takes part in a pair, by value."""

Difference = Callable[[int, int, Counts], Fraction]
"""How far two values are apart, squared; 0 for a value and itself."""


class Scale(StrEnum):
    """What values mean, and so how far two of them are apart."""

    NOMINAL = "nominal"
    """They are names: the same or another."""
    ORDINAL = "ordinal"
    """They have an order: two are as far apart as values were given from the one to the other."""
    INTERVAL = "interval"
    """They are numbers on a scale with equal steps."""


class Undefined(StrEnum):
    """Why there is no α."""

    NOTHING_TO_PAIR = "nothing-to-pair"
    """No unit was valued by two people."""
    NO_VARIATION = "no-variation"
    """All paired values are the same: chance would give the same, so nothing is shown."""


class Agreement(Record):
    """α, or why there is none."""

    alpha: Exact | None
    """1 is agreement throughout, 0 is what chance gives; null where it is not defined."""
    undefined: Undefined | None
    """Why α is null."""
    scale: Scale
    units: int
    """Units that at least two people valued: what α rests on."""
    values: int
    """Values given to these units."""


def alpha_of(units: Units, scale: Scale = Scale.ORDINAL) -> Agreement:
    """Return Krippendorff's α of values by unit and person, exact.

    >>> both = alpha_of([[1, 1], [2, 2], [1, 2], [2, None]], Scale.NOMINAL)
    >>> both.alpha, both.units
    (Fraction(4, 9), 3)
    >>> alpha_of([[1, 1], [1, 1]]).undefined
    <Undefined.NO_VARIATION: 'no-variation'>
    """
    paired = [given for unit in units if len(given := [value for value in unit if value is not None]) > 1]
    counts: Counts = Counter(value for given in paired for value in given)
    undefined = None if len(counts) > 1 else Undefined.NO_VARIATION if paired else Undefined.NOTHING_TO_PAIR
    return Agreement(
        alpha=None if undefined else _alpha(paired, counts, _DIFFERENCES[scale]),
        undefined=undefined,
        scale=scale,
        units=len(paired),
        values=sum(counts.values()),
    )


def _alpha(paired: Sequence[Sequence[int]], counts: Counts, difference: Difference) -> Fraction:
    """Compute α where at least two values differ, so that chance would differ too. Each pair counts once in both sums."""
    apart = {pair: difference(*pair, counts) for pair in combinations(sorted(counts), 2)}
    observed = Fraction(0)
    for given in paired:
        said = Counter(given)
        unlike = sum((said[low] * said[high] * far for (low, high), far in apart.items()), Fraction(0))
        observed += unlike / (len(given) - 1)
    expected = sum((counts[low] * counts[high] * far for (low, high), far in apart.items()), Fraction(0))
    return 1 - (sum(counts.values()) - 1) * observed / expected


def _nominal(_low: int, _high: int, _counts: Counts) -> Fraction:
    return Fraction(1)


def _ordinal(low: int, high: int, counts: Counts) -> Fraction:
    """Count the values from the one to the other, the two ends by half."""
    between = sum(count for value, count in counts.items() if low <= value <= high)
    return (between - Fraction(counts[low] + counts[high], 2)) ** 2


def _interval(low: int, high: int, _counts: Counts) -> Fraction:
    return Fraction(high - low) ** 2


_DIFFERENCES: dict[Scale, Difference] = {Scale.NOMINAL: _nominal, Scale.ORDINAL: _ordinal, Scale.INTERVAL: _interval}
