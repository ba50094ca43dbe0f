"""Everything that can be done on the pages can be done by keyboard alone, and the focus is always seen and never lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import orchkit
from orchkit.model.catalogue import Catalogue
from tests.browser.test_checklist import COUNT, ITEM, PATH, half_filled, shown, wait_saved, with_response
from tests.browser.test_scores import expected, ranked

NewPage = Callable[..., Page]

FOCUSED = "one => one === document.activeElement"


def reach(page: Page, wanted: Locator, *, key: str = "Tab", within: int = 12) -> None:
    """Press a key until an element has the focus."""
    for _ in range(within):
        page.keyboard.press(key)
        if wanted.evaluate(FOCUSED):
            return
    at = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    pytest.fail(f"{wanted} is not reached with {within} times {key}; the focus is on {at}")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def scores(shared_page: NewPage) -> Page:
    """One live page for all that is done with it, in the order of this file."""
    return shared_page("scores/", permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")


@pytest.fixture(scope="module")
def checklist(shared_page: NewPage) -> Page:
    """One live checklist for all that is done with it, in the order of this file."""
    return shared_page(PATH, reduced_motion="reduce")


# --- every page -------------------------------------------------------------------------------------------------------


def test_the_first_key_leads_past_the_navigation(new_page: NewPage) -> None:
    page = new_page("", live=False)
    reach(page, page.locator(".md-skip"), within=1)
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('article'))")


def test_the_search_is_opened_used_and_left(new_page: NewPage) -> None:
    page = new_page("", live=False)
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("metaflow")
    expect(page.locator(".md-search-result__link[href*='/tools/metaflow/']").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).not_to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()
    page.wait_for_timeout(250)  # the theme notices a moment later that the field was left; nobody is as quick as a test on a busy machine
    page.keyboard.press("/")
    expect(page.locator("#__search")).to_be_checked()  # the theme takes keys for the search from then on
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**metaflow**")


def test_the_palette_is_switched(new_page: NewPage) -> None:
    page = new_page("", live=False, color_scheme="light")
    reach(page, page.locator("#__palette_0"), within=20)
    page.keyboard.press("ArrowRight")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


# --- scores -----------------------------------------------------------------------------------------------------------


def test_the_scores_are_weighed_explained_and_taken_away(scores: Page, catalogue: Catalogue) -> None:
    page = scores
    reach(page, page.locator(".md-skip"), within=1)
    page.keyboard.press("Enter")
    reach(page, page.locator("[name=profile]:checked"), within=2)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash.includes('profile=growth')")
    assert ranked(page) == expected(catalogue, "growth")
    names = list(catalogue.criteria)
    for name in names:
        reach(page, page.locator(f"#weight-{name}"), within=1)
    page.keyboard.press("End")
    page.wait_for_function(f"location.hash.includes('{names[-1]}:100')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"location.hash.includes('{names[-1]}:99')")
    weights = {name: round(100 * weight) for name, weight in catalogue.profiles["growth"].weights.items()} | {names[-1]: 99}
    assert ranked(page) == expected(catalogue, weights)
    expect(page.locator(f"#weight-{names[-1]}")).to_be_focused()
    reach(page, button(page, "Copy link"), within=1)
    page.keyboard.press("Enter")
    expect(page.locator(".ok-status")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    for kind in ("CSV", "JSON"):
        reach(page, button(page, kind), within=1)
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == f"ranking.{kind.lower()}"
    own = orchkit.rank(catalogue, weights)
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["ranking"][0]["tool"] == own.ranking[0].tool
    reach(page, button(page, "Reset"), within=1)
    page.keyboard.press("Space")
    page.wait_for_function("location.hash.includes('profile=startup')")
    expect(button(page, "Reset")).to_be_focused()
    summary = page.get_by_text("What each criterion adds")
    reach(page, summary, within=2 + len(own.ranking))  # every tool is a link
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Contributions")).to_be_visible()
    reach(page, page.get_by_role("region", name="Contributions"), within=1)
    reach(page, page.get_by_role("region", name="Scores by tool and criterion"), within=4 + len(own.ranking))


@pytest.mark.parametrize("choice", ["Back to mine", "Keep these"])
def test_a_link_is_kept_or_left(scores: Page, choice: str) -> None:
    page = scores
    page.locator("#weight-community").focus()
    page.keyboard.press("Home")
    page.keyboard.press("End")
    page.wait_for_function("location.hash.includes('community:100')")
    page.evaluate("location.hash = 'weights=observability:1,learning-curve:2'")
    expect(page.locator(".ok-status")).to_contain_text("from a link")
    reach(page, button(page, choice), key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".ok-status button")).to_have_count(0)
    expect(page.locator("#weight-community")).to_have_value("0" if choice == "Keep these" else "100")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.ok-view'))"), "the focus is lost with the button"
    wait_saved(page, "observability" if choice == "Keep these" else "community")


# --- checklist --------------------------------------------------------------------------------------------------------


def test_a_checklist_is_taken_away_brought_back_and_begun_again(checklist: Page, tmp_path: Path) -> None:
    page = checklist
    half_filled(page)
    before = shown(page)
    page.locator("article.ok-item").last.locator(".ok-more > summary").last.focus()
    reach(page, button(page, "Export decision file"), within=15)  # the item's sources and the results lie between
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["responses"][0]["subject"] == before["subject"]
    file = tmp_path / "other.json"
    file.write_text(with_response(subject="Theirs"), encoding="utf-8")
    reach(page, button(page, "Import decision file"), within=1)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.locator("#offer-title")).to_be_focused()
    reach(page, button(page, "Take over"), within=3)
    page.keyboard.press("Enter")
    expect(page.get_by_label("What is assessed")).to_have_value("Theirs")
    expect(page.locator(".ok-said")).to_be_focused()
    reach(page, button(page, "Undo"), within=13)
    page.keyboard.press("Enter")
    expect(page.locator(".ok-summary")).to_contain_text(f"2 of {COUNT}")
    assert shown(page) == before
    expect(button(page, "Undo")).to_be_focused()
    button(page, "Print").focus()
    for choice, left in (("Keep them", f"2 of {COUNT}"), ("Clear them", f"0 of {COUNT}")):
        reach(page, button(page, "Start again"), within=1)
        page.keyboard.press("Enter")
        expect(button(page, "Keep them")).to_be_focused()
        if choice == "Clear them":
            reach(page, button(page, choice), key="Shift+Tab", within=1)
        page.keyboard.press("Enter")
        expect(button(page, "Start again")).to_be_focused()
        expect(page.locator(".ok-summary")).to_contain_text(left)
        page.keyboard.press("Shift+Tab")
    expect(page.locator(f"#{ITEM} textarea")).to_have_value("")


def test_a_checklist_is_filled(checklist: Page) -> None:
    page = checklist
    page.locator("[name='first.header.target']").focus()
    for _ in range(12):  # past undo, redo and the filter, then into the first item
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    name = page.evaluate("document.activeElement.name")
    first = page.locator(f".ok-item:has([name='{name}'])")
    expect(first.locator("input:checked")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    chosen = first.locator("input:checked")
    expect(chosen).not_to_have_attribute("value", "unknown")
    expect(first).to_have_class(f"ok-item ok-is-{chosen.get_attribute('value')}")
    expect(chosen).to_be_focused()
    reach(page, first.locator("textarea"), within=1)
    page.keyboard.type("tried it")
    reach(page, first.locator("input[type=url]"), within=1)
    page.keyboard.type("https://example.org/run")
    owner, why = first.locator(".ok-more > summary").all()
    reach(page, owner, within=4)  # what is measured lies between
    page.keyboard.press("Enter")
    expect(first.locator(".ok-more").first).to_have_attribute("open", "")
    reach(page, first.get_by_label("Owner", exact=True), within=1)
    page.keyboard.type("Omar")
    reach(page, why, within=6)
    page.keyboard.press("Enter")
    expect(first.locator(".ok-more").last).to_have_attribute("open", "")
    expect(first.locator("textarea")).to_have_value("tried it")
    expect(first.locator("input[type=url]")).to_have_value("https://example.org/run")
    reach(page, first.get_by_role("link", name="Next open item"), within=4)  # the item's sources lie between
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "radio"
    following = first.get_by_role("link", name="Next open item").get_attribute("href")
    assert "#" + page.evaluate("document.activeElement.closest('.ok-item').id") == following


# --- the focus --------------------------------------------------------------------------------------------------------

SEEN = """() => {
  const element = document.activeElement;
  if (!element.closest(".ok-view")) return null;
  const marked = [element, element.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one));
  const place = element.getBoundingClientRect();
  const bar = document.querySelector(".ok-summary")?.getBoundingClientRect();
  return {
    html: element.outerHTML.slice(0, 120),
    marked: marked.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1),
    covered: Boolean(bar) && bar.top > 0 && place.height < 200 && place.bottom > bar.top && place.top < bar.bottom && !element.closest(".ok-summary"),
  };
}"""


@pytest.mark.parametrize("name", ["scores", "checklist"])
def test_the_focus_is_always_seen(request: pytest.FixtureRequest, name: str) -> None:
    page = request.getfixturevalue(name)
    page.locator(".ok-view button").last.focus()
    seen = []
    for _ in range(45):
        page.keyboard.press("Shift+Tab")  # upwards, where a bar that sticks to the top could cover it
        if at := page.evaluate(SEEN):
            seen.append(at)
    assert len(seen) >= 10
    assert [at["html"] for at in seen if not at["marked"]] == []
    assert [at["html"] for at in seen if at["covered"]] == []
