"""A whole proof of concept: filled in by keyboard alone, exported, merged with a colleague's, upgraded, gated, reported and counted in the scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Locator, Page, expect

import orchkit
from orchkit.cli import main
from tests.browser.test_checklist import wait_saved
from tests.browser.test_keyboard import FOCUSED, button, reach

NewPage = Callable[..., Page]

CATALOGUE = orchkit.load()
ITEMS = list(CATALOGUE.checklists["proof-of-concept"]["1.0"].items)
ORDER = ["met", "partly_met", "not_met", "not_applicable", "unknown"]
"""As the arrow keys go through them, from the last to the first again."""
MEASURED = {"services-before-local-run": "1"}
"""Imply a score that is not the catalogue's."""


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="orchkit", catch_exceptions=False)


def wanted(index: int) -> str:
    """Answer all items, two of three as met."""
    return ["met", "met", "partly_met", "met", "not_met", "met"][index % 6]


def choose(page: Page, item: Locator, outcome: str) -> None:
    """Press the arrow until an outcome is chosen; the focus is on the group already."""
    for _ in range(ORDER.index(outcome) + 1):
        page.keyboard.press("ArrowRight")
    expect(item.locator("input:checked")).to_have_attribute("value", outcome)


def fill_in(page: Page, index: int) -> None:
    """Answer one item with its numbers, and go on to the next open one by its link."""
    item = page.locator(f"#{ITEMS[index].id}")
    choose(page, item, wanted(index))
    field = item.locator("input[name*='.measurement.']")
    for one in field.all():
        reach(page, one, within=6)
        name = str(one.get_attribute("name")).rpartition(".")[2]
        page.keyboard.type(MEASURED.get(name, "2"))
    following = item.get_by_role("link", name="Next open item")
    if index < len(ITEMS) - 1:
        reach(page, following, within=14)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(f"#{ITEMS[index + 1].id} input:checked")).to_be_focused()


@pytest.fixture(scope="module")
def filled_in(shared_page: NewPage) -> Page:
    """The page of the checklist, filled in from the first to the last field without a mouse."""
    page = shared_page("checklists/proof-of-concept/", reduced_motion="reduce")
    subject = page.locator("select[name$='.header.about']")
    reach(page, subject, within=40)
    while subject.input_value() != "prefect/self-hosted":
        page.keyboard.press("ArrowDown")
    reach(page, page.get_by_label("By whom"), within=3)
    page.keyboard.type("Ines")
    reach(page, page.get_by_label("On", exact=True), within=3)
    page.keyboard.type("11212026")
    first = page.locator(f"#{ITEMS[0].id} input:checked")
    for _ in range(30):
        page.keyboard.press("Tab")
        if first.evaluate(FOCUSED):
            break
    for index in range(len(ITEMS)):
        fill_in(page, index)
    wait_saved(page, ITEMS[-1].id)
    expect(page.locator(".ok-summary")).to_contain_text(f"{len(ITEMS)} of {len(ITEMS)}")
    return page


def taken_away(page: Page, folder: Path) -> Path:
    """Export the decision file by keyboard."""
    button(page, "Export decision file").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = folder / "ines.orchkit.json"
    download.value.save_as(file)
    return file


def read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_it_is_exported_merged_gated_and_reported(filled_in: Page, tmp_path: Path) -> None:
    mine = taken_away(filled_in, tmp_path)
    written = read(mine)
    (response,) = written["responses"]
    assert {name: one["outcome"] for name, one in response["answers"].items()} == {item.id: wanted(index) for index, item in enumerate(ITEMS)}
    theirs = tmp_path / "omar.orchkit.json"
    answers = {**response["answers"], ITEMS[0].id: {"outcome": "not_met", "note": "Not on our machines", "revision": 1}}
    theirs.write_text(json.dumps({**written, "responses": [{**response, "evaluator": "Omar", "answers": answers}]}), "utf-8")
    both, again = tmp_path / "both.orchkit.json", tmp_path / "again.orchkit.json"
    assert command("checklist", "merge", mine, theirs, "-o", both).exit_code == 0
    assert command("checklist", "merge", theirs, mine, "-o", again).exit_code == 0
    assert [one["evaluator"] for one in read(both)["responses"]] == ["Ines", "Omar"]
    assert [one["answers"] for one in read(both)["responses"]] == [one["answers"] for one in read(again)["responses"]]
    assert command("checklist", "gate", both, "--min-score", "50").exit_code == 0
    badge = tmp_path / "badge.svg"
    failed = command("checklist", "gate", both, "--min-score", "50", "--no-blockers", "--evaluator", "Omar", "--badge", badge)
    assert failed.exit_code == 1
    assert badge.read_text("utf-8").startswith("<svg")
    report = command("checklist", "report", both)
    assert report.exit_code == 0
    assert "Krippendorff" in report.stdout
    assert ITEMS[0].claim in report.stdout


def test_the_keyboard_goes_on_in_the_item_when_a_proposal_is_gone(new_page: NewPage) -> None:
    page = new_page("checklists/proof-of-concept/", reduced_motion="reduce")
    page.locator("select[name$='.header.about']").select_option("prefect/self-hosted")
    item = page.locator("#resume-repeats-nothing")
    proposal = item.get_by_role("button", name="as the lab has it")
    proposal.focus()
    item.locator("input[value=met]").evaluate("radio => radio.click()")  # an answer that comes in late, with the focus elsewhere
    expect(proposal).to_have_count(0)
    expect(item.locator("input:checked")).to_be_focused()


def test_an_older_checklist_in_the_file_is_upgraded(filled_in: Page, tmp_path: Path) -> None:
    file = taken_away(filled_in, tmp_path)
    old = CATALOGUE.checklists["production-adoption"]["1.0"]
    answers = {item.id: {"outcome": "met", "note": "ran it", "revision": 1} for item in old.items}
    response = {"checklist": "production-adoption", "version": "1.0", "subject": "Prefect", "evaluator": "Ines", "answers": answers}
    file.write_text(json.dumps({**read(file), "responses": [*read(file)["responses"], response]}), "utf-8")
    upgraded = tmp_path / "upgraded.orchkit.json"
    done = command("checklist", "upgrade", file, "-o", upgraded)
    assert done.exit_code == 0, done.output
    kept, new = [one for one in read(upgraded)["responses"] if one["checklist"] == "production-adoption"]
    assert (kept["version"], kept["answers"].keys(), new["version"]) == ("1.0", answers.keys(), "2.0")
    carried = {*new["answers"], *new.get("retired", {})}
    moved = {name for item in CATALOGUE.checklists["production-adoption"]["2.0"].items for name in item.was}
    assert answers.keys() <= carried | moved
    confirmed = [name for name, one in new["answers"].items() if one.get("to_confirm")]
    assert confirmed, "an item changed and nobody is asked"


def test_what_was_measured_counts_on_the_scores_page(filled_in: Page) -> None:
    page = filled_in
    button(page, "Use as own scores in the ranking").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ok-said")).to_contain_text("your own scores now")
    wait_saved(page, "own_scores")
    page.goto(page.url.replace("checklists/proof-of-concept/", "scores/").partition("#")[0])
    page.wait_for_selector(".ok-ready", timeout=120_000)
    own = page.locator("#own-prefect-local-development")
    expect(own).to_contain_text("Proof of concept 1.0")
    expect(own).to_contain_text("Ines")
