"""The costs page in a real browser: what the reader types moves the sums, survives a reload, and travels in a link."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import READY, STARTING, NewContext, NewPage


def test_a_workload_moves_the_sums_and_survives_a_reload(new_context: NewContext, new_page: NewPage) -> None:
    page = new_page("costs/", context=new_context())
    two_engineers = page.locator("#lines-build-your-own > summary")
    page.fill('[name="workload.salary_per_year"]', "100000")
    expect(two_engineers).to_contain_text("USD 204,")
    page.fill('[name="workload.seats"]', "two")
    expect(page.locator('[id="problem-workload.seats"]')).to_contain_text("`two` is not a plain number")
    expect(page.locator('[name="workload.seats"]')).to_have_attribute("aria-invalid", "true")
    page.reload()
    page.wait_for_selector(READY, timeout=STARTING)
    expect(page.locator('[name="workload.salary_per_year"]')).to_have_value("100000")
    expect(page.locator('[name="workload.seats"]')).to_have_value("two")


def test_an_own_amount_travels_in_the_file_and_a_comparison_in_the_link(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page("costs/")
    page.click("#lines-cron > summary")
    page.fill('[name="edit.cron.people"]', "500-700")
    expect(page.locator("#lines-cron .ok-amount").nth(1)).to_contain_text("500–700")
    page.select_option('[name="breakeven.first"]', "cron")
    page.select_option('[name="breakeven.axis"]', "seats")
    expect(page.locator(".ok-figure figcaption")).to_contain_text("One machine with cron")
    page.wait_for_function("location.hash.endsWith('break-even=cron,vertex-ai-pipelines,seats')")
    with page.expect_download() as download:
        page.click('button[value="decision"]')
    kept = tmp_path / "costs.orchkit.json"
    download.value.save_as(kept)
    data = json.loads(kept.read_text(encoding="utf-8"))
    assert data["cost_edits"] == {"cron": {"people": {"low": 500.0, "high": 700.0}}}
    assert data["break_even"] == {"first": "cron", "second": "vertex-ai-pipelines", "axis": "seats"}
