"""What the command costs before it does anything."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.bench.arithmetic import alternate, pairs
from tests.bench.budgets import Measured, ratio
from tests.bench.checkout import timed
from tests.bench.workshop import Workshop

RUNS = 21
MS = 1000


def measure(workshop: Workshop) -> Iterator[Measured]:
    """Ask for help, and for nothing, in turn."""
    workshop.say(f"{RUNS} times `orchkit --help`")

    def ours() -> float:
        return timed([sys.executable, "-m", "orchkit", "--help"], workshop.root)[0]

    def stock() -> float:
        return timed([sys.executable, "-c", "pass"], workshop.root)[0]

    ours(), stock()  # byte code is written, files are in memory
    yield ratio("help", pairs(list(alternate(RUNS, ours, stock))), "ms", scale=MS)
