"""The lab's pages in the browser: two recorded runs side by side on one clock, by keyboard, and everything without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

LEFT, RIGHT = "cron-script-script", "prefect-ephemeral"


def paired(new_page: NewPage, path: str, **options: object) -> Page:
    page = new_page(path, live=False, **options)
    page.wait_for_selector(".ok-pair-controls")
    return page


@pytest.fixture
def replay(new_page: NewPage) -> Page:
    """The replay, with the plain script on the left and Prefect on the right."""
    page = paired(new_page, "lab/replay/", reduced_motion="reduce")
    for label, choice in (("Left", LEFT), ("Right", RIGHT)):
        page.get_by_label(label).select_option(page.locator(f"[data-ok-choice={choice}]").get_attribute("aria-label"))
    return page


def shown(page: Page) -> list[str | None]:
    return [part.get_attribute("data-ok-choice") for part in page.locator("[data-ok-choice]:visible").all()]


def states(page: Page, choice: str, act: int = 1) -> list[str]:
    """Return the first word of what stands behind each step."""
    cells = page.locator(f"[data-ok-choice={choice}] [data-ok-act='{act}'] tbody tr:not(.ok-start) td:last-child").all_inner_texts()
    return [text.split()[0] for text in cells]


def to_the_end(page: Page) -> None:
    """Press `Next event` until there is none."""
    button, pressed = page.get_by_role("button", name="Next event"), 0
    while button.is_enabled():
        button.press("Enter")
        pressed += 1
        assert pressed < 60, "the run has no end"


def test_nothing_starts_by_itself(replay: Page) -> None:
    assert sorted(shown(replay), key=str) == [LEFT, RIGHT]
    replay.wait_for_timeout(500)
    expect(replay.locator(".ok-clock")).to_contain_text("0.0 s of")
    assert set(states(replay, LEFT)) == {"waits"}
    expect(replay.get_by_role("button", name="Resume")).to_be_disabled()


def test_step_five_fails_and_the_run_goes_on_by_keyboard(replay: Page) -> None:
    to_the_end(replay)
    for choice in (LEFT, RIGHT):
        assert states(replay, choice) == ["ended"] * 4 + ["failed"]
        expect(replay.locator(f"[data-ok-choice={choice}] [data-ok-act='1'] .ok-said")).to_contain_text("the licence of the solver has expired")
    expect(replay.get_by_role("status").filter(has_text="train failed")).to_be_attached()
    replay.get_by_role("button", name="Resume").press("Enter")
    replay.get_by_role("button", name="Pause").press("Enter")
    to_the_end(replay)
    assert states(replay, LEFT, 2) == states(replay, RIGHT, 2) == ["ended"] * 6
    expect(replay.locator(f"[data-ok-choice={RIGHT}]")).to_contain_text("nothing is repeated")


def test_the_clock_runs_at_the_chosen_speed_until_it_is_stopped(new_page: NewPage) -> None:
    page = paired(new_page, "lab/replay/")
    page.get_by_label("Speed").select_option("16")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number.parseFloat(document.querySelector('.ok-clock').textContent) > 0.5")
    page.get_by_role("button", name="Pause").click()
    stopped = page.locator(".ok-clock").inner_text()
    page.wait_for_timeout(300)
    assert page.locator(".ok-clock").inner_text() == stopped
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".ok-clock")).to_contain_text("0.0 s of")


def test_all_runs_can_be_read_as_tables(replay: Page) -> None:
    replay.get_by_role("button", name="Show all below each other").click()
    assert len(shown(replay)) == replay.locator("[data-ok-choice]").count() > 2
    assert "waits" not in states(replay, LEFT)
    expect(replay.locator(".ok-player")).to_be_hidden()
    replay.get_by_role("button", name="Show two side by side").click()
    assert len(shown(replay)) == 2


def test_without_a_script_all_runs_are_there(new_context: NewContext, address: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}lab/replay/")
    assert len(shown(page)) == page.locator("[data-ok-choice]").count()
    assert states(page, LEFT) == ["ended"] * 4 + ["failed"]


def test_workflows_stand_side_by_side_and_an_address_names_one(new_page: NewPage) -> None:
    page = paired(new_page, "lab/workflows/#prefect")
    assert "prefect" in shown(page)
    expect(page.locator("[data-ok-choice=prefect]")).to_contain_text("from prefect import flow, task")
    page.get_by_label("Right").select_option("Metaflow")
    left, right = (page.locator(f"[data-ok-choice={name}]").bounding_box() for name in ("prefect", "metaflow"))
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]
    assert abs(left["y"] - right["y"]) <= 1
