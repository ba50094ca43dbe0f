"""The checklist page: answers are kept, travel in a file, and bad files change nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.server import Fault, aborted

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

PATH = "checklists/production-adoption/"
ITEM = "failed-run-resumes"


def answer(page: Page, item: str, label: str) -> None:
    page.locator(f"#{item}").get_by_role("radio", name=label, exact=True).check()


def wait_saved(page: Page, text: str, *, pending: bool = False) -> None:
    """Wait until the browser's storage holds a text: answered by Python, or still waiting for it."""
    page.wait_for_function(
        """([text, pending]) => new Promise((resolve) => {
            const asked = indexedDB.open("orchkit", 1);
            asked.onupgradeneeded = () => asked.transaction.abort();
            asked.onerror = () => resolve(false);
            asked.onsuccess = () => {
                const store = asked.result.transaction("decisions").objectStore("decisions");
                const [keys, values] = [store.getAllKeys(), store.getAll()];
                values.onsuccess = () => {
                    asked.result.close();
                    const found = keys.result.map((key, index) => [key, JSON.stringify(values.result[index])]);
                    const waiting = found.filter(([key]) => key.startsWith("pending ")).map(([, value]) => value).join();
                    const state = found.filter(([key]) => key === "current").map(([, value]) => value).join();
                    resolve(pending ? waiting.includes(text) : state.includes(text) && !waiting.includes("{"));
                };
            };
        })""",
        arg=[text, pending],
        timeout=60_000,
    )


def half_filled(page: Page) -> None:
    page.get_by_label("What is assessed").fill("Prefect on our cluster")
    answer(page, ITEM, "Not met")
    page.locator(f"#{ITEM} textarea").fill('Ran it twice. Übermäßig <b>bold</b> & "quoted"')
    answer(page, "run-history-kept", "Met")
    page.locator("#run-history-kept input[type=url]").fill("https://example.org/run/7")
    wait_saved(page, "example.org")
    expect(page.locator(".ok-summary")).to_contain_text("2 of 49")


def shown(page: Page) -> dict[str, object]:
    return {
        "subject": page.get_by_label("What is assessed").input_value(),
        "note": page.locator(f"#{ITEM} textarea").input_value(),
        "outcome": page.locator(f"#{ITEM} input:checked").get_attribute("value"),
        "evidence": page.locator("#run-history-kept input[type=url]").input_value(),
        "summary": page.locator(".ok-summary dl").inner_text(),
        "findings": page.locator(".ok-findings").inner_text(),
    }


def test_what_was_typed_before_python_answered_survives_reload(new_page: NewPage) -> None:
    page = new_page(PATH, live=False)
    page.locator(f"#{ITEM} textarea").fill("typed early")
    wait_saved(page, "typed early", pending=True)
    page.reload()
    page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(page.locator(f"#{ITEM} textarea")).to_have_value("typed early")


def test_a_round_trip_through_a_file_is_lossless(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(PATH)
    half_filled(page)
    before = shown(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export decision file").click()
    file = tmp_path / "team.orchkit.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["responses"][0]["checklist"] == "production-adoption"
    other = new_page(PATH)
    upload(other, file)
    expect(other.locator(".ok-status")).to_contain_text("taken over")
    assert shown(other) == before
    with other.expect_download() as again:
        other.get_by_role("button", name="Export decision file").click()
    assert Path(again.value.path()).read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def filled(shared_page: NewPage) -> Page:
    """One half-filled checklist for the tests that must leave it as it is."""
    page = shared_page(PATH)
    half_filled(page)
    return page


def upload(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import decision file").click()
    chooser.value.set_files(file)


DECISION = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0"}


def with_response(**response: object) -> str:
    return json.dumps({**DECISION, "responses": [{"checklist": "production-adoption", "version": "1.0", **response}]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(with_response(checklist="nonsense"), "unknown checklist `nonsense`", id="unknown checklist"),
        pytest.param(with_response(version="9.9"), "unknown version `9.9`", id="unknown version"),
        pytest.param(with_response(answers={"no-such-item": {"outcome": "met"}}), "unknown item `no-such-item`", id="unknown item"),
        pytest.param(with_response(answers={ITEM: {"outcome": "yes"}}), "not one of the allowed values", id="unknown outcome"),
        pytest.param(with_response()[:-20], "is not JSON", id="truncated"),
        pytest.param('{"openapi": "3.1.0"}', "is not a decision file", id="another schema"),
        pytest.param(json.dumps(DECISION), "has no answers to the checklist", id="no responses"),
        pytest.param("[" * 5000, "nested", id="too deep"),
        pytest.param("{}" + " " * 6_000_000, "larger than", id="too large"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_lost(filled: Page, tmp_path: Path, text: str, said: str) -> None:
    page, before = filled, shown(filled)
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    upload(page, file)
    expect(page.locator(".ok-status")).to_contain_text(said)
    assert shown(page) == before


def test_a_wrong_evidence_link_stays_with_its_message(new_page: NewPage) -> None:
    page = new_page(PATH)
    field = page.locator(f"#{ITEM} input[type=url]")
    field.fill("javascript:alert(1)")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_contain_text("is not a web address")
    answer(page, ITEM, "Met")
    expect(page.locator(f"#{ITEM}")).to_have_class("ok-item ok-is-met")
    expect(field).to_have_value("javascript:alert(1)")
    field.fill("https://example.org/log")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_have_count(0)


def test_start_again_asks_first(new_page: NewPage) -> None:
    page = new_page(PATH)
    half_filled(page)
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Keep them").click()
    expect(page.locator(f"#{ITEM} textarea")).not_to_have_value("")
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Clear them").click()
    expect(page.locator(f"#{ITEM} textarea")).to_have_value("")
    expect(page.locator(".ok-summary")).to_contain_text("0 of 49")


def test_not_applicable_wants_a_reason(new_page: NewPage) -> None:
    page = new_page(PATH)
    answer(page, ITEM, "Not applicable")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_contain_text("counts once the note says why")
    page.locator(f"#{ITEM} textarea").fill("We never resume")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_have_count(0)
    expect(page.locator(".ok-summary")).to_contain_text("1 of 49")


def test_two_pages_of_one_reader_do_not_overwrite_each_other(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    checklist = new_page(PATH, context=context)
    scores = new_page("scores/", context=context)
    half_filled(checklist)
    scores.locator("#weight-community").fill("77")
    wait_saved(scores, "77")
    answer(checklist, "task-tested-by-itself", "Met")
    expect(checklist.locator(".ok-summary")).to_contain_text("3 of 49")
    for page in (checklist, scores):
        page.reload()
        page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(checklist.locator(".ok-summary")).to_contain_text("3 of 49")
    expect(scores.locator("#weight-community")).to_have_value("77")


def test_answers_given_while_the_start_fails_are_kept(new_context: NewContext, address: str, faults: dict[str, Fault]) -> None:
    context = new_context(allow=("Failed to load resource", "net::ERR", "Failed to fetch"))
    faults["live/*/bundle.json"] = aborted
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.locator(".ok-status")).to_contain_text("could not be made live")
    answer(page, ITEM, "Met")
    wait_saved(page, ITEM, pending=True)
    page.reload()
    expect(page.locator(".ok-status")).to_contain_text("could not be made live")
    answer(page, "run-history-kept", "Not met")
    wait_saved(page, "run-history-kept", pending=True)
    faults.clear()
    page.reload()
    page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(page.locator(".ok-summary")).to_contain_text("2 of 49")


def test_an_import_can_be_undone(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(PATH)
    half_filled(page)
    before = shown(page)
    file = tmp_path / "other.json"
    file.write_text(json.dumps({**DECISION, "profile": "growth", "responses": [{"checklist": "production-adoption", "version": "1.0"}]}), "utf-8")
    upload(page, file)
    expect(page.locator(".ok-summary")).to_contain_text("0 of 24")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".ok-summary")).to_contain_text("2 of 49")
    assert shown(page) == before
