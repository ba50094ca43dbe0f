"""Seconds of a site build and of loading the catalogue: against plain pages, and as the dataset grows."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator

from tests.bench.arithmetic import alternate, growth, pairs, sample
from tests.bench.budgets import Measured, ratio
from tests.bench.checkout import timed
from tests.bench.plain import article_bytes, write_plain
from tests.bench.workshop import SIZES, Workshop

RUNS = 3
BUILDS = {10: 2, 100: 2, 1000: 1}
LOADS = {10: 7, 100: 7, 1000: 3}
_LOAD = "import sys, time, orchkit; started = time.perf_counter(); orchkit.load(sys.argv[1]); print(time.perf_counter() - started)"
"""In an interpreter of its own: what an earlier load leaves in memory slows the next."""


def measure_build(workshop: Workshop) -> Iterator[Measured]:
    """Build the handbook and plain pages in turn. The runtime was made before, and copying it is not counted."""
    site = workshop.handbook.folder
    plain = workshop.folder / "plain"
    write_plain(workshop.root, site, plain)

    def ours() -> float:
        shutil.rmtree(workshop.folder / "again", ignore_errors=True)
        return workshop.here.build(workshop.folder / "again")

    def stock() -> float:
        return timed([sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(plain / "site")], plain)[0]

    stock()
    expanded = article_bytes(plain / "site") / article_bytes(site)
    pages = write_plain(workshop.root, site, plain, share=1 / expanded)  # tags make pages longer than their Markdown
    stock()  # both have been built once as they are
    runs = []
    for mine, theirs in alternate(RUNS, ours, stock):
        runs.append((mine, theirs))
        workshop.say(f"build {len(runs)} of {RUNS}: {mine:.1f} s, plain {theirs:.1f} s")
    share = article_bytes(plain / "site") / article_bytes(site)
    yield ratio("build", pairs(runs), "s", note=f"{pages} pages each; the plain ones hold {share:.2f} × the bytes of ours.")


def measure_scale(workshop: Workshop) -> Iterator[Measured]:
    """Build with 10, 100 and 1,000 synthetic tools, in turn."""

    def build(size: int) -> float:
        out = workshop.folder / "grown"
        shutil.rmtree(out, ignore_errors=True)
        seconds = workshop.sizes[size].build(out)
        workshop.say(f"built {sum(1 for _ in out.rglob('*.html'))} pages in {seconds:.1f} s")
        return seconds

    _ = workshop.handbook  # makes the runtime that these builds share
    yield from _sizes("build", BUILDS, build)


def measure_catalogue(workshop: Workshop) -> Iterator[Measured]:
    """Load the dataset with 10, 100 and 1,000 synthetic tools, in turn."""

    def load(size: int) -> float:
        folder = workshop.sizes[size].root / "checklists"
        seconds = float(timed([sys.executable, "-c", _LOAD, str(folder)], workshop.root)[1])
        workshop.say(f"loaded a catalogue with {size} synthetic tools in {seconds:.2f} s")
        return seconds

    yield from _sizes("catalogue", LOADS, load)


def _sizes(name: str, runs: dict[int, int], measure: Callable[[int], float]) -> Iterator[Measured]:
    found: dict[int, list[float]] = {size: [] for size in SIZES}
    for turn in range(max(runs.values())):
        for size in SIZES:
            if turn < runs[size]:
                found[size].append(measure(size))
    for size in SIZES:
        yield Measured(f"{name}-{size}", sample(found[size]))
    small, middle, large = SIZES
    yield Measured(f"{name}-growth", growth(SIZES, (found[small], found[middle], found[large])))
