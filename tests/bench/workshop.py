"""What several rows are measured on: sites, servers, the browser. Each is made when the first row needs it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.bench.browsing import launched
from tests.bench.checkout import Checkout, copied
from tests.bench.served import Served, serving
from tests.bench.stock_site import write_stock
from tests.bench.synthetic import add_tools, ranked_tools
from tests.bench.unmeasurable import Unmeasurable

TOOLS = 20
"""Tools in the ranking whose speed is measured."""

SIZES = (10, 100, 1000)
"""Synthetic tools beside the real ones."""


class Workshop:
    """Everything under one temporary folder, closed at the end."""

    def __init__(self, root: Path, say: Callable[[str], None] | None = None) -> None:
        self.root = root
        self._say = say
        self._started = time.monotonic()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="orchkit-bench-")))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def say(self, text: str) -> None:
        """Report progress."""
        if self._say:
            self._say(f"{time.monotonic() - self._started:5.0f} s  {text}")

    @cached_property
    def here(self) -> Checkout:
        """This checkout."""
        return Checkout(self.root, self.folder / "kept")

    @cached_property
    def handbook(self) -> Served:
        """The handbook as it is, built and served."""
        self.say("building the handbook")
        self.here.build(self.folder / "site")
        return self._stack.enter_context(serving(self.folder / "site"))

    @cached_property
    def stock(self) -> Served:
        """Stock Pyodide, served."""
        _ = self.handbook  # its build fetches the wheels
        self.say("laying out stock Pyodide")
        write_stock(self.root, self.folder / "stock")
        return self._stack.enter_context(serving(self.folder / "stock"))

    @cached_property
    def twenty(self) -> Served:
        """The handbook with so many synthetic tools that 20 are ranked, built and served."""
        missing = TOOLS - len(ranked_tools(self.root))
        if missing < 0:
            raise Unmeasurable(f"more than {TOOLS} tools are ranked")
        self.say(f"building the handbook with {TOOLS} ranked tools")
        checkout = copied(self.root, self.folder / "twenty", self.folder / "kept-twenty")
        add_tools(checkout.root, missing)
        checkout.build(self.folder / "site-twenty")
        return self._stack.enter_context(serving(self.folder / "site-twenty"))

    @cached_property
    def sizes(self) -> dict[int, Checkout]:
        """Checkouts with synthetic tools, by how many; their builds share one runtime, which no row counts."""
        self.say(f"writing {', '.join(map(str, SIZES))} synthetic tools")
        found = {}
        for size in SIZES:
            found[size] = copied(self.root, self.folder / f"size-{size}", self.here.kept)
            add_tools(found[size].root, size)
        return found

    @cached_property
    def playwright(self) -> Playwright:
        """Playwright."""
        return self._stack.enter_context(sync_playwright())

    @cached_property
    def browser(self) -> Browser:
        """A browser whose contexts leave nothing behind."""
        browser = launched(self.playwright)
        self._stack.callback(browser.close)
        return browser
