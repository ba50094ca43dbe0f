"""A reader's browser: profiles on disk, pages that become live, and when they did."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.bench.unmeasurable import Unmeasurable

HERE = Path(__file__).parent
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
LONGEST = 180  # seconds for a start on a busy machine
SETTLED = 2  # seconds in which caches are written and a service worker may begin

Switches = dict[str, Any]
"""How a context differs from an ordinary one: Playwright's options, and `script` to run before a page's own."""


def script(name: str) -> str:
    """Read a script of this folder."""
    return (HERE / name).read_text("utf-8")


def _program() -> str | None:
    """The system's Chromium; Playwright's own where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launched(playwright: Playwright) -> Browser:
    """Start a browser for contexts that leave nothing behind."""
    return playwright.chromium.launch(executable_path=_program(), args=ARGUMENTS)


@contextmanager
def profile(playwright: Playwright, folder: Path, switches: Switches | None = None) -> Iterator[BrowserContext]:
    """Start a browser on a profile of its own, so that its caches lie on disk as a reader's do; end it with all its workers."""
    options = dict(switches or {})
    extra = options.pop("script", "")
    context = playwright.chromium.launch_persistent_context(folder, executable_path=_program(), args=ARGUMENTS, **options)
    try:
        context.add_init_script(script("seen.js") + extra)
        yield context
    finally:
        context.close()


def until(page: Page, expression: str, seconds: float = LONGEST) -> Any:
    """Ask the page from outside until the answer is true: its policy forbids what Playwright has for it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := page.evaluate(expression):
                return answer
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
        time.sleep(0.02)
    raise Unmeasurable(f"{page.url}: never became true: {expression}")


MARKS = """() => {
    const mark = (name) => performance.getEntriesByName(name, "mark").at(-1)?.startTime ?? null;
    if (!document.querySelector(".ok-view.ok-ready")) return null;
    return { start: mark("orchkit:start"), ready: mark("orchkit:ready"), seen: window.benchSeen ?? null };
}"""


def ready(page: Page) -> tuple[float, bool]:
    """Wait until a page of ours is live; return the milliseconds, and whether the page's own marks gave them.

    With marks it is the time from asking for the worker to showing its first answer; without them that from the navigation.
    """
    marks = until(page, MARKS)
    if marks["start"] is not None and marks["ready"] is None:
        until(page, "performance.getEntriesByName('orchkit:ready', 'mark').length > 0", 5)
        marks = page.evaluate(MARKS)
    if marks["start"] is not None:
        return marks["ready"] - marks["start"], True
    seen = marks["seen"] or page.evaluate("performance.now()")
    return float(seen), False


def stock_ready(page: Page) -> float:
    """Wait until stock has answered; return the milliseconds since its worker was made."""
    answer = until(page, "window.stock")
    if "error" in answer:
        raise Unmeasurable(f"stock does not start: {answer['error']}")
    return float(answer["milliseconds"])


def settle(page: Page) -> None:
    """Give caches time to be written, and a service worker time to take over, as a reader does who reads."""
    time.sleep(SETTLED)
    active = "navigator.serviceWorker ? navigator.serviceWorker.getRegistration().then((one) => !one || one.active?.state === 'activated') : true"
    until(page, active, 60)


def live_pages(site: Path) -> list[str]:
    """Name the pages of a built site that a worker makes live, the scores first."""
    found = [
        file.parent.relative_to(site).as_posix()
        for file in sorted(site.rglob("index.html"))
        if re.search(r'class="ok-view[" ]', file.read_text("utf-8"))
    ]
    return sorted((f"{name}/" for name in found), key=lambda name: name != "scores/")
