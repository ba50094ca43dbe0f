"""The checklist page: answers are kept, travel in a file, and bad files change nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import orchkit
from tests.browser.server import Fault, aborted

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

PATH = "checklists/production-adoption/"
ITEM = "failed-run-resumes"
VERSIONS = orchkit.load().checklists["production-adoption"]
VERSION = next(reversed(VERSIONS))
COUNT = sum(1 for _ in VERSIONS[VERSION].items)


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
    expect(page.locator(".ok-summary")).to_contain_text(f"2 of {COUNT}")


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
    expect(other.locator(".ok-offer")).to_contain_text(re.compile(r"Prefect on our cluster, version \d+\.\d+:\s+new, with 2 answers\."))
    expect(other.locator(".ok-summary")).to_contain_text(f"0 of {COUNT}")
    take_over(other)
    expect(other.locator(".ok-said")).to_contain_text("Taken over: 1 new evaluation.")
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


def take_over(page: Page) -> None:
    page.get_by_role("button", name="Take over", exact=True).click()
    expect(page.locator(".ok-offer")).to_have_count(0)


DECISION = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0"}


def with_response(**response: object) -> str:
    return json.dumps({**DECISION, "responses": [{"checklist": "production-adoption", "version": VERSION, **response}]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(with_response(checklist="nonsense"), "unknown checklist `nonsense`", id="unknown checklist"),
        pytest.param(with_response(schema_version=2), "is the format of a newer release", id="a file of a later release"),
        pytest.param(with_response(version="9.9"), "unknown version `9.9`", id="unknown version"),
        pytest.param(with_response(answers={"no-such-item": {"outcome": "met"}}), "unknown item `no-such-item`", id="unknown item"),
        pytest.param(with_response(answers={ITEM: {"outcome": "yes"}}), "not one of the allowed values", id="unknown outcome"),
        pytest.param(with_response()[:-20], "is not JSON", id="truncated"),
        pytest.param('{"openapi": "3.1.0"}', "is not a decision file", id="another schema"),
        pytest.param(json.dumps(DECISION), "has no answers to the checklist", id="no responses"),
        pytest.param("[" * 5000, "nested", id="too deep"),
        pytest.param("{}" + " " * 20_000_000, "larger than", id="too large"),
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
    expect(page.locator(".ok-summary")).to_contain_text(f"0 of {COUNT}")


def test_not_applicable_wants_a_reason(new_page: NewPage) -> None:
    page = new_page(PATH)
    answer(page, ITEM, "Not applicable")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_contain_text("counts once the note says why")
    page.locator(f"#{ITEM} textarea").fill("We never resume")
    expect(page.locator(f"#{ITEM} .ok-problem")).to_have_count(0)
    expect(page.locator(".ok-summary")).to_contain_text(f"1 of {COUNT}")


def test_two_pages_of_one_reader_do_not_overwrite_each_other(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    checklist = new_page(PATH, context=context)
    scores = new_page("scores/", context=context)
    half_filled(checklist)
    scores.locator("#weight-community").fill("77")
    wait_saved(scores, "77")
    answer(checklist, "task-tested-by-itself", "Met")
    expect(checklist.locator(".ok-summary")).to_contain_text(f"3 of {COUNT}")
    for page in (checklist, scores):
        page.reload()
        page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(checklist.locator(".ok-summary")).to_contain_text(f"3 of {COUNT}")
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
    expect(page.locator(".ok-summary")).to_contain_text(f"2 of {COUNT}")


def test_an_import_is_shown_first_and_can_be_undone(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(PATH)
    half_filled(page)
    before = shown(page)
    file = tmp_path / "other.json"
    same = {"subject": "Prefect on our cluster", "answers": {ITEM: {"outcome": "met", "revision": 99}}}
    file.write_text(with_response(**same), "utf-8")
    upload(page, file)
    expect(page.locator(".ok-offer")).to_contain_text("1 of 1 differing answers would change.")
    expect(page.locator("#offer-title")).to_be_focused()
    assert shown(page) == before
    page.get_by_role("button", name="Leave it").click()
    assert shown(page) == before
    upload(page, file)
    take_over(page)
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("met")
    expect(page.locator(".ok-said")).to_be_focused()
    undo(page)
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("not_met")
    assert shown(page) == before


def undo(page: Page) -> None:
    page.locator(".ok-steps").get_by_role("button", name="Undo").click()


def test_several_evaluations_stand_side_by_side(new_page: NewPage) -> None:
    page = new_page(PATH)
    half_filled(page)
    page.get_by_role("button", name="Copy as today's state").click()
    page.get_by_label("By whom").fill("Omar")
    answer(page, ITEM, "Met")
    chooser = page.get_by_label("Evaluation, one of 2")
    expect(chooser.locator("option")).to_have_count(2)
    wait_saved(page, "Omar")
    page.reload()
    page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(page.get_by_label("By whom")).to_have_value("Omar")
    chooser.select_option(index=0)
    expect(page.get_by_label("By whom")).to_have_value("")
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("not_met")
    for _ in range(2):
        undo(page)  # across evaluations: what was done last in this tab, also before the reload
    chooser.select_option(index=1)
    expect(page.get_by_label("By whom")).to_have_value("")
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("not_met")
    page.get_by_role("button", name="New evaluation").click()
    expect(page.locator(".ok-item input:checked")).to_have_count(COUNT)
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("unknown")
    page.get_by_label("Evaluation, one of 3").select_option(index=0)
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("not_met")
    expect(page.locator(".ok-item input:checked")).to_have_count(COUNT)


def test_a_link_shows_an_evaluation_until_it_is_kept(new_page: NewPage, new_context: NewContext) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = new_page(PATH, context=context)
    half_filled(page)
    page.get_by_role("button", name="Copy a link to this evaluation").click()
    expect(page.locator(".ok-status")).to_contain_text("is copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(page.url + "#evaluation=")
    own = new_page(PATH)
    own.get_by_label("What is assessed").fill("Mine")
    wait_saved(own, "Mine")
    own.goto("about:blank")
    own.goto(link)
    expect(own.locator(".ok-offer")).to_contain_text("This evaluation comes from a link", timeout=120_000)
    expect(own.locator(".ok-about")).to_contain_text("Prefect on our cluster")
    expect(own.locator(".ok-item input")).to_have_count(0)
    own.get_by_role("button", name="Back to mine").click()
    expect(own.get_by_label("What is assessed")).to_have_value("Mine")
    assert "#" not in own.url
    own.goto("about:blank")
    own.goto(link)
    own.get_by_role("button", name="Keep this evaluation").click(timeout=120_000)
    expect(own.get_by_label("What is assessed")).to_have_value("Prefect on our cluster")
    wait_saved(own, "Prefect on our cluster")
    own.reload()
    own.wait_for_selector(".ok-ready", timeout=120_000)
    expect(own.get_by_label("Evaluation, one of 2").locator("option")).to_have_count(2)


def test_a_filter_is_of_the_tab_and_paper_has_every_item(new_page: NewPage) -> None:
    page = new_page(PATH)
    half_filled(page)
    page.locator(".ok-look summary").click()
    page.locator("[name='look.state']").select_option("todo")
    expect(page.locator(".ok-item:visible")).to_have_count(1)
    page.reload()
    page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(page.locator(".ok-item:visible")).to_have_count(1)
    page.emulate_media(media="print")
    assert page.locator(".ok-item:visible").count() == COUNT
