"""The pages elsewhere than on a wide screen: 320 pixels, which is also 400 % of 1280; paper; colours that the reader's system sets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from orchkit.model.catalogue import Catalogue
from tests.browser.test_checklist import COUNT, ITEM, PATH, VERSION, half_filled, upload
from tests.pure.test_contrast import contrast

NewPage = Callable[..., Page]

NARROWEST = {"width": 320, "height": 640}
SHEET = {"width": 718, "height": 1047}
"""A4 at 96 dpi without margins of a centimetre."""
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 5
ADDRESS = f"https://ci.example.org/{'very-long-path/' * 12}run/7"

# A field of one line scrolls by itself, and so do the tables that say so.
CUT_OFF = """() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("article, article *")].filter((one) => {
    if (one.closest(".ok-scroll > *, .ok-hidden, .md-content__button, .headerlink, datalist, pre") || !one.checkVisibility()) return false;
    const { left, right, width: own } = one.getBoundingClientRect();
    return own > 0 && (right > width + 1 || left < -1);
  });
  const clipped = [...document.querySelectorAll(".ok-view *")].filter((one) =>
    ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1 && !one.closest(".ok-hidden, svg, input"));
  return [...wide, ...clipped].map((one) => one.outerHTML.slice(0, 120));
}"""

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def scores(shared_page: NewPage) -> Page:
    """One live page of scores, ranked by what a link brought."""
    page = shared_page("scores/", viewport=NARROWEST, reduced_motion="reduce")
    page.locator("#weight-community").fill("70")
    page.wait_for_function("location.hash.includes('community:70')")
    page.evaluate("location.hash = 'profile=growth'")
    expect(page.locator(".ok-status")).to_contain_text("from a link")
    return page


@pytest.fixture(scope="module")
def checklist(shared_page: NewPage) -> Page:
    """One live checklist, half filled, with long words in it and something wrong."""
    page = shared_page(PATH, viewport=NARROWEST, reduced_motion="reduce")
    half_filled(page)
    page.locator(f"#{ITEM} textarea").fill(f"{LONG_WORD} and what was seen {'again and ' * 30}again.")
    page.locator("#run-history-kept input[type=url]").fill(ADDRESS)
    page.locator("#run-history-kept textarea").fill("It keeps\nninety days.")
    page.locator("#newcomer-finishes-first-run input[type=url]").fill(LONG_WORD)
    page.locator("#task-tested-by-itself").get_by_role("radio", name="Not applicable").check()
    expect(page.locator(".ok-item .ok-problem")).to_have_count(2)
    return page


# --- 320 pixels -------------------------------------------------------------------------------------------------------


def test_scores_in_use_fit_the_narrowest_screen(scores: Page) -> None:
    page = scores
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    page.get_by_text("What each criterion adds").click()
    assert page.evaluate(CUT_OFF) == []
    assert not page.evaluate(SIDEWAYS)
    page.get_by_text("What each criterion adds").click()


def test_a_checklist_in_use_fits_the_narrowest_screen(checklist: Page, tmp_path: Path) -> None:
    page = checklist
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    file = tmp_path / f"{LONG_WORD}.json"
    file.write_text(json.dumps({LONG_WORD: 1}), encoding="utf-8")
    upload(page, file)
    expect(page.locator(".ok-status")).to_contain_text("is not a decision file")
    page.get_by_role("button", name="Start again").click()
    page.locator(f"#{ITEM} .ok-more > summary").last.click()
    assert page.evaluate(CUT_OFF) == []
    assert not page.evaluate(SIDEWAYS)
    page.get_by_role("button", name="Keep them").click()
    page.locator(f"#{ITEM} .ok-more > summary").last.click()


# --- paper ------------------------------------------------------------------------------------------------------------

TEXT = "one => one.innerText"


@pytest.fixture
def on_paper() -> Callable[[Page], Page]:
    def show(page: Page) -> Page:
        page.emulate_media(media="print")
        page.set_viewport_size(SHEET)  # type: ignore[arg-type]
        return page

    return show


def test_scores_on_paper_are_the_whole_result(scores: Page, on_paper: Callable[[Page], Page], catalogue: Catalogue) -> None:
    page = on_paper(scores)
    for gone in (".ok-controls", ".ok-actions", ".ok-status", ".md-header", ".md-tabs", ".md-footer", ".ok-correct"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    text = page.locator(".md-content__inner").evaluate(TEXT)
    for criterion, weight in catalogue.profiles["growth"].weights.items():
        assert re.search(rf"{catalogue.criteria[criterion].name}\s+{float(100 * weight):g} %", text), "the weights that were used"
    assert "Weights: the profile Growth." in text
    assert "Dataset" in text
    assert page.evaluate(CUT_OFF) == []
    assert not page.evaluate(SIDEWAYS)
    right = page.locator(".ok-heat").evaluate("one => one.getBoundingClientRect().right")
    assert right <= SHEET["width"], "the heat map is cut off"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_paper_is_white_whatever_the_screen_was(scores: Page, on_paper: Callable[[Page], Page], scheme: str) -> None:
    page = on_paper(scores)
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    colours = page.evaluate("""() => [...document.querySelectorAll(".ok-heat td a, .ok-verdict, .ok-ranking th a, .ok-origin, .ok-heat caption")]
        .map((one) => getComputedStyle(one).color)""")
    assert len(colours) > 60
    assert [colour for colour in set(colours) if contrast(hexadecimal(colour), "#fff") < 4.5] == []
    kept = page.evaluate("[...document.querySelectorAll('.ok-heat td, .ok-bar rect')].map((one) => getComputedStyle(one).printColorAdjust)")
    assert set(kept) == {"exact"}
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
    page.emulate_media(media="screen")


def hexadecimal(colour: str) -> str:
    """Write what a browser computed as ``#rrggbb``, laid on white."""
    red, green, blue, *alpha = (float(part) for part in re.findall(r"[\d.]+", colour))
    share = alpha[0] if alpha else 1
    return "#" + "".join(f"{round(share * part + (1 - share) * 255):02x}" for part in (red, green, blue))


def test_a_checklist_on_paper_says_all_that_was_written(checklist: Page, on_paper: Callable[[Page], Page], catalogue: Catalogue) -> None:
    page = on_paper(checklist)
    for gone in (".ok-actions", ".ok-status", ".md-header", f"#{ITEM} textarea", "#run-history-kept input[type=url]"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    text = page.locator(".md-content__inner").evaluate(TEXT)
    for written in ("Prefect on our cluster", LONG_WORD, "It keeps\nninety days.", f"Evidence: {ADDRESS}", f"2 of {COUNT}"):
        assert written in text
    for item in catalogue.checklists["production-adoption"][VERSION].items:
        for part in (item.claim, item.acceptance, item.remedy):
            assert part.replace("`", "") in text, "a reader of the paper cannot unfold it"
    expect(page.locator("#two-runs-side-by-side textarea").first).to_be_visible()
    assert page.evaluate(CUT_OFF) == []
    assert not page.evaluate(SIDEWAYS)
    page.emulate_media(media="screen")


def test_an_address_behind_a_word_is_printed(new_page: NewPage, on_paper: Callable[[Page], Page]) -> None:
    page = on_paper(new_page("contribute/", live=False))
    page.evaluate("document.querySelector('article p').insertAdjacentHTML('beforeend', ' <a href=\"https://example.org/why\">why</a>')")
    after = page.locator("article a[href='https://example.org/why']").evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://example.org/why" in after or "attr(href)" in after


# --- colours of the system --------------------------------------------------------------------------------------------


def test_forced_colours_leave_a_choice_a_score_and_a_bar_to_be_seen(scores: Page) -> None:
    page = scores
    page.emulate_media(forced_colors="active")
    ground = "one => getComputedStyle(one.nextElementSibling).backgroundColor"
    chosen = page.locator("[name=profile]:checked").evaluate(ground)
    assert chosen not in {page.locator("[name=profile]:not(:checked)").first.evaluate(ground), "rgba(0, 0, 0, 0)"}
    edges = page.evaluate("[...document.querySelectorAll('.ok-heat td')].map((one) => getComputedStyle(one).borderTopStyle)")
    assert set(edges) == {"solid"}
    bars = "[...document.querySelectorAll('.ok-bar rect')].filter((one) => !one.closest('.ok-stacks'))"
    fills = page.evaluate(f"{bars}.map((one) => [one.classList[0], getComputedStyle(one).fill])")
    track = next(fill for name, fill in fills if name == "ok-track")
    assert [name for name, fill in fills if name != "ok-track" and contrast(hexadecimal(fill), hexadecimal(track)) < 3] == []
    parts = page.evaluate("[...document.querySelectorAll('.ok-stacks .ok-bar rect')].map((one) => getComputedStyle(one).stroke)")
    text = page.evaluate("getComputedStyle(document.body).color")
    assert set(parts) == {text}, "parts of a bar that lie side by side are told apart by their edges"
    page.emulate_media(forced_colors="none")
