"""Everybody can use the pages: axe finds nothing, the keyboard reaches everything, changes are told once and quietly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_checklist import ITEM, PATH, half_filled

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

SIZES = {"wide": {"width": 1360, "height": 900}, "narrow": {"width": 320, "height": 640}}
SCHEMES = {"light": "default", "dark": "slate"}


def findings(page: Page, axe: str) -> list[tuple[str, str, str]]:
    """What axe finds on a page as it stands: rule, HTML, what to mend."""
    page.evaluate(axe)  # from outside: the page's own policy would not let it in
    violations = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [(rule["id"], node["html"][:200], node["failureSummary"]) for rule in violations for node in rule["nodes"]]


def check_live(page: Page, axe: str) -> None:
    """Look at a live page in both schemes and sizes."""
    for size in SIZES.values():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in SCHEMES.values():
            page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
            assert findings(page, axe) == [], (size, scheme)


def test_axe_finds_nothing_on_a_checklist_in_use(new_page: NewPage, axe: str) -> None:
    page = new_page(PATH, reduced_motion="reduce")
    half_filled(page)
    page.locator("#failed-run-resumes input[type=url]").fill("no address")
    page.locator("#failed-run-resumes").get_by_role("radio", name="Not applicable").check()
    page.locator("#failed-run-resumes textarea").fill("")
    expect(page.locator("#failed-run-resumes .ok-problem")).to_have_count(2)
    page.get_by_role("button", name="Start again").click()
    for summary in page.locator(f"#{ITEM} summary, .ok-section:last-of-type summary").all():
        summary.click()
    check_live(page, axe)


def test_axe_finds_nothing_on_scores_with_a_problem(new_page: NewPage, axe: str) -> None:
    page = new_page("scores/#weights=community:0&profil=startup", reduced_motion="reduce")
    expect(page.locator(".ok-status.ok-problem")).not_to_be_empty()
    for field in page.locator("input[type=range]").all():
        field.fill("0")
    expect(page.locator(".ok-body .ok-problem")).to_contain_text("all weights are zero")
    page.get_by_text("What each criterion adds").click()
    check_live(page, axe)


def test_a_checklist_is_filled_by_keyboard_alone(new_page: NewPage) -> None:
    page = new_page(PATH)
    page.locator("[name='response.date']").focus()
    for _ in range(12):  # the parts of a date, then into the first item
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
    page.keyboard.press("Tab")
    expect(first.locator("textarea")).to_be_focused()
    page.keyboard.type("tried it")
    page.keyboard.press("Tab")
    expect(first.locator("input[type=url]")).to_be_focused()
    page.keyboard.type("https://example.org/run")
    page.keyboard.press("Tab")
    expect(first.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first.locator("details")).to_have_attribute("open", "")
    expect(first.locator("textarea")).to_have_value("tried it")
    expect(first.locator("input[type=url]")).to_have_value("https://example.org/run")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "radio"
    page.keyboard.press("Shift+Tab")
    expect(first.locator("summary")).to_be_focused()


FOCUSED = """() => {
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


@pytest.mark.parametrize("path", ["scores/", PATH])
def test_the_focus_is_always_seen(new_page: NewPage, path: str) -> None:
    page = new_page(path, reduced_motion="reduce")
    page.locator(".ok-view button").last.focus()
    seen = []
    for _ in range(45):
        page.keyboard.press("Shift+Tab")  # upwards, where a bar that sticks to the top could cover it
        if at := page.evaluate(FOCUSED):
            seen.append(at)
    assert len(seen) >= 10
    assert [at["html"] for at in seen if not at["marked"]] == []
    assert [at["html"] for at in seen if at["covered"]] == []


def test_twenty_quick_moves_are_told_at_most_twice(new_page: NewPage) -> None:
    page = new_page("scores/")
    page.evaluate("""() => {
      window.told = [];
      const region = document.querySelector("[role=status]");
      new MutationObserver(() => window.told.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    page.locator("#weight-observability").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash.includes('observability:20')")
    page.wait_for_function("window.told.length > 0")
    page.wait_for_timeout(1_000)
    told = page.evaluate("window.told")
    assert 1 <= len(told) <= 2
    assert told[-1] != ""


def test_a_reader_who_wants_no_motion_gets_none(new_page: NewPage) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
    }).map((one) => one.outerHTML.slice(0, 80))"""
    page = new_page("scores/", live=False, reduced_motion="reduce")
    assert page.evaluate(moving) == []
    page = new_page("scores/", live=False, reduced_motion="no-preference")
    assert page.evaluate(moving) != []
