"""Every case that the advice misses is explained, and no explanation outlives its miss."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.advice import Compared, compare_cases
from orchkit.errors import InputError, Problem
from orchkit.lint.subject import Path_, Subject
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.hits import MissKind


def check(subject: Subject) -> Iterator[Problem]:
    """Run the advice on the cases. Cases whose answers cannot be read are another rule's business."""
    catalogue = subject.catalogue
    located = next((located for _, located in subject.located("hits")), None)
    if located is None:
        return
    try:
        compared = {one.hit.case: one for one in compare_cases(catalogue).cases}
    except InputError:
        return
    yield from (located.problem(*one) for one in _found(catalogue, compared))


def _found(catalogue: Catalogue, compared: dict[str, Compared]) -> Iterator[tuple[Path_, str, str]]:
    for name, one in compared.items():
        if one.hit.place != 1 and one.kind is None:
            yield ("misses",), f"`{name}` misses, and nothing says why", "Add it with `kind` and `why`"
    for name in catalogue.hits.misses:
        if name not in compared:
            yield ("misses", name), f"unknown account `{name}`", nearest(name, compared)
        elif compared[name].hit.place == 1 or compared[name].kind is MissKind.NOT_HELD:
            yield ("misses", name), "has nothing to explain: the advice is their choice, or could not have been", "Remove it"
    run = catalogue.hits.first_run
    if run is not None:
        for name in run.chosen:
            if name not in run.advised:
                yield ("first_run", "chosen", name), "was advised nothing", "Restore `advised` as it was recorded"
