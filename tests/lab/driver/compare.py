"""python -m tests.lab.driver.compare ONE OTHER: two folders of records, which verdicts they share and how far their times lie apart."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from orchkit.errors import DataError
from orchkit.model.records import LabRecord
from orchkit.site.agreement import Compared, Difference, compare
from orchkit.store.evidence import order, read_one


def told(found: Compared) -> Iterator[str]:
    """Say in lines what was found."""
    yield f"verdicts: {found.same} of {found.total} the same"
    yield from map(_line, found.differing)
    if found.missing:
        yield f"in one pass alone: {len(found.missing)} cases"
        yield from (f"  {' '.join(place)}" for place in found.missing)
    yield f"counts that differ although the verdict is the same: {len(found.counts)}"
    yield from map(_line, found.counts)
    if found.spread:
        middle, ninth, most = found.spread
        spread = f"{middle:.2f} × in the middle, {ninth:.2f} × for nine in ten, {most:.2f} × at most"
        yield f"times: {len(found.ratios)} pairs; the longer against the shorter: {spread}"


def newest_in(folder: Path) -> dict[str, LabRecord]:
    """Read the newest record of each tool of a folder. Raises `DataError`."""
    newest = {path.name: max(files, key=lambda file: order(file.stem)) for path in sorted(folder.iterdir()) if (files := list(path.glob("*.json")))}
    return {tool: read_one(path, folder.parent) for tool, path in newest.items()}


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
    print("\n".join(told(compare((left[tool], right[tool]) for tool in both))))


def _line(found: Difference) -> str:
    place = " ".join(filter(None, (found.tool, found.mode, found.case, found.number)))
    return f"  {place}: {found.one} and {found.other}"


if __name__ == "__main__":
    main()
