"""A record of the lab that is cited says what the citation says, and a judgement that is measured rests on a fresh one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest
from orchkit.model.evidence import Basis, LabPlace
from orchkit.model.records import Held

_AGAIN = "Run the lab again with `make lab-{tool}`, and judge by the new record"


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every citation of a record, and at every judgement that says it is measured."""
    for cited in subject.citations():
        place = cited.citation.record
        if place is not None and (found := _wrong(subject, place)):
            yield cited.located.problem((*cited.path, "record"), *found)
    for tool, located in subject.located("scores"):
        for criterion, score in subject.catalogue.tools[tool].scores.items():
            if score.basis is Basis.MEASURED and not any(one.record for one in score.sources):
                yield located.problem(
                    ("scores", criterion, "basis"), "`measured`, but no record of the lab is cited", "Cite one with `record`, or change `basis`"
                )
            for index, one in enumerate(score.sources):
                if score.basis is Basis.MEASURED and one.record is not None and (found := _stale(subject, tool, one.record)):
                    yield located.problem(("scores", criterion, "sources", index, "record"), *found)


def _wrong(subject: Subject, place: LabPlace) -> tuple[str, str] | None:
    """Say (fact, repair) where a cited case is missing from its record, or came to something else."""
    records = subject.evidence.get(place.tool, {})
    if place.day not in records:
        known = nearest(place.day, records) if records else _AGAIN.format(tool=place.tool)
        return f"there is no record {place.tool}/{place.day}", known
    modes = records[place.day].modes
    if place.mode not in modes:
        return f"the record {place.tool}/{place.day} has no mode `{place.mode}`", nearest(place.mode, modes)
    cases = modes[place.mode].cases
    if place.case not in cases:
        return f"the record {place.tool}/{place.day} has no case `{place.case}`", nearest(place.case, cases)
    if (outcome := cases[place.case].outcome) is not place.outcome:
        return (
            f"the record says that `{place.case}` came to `{outcome}`, not to `{place.outcome}`",
            "Cite what the record says, and look at the judgement again",
        )
    return None


def _stale(subject: Subject, tool: str, place: LabPlace) -> tuple[str, str] | None:
    """Say (fact, repair) where a measured judgement rests on another tool's record, on a case that was not run, or on an older version."""
    if place.tool != tool:
        return f"is a record of `{place.tool}`", f"Cite one of `{tool}`"
    if place.outcome is Held.NOT_RUN:
        return f"`{place.case}` was not run, so nothing was measured", "Cite a case that was, or change `basis`"
    record = subject.evidence.get(tool, {}).get(place.day)
    stated = subject.catalogue.tools[tool].facts.identity.current_version.value
    if record and record.version and stated and _parts(record.version) < _parts(stated):
        return f"the record is of version {record.version}, and tool.yaml says {stated}", _AGAIN.format(tool=tool)
    return None


def _parts(text: str) -> list[int]:
    """Return the first version that stands in a text, as numbers: what a release is called beyond them does not matter here."""
    found = re.search(r"\d+(?:\.\d+)+", text)
    return [int(part) for part in found[0].split(".")] if found else []
