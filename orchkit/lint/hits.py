"""The record of the advisor's first run on the cases is whole, and reasons for misses name accounts that exist."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.base import nearest
from orchkit.model.cases import CaseKind
from orchkit.model.catalogue import Catalogue


def check(subject: Subject) -> Iterator[Problem]:
    """Look at names alone. Whether a miss still misses hangs on every score, and a corrected fact must not fail by it."""
    for _, located in subject.located("hits"):
        yield from (located.problem(*one) for one in _found(subject.catalogue))


def _found(catalogue: Catalogue) -> Iterator[tuple[Path_, str, str]]:
    accounts = [name for name, case in catalogue.cases.items() if case.kind is CaseKind.ACCOUNT]
    for name in catalogue.hits.misses:
        if name not in accounts:
            yield ("misses", name), f"unknown account `{name}`", nearest(name, accounts)
    run = catalogue.hits.first_run
    for name in run.chosen if run is not None else ():
        if run is not None and name not in run.advised:
            yield ("first_run", "chosen", name), "was advised nothing", "Restore `advised` as it was recorded"
