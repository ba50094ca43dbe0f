"""The runtime and its start: what a reader sees when it fails, and that pages without a view fetch nothing of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]


FAILURES: dict[str, Callable[[Route], None]] = {
    "missing": lambda route: route.fulfill(status=404, body="gone"),
    "aborted": lambda route: route.abort(),
    "damaged": lambda route: route.fulfill(status=200, body="not what was published"),
}


@pytest.mark.parametrize(
    ("failure", "file"),
    [
        ("missing", "index.json"),
        ("damaged", "index.json"),
        ("aborted", "pyodide.asm.wasm"),
        ("damaged", "pyodide.asm.wasm"),
        ("missing", "pydantic-*.whl"),
        ("damaged", "pydantic-*.whl"),
    ],
)
def test_a_failed_start_says_so_and_can_be_tried_again(new_context: NewContext, address: str, failure: str, file: str) -> None:
    context = new_context(allow=("Failed to load resource", "integrity", "net::ERR", "Failed to fetch", "wasm"))
    pattern = f"**/runtime/{file}" if file == "index.json" else f"**/runtime/*/{file}"
    context.route(pattern, FAILURES[failure])
    page = context.new_page()
    page.goto(f"{address}scores/")
    expect(page.locator(".ok-status")).to_contain_text("could not be made live", timeout=120_000)
    expect(page.locator(".ok-ranking tbody tr").first).to_contain_text("1")
    context.unroute(pattern)
    if failure != "missing":  # a touch of the page tries again by itself
        page.get_by_role("button", name="Try again").click()
    page.locator("#weight-community").fill("100")
    page.wait_for_function("location.hash.includes('community:100')", timeout=120_000)
    expect(page.locator(".ok-status")).not_to_contain_text("could not")


def test_nothing_of_the_runtime_is_fetched_on_pages_without_a_view(new_context: NewContext, address: str) -> None:
    asked: list[str] = []
    context = new_context()
    context.on("request", lambda request: asked.append(request.url) if "/runtime/" in request.url else None)
    page = context.new_page()
    page.goto(f"{address}tools/airflow/")
    page.wait_for_timeout(1_000)
    assert asked == []
