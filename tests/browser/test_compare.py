"""The comparison in a real browser: tools are chosen by keyboard, rows hidden, the head stays in sight, the link shows the same."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, NewPage

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
