"""The lab's cases, its records and the criteria's measurements name what exists."""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.assessment.proposals import PROOF_OF_CONCEPT
from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest
from orchkit.model.records import LabRecord
from orchkit.store.evidence import FOLDER
from orchkit.store.records import Located


def check(subject: Subject) -> Iterator[Problem]:
    """Look at `lab.yaml`, at the measurements of criteria that the lab takes, and at the records."""
    for _, located in subject.located("lab"):
        yield from _cases(subject, located)
        yield from _tools(subject, located)
    for _, located in subject.located("criteria"):
        yield from _measurements(subject, located)
    for tool, records in subject.evidence.items():
        for name, record in records.items():
            place = f"{subject.folder.name}/{FOLDER}/{tool}/{name}.json"
            yield from (Problem(place, fact, "Describe it in lab.yaml") for fact in _unknown(subject, record))


def _cases(subject: Subject, located: Located) -> Iterator[Problem]:
    items = [item.id for one in subject.catalogue.checklists.get(PROOF_OF_CONCEPT, {}).values() for item in one.items]
    for name, case in subject.catalogue.lab_cases.cases.items():
        for item in case.answers:
            if item not in items:
                yield located.problem(("cases", name, "answers", item), f"unknown item `{item}` of {PROOF_OF_CONCEPT}", nearest(item, items))


def _tools(subject: Subject, located: Located) -> Iterator[Problem]:
    for tool in subject.catalogue.lab_cases.not_run:
        if tool not in subject.catalogue.tools:
            yield located.problem(("not_run", tool), f"unknown tool `{tool}`", nearest(tool, subject.catalogue.tools))
        elif tool in subject.evidence:
            yield located.problem(("not_run", tool), "has records, so it was run", "Take the entry away")


def _measurements(subject: Subject, located: Located) -> Iterator[Problem]:
    numbers = [f"{name}.{number}" for name, case in subject.catalogue.lab_cases.cases.items() for number in case.numbers]
    for name, (criterion, measurement) in subject.catalogue.measurements.items():
        if measurement.lab is not None and measurement.lab not in numbers:
            path = ("criteria", criterion, "measurements", name, "lab")
            yield located.problem(path, f"unknown number `{measurement.lab}`", nearest(measurement.lab, numbers))


def _unknown(subject: Subject, record: LabRecord) -> Iterator[str]:
    """Say what a record holds that nothing explains."""
    cases = subject.catalogue.lab_cases.cases
    if record.tool not in subject.catalogue.tools:
        yield f"is of `{record.tool}`, which is no tool of the dataset"
    names = {(name, number) for mode in record.modes.values() for name, result in mode.cases.items() for number in (None, *result.measurements)}
    for name, number in sorted(names, key=str):
        if name not in cases:
            if number is None:
                yield f"has the case `{name}`, which lab.yaml does not know"
        elif number is not None and number not in cases[name].numbers:
            yield f"has the number `{number}` of the case `{name}`, which lab.yaml does not know"
