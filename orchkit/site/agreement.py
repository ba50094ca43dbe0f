"""Two passes of the lab over the same tools: which verdicts they share, and how far their numbers lie apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.model.lab import LabPass
from orchkit.model.records import CaseResult, LabRecord
from orchkit.site.lab import OUTCOMES, records, said
from orchkit.views.environment import render
from orchkit.views.place import Place

SHORT_SECONDS = 0.1
"""Times below this are noise on both sides, and their ratio says nothing."""

_COUNTED = {"count", "lines"}


class Difference(NamedTuple):
    """What two passes say of one case in one mode."""

    tool: str
    mode: str
    case: str
    number: str | None
    """The number that differs; null where it is the verdict."""
    one: str
    other: str
    why: tuple[str, ...] = ()
    """What the records say of a verdict that is not `held`."""


@dataclass
class Compared:
    """What two passes over the same tools come to."""

    same: int = 0
    differing: list[Difference] = field(default_factory=list)
    """Cases with two verdicts."""
    missing: list[tuple[str, str, str]] = field(default_factory=list)
    """Cases that only one pass has: tool, mode and case."""
    counts: list[Difference] = field(default_factory=list)
    """Counts that are not the same, in cases with the same verdict."""
    ratios: list[float] = field(default_factory=list)
    """The larger over the smaller of each pair of times."""

    @property
    def total(self) -> int:
        """How many cases both passes have."""
        return self.same + len(self.differing)

    @property
    def spread(self) -> tuple[float, float, float] | None:
        """The ratio in the middle, the one that nine in ten do not exceed, and the largest; null without times."""
        if not self.ratios:
            return None
        ordered = sorted(self.ratios)
        return median(ordered), ordered[int(0.9 * (len(ordered) - 1))], ordered[-1]


def compare(pairs: Iterable[tuple[LabRecord, LabRecord]]) -> Compared:
    """Compare pairs of records, each of one tool, case by case."""
    found = Compared()
    for one, other in pairs:
        for mode in {**one.modes, **other.modes}:
            left, right = ({} if mode not in record.modes else record.modes[mode].cases for record in (one, other))
            for case in {**left, **right}:
                if case in left and case in right:
                    _compare_case(found, (one.tool, mode, case), left[case], right[case])
                else:
                    found.missing.append((one.tool, mode, case))
    return found


def _compare_case(found: Compared, place: tuple[str, str, str], one: CaseResult, other: CaseResult) -> None:
    if one.outcome is not other.outcome:
        why = tuple(result.why for result in (one, other) if result.why)
        found.differing.append(Difference(*place, None, OUTCOMES[one.outcome], OUTCOMES[other.outcome], why))
        return
    found.same += 1
    for name, left in one.measurements.items():
        right = other.measurements.get(name)
        if right is None:
            continue
        if left.unit in _COUNTED and left.value != right.value:
            found.counts.append(Difference(*place, name, said(left), said(right)))
        low, high = sorted((left.value or 0.0, right.value or 0.0))
        if left.unit == "s" and low >= SHORT_SECONDS:
            found.ratios.append(high / low)


def lab_agreement(catalogue: Catalogue, place: Place) -> Markup:
    """Render how far the two newest passes of each tool agree, where a tool has two of one version."""
    pairs = newest_two(records())
    found = compare((left.record, right.record) for left, right in pairs)
    return render("lab_agreement.html.jinja", catalogue=catalogue, place=place, pairs=pairs, found=found, short=SHORT_SECONDS)


def newest_two(of_tools: dict[str, dict[str, LabRecord]]) -> list[tuple[LabPass, LabPass]]:
    """Return the last two passes of each tool, the earlier first, of those that ran the same version twice."""
    last = [[LabPass(name=name, record=record.summary()) for name, record in list(found.items())[-2:]] for found in of_tools.values()]
    return [(two[0], two[1]) for two in last if len(two) > 1 and two[0].record.version == two[1].record.version]
