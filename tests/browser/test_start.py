"""Starting Python in the page: what the reader sees when a part of it fails, what is kept, and that it can be tried again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Worker, expect

from tests.browser.conftest import READY, STARTING, Launch
from tests.browser.server import Fault, Served, aborted, corrupted, missing, mistyped, replaced, slow, truncated

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

NOISE = (
    "Failed to load resource",
    "net::ERR",
    "Failed to fetch",
    "integrity",
    "wasm",
    "WebAssembly",
    "standard library",
    "importing a module script",
)
"""What the browser itself writes to its console when a part of the page fails."""

FAILED = "The page could not be made live"

WITHOUT_SHARED_WORKER = "delete window.SharedWorker"


def failed(page: Page) -> None:
    """Wait for the message, and see that the page is as complete as it was."""
    expect(page.locator(".ok-status")).to_contain_text(FAILED, timeout=STARTING)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.locator(".ok-ranking tbody tr").first).to_contain_text("1")


@pytest.mark.parametrize(
    ("fault", "file", "said"),
    [
        pytest.param(missing, "live/*/worker.mjs", "could not be loaded", id="no worker"),
        pytest.param(missing, "live/*/bundle.json", "bundle.json: 404", id="no index"),
        pytest.param(replaced, "live/*/bundle.json", "JSON", id="another index"),
        pytest.param(aborted, "runtime/*/pyodide.asm.wasm", "pyodide.asm.wasm", id="aborted"),
        pytest.param(truncated, "runtime/*/pyodide.asm.wasm", "pyodide.asm.wasm was damaged", id="interpreter cut off"),
        pytest.param(corrupted, "runtime/*/pyodide.asm.wasm", "pyodide.asm.wasm was damaged", id="interpreter corrupted"),
        pytest.param(corrupted, "runtime/*/pyodide.asm.mjs", "pyodide.asm.mjs was damaged", id="loader corrupted"),
        pytest.param(corrupted, "runtime/*/python_stdlib.zip.gz", "python_stdlib.zip.gz was damaged", id="library corrupted"),
        pytest.param(missing, "runtime/*/pydantic-*.whl.gz", "404", id="no package"),
        pytest.param(replaced, "runtime/*/pydantic_core-*.whl.gz", "was damaged on the way", id="another package"),
        pytest.param(corrupted, "runtime/*/orchkit-*.whl.gz", "was damaged on the way", id="package corrupted"),
    ],
)
def test_a_part_that_fails_is_named(new_context: NewContext, address: str, faults: dict[str, Fault], fault: Fault, file: str, said: str) -> None:
    faults[file] = fault
    page = new_context(allow=NOISE).new_page()
    page.goto(f"{address}scores/")
    failed(page)
    expect(page.locator(".ok-status")).to_contain_text(said)


@pytest.mark.parametrize("shared", [True, False], ids=["shared worker", "worker"])
def test_a_failed_start_can_be_tried_again(new_context: NewContext, address: str, faults: dict[str, Fault], *, shared: bool) -> None:
    faults["runtime/*/pydantic-*.whl.gz"] = aborted
    context = new_context(allow=NOISE)
    if not shared:
        context.add_init_script(WITHOUT_SHARED_WORKER)
    page = context.new_page()
    page.goto(f"{address}scores/")
    failed(page)
    faults.clear()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(READY, timeout=STARTING)
    page.locator("#weight-community").fill("100")
    page.wait_for_function("location.hash.includes('community:100')")
    expect(page.locator(".ok-status")).to_be_empty()


def test_a_change_made_before_the_start_failed_is_not_lost(new_context: NewContext, address: str, faults: dict[str, Fault]) -> None:
    faults["runtime/*/python_stdlib.zip.gz"] = missing
    page = new_context(allow=NOISE).new_page()
    page.goto(f"{address}scores/")
    page.locator("#weight-community").fill("100")
    failed(page)
    faults.clear()
    page.reload()
    page.wait_for_selector(READY, timeout=STARTING)
    expect(page.locator("#weight-community")).to_have_value("100")


def test_a_host_that_does_not_know_the_type_is_enough(new_page: NewPage, faults: dict[str, Fault]) -> None:
    faults["runtime/*/pyodide.asm.wasm"] = mistyped
    page = new_page("scores/")
    expect(page.locator(".ok-status")).to_be_empty()


def test_on_a_slow_line_the_page_is_complete_and_says_how_far_it_is(new_context: NewContext, address: str, faults: dict[str, Fault]) -> None:
    faults["runtime/*"] = slow(6_000_000)
    page = new_context().new_page()
    page.goto(f"{address}scores/")
    expect(page.locator(".ok-ranking tbody tr").first).to_contain_text("1")
    expect(page.locator(".ok-status")).to_contain_text("MB")
    page.locator("#weight-community").fill("100")
    page.wait_for_selector(READY, timeout=STARTING)
    expect(page.locator("#weight-community")).to_have_value("100")
    page.wait_for_function("location.hash.includes('community:100')")


def test_the_next_page_finds_python_running(new_page: NewPage, served: Served, address: str) -> None:
    page = new_page("scores/")
    served.asked.clear()
    page.goto(f"{address}checklists/production-adoption/")
    page.wait_for_selector(READY, timeout=STARTING)
    assert [path for path in served.asked if path.startswith("runtime/") or path.endswith("bundle.json")] == []


def test_without_shared_workers_each_page_has_its_own(new_context: NewContext, address: str) -> None:
    context = new_context()
    context.add_init_script(WITHOUT_SHARED_WORKER)
    page = context.new_page()
    page.goto(f"{address}scores/")
    page.wait_for_selector(READY, timeout=STARTING)
    assert len(own_workers(page)) == 1


def test_without_broadcast_channels_answers_take_the_port(new_context: NewContext, address: str) -> None:
    context = new_context()
    context.add_init_script("delete window.BroadcastChannel")
    page = context.new_page()
    page.goto(f"{address}scores/")
    page.wait_for_selector(READY, timeout=STARTING)
    page.locator("#weight-community").fill("100")
    page.wait_for_function("location.hash.includes('community:100')")


@pytest.mark.parametrize("shared", [True, False], ids=["shared worker", "worker"])
def test_a_worker_that_is_killed_is_noticed_and_replaced(browser: Browser, new_context: NewContext, address: str, *, shared: bool) -> None:
    context = new_context()
    if not shared:
        context.add_init_script(WITHOUT_SHARED_WORKER)
    page = context.new_page()
    page.goto(f"{address}scores/")
    page.wait_for_selector(READY, timeout=STARTING)
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=STARTING)
    if shared:
        kill_shared_worker(browser)
    else:
        own_workers(page)[0].evaluate("self.close()")
    page.wait_for_timeout(500)
    page.locator("#weight-community").fill("100")
    expect(page.locator(".ok-status")).to_contain_text("Making the page live")  # at once, not after waiting for an answer in vain
    page.wait_for_function("location.hash.includes('community:100')", timeout=STARTING)
    expect(page.locator("#weight-community")).to_have_value("100")
    expect(page.locator(".ok-status")).to_be_empty()


def own_workers(page: Page) -> list[Worker]:
    """The page's workers that run Python: the theme's search has one too."""
    return [worker for worker in page.workers if worker.url.endswith("/worker.mjs")]


def kill_shared_worker(browser: Browser) -> None:
    """End it as the browser's own task manager does. Playwright has no word for shared workers."""
    session = browser.new_browser_cdp_session()
    targets = session.send("Target.getTargets", {"filter": [{"type": "shared_worker"}]})["targetInfos"]
    assert targets
    for target in targets:
        session.send("Target.closeTarget", {"targetId": target["targetId"]})


def test_a_browser_that_refuses_webassembly_is_told_so(launch: Launch, address: str) -> None:
    refusing = launch("--js-flags=--jitless")  # as where a policy forbids compiling; V8 then has no WebAssembly
    page = refusing.new_page(service_workers="block")
    page.goto(f"{address}scores/")
    failed(page)
    expect(page.locator(".ok-status")).to_contain_text("WebAssembly")
    refusing.close()


def test_nothing_of_the_runtime_is_fetched_on_pages_without_a_view(new_page: NewPage, served: Served) -> None:
    page = new_page("tools/airflow/", live=False)
    served.asked.clear()
    page.reload()
    page.wait_for_timeout(1_000)
    assert [path for path in served.asked if path.startswith("runtime/")] == []
