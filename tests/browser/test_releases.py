"""A link that was made on an older release is shown on it; one whose release was tampered with is shown on today's data. Both say so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.site.api import write_api
from orchkit.site.edition import BUNDLE, FOLDER
from orchkit.site.runtime import publish_runtime
from orchkit.store.releases import index_text
from tests.browser.conftest import opener, readers
from tests.browser.server import Fault, Served, corrupted, missing
from tests.browser.test_scores import ranked
from tests.releases import OLDER, frozen, index_of, older

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

FROM = ("orchkit", "checklists", "requirements", "hatch_build.py", "pyproject.toml", "LICENSE", "README.md")
LINKED = (".cache", "node_modules")
LINK = f"scores/#release={OLDER}&profile=startup"


@pytest.fixture(scope="module")
def released(catalogue: Catalogue) -> Catalogue:
    """The release before this dataset: today's first was judged otherwise."""
    first = orchkit.rank(catalogue, "startup").ranking[0].tool
    return older(catalogue, {(first, "learning-curve"): 1})


@pytest.fixture(scope="module")
def server(root: Path, site: Path, catalogue: Catalogue, released: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """This site as it will be when a release precedes it: pages as they are, Python and data from a checkout that has the release."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in FROM:
        if (root / name).is_dir():
            shutil.copytree(root / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(root / name, checkout / name)
    for name in LINKED:
        (checkout / name).symlink_to(root / name)
    (checkout / "checklists/releases" / f"{OLDER}.json").write_text(frozen(released)[0], encoding="utf-8")
    (checkout / "checklists/releases/index.json").write_text(index_text(index_of(released)), encoding="utf-8")
    folder = tmp_path_factory.mktemp("released") / "site"
    shutil.copytree(site, folder)
    runtime = publish_runtime(checkout, folder / "runtime", progress=lambda _: None)
    (edition,) = (folder / FOLDER).iterdir()
    (edition / BUNDLE).write_text(json.dumps(asdict(runtime), sort_keys=True) + "\n", encoding="utf-8")
    write_api(checkout, catalogue, folder)
    with Served(folder).running() as running:
        yield running


@pytest.fixture
def reader(browser: Browser, server: Served) -> Iterator[NewContext]:
    """Readers of that site."""
    with readers(browser, server.address) as make:
        yield make
    server.faults.clear()


def test_an_old_link_is_shown_on_its_release_until_the_reader_goes_on(
    server: Served, reader: NewContext, catalogue: Catalogue, released: Catalogue
) -> None:
    page = opener(reader, server.address)(LINK)
    notice = page.locator(".ok-replay")
    expect(notice).to_contain_text(f"Made on release {OLDER}")
    expect(notice).to_contain_text(f"On dataset {catalogue.dataset.version}, by the same weights, first place changes")
    assert [tool for tool, _ in ranked(page)] == [f"rank-{line.tool}" for line in orchkit.rank(released, "startup").ranking]
    notice.locator("summary").click()
    expect(notice.get_by_role("region", name="Ranks and scores then and today")).to_be_visible()
    expect(notice).to_contain_text("1 → 5")
    page.get_by_role("radio", name=released.profiles["growth"].name, exact=True).check()
    page.wait_for_function(f"location.hash === '#release={OLDER}&profile=growth'")
    button = page.locator(".ok-replay button")
    button.focus()
    page.keyboard.press("Enter")
    expect(notice).to_have_count(0)
    assert [tool for tool, _ in ranked(page)] == [f"rank-{line.tool}" for line in orchkit.rank(catalogue, "growth").ranking]
    page.wait_for_function(f"location.hash === '#release={catalogue.dataset.version}&profile=growth'")
    assert page.evaluate("document.activeElement.closest('.ok-body') !== null")  # the button is gone, the keyboard goes on from the page
    assert server.asked.count(f"releases/{OLDER}.json") == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [(corrupted, "the file is not what was published: its SHA-256 is another"), (missing, "could not be fetched")],
    ids=["tampered", "missing"],
)
def test_a_release_that_cannot_be_had_is_said_and_todays_data_shown(
    server: Served, reader: NewContext, catalogue: Catalogue, fault: Fault, said: str
) -> None:
    server.faults["releases/*"] = fault
    page = opener(reader, server.address)(LINK, allow=("Failed to load resource",))
    status = page.locator(".ok-status")
    expect(status).to_contain_text(said)
    expect(status).to_contain_text(f"was made with dataset {OLDER}, this page has {catalogue.dataset.version}")
    expect(page.locator(".ok-replay")).to_have_count(0)
    assert [tool for tool, _ in ranked(page)] == [f"rank-{line.tool}" for line in orchkit.rank(catalogue, "startup").ranking]
