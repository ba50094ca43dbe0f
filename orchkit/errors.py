"""What can be wrong with something a person wrote, said so that it can be mended: place, fact, repair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST = 300
"""Characters of a place or a fact that a message prints: both may quote what somebody brought."""

MOST = 20
"""Problems that are told at once. More than these nobody reads, and whoever wrote the file may have wanted them to be millions."""


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
        end = "?" if self.repair.startswith("Did you mean") else "."
        return one_line(f"{_cut(self.place)}: {_cut(self.fact)}. {self.repair}{end}")


def one_line(text: str) -> str:
    """Write what cannot be seen as escapes: a message may quote anything, and must neither move a cursor nor turn the text beside it around."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode("ascii") for sign in text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


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
