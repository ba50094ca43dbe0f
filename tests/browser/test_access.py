"""Everybody can use the pages: axe finds nothing, changes are told once and quietly, nothing moves unasked."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_checklist import ITEM, PATH, half_filled

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

SIZES = {"wide": {"width": 1360, "height": 900}, "narrow": {"width": 320, "height": 640}}
SCHEMES = {"light": "default", "dark": "slate"}
LOOKS = (("wide", "light"), ("narrow", "dark"))
"""Each size and each scheme once: a colour does not depend on the width, nor what fits on the colour."""


def findings(page: Page, axe: str) -> list[tuple[str, str, str]]:
    """What axe finds on a page as it stands: rule, HTML, what to mend."""
    page.evaluate(axe)  # from outside: the page's own policy would not let it in
    begin(page)
    return ended(page)


def begin(page: Page) -> None:
    """Let axe look at a page that has it, and do not wait."""
    page.evaluate("() => { window.looking = axe.run(document, { resultTypes: ['violations'] }); }")


def ended(page: Page) -> list[tuple[str, str, str]]:
    """Wait for what axe has found."""
    violations = page.evaluate("async () => (await window.looking).violations")
    return [(rule["id"], node["html"][:200], node["failureSummary"]) for rule in violations for node in rule["nodes"]]


def check_live(page: Page, axe: str) -> None:
    """Look at a live page in both sizes and schemes."""
    for size, scheme in LOOKS:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", SCHEMES[scheme])
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


def test_axe_finds_nothing_on_advice_in_use(new_page: NewPage, axe: str) -> None:
    page = new_page("choose/#context=authors:data-scientists,operations:nobody,kubernetes:none", reduced_motion="reduce")
    expect(page.locator(".ok-advice .ok-verdict")).not_to_have_text("Nothing is answered yet.")
    for summary in page.locator(".ok-result summary").all():
        summary.click()
    check_live(page, axe)


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
