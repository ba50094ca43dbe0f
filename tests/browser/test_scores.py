"""The scores page: the built result stands, a moved slider ranks again, the address reproduces what is seen."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.views.ranking_table import score_text

NewPage = Callable[..., Page]


def ranked(page: Page) -> list[tuple[str, str]]:
    """The ranking as the page shows it."""
    return [(row.get_attribute("id") or "", row.locator(".ok-score").inner_text()) for row in page.locator(".ok-result .ok-ranking tbody tr").all()]


def slide(page: Page, criterion: str, value: int) -> None:
    """Move a slider as a reader's hand does: the value changes, `input` is fired."""
    page.locator(f"#weight-{criterion}").fill(str(value))


@pytest.fixture(scope="module")
def live(shared_page: NewPage) -> Page:
    """One live page for the tests that need no visit of their own."""
    return shared_page("scores/")


def expected(catalogue: Catalogue, weights: object) -> list[tuple[str, str]]:
    """The ranking as the library computes it."""
    return [(f"rank-{line.tool}", score_text(line)) for line in orchkit.rank(catalogue, weights).ranking]  # type: ignore[arg-type]


def test_the_built_page_is_what_the_worker_draws(new_page: NewPage, address: str) -> None:
    page = new_page("scores/")
    page.wait_for_timeout(1_000)  # what takes long is finished in what was built, and stays
    expect(page.locator("#acceptability[aria-busy]")).to_have_count(0)
    live = page.locator(".ok-body").inner_html()
    built = page.request.get(f"{address}scores/").text()
    still = new_page("scores/", live=False, java_script_enabled=False)
    assert still.locator(".ok-body").inner_html().split() == live.split()
    assert "Startup" in built


def test_a_moved_slider_ranks_again_and_the_address_reproduces_it(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/")
    assert ranked(page) == expected(catalogue, "startup")
    slide(page, "artifact-lineage", 100)
    slide(page, "kubernetes-free", 0)
    weights = {"learning-curve": 30, "local-development": 25, "ml-features": 20, "community": 10, "artifact-lineage": 100}
    page.wait_for_function("location.hash.includes('artifact-lineage:100') && !location.hash.includes('kubernetes')")
    page.wait_for_function(f"document.querySelector('.ok-ranking tbody tr').id === {json.dumps(expected(catalogue, weights)[0][0])}")
    assert ranked(page) == expected(catalogue, weights)
    fresh = new_page(page.url.partition("/handbook/")[2])
    assert ranked(fresh) == ranked(page)
    assert fresh.locator("#weight-artifact-lineage").input_value() == "100"


@pytest.mark.parametrize("profile", ["growth", "enterprise"])
def test_a_profile_sets_every_slider(live: Page, catalogue: Catalogue, profile: str) -> None:
    page = live
    page.get_by_role("radio", name=catalogue.profiles[profile].name, exact=True).check()
    page.wait_for_function(f"location.hash.includes('profile={profile}')")
    assert ranked(page) == expected(catalogue, profile)
    for criterion, weight in catalogue.profiles[profile].weights.items():
        expect(page.locator(f"#weight-{criterion}")).to_have_value(str(int(100 * weight)))


def test_all_weights_zero_says_so_and_keeps_the_page(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/")
    for criterion in catalogue.profiles["startup"].weights:
        slide(page, criterion, 0)
    expect(page.locator(".ok-body .ok-problem")).to_contain_text("all weights are zero")
    slide(page, "community", 10)
    expect(page.locator(".ok-body .ok-problem")).to_have_count(0)
    assert ranked(page) == expected(catalogue, {"community": 1})


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("weights=nonsense:1", "unknown criterion `nonsense`"),
        ("weights=community:NaN", "not a plain, finite number"),
        ("weights=community:-1", "negative"),
        ("profile=<script>alert(1)</script>", "unknown weight profile"),
        ("a=b&%ff%fe=%00", "unknown part"),
        ("release=1999.1.0&profile=growth", "dataset 1999.1.0"),
        ("x=" + "9" * 9000, "longer than"),
    ],
)
def test_a_garbled_link_is_named_and_the_rest_works(live: Page, catalogue: Catalogue, fragment: str, said: str) -> None:
    live.evaluate("fragment => { location.hash = fragment; }", fragment)
    expect(live.locator(".ok-status")).to_contain_text(said)
    slide(live, "community", 80)
    live.wait_for_function("location.hash.includes('community:80')")
    assert len(ranked(live)) == len(catalogue.ranked_tools)
    live.get_by_role("button", name="Reset").click()
    live.wait_for_function("location.hash.includes('profile=startup')")


def test_a_garbled_link_is_named_on_a_first_visit(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/#weights=nonsense:1")
    expect(page.locator(".ok-status")).to_contain_text("unknown criterion `nonsense`")
    assert ranked(page) == expected(catalogue, "startup")


def test_reset_goes_back_to_the_first_profile(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/#weights=observability:1")
    assert ranked(page) == expected(catalogue, {"observability": 1})
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("location.hash.includes('profile=startup')")
    assert ranked(page) == expected(catalogue, "startup")


def test_downloads_say_what_the_page_says(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/#profile=enterprise")
    found = {}
    for kind in ("CSV", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind, exact=True).click()
        found[kind] = Path(download.value.path()).read_text(encoding="utf-8")
    rows = list(csv.reader(found["CSV"].splitlines()))
    assert [row[2] for row in rows[1:]] == [score for _, score in expected(catalogue, "enterprise")]
    assert json.loads(found["JSON"]) == json.loads(orchkit.rank(catalogue, "enterprise").model_dump_json())


def test_copy_link_copies_the_address(new_page: NewPage, new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = new_page("scores/#weights=community:1", context=context)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".ok-status")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_weights_outlive_a_visit_to_another_page(new_page: NewPage, address: str) -> None:
    page = new_page("scores/")
    slide(page, "community", 90)
    page.wait_for_function("location.hash.includes('community:90')")
    page.goto(f"{address}tools/airflow/")
    page.goto(f"{address}scores/")
    page.wait_for_selector(".ok-ready", timeout=120_000)
    expect(page.locator("#weight-community")).to_have_value("90")


def test_acceptabilities_of_another_matrix_are_counted_while_the_reader_does_nothing(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/#profile=startup&tools=metaflow,prefect,zenml")
    drawn = orchkit.sensitivity(catalogue, "startup", tools=["metaflow", "prefect", "zenml"]).acceptability
    assert drawn is not None
    names = [catalogue.tools[line.tool].facts.name for line in drawn.tools]
    expect(page.locator(".ok-stacks .ok-name")).to_have_text(names)  # until then the built page's own text stands there
    expect(page.locator("#acceptability .ok-hint").last).to_contain_text("10,000 weightings, drawn evenly")
    expect(page.locator("#acceptability[aria-busy]")).to_have_count(0)


def test_an_input_comes_before_what_takes_long(new_page: NewPage) -> None:
    page = new_page("scores/#profile=startup&tools=metaflow,prefect,zenml,dagster")
    for value in range(40, 60):
        slide(page, "community", value)
    page.wait_for_function("location.hash.includes('community:59')")
    expect(page.locator("#weight-community")).to_have_value("59")
    expect(page.locator("#acceptability .ok-hint").last).to_contain_text("10,000 weightings, drawn evenly")
    expect(page.locator(".ok-firmness .ok-verdict")).to_contain_text("winner")


def test_a_link_leaves_the_readers_own_weights(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/")
    slide(page, "community", 90)
    page.wait_for_function("location.hash.includes('community:90')")
    page.evaluate("location.hash = 'weights=observability:1'")
    expect(page.locator(".ok-status")).to_contain_text("from a link")
    assert ranked(page) == expected(catalogue, {"observability": 1})
    slide(page, "local-development", 1)
    page.wait_for_function("location.hash.includes('local-development:1')")
    page.get_by_role("button", name="Back to mine").click()
    expect(page.locator("#weight-community")).to_have_value("90")
    expect(page.locator("#weight-observability")).to_have_value("0")
