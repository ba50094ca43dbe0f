"""What a comparison is: two to four tools, their rows in groups, and what each criterion adds to the distance between them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from orchkit.advice import First
from orchkit.costs import CostEstimate
from orchkit.model.base import Exact, Record
from orchkit.model.evidence import Basis, Citation, Confidence
from orchkit.scoring import RankedTool


class Unit(StrEnum):
    """What the values of a row are."""

    SCORE = "score"
    """Whole numbers on the 1-5 scale."""
    WORDS = "words"
    YES_NO = "yes_no"
    MONEY = "money"
    """Low and high end of a year's amount, in the currency of the workload."""
    POINTS = "points"
    """Least and most points of the advisor, of about 100."""
    CASES = "cases"
    """Organisations that published what they did; `case` is the id."""
    DAYS = "days"
    """Least and most working days of one engineer for a migration; `migration` is the id."""


class Entry(Record):
    """One thing that is known of a tool in a row, or that nobody knows."""

    of: str | None = None
    """The way to have the tool that it holds for; null where it holds for the tool."""
    value: bool | int | str | tuple[Exact, Exact] | None
    """As the row's unit says; null when unknown, and `why` then says why."""
    why: str | None = None
    basis: Basis | None = None
    confidence: Confidence | None = None
    own: bool = False
    """Whether the reader said so, and not the catalogue."""
    leaves_out: tuple[str, ...] = ()
    """What a sum leaves out because nobody could read its price."""
    case: str | None = None
    migration: str | None = None
    sources: tuple[Citation, ...] = ()

    @property
    def known(self) -> bool:
        """Whether nothing of it is unknown."""
        return self.value is not None and not self.leaves_out


class Row(Record):
    """One line of the comparison: something that is asked of every tool."""

    id: str
    """`group.row`."""
    name: str
    unit: Unit
    asks: str | None = None
    """What is asked, where the name does not say it."""
    weight: Exact | None = None
    """The share of the criterion in the score, for a row of scores."""
    cells: dict[str, tuple[Entry, ...]]
    """Entries by tool. None at all where the row does not apply to a tool."""
    ahead: tuple[str, ...] = ()
    """For scores: the tools that no other can surpass, whatever the unknown values are. None where these leave it open."""
    agrees: bool
    """Whether everything in it is known and the same for all tools. What is unknown agrees with nothing."""


class Group(Record):
    """Rows that belong together."""

    id: str
    name: str
    notes: tuple[str, ...] = ()
    """What a reader must know before reading the rows."""
    rows: tuple[Row, ...]


class Gap(Record):
    """How the scores of two tools differ, criterion by criterion."""

    first: str
    second: str
    difference: tuple[Exact, Exact]
    """Least and most by which the first's score exceeds the second's, as far as values are unknown; both ends alike where all is known."""
    parts: dict[str, tuple[Exact, Exact]]
    """Weight × difference of the values, by criterion, again least and most. Either ends sum to those of the difference."""
    shares: dict[str, Exact] | None
    """Share of each part in the sum of all parts without their signs; null where a part is open or all are zero."""


class Comparison(Record):
    """Two to four tools side by side. The order of the tools is the reader's and changes no cell."""

    dataset_version: str
    tools: tuple[str, ...]
    profile: str | None
    """The weight profile, or null when the weights are the reader's own."""
    weights: dict[str, Exact]
    """Share by criterion; they sum to 1."""
    scores: str
    """Which scores: `catalogue`, or `published:ID`."""
    ranked: int
    """How many tools are ranked; ranks are positions among these."""
    lines: dict[str, RankedTool]
    """Rank, score and contributions by tool."""
    gaps: tuple[Gap, ...]
    """Every pair, in the order of the tools."""
    groups: tuple[Group, ...]
    costs: CostEstimate | None
    """A year of each costed deployment of these tools; null where none is costed."""
    answered: int
    """How many of the advisor's questions are answered."""
    advised: First
    """What the advisor puts first among all tools that it may choose from."""

    def rows(self, *, differences: bool = False) -> Iterable[tuple[Group, tuple[Row, ...]]]:
        """Yield the groups with their rows; with `differences`, without the rows that agree and without groups that have none left."""
        for group in self.groups:
            rows = tuple(row for row in group.rows if not (differences and row.agrees))
            if rows:
                yield group, rows

    @property
    def agreeing(self) -> int:
        """How many rows agree."""
        return sum(row.agrees for group in self.groups for row in group.rows)


def agree(cells: Iterable[tuple[Entry, ...]]) -> bool:
    """Say whether all tools have the same values, whichever way to have them each is of, and nothing is unknown."""
    seen = set()
    for entries in cells:
        if not entries or not all(entry.known for entry in entries):
            return False
        seen.add(frozenset(entry.value for entry in entries))
    return len(seen) == 1
