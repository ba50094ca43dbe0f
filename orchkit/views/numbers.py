"""Exact numbers as text, the same on every machine: rounding happens on fractions, never on floats."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def fixed(value: Fraction, digits: int) -> str:
    """Write a number with a fixed number of decimals, ties to even.

    >>> fixed(Fraction(89, 20), 2), fixed(Fraction(-1, 8), 2)
    ('4.45', '-0.12')
    """
    return quotient(value.numerator, value.denominator, digits)


def quotient(numerator: int, denominator: int, digits: int) -> str:
    """Write a fraction with a fixed number of decimals, ties to even. A page writes hundreds, and `round` of a `Fraction` is slow.

    >>> quotient(1, 3, 2)
    '0.33'
    """
    scaled, rest = divmod(numerator * 10**digits, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and scaled % 2):
        scaled += 1
    sign, whole = "-" if scaled < 0 else "", str(abs(scaled)).rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else f"{sign}{whole}"


def plain(value: Fraction) -> str:
    """Write a number as briefly as its value allows, at most six decimals.

    >>> plain(Fraction(30)), plain(Fraction(1, 4))
    ('30', '0.25')
    """
    return fixed(value, 0) if value.denominator == 1 else fixed(value, 6).rstrip("0").rstrip(".")


def percent(share: Fraction) -> str:
    """Write a share of 1 as a percentage with at most one decimal.

    >>> percent(Fraction(3, 10)), percent(Fraction(1, 3))
    ('30 %', '33.3 %')
    """
    return quotient(100 * share.numerator, share.denominator, 1).removesuffix(".0") + " %"


def span(ends: tuple[Fraction, Fraction], digits: int) -> str:
    """Write an interval.

    >>> span((Fraction(2), Fraction(7, 2)), 1)
    '2.0–3.5'
    """
    return f"{fixed(ends[0], digits)}–{fixed(ends[1], digits)}"


def listed(names: Sequence[str]) -> str:
    """Write several names as a sentence does.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def percent_or_interval(score: Fraction | None, ends: tuple[Fraction, Fraction] | None) -> str:
    """Write a score in whole per cent, its interval while it is open, or that nothing applies.

    >>> percent_or_interval(None, (Fraction(40), Fraction(75)))
    '40–75 %'
    """
    if score is not None:
        return fixed(score, 0) + " %"
    return "nothing applies" if ends is None else span(ends, 0) + " %"


def grouped(value: Fraction, digits: int = 0) -> str:
    """Write a number with its thousands apart.

    >>> grouped(Fraction(1234567)), grouped(Fraction(2599, 2), 1)
    ('1,234,567', '1,299.5')
    """
    whole, point, rest = fixed(abs(value), digits).partition(".")
    parts = [whole[max(end - 3, 0) : end] for end in range(len(whole), 0, -3)]
    return ("-" if fixed(value, digits).startswith("-") else "") + ",".join(reversed(parts)) + point + rest


def amount(ends: tuple[Fraction, Fraction]) -> str:
    """Write a range of money in whole units; one number where both ends are written alike.

    >>> amount((Fraction(6000), Fraction(24000))), amount((Fraction(5400), Fraction(5400)))
    ('6,000–24,000', '5,400')
    """
    low, high = grouped(ends[0]), grouped(ends[1])
    return low if low == high else f"{low}–{high}"
