"""The built site, served under a sub-path, and a real browser in which any error or foreign request fails the test."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, Request, expect, sync_playwright

from orchkit.site.builders import DEFAULT
from tests.browser.server import Fault, Served

READY = ".ok-view.ok-ready"
STARTING = 120_000  # ms for Python to start: the machine may be busy with other things
LONGEST = 30_000  # ms for anything else
expect.set_options(timeout=LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def until(page: Page, expression: str, *, arg: Any = None, timeout: float | None = None) -> Any:
    """Ask the page from outside until the answer is true. What Playwright has for it runs text as code inside the page, which our policy forbids."""
    end = time.monotonic() + (timeout or LONGEST) / 1000
    while True:
        try:
            if answer := page.evaluate(expression, arg):
                return answer
        except Error as error:
            if "context was destroyed" not in str(error):  # else the page is going elsewhere
                raise
        assert time.monotonic() < end, f"never became true: {expression}"
        page.wait_for_timeout(20)


@pytest.fixture(scope="session", autouse=True)
def _wait_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "wait_for_function", until)
        yield


@pytest.fixture(scope="session")
def site(sites: Callable[[str], Path]) -> Path:
    """The site as `make serve` builds it."""
    return sites(DEFAULT)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[Served]:
    """The site, served under a sub-path as on GitHub Pages."""
    with Served(site).running() as running:
        yield running


@pytest.fixture(scope="session")
def address(served: Served) -> str:
    """Address of the served site."""
    return served.address


@pytest.fixture
def faults(served: Served) -> Iterator[dict[str, Fault]]:
    """What the server breaks during one test."""
    yield served.faults
    served.faults.clear()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as driver:
        yield driver


Launch = Callable[..., Browser]


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Launch:
    """Start the system's Chromium with some switches more; Playwright's own where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    switches = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    return lambda *more, **options: playwright.chromium.launch(executable_path=found, args=[*switches, *more], **options)


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Iterator[Browser]:
    """The browser of all tests."""
    launched = launch()
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The source of axe-core."""
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]


@contextmanager
def readers(browser: Browser, address: str) -> Iterator[NewContext]:
    """Make browser contexts, each a reader of their own; what goes wrong in one fails the test."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def make(*, allow: tuple[str, ...] = (), python: bool = True, **options: object) -> BrowserContext:
        """Make a reader; one who saves data gets no Python before a first touch."""

        def note(kind: str, text: str) -> None:
            if not any(word in text for word in allow):
                wrong.append(f"{kind}: {text}")

        def listen(message: ConsoleMessage) -> None:
            if message.type == "error":
                note("console", message.text)

        def watch(request: Request) -> None:
            if not request.url.startswith((address, "blob:", "data:")):
                wrong.append(f"request: {request.url}")

        options = {"service_workers": "block", **options}  # each would keep the whole site; test_offline.py lets it
        context = browser.new_context(**options)  # type: ignore[arg-type]
        if not python:
            context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
        context.on("console", listen)
        context.on("weberror", lambda error: note("page", str(error.error)))
        context.on("request", watch)
        context.set_default_timeout(LONGEST)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def opener(new_context: NewContext, address: str) -> NewPage:
    """Return what opens a page of the site and waits until it is live."""

    def make(path: str, *, live: bool = True, context: BrowserContext | None = None, **options: object) -> Page:
        page = (context or new_context(**options)).new_page()
        page.goto(address + path)
        if live:
            page.wait_for_selector(READY, timeout=STARTING)
        return page

    return make


@pytest.fixture
def new_context(browser: Browser, address: str) -> Iterator[NewContext]:
    """Make readers for one test."""
    with readers(browser, address) as make:
        yield make


@pytest.fixture
def new_page(new_context: NewContext, address: str) -> NewPage:
    """Open pages for one test."""
    return opener(new_context, address)


@pytest.fixture(scope="module")
def shared_page(browser: Browser, address: str) -> Iterator[NewPage]:
    """Open pages that several tests of a file look at: starting Python takes seconds."""
    with readers(browser, address) as make:
        yield opener(make, address)
