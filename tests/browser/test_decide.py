"""From five answers to a printed record in a real browser, with nothing typed twice; and the link that replays it for somebody else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from orchkit.model.catalogue import Catalogue
from orchkit.views.decide import record_markdown
from orchkit.views.place import Place
from orchkit.views.state import PageState, from_json
from tests.browser.conftest import READY, STARTING, NewContext, NewPage

ANSWERS = {"focus": "ml-first", "authors": "ml-engineers", "operations": "beside-other-work", "kubernetes": "none", "existing": "cron"}
WHOLE = "If all weightings count alike"
WHY = "It runs in the trial already."
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


def go(page: Page, address: str) -> None:
    """Go on to another page once this one has kept what was done."""
    expect(page.locator(".ok-memory")).to_contain_text("Kept in this browser")
    page.goto(address)
    page.wait_for_selector(READY, timeout=STARTING)


def record(page: Page) -> str:
    """The record, once all of it is worked out."""
    expect(page.locator("#record")).to_contain_text(WHOLE)
    return page.locator("#record").inner_text()


def decided(text: str, catalogue: Catalogue) -> PageState:
    return from_json(json.dumps({"decision": json.loads(text)}), "the file", catalogue)


def test_a_walk_from_five_answers_to_a_record_that_others_replay(
    new_context: NewContext, new_page: NewPage, address: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert list(ANSWERS) == catalogue.advice.bank.first
    page = new_page("choose/", context=new_context(permissions=["clipboard-read", "clipboard-write"]))
    for question, answer in ANSWERS.items():
        page.locator(f'[name="answer.{question}"][value="{answer}"]').check()
    page.click('[name="action.use-weights"]')
    expect(page.locator(".ok-result")).to_contain_text("They stand in Scores")
    go(page, f"{address}scores/")
    expect(page.locator(".ok-origin").filter(has_text="Dataset")).to_contain_text("Weights: your own.")
    go(page, f"{address}costs/")
    page.fill('[name="workload.seats"]', "9")
    page.wait_for_function("location.hash.includes('seats:9')")
    go(page, f"{address}decide/")
    brought = page.locator(".ok-brought")
    for text in ("5 of ", "Your own weights.", "Your workload."):
        expect(brought).to_contain_text(text)
    expect(brought).not_to_contain_text("weigh differently")

    page.select_option('[name="choice.status"]', "accepted")
    page.wait_for_function("location.hash.includes('status:accepted')")
    expect(page.locator(".ok-front")).to_contain_text("accepted")
    mine = record(page)
    other = new_page(page.url.removeprefix(address), context=new_context())
    assert record(other) == mine
    other.close()

    page.fill('[name="choice.why"]', WHY)
    page.fill('[name="choice.review_on"]', "2027-05-21")
    expect(page.locator("#record")).to_contain_text("looked at again on 2027-05-21")
    with page.expect_download() as file:
        page.click('button[data-ok-do="export"][value="decision"]')
    with page.expect_download() as written:
        page.click('button[data-ok-do="export"][value="markdown"]')
    markdown = written.value.path().read_text(encoding="utf-8")
    assert f"because: {WHY}" in markdown
    kept = decided(file.value.path().read_text(encoding="utf-8"), catalogue).decision
    assert record_markdown(catalogue, kept.model_copy(update={"result": None}), Place.at(address)) == markdown
    page.click('button[data-ok-do="copy"]')
    expect(page.locator(".ok-status")).to_contain_text("decision-record.md is copied")
    assert page.evaluate("navigator.clipboard.readText()") == markdown

    sheets = page.pdf(path=tmp_path / "record.pdf", format="A4")
    assert len(SHEET.findall(sheets)) == 1
