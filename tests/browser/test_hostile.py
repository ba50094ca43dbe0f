"""Hostile text in the real page: typed, imported, linked to, searched for. It is shown, and nothing of it runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from orchkit.model.catalogue import Catalogue
from tests.browser.test_checklist import ITEM, PATH, answer, take_over, upload, wait_saved, with_response
from tests.strategies import HOSTILE

NewPage = Callable[..., Page]

EVERYTHING = "\n".join(HOSTILE)
AS_A_BROWSER_KEEPS_IT = "\n".join(HOSTILE).replace("\x00", "\N{REPLACEMENT CHARACTER}")
LOUD = '"><img src=x onerror="window.pwned = 1"><script>window.pwned = 1</script><svg onload=window.pwned=1>'

FOREIGN = """() => [...document.querySelectorAll(".ok-view *")].filter((one) =>
    /^(script|img|iframe|object|embed|base|meta|link|style|form)$/i.test(one.localName)
    || [...one.attributes].some(({ name, value }) => name.startsWith("on") || name === "style" || /^\\s*(javascript|data|vbscript):/i.test(value)
        && name !== "value")
).map((one) => one.outerHTML.slice(0, 120))"""


def check_quiet(page: Page) -> None:
    """Nothing ran and nothing foreign stands in the view."""
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("({}).pwned") is None
    assert page.evaluate(FOREIGN) == []


@pytest.fixture
def listening(new_page: NewPage) -> NewPage:
    """Open pages on which a dialog fails the test."""

    def refuse(dialog: Dialog) -> None:
        dialog.dismiss()
        pytest.fail(f"a dialog: {dialog.message}")

    def make(path: str, **options: object) -> Page:
        page = new_page(path, **options)
        page.on("dialog", refuse)
        return page

    return make


def test_what_is_typed_is_text(listening: NewPage) -> None:
    page = listening(PATH)
    answer(page, ITEM, "Not met")
    note = page.locator(f"#{ITEM} textarea")
    note.fill(EVERYTHING)
    page.get_by_label("What is assessed").fill(LOUD)
    page.get_by_label("By whom").fill(LOUD)
    page.locator(f"#{ITEM} input[type=url]").fill(f"javascript:{LOUD}")
    wait_saved(page, "HYPERLINK")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_contain_text("is not a web address")
    check_quiet(page)
    shown = page.locator(".ok-findings .ok-note").inner_text()
    assert all(line.strip() in shown for text in HOSTILE for line in text.split("\n") if line.isprintable())
    page.reload()
    page.wait_for_selector(".ok-ready", timeout=120_000)
    assert note.input_value().splitlines() == AS_A_BROWSER_KEEPS_IT.splitlines()
    assert page.get_by_label("What is assessed").input_value() == LOUD
    check_quiet(page)


def test_what_a_file_brings_is_text(listening: NewPage, tmp_path: Path) -> None:
    page = listening(PATH)
    file = tmp_path / '"><img src=x onerror=window.pwned=1>\u202enosj.json'
    answers = {ITEM: {"outcome": "not_met", "note": EVERYTHING, "evidence": "https://example.org/?'onmouseover='window.pwned=1"}}
    file.write_text(with_response(subject=LOUD, evaluator=LOUD, answers=answers), encoding="utf-8")
    upload(page, file)
    expect(page.locator(".ok-offer h2")).to_contain_text("<img src=x")
    expect(page.locator(".ok-offer h2")).to_contain_text("\\u202enosj.json")
    check_quiet(page)
    take_over(page)
    assert LOUD in page.get_by_label("What is assessed").input_value()
    assert "<script>window.pwned = 1</script>" in page.locator(".ok-findings").inner_text()
    check_quiet(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export decision file").click()
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["responses"][0]["subject"] == LOUD
    for text, said in (("{", "is not JSON"), (json.dumps({"format": "orchkit-decision", LOUD: LOUD}), "unknown field")):
        file.write_text(text, encoding="utf-8")
        upload(page, file)
        expect(page.locator(".ok-status")).to_contain_text(said)
        expect(page.locator(".ok-status")).to_contain_text("\\u202enosj.json")
    check_quiet(page)


def test_what_a_link_brings_is_text(listening: NewPage, catalogue: Catalogue) -> None:
    page = listening(f"scores/#profile={LOUD}&{LOUD}={LOUD}")
    expect(page.locator(".ok-status")).to_contain_text("onerror")
    check_quiet(page)
    for text in HOSTILE:
        page.evaluate("text => { location.hash = `profile=${text}&weights=${encodeURIComponent(text)}`; }", text)
    page.evaluate("location.hash = 'profile=growth&tools=<b>last</b>'")
    expect(page.locator(".ok-status")).to_contain_text("unknown tool `<b>last</b>`")
    expect(page.get_by_role("radio", name=catalogue.profiles["growth"].name, exact=True)).to_be_checked()
    check_quiet(page)


def test_what_is_searched_for_is_text(listening: NewPage, address: str) -> None:
    page = listening("", live=False)
    page.goto(f"{address}?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E%20metaflow")
    expect(page.locator(".md-search-result__meta")).not_to_be_empty()
    page.goto(f"{address}tools/metaflow/?h=%3Cimg+src%3Dx+onerror%3Dwindow.pwned%3D1%3E")
    page.locator(".md-search__input").fill("")
    page.locator(".md-search__input").press_sequentially("<script>alert(1)</script> metaflow")
    expect(page.locator(".md-search-result__link").first).to_be_attached()
    assert page.evaluate("window.pwned") is None
    assert page.locator(".md-search img, article img[src=x]").count() == 0
