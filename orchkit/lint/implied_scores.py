"""A score lies where the lab's measurements allow it to lie."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.model.criteria import HIGHEST, LOWEST, Measurement
from orchkit.model.lab import LabPass


def check(subject: Subject) -> Iterator[Problem]:
    """Compare the scores of tools that the lab has run with the range that each number allows.

    What a number allows at most binds. A score below the range may have other reasons: it has to cite the record, so that somebody has
    looked, and its `why` says what else counts.
    """
    for tool, located in subject.located("scores"):
        if (run := subject.catalogue.lab.get(tool)) is None:
            continue
        for name, (criterion, measurement) in subject.catalogue.measurements.items():
            score = subject.catalogue.tools[tool].scores.get(criterion)
            low, high = _allowed(run, measurement)
            if score is None or score.value is None or low <= score.value <= high:
                continue
            if score.value > high or not any(one.record and one.record.tool == tool for one in score.sources):
                fact = f"the score is {score.value}, but what the lab measured as `{name}` allows {low} to {high}"
                lower = "cite the record and say in `why` what else counts" if score.value < low else f"the bounds of `{name}` in criteria.yaml"
                yield located.problem(("scores", criterion, "value"), fact, f"Change the score, or {lower}")


def _allowed(run: LabPass, measurement: Measurement) -> tuple[int, int]:
    """Return the lowest and the highest score that a number allows; with several modes, what any of them allows."""
    measured = run.measured(measurement.lab) if measurement.lab else {}
    values = [one.value for one in measured.values() if one.value is not None]
    ranges = [found for value in values if (found := measurement.implied(Fraction(repr(value))))]
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else (LOWEST, HIGHEST)
