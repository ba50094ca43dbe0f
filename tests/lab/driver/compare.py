"""python -m tests.lab.driver.compare ONE OTHER: two folders of records, which verdicts they share and how far their times lie apart."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from orchkit.errors import DataError
from orchkit.model.records import LabRecord
from orchkit.store.evidence import order, read_one

SHORT_SECONDS = 0.1
"""Times below this are noise on both sides, and their ratio says nothing."""


@dataclass
class Compared:
    """What two passes over the same tools come to."""

    same: int = 0
    differing: list[str] = field(default_factory=list)
    """Cases with two verdicts, each with both."""
    missing: list[str] = field(default_factory=list)
    """Cases that only one pass has."""
    counts_differing: list[str] = field(default_factory=list)
    """Counts that are not the same, in cases with the same verdict."""
    ratios: list[float] = field(default_factory=list)
    """The larger over the smaller of each pair of times."""


def compare(one: LabRecord, other: LabRecord) -> Compared:
    """Compare two records of a tool, case by case."""
    found = Compared()
    for mode in {**one.modes, **other.modes}:
        left, right = ({} if mode not in record.modes else record.modes[mode].cases for record in (one, other))
        for case in {**left, **right}:
            place = f"{one.tool} {mode} {case}"
            if case not in left or case not in right:
                found.missing.append(place)
            elif left[case].outcome is not right[case].outcome:
                found.differing.append(f"{place}: {left[case].outcome} and {right[case].outcome}")
            else:
                found.same += 1
                _compare_numbers(found, place, one, other, mode, case)
    return found


def _compare_numbers(found: Compared, place: str, one: LabRecord, other: LabRecord, mode: str, case: str) -> None:
    left, right = (record.modes[mode].cases[case].measurements for record in (one, other))
    for name in left.keys() & right.keys():
        low, high = sorted((left[name].value or 0.0, right[name].value or 0.0))
        if left[name].unit != "s":
            if low != high and left[name].unit in {"count", "lines"}:
                found.counts_differing.append(f"{place} {name}: {left[name].value} and {right[name].value}")
        elif low >= SHORT_SECONDS:
            found.ratios.append(high / low)


def told(found: Compared) -> Iterator[str]:
    """Say in lines what was found."""
    total = found.same + len(found.differing)
    yield f"verdicts: {found.same} of {total} the same"
    yield from (f"  {line}" for line in sorted(found.differing))
    if found.missing:
        yield f"in one pass alone: {len(found.missing)} cases"
        yield from (f"  {line}" for line in sorted(found.missing))
    yield f"counts that differ although the verdict is the same: {len(found.counts_differing)}"
    yield from (f"  {line}" for line in sorted(found.counts_differing))
    if found.ratios:
        ordered = sorted(found.ratios)
        ninth = ordered[int(0.9 * (len(ordered) - 1))]
        spread = f"{median(ordered):.2f} × in the middle, {ninth:.2f} × for nine in ten, {ordered[-1]:.2f} × at most"
        yield f"times: {len(ordered)} pairs; the longer against the shorter: {spread}"


def newest_in(folder: Path) -> dict[str, LabRecord]:
    """Read the newest record of each tool of a folder. Raises `DataError`."""
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.json")):
        known = files.get(path.parent.name)
        if known is None or order(path.stem) > order(known.stem):
            files[path.parent.name] = path
    return {tool: read_one(path, folder.parent) for tool, path in files.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.lab.driver.compare", description="Compare two passes of the lab.")
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    given = parser.parse_args()
    try:
        left, right = (newest_in(folder.resolve()) for folder in (given.one, given.other))
    except DataError as error:
        sys.exit("\n".join(map(str, error.problems)))
    if not (both := sorted(left.keys() & right.keys())):
        sys.exit(f"{given.one} and {given.other} have no tool in common")
    whole = Compared()
    for tool in both:
        found = compare(left[tool], right[tool])
        print(f"{tool}: {found.same} verdicts the same, {len(found.differing)} not", file=sys.stderr)
        whole.same += found.same
        for name in ("differing", "missing", "counts_differing", "ratios"):
            getattr(whole, name).extend(getattr(found, name))
    print("\n".join(told(whole)))


if __name__ == "__main__":
    main()
