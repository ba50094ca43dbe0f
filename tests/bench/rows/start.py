"""Time to ready, ours against stock: first visit, reload, next page with a live worker, later visit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.arithmetic import pairs
from tests.bench.browsing import Switches, live_pages, profile, ready, settle, stock_ready
from tests.bench.budgets import Measured, ratio
from tests.bench.served import Served
from tests.bench.workshop import Workshop

RUNS = 5
MOMENTS = {"start-first": "first visit", "start-reload": "reload", "start-next": "next page", "start-later": "later visit"}

Visit = dict[str, float]
"""Milliseconds to ready, by moment."""


def measure(workshop: Workshop) -> Iterator[Measured]:
    """Let two readers take turns, each with a new profile every time."""
    ours, stock = workshop.handbook, workshop.stock
    marked: set[bool] = set()
    visits: list[tuple[Visit, Visit]] = []
    for run in range(RUNS):
        visits.append((visit_ours(workshop, ours, marked), visit_stock(workshop, stock)))
        mine, theirs = visits[-1]
        workshop.say(f"start {run + 1} of {RUNS}: " + ", ".join(f"{name} {mine[key]:.0f}/{theirs[key]:.0f} ms" for key, name in MOMENTS.items()))
    note = None if marked == {True} else "Ours from navigation on, waiting for an idle moment included: the page sets no marks."
    for moment in MOMENTS:
        yield ratio(moment, pairs([(mine[moment], theirs[moment]) for mine, theirs in visits]), "ms", note=note)


def visit_ours(workshop: Workshop, served: Served, marked: set[bool], switches: Switches | None = None) -> Visit:
    """One reader of ours: come, reload, go on, come back another day."""
    first, following = [served.address + page for page in live_pages(served.folder)[:2]]
    found: Visit = {}

    def note(moment: str, answer: tuple[float, bool]) -> None:
        found[moment] = answer[0]
        marked.add(answer[1])

    with TemporaryDirectory(dir=workshop.folder, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with profile(workshop.playwright, folder, switches) as context:
            page = context.pages[0]
            page.goto(first)
            note("start-first", ready(page))
            settle(page)
            page.reload()
            note("start-reload", ready(page))
            page.goto(following)
            note("start-next", ready(page))
            settle(page)
        with profile(workshop.playwright, folder, switches) as context:
            page = context.pages[0]
            page.goto(first)
            note("start-later", ready(page))
    return found


def visit_stock(workshop: Workshop, served: Served) -> Visit:
    """One reader of stock, on the same round."""
    found: Visit = {}
    with TemporaryDirectory(dir=workshop.folder, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with profile(workshop.playwright, folder) as context:
            page = context.pages[0]
            page.goto(served.address + "index.html")
            found["start-first"] = stock_ready(page)
            settle(page)
            page.reload()
            found["start-reload"] = stock_ready(page)
            page.goto(served.address + "next.html")
            found["start-next"] = stock_ready(page)
            settle(page)
        with profile(workshop.playwright, folder) as context:
            page = context.pages[0]
            page.goto(served.address + "index.html")
            found["start-later"] = stock_ready(page)
    return found
