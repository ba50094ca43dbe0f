"""The acceptability chart, and the work behind it in slices: a page draws what is there and asks for more when its reader does nothing.

Shares of all weights do not depend on the weights that a reader has chosen. So they are counted once for each matrix and
kept, and a moved slider finds them done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from zlib import crc32

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import Acceptability, ToolAcceptability
from orchkit.scoring.acceptability import SAMPLES, Count
from orchkit.scoring.whole import Cells
from orchkit.views.environment import render
from orchkit.views.firmness import acceptability_rows, drawn_text, first_text, share_text

WIDTH = 500
"""Units across a bar."""

RANKS_SHOWN = 6
"""Shades that can be told apart; the last one stands for its rank and all later ones."""

SLICE = 500
"""Weights counted at a time: an input that comes meanwhile waits no longer than a frame or two."""

KEPT = 8
"""Matrices whose shares are kept. A reader goes to and fro between few."""


class Counting:
    """The shares of one matrix, as far as they are counted: one slice at least."""

    def __init__(self, cells: Cells) -> None:
        self.key = f"{crc32(repr(cells).encode()):08x}"
        self._count = Count(cells)
        self._found: Acceptability | None = None
        self._drawn: tuple[object, Markup] | None = None
        self.proceed()

    @property
    def so_far(self) -> Acceptability:
        """The shares by now."""
        if self._found is None or self._found.samples != self._count.drawn:
            self._found = self._count.result()
        return self._found

    @property
    def done(self) -> bool:
        """Whether nothing is left to count."""
        return self._count.drawn == self._count.samples

    def proceed(self, size: int = SLICE) -> None:
        """Count one slice more, if there is one."""
        if not self.done:
            self._count.proceed(size)

    def finish(self) -> None:
        """Count all that is left."""
        self.proceed(self._count.samples)

    def drawn(self, catalogue: Catalogue) -> Markup:
        """Render the chart, once for each slice."""
        names = [(catalogue.tools[line.tool].facts.name, catalogue.tools[line.tool].facts.short) for line in self.so_far.tools]
        about = self.so_far.samples, names, [criterion.name for criterion in catalogue.criteria.values()]
        if self._drawn is None or self._drawn[0] != about:
            self._drawn = about, _chart(catalogue, self)
        return self._drawn[1]


@lru_cache(maxsize=KEPT)
def counting(cells: Cells) -> Counting:
    """Return the shares of a matrix, as far as they were counted before, or begun."""
    return Counting(cells)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a stacked bar, in units of its drawing."""

    shade: str
    label: str
    x: Fraction
    width: Fraction


@dataclass(frozen=True, slots=True)
class Stack:
    """One tool's line as the template draws it."""

    tool: str
    name: str
    first: str
    label: str
    shares: tuple[Share, ...]


def shades(ranks: int) -> list[str]:
    """Return what each shade stands for, the last one perhaps for several ranks."""
    if ranks <= RANKS_SHOWN:
        return [f"rank {rank}" for rank in range(1, ranks + 1)]
    return [*(f"rank {rank}" for rank in range(1, RANKS_SHOWN)), f"rank {RANKS_SHOWN} or later"]


def _chart(catalogue: Catalogue, count: Counting) -> Markup:
    drawn = count.so_far
    return render(
        "acceptability.html.jinja",
        catalogue=catalogue,
        key=count.key,
        done=count.done,
        text=drawn_text(drawn, SAMPLES),
        shades=shades(len(drawn.tools)),
        unknown=any(line.open for line in drawn.tools),
        stacks=[_stack(catalogue, line) for line in drawn.tools],
        rows=acceptability_rows(catalogue, drawn),
        favoured=_favoured(catalogue, drawn),
        width=WIDTH,
    )


def _stack(catalogue: Catalogue, line: ToolAcceptability) -> Stack:
    name = catalogue.tools[line.tool].facts.name
    shares = tuple(_shares(line))
    label = f"{name}: " + ", ".join(f"{share.label} {share_text(share.width / WIDTH)}" for share in shares)
    return Stack(line.tool, name, first_text(line), label, shares)


def _shares(line: ToolAcceptability) -> Iterator[Share]:
    labels = shades(len(line.ranks))
    widths = [*line.ranks[: len(labels) - 1], line.after(len(labels) - 1)]
    x = Fraction(0)
    for index, (label, width) in enumerate(zip(labels, widths, strict=True), 1):
        if width:
            yield Share(f"ok-r{index}", label, x * WIDTH, width * WIDTH)
            x += width
    if line.open:
        yield Share("ok-unknown", "depends on unknown scores", x * WIDTH, line.open * WIDTH)


def _favoured(catalogue: Catalogue, drawn: Acceptability) -> list[tuple[str, dict[str, str]]]:
    """Return the central weights of each tool that has some, as text."""
    return [
        (catalogue.tools[line.tool].facts.short, {name: share_text(weight) for name, weight in line.central_weights.items()})
        for line in drawn.tools
        if line.central_weights
    ]
