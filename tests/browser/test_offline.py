"""After one visit the whole site works without network, and a new edition arrives whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from orchkit.site.offline import write_service_worker
from orchkit.site.policy import write_policies
from tests.browser.conftest import READY, STARTING, readers
from tests.browser.server import Served, corrupted, missing
from tests.browser.test_checklist import COUNT
from tests.browser.test_pages import paths

NewContext = Callable[..., BrowserContext]

KEPT = ".ok-kept"
EDITION = re.compile(r"live/([0-9a-f]{12})/")
OFFLINE = ("ERR_CONNECTION_REFUSED", "Failed to load resource")
MARK = "Second edition"


def visited(context: BrowserContext, address: str, path: str = "scores/") -> Page:
    """Open a live page and wait until the browser has kept the site."""
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_selector(READY, timeout=STARTING)
    expect(page.locator(KEPT)).to_contain_text("MB", timeout=STARTING)
    return page


def edition_of(page: Page) -> str:
    """The edition that a page was made for."""
    return EDITION.findall(page.content())[0]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def second(root: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site one edition later: another script, other pages."""
    folder = tmp_path_factory.mktemp("second") / "site"
    shutil.copytree(site, folder)
    (first,) = (path.name for path in (folder / "live").iterdir())
    later = first[::-1]
    (folder / "live" / first).rename(folder / "live" / later)
    for page in folder.rglob("*.html"):
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
        page.write_text(text.replace(first, later).replace("</h1>", f" · {MARK}</h1>"), encoding="utf-8")
    write_policies(folder)
    write_service_worker(root, folder)
    return folder


@pytest.fixture
def own(site: Path) -> Iterator[Served]:
    """A server that may stop, and serve another edition."""
    with Served(site).running() as running:
        yield running


@pytest.fixture
def reader(browser: Browser, own: Served) -> Iterator[NewContext]:
    """Readers whose browser may keep the site."""
    with readers(browser, own.address) as make:
        yield lambda **options: make(service_workers="allow", allow=OFFLINE, **options)


def test_after_one_visit_every_page_works_without_network(browser: Browser, site: Path) -> None:
    server = Served(site)
    with ExitStack() as online:
        online.enter_context(server.running())
        with readers(browser, server.address) as make:
            context = make(service_workers="allow", allow=OFFLINE)
            visited(context, server.address).close()
            online.close()  # from here on nobody listens
            page = context.new_page()
            for path in paths(site):
                page.goto(server.address + path)
                expect(page.locator("h1").first).to_be_visible()
                expect(page.locator(KEPT)).to_contain_text("Works offline")
            page.goto(f"{server.address}no/such/page/")
            expect(page.locator("h1")).to_have_text("There is no page here")
            page.goto(f"{server.address}scores/")
            page.wait_for_selector(READY, timeout=STARTING)
            page.locator("#weight-community").fill("100")
            page.wait_for_function("location.hash.includes('community:100')")
            page.goto(f"{server.address}checklists/production-adoption/")
            page.wait_for_selector(READY, timeout=STARTING)
            page.locator(".md-search__input").press_sequentially("metaflow")
            expect(page.locator(".md-search-result__link").first).to_be_attached()


def test_the_size_that_is_stated_is_the_size_that_is_kept(reader: NewContext, own: Served, site: Path) -> None:
    page = visited(reader(), own.address)
    stated = json.loads((site / "offline.json").read_text(encoding="utf-8"))["bytes"]
    expect(page.locator(KEPT)).to_contain_text(f"{stated / 1e6:.1f} MB")
    kept = page.evaluate("""async () => {
      let bytes = 0;
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) bytes += (await (await cache.match(request)).blob()).size;
      }
      return bytes;
    }""")
    assert abs(kept - stated) < 1_000  # offline.json does not count itself


def test_a_new_edition_waits_until_the_reader_wants_it(reader: NewContext, own: Served, second: Path) -> None:
    context = reader()
    page, other = visited(context, own.address), visited(context, own.address, "checklists/production-adoption/")
    first = edition_of(page)
    page.locator("#weight-community").fill("77")
    page.wait_for_function("location.hash.includes('community:77')")
    own.folder = second
    page.reload()
    expect(page.locator(".ok-notice")).to_contain_text("newer edition", timeout=STARTING)
    assert edition_of(page) == first, "the old edition, whole, until then"
    expect(page.locator("#weight-community")).to_have_value("77")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("h1")).to_contain_text(MARK, timeout=STARTING)
    page.wait_for_selector(READY, timeout=STARTING)
    expect(page.locator("#weight-community")).to_have_value("77")
    expect(other.locator(".ok-notice")).to_contain_text("in use in another tab")
    other.get_by_role("radio", name="Met", exact=True).first.check()
    expect(other.locator(".ok-summary")).to_contain_text(f"1 of {COUNT}")
    other.get_by_role("button", name="Reload").click()
    expect(other.locator("h1")).to_contain_text(MARK, timeout=STARTING)


@pytest.mark.parametrize("fault", [missing, corrupted], ids=["one file missing", "one file of another edition"])
def test_half_an_edition_is_never_used(reader: NewContext, own: Served, second: Path, fault: Callable[..., None]) -> None:
    page = visited(reader(), own.address)
    first = edition_of(page)
    own.folder = second
    own.faults["tools/airflow/*"] = fault
    page.reload()
    page.wait_for_selector(READY, timeout=STARTING)
    page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update().catch(() => null); }")
    expect(page.locator(KEPT)).to_be_visible()
    for path in ("tools/airflow/", "tools/prefect/", "scores/"):
        page.goto(own.address + path)
        assert edition_of(page) == first
        expect(page.locator("h1").first).not_to_contain_text(MARK)


def test_a_page_whose_edition_is_gone_says_that_it_must_reload(browser: Browser, own: Served, second: Path) -> None:
    with readers(browser, own.address) as make:
        page = make(allow=OFFLINE, python=False).new_page()
        page.goto(f"{own.address}scores/")
        own.folder = second
        page.locator("#weight-community").fill("66")
        expect(page.locator(".ok-notice")).to_contain_text("A newer edition of the handbook was published", timeout=STARTING)
        page.get_by_role("button", name="Reload").click()
        expect(page.locator("h1")).to_contain_text(MARK)
        page.locator("#weight-community").focus()
        page.wait_for_selector(READY, timeout=STARTING)
        expect(page.locator("#weight-community")).to_have_value("66")


def test_a_browser_that_keeps_nothing_for_offline_works_as_before(browser: Browser, own: Served) -> None:
    with readers(browser, own.address) as make:
        page = make(service_workers="block").new_page()
        page.goto(f"{own.address}scores/")
        page.wait_for_selector(READY, timeout=STARTING)
        page.wait_for_timeout(500)
        expect(page.locator(KEPT)).to_have_count(0)
        expect(page.locator(".ok-status")).to_be_empty()
