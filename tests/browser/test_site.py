"""Every page: no error, no request elsewhere, no sideways scrolling; and what happens without scripts or when the start fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from orchkit.model.catalogue import Catalogue
from tests.browser.server import Served

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

SIZES = {"wide": {"width": 1360, "height": 900}, "narrow": {"width": 360, "height": 780}}


def paths(site: Path) -> list[str]:
    """Every page's path, the page for what is not there included."""
    found = [file.relative_to(site).as_posix().removesuffix("index.html") for file in sorted(site.rglob("*.html"))]
    return [path for path in found if path != "404.html"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_errs_or_scrolls_sideways(new_context: NewContext, address: str, site: Path, size: str, scheme: str) -> None:
    context = new_context(viewport=SIZES[size], color_scheme=scheme, python=False)  # the pages themselves: live pages have tests of their own
    page = context.new_page()
    wide = []
    for path in paths(site):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_what_is_not_there_is_answered_by_the_handbook(new_context: NewContext, address: str) -> None:
    page = new_context(allow=("404",)).new_page()
    answer = page.goto(f"{address}no/such/page/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator(".md-header")).to_contain_text("The orchestrator handbook")
    page.locator(".md-header__button.md-logo").first.click()
    assert page.url == address


def test_search_finds_tool_criterion_and_item(new_page: NewPage) -> None:
    page = new_page("", live=False)
    found_at = {
        "metaflow": "/tools/metaflow/",
        "cloud portability": "/method/criteria/",
        "failed run resumed": "/checklists/production-adoption/",
    }
    for words, wanted in found_at.items():
        page.locator(".md-search__input").fill("")
        page.locator(".md-search__input").press_sequentially(words)  # the theme listens to keys
        expect(page.locator(f".md-search-result__link[href*='{wanted}']").first).to_be_attached()


def test_without_scripts_the_result_is_complete(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/", live=False, java_script_enabled=False)
    for profile in catalogue.profiles.values():
        expect(page.locator(".ok-view")).to_contain_text(profile.name)
    assert page.locator("table.ok-ranking").count() == len(catalogue.profiles)
    assert page.locator(".ok-view button:visible, .ok-view input:visible").count() == 0
    page = new_page("checklists/production-adoption/", live=False, java_script_enabled=False)
    expect(page.locator(".ok-item").first).to_be_visible()
    assert page.locator(".ok-view button:visible, .ok-view input:visible").count() == 0


def test_nothing_of_the_runtime_is_fetched_on_pages_without_a_view(new_page: NewPage, served: Served) -> None:
    page = new_page("tools/airflow/", live=False)
    served.asked.clear()
    page.reload()
    page.wait_for_timeout(1_000)
    assert [path for path in served.asked if path.startswith("runtime/")] == []
