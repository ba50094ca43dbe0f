"""The comparison in a real browser: tools are chosen by keyboard, rows hidden, the head stays in sight, the link shows the same."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import READY, STARTING, NewContext, NewPage
from tests.browser.server import Fault, Served, corrupted, missing
from tests.browser.test_start import NOISE

HEAD = ".ok-compare thead th"


def heads(page: Page) -> list[str]:
    """The tools as the head of the table names them."""
    return page.locator(f"{HEAD} a").all_inner_texts()


def boxes(page: Page, *selectors: str) -> list[dict[str, Any]]:
    """Where elements stand in the window."""
    return [page.locator(selector).evaluate("element => element.getBoundingClientRect().toJSON()") for selector in selectors]


def test_tools_are_chosen_by_keyboard_and_the_link_shows_the_same(new_context: NewContext, new_page: NewPage) -> None:
    page = new_page("compare/#compare=metaflow,prefect", context=new_context(viewport={"width": 1360, "height": 800}))
    assert heads(page) == ["Metaflow", "Prefect"]
    page.locator("[id='tool.2']").focus()
    page.keyboard.type("Apache")
    expect(page.locator(f"{HEAD} a")).to_have_count(3)
    assert heads(page) == ["Metaflow", "Prefect", "Apache Airflow"]
    expect(page.locator("[id='tool.2']")).to_be_focused()
    page.keyboard.press("Tab")  # its own button
    page.keyboard.press("Tab")  # the next place
    expect(page.locator("[id='tool.3']")).to_be_focused()
    page.locator("#remove-metaflow").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{HEAD} a")).to_have_count(2)
    expect(page.locator("[id='tool.2']")).to_be_focused()  # the button that was pressed is gone
    assert heads(page) == ["Prefect", "Apache Airflow"]
    before = page.locator(".ok-compare tbody tr").count()
    page.get_by_role("radio", name="all rows").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#row-facts\\.licence")).to_have_count(0)
    assert page.locator(".ok-compare tbody tr").count() < before
    page.wait_for_function("location.hash.endsWith('compare=prefect,airflow&rows=differences')")
    page.locator("#group-words").evaluate("element => element.scrollIntoView()")
    (head, group, bar) = boxes(page, f"{HEAD}:nth-child(2)", "#group-words", ".md-header")
    assert group["top"] < bar["bottom"] + head["height"]
    assert abs(head["top"] - bar["bottom"]) < 2
    shown = page.locator(".ok-compare").inner_text()
    other = new_page(page.url.partition("/handbook/")[2], context=new_context(viewport={"width": 320, "height": 640}))
    assert other.locator(".ok-compare").text_content() == page.locator(".ok-compare").text_content()
    assert "Prefect" in shown
    frame = other.locator(".ok-side")
    frame.focus()
    frame.evaluate("element => element.scrollIntoView()")
    for key in ("PageDown", "ArrowRight", "ArrowRight"):
        other.keyboard.press(key)
    other.wait_for_function("document.querySelector('.ok-side').scrollTop > 100 && document.querySelector('.ok-side').scrollLeft > 20")
    (box, head, name, column) = boxes(other, ".ok-side", f"{HEAD}:first-child", "#group-scores tr:nth-child(2) th", f"{HEAD}:nth-child(2)")
    assert abs(head["top"] - box["top"]) < 3
    assert abs(name["left"] - box["left"]) < 3
    assert column["width"] > 150
    assert other.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_a_team_did_and_what_a_move_takes_stand_there(new_page: NewPage) -> None:
    page = new_page("compare/#compare=luigi,flyte")
    expect(page.locator("#row-moving\\.from-luigi a")).not_to_have_count(0)
    expect(page.locator("#row-words\\.strengths details")).not_to_have_count(0)
    page.locator("[id='tool.0']").select_option("airflow")
    page.locator("[id='tool.1']").select_option("prefect")
    expect(page.locator("#row-moving\\.days-airflow a")).to_have_attribute("href", "/handbook/migrations/airflow-to-prefect/")


def test_only_the_comparison_fetches_the_particulars(new_page: NewPage, served: Served) -> None:
    def fetched() -> int:
        return sum("particulars" in path for path in served.asked)

    served.asked.clear()
    page = new_page("scores/")
    assert fetched() == 0
    page.goto(page.url.replace("scores/", "compare/").partition("#")[0])
    page.wait_for_selector(READY, timeout=STARTING)
    assert fetched() == 1


@pytest.mark.parametrize("fault", [missing, corrupted])
def test_without_the_particulars_it_says_so_and_can_be_tried_again(
    new_context: NewContext, address: str, faults: dict[str, Fault], fault: Fault
) -> None:
    faults["runtime/*/particulars.json.gz"] = fault
    page = new_context(allow=NOISE).new_page()
    page.goto(f"{address}compare/#compare=luigi,flyte")
    expect(page.locator(".ok-status")).to_contain_text("particulars.json.gz", timeout=STARTING)
    assert len(heads(page)) == 2, "the built page stays"
    faults.clear()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(READY, timeout=STARTING)
    assert heads(page) == ["Luigi", "Flyte"]
    expect(page.locator("#row-moving\\.from-luigi a")).not_to_have_count(0)
