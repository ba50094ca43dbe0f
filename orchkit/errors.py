"""What can be wrong with something a person wrote, said so that it can be mended: place, fact, repair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong.

    `place` is where (``checklists/tools/airflow/scores.yaml:14: scores.ml-features.value`` or ``--weight``), `fact` is
    what is there, `repair` is what to write instead.
    """

    place: str
    fact: str
    repair: str

    def __str__(self) -> str:
        return f"{self.place}: {self.fact}. {self.repair}{'?' if self.repair.startswith('Did you mean') else '.'}"


class OrchkitError(Exception):
    """Bad input of any kind; carries every problem that was found, never only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class DataError(OrchkitError):
    """The dataset itself is wrong: a file under ``checklists/`` or a compiled bundle."""


class InputError(OrchkitError):
    """What a user brought is wrong: an option, a weight, a decision file, a link."""


class NewerError(InputError):
    """What a user brought was written by a newer release: nothing is wrong with it, but this release cannot read it."""
