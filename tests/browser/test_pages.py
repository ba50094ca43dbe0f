"""What holds of the pages whoever builds them: nothing goes wrong on any, they can be found, and the live ones live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from orchkit.model.catalogue import Catalogue
from orchkit.site.builders import BUILDERS
from tests.browser.server import Served
from tests.browser.test_access import LOOKS, SCHEMES, SIZES, begin, ended
from tests.browser.test_checklist import COUNT, PATH, half_filled, shown
from tests.browser.test_policy import listen
from tests.browser.test_scores import expected, ranked

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="module", params=BUILDERS)
def builder(request: pytest.FixtureRequest) -> str:
    """Each builder in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(sites: Callable[[str], Path], builder: str) -> Path:
    """The site by that builder."""
    return sites(builder)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Address of that site."""
    with Served(site).running() as served:
        yield served.address


def paths(site: Path) -> list[str]:
    """Every page's path, that of the page for what is not there included."""
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in sorted(site.rglob("*.html"))]


@dataclass(frozen=True)
class Excepted:
    """A finding of axe that only the theme can mend."""

    rule: str
    element: str
    """What its HTML begins with."""
    why: str

    def covers(self, finding: tuple[str, str, str]) -> bool:
        """Say whether this is the finding."""
        return finding[0] == self.rule and finding[1].startswith(self.element)


EXCEPTIONS = (
    Excepted(
        "landmark-unique",
        '<nav class="md-code__nav">',
        "The theme's script puts the copy button of each code block into a landmark without a name; its misuse of navigation roles"
        " is collected in https://github.com/squidfunk/mkdocs-material/issues/4101. Zensical has inherited the script.",
    ),
)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page_fits_keeps_its_policy_and_gives_axe_nothing_to_find(
    new_context: NewContext, address: str, site: Path, axe: str, size: str, scheme: str
) -> None:
    context = new_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce", python=False)  # live pages have tests of their own
    context.add_init_script(axe)
    reported = listen(context)
    wide: list[str] = []
    found: list[tuple[str, tuple[str, str, str]]] = []
    looking: dict[Page, str] = {}

    def end(page: Page) -> None:
        found.extend((looking[page], finding) for finding in ended(page))

    tabs = cycle([context.new_page(), context.new_page()])  # axe looks at the page in one while the next is fetched into the other
    for path, page in zip(paths(site), tabs, strict=False):
        if page in looking:
            end(page)
        page.goto(address + path)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
        begin(page)
        looking[page] = path
    for page in looking:
        end(page)
    assert wide == []
    assert reported == []
    assert [one for one in found if not any(exception.covers(one[1]) for exception in EXCEPTIONS)] == []
    unused = [exception for exception in EXCEPTIONS if not any(exception.covers(finding) for _, finding in found)]
    assert unused == [], "strike what the theme has mended"


def test_what_is_not_there_is_answered_by_the_handbook(new_context: NewContext, address: str) -> None:
    page = new_context(allow=("404",)).new_page()
    answer = page.goto(f"{address}no/such/page/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator(".md-header")).to_contain_text("The orchestrator handbook")
    page.locator(".md-header__button.md-logo").first.click()
    assert page.url == address


# What is clicked, what is typed into, and what is found: Zensical's search is another program than Material's.
SEARCH = {
    "material": (".md-search__input", ".md-search__input", ".md-search-result__link"),
    "zensical": (".md-search__button", "dialog input[role=combobox]", "dialog a[role=option]"),
}

# An item, by words of its claim. Material's search finds what has any of the words, unless they stand in quotes.
ITEM_WORDS = {"material": '"failed run resumed"', "zensical": "resumed at the failed task without repeating"}


def search(page: Page, builder: str, words: str) -> Locator:
    """Type into the search and return what it finds."""
    button, field, result = SEARCH[builder]
    page.locator(button).click()
    page.locator(field).press_sequentially(words)  # the theme listens to keys
    return page.locator(result)


def test_search_finds_tool_criterion_and_item(new_page: NewPage, builder: str) -> None:
    found_at = {
        "metaflow": "/tools/metaflow/",
        "cloud portability": "/method/criteria/",
        ITEM_WORDS[builder]: "/checklists/production-adoption/",
        "production adoption": "/checklists/production-adoption/",
        "step functions": "/tools/step-functions/",
        "vertex ai pipelines": "/tools/kubeflow-pipelines/",
        "seldon core": "/companions/",
        "drift retraining": "/patterns/monitoring/",
    }
    page = new_page("", live=False)
    for words, wanted in found_at.items():
        page.reload()
        found = search(page, builder, words)
        expect(found.and_(page.locator(f"[href*='{wanted}']")).first).to_be_attached()


def test_the_search_index_waits_until_somebody_searches(new_context: NewContext, address: str, builder: str) -> None:
    context = new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(f"{address}tools/")
    page.wait_for_timeout(1_000)
    assert [url for url in asked if "search" in url and url.endswith(".json")] == []
    expect(search(page, builder, "metaflow").first).to_be_visible()
    assert len([url for url in asked if "search" in url and url.endswith(".json")]) == 1


def test_search_works_where_there_is_no_page(new_context: NewContext, address: str, builder: str) -> None:
    page = new_context(allow=("404",)).new_page()
    page.goto(f"{address}no/such/page/")
    expect(search(page, builder, "metaflow").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}tools/metaflow/**")


def test_without_scripts_the_result_is_complete(new_page: NewPage, catalogue: Catalogue) -> None:
    page = new_page("scores/", live=False, java_script_enabled=False)
    for profile in catalogue.profiles.values():
        expect(page.locator(".ok-view")).to_contain_text(profile.name)
    assert page.locator("table.ok-ranking").count() == len(catalogue.profiles)
    assert page.locator(".ok-view button:visible, .ok-view input:visible").count() == 0
    page = new_page("checklists/production-adoption/", live=False, java_script_enabled=False)
    expect(page.locator(".ok-item").first).to_be_visible()
    assert page.locator(".ok-view button:visible, .ok-view input:visible").count() == 0


def test_using_the_pages_works_and_breaks_no_policy(new_context: NewContext, address: str, builder: str, catalogue: Catalogue) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    reported = listen(context)
    page = context.new_page()
    page.goto(f"{address}scores/")
    page.wait_for_selector(".ok-ready", timeout=120_000)
    assert ranked(page) == expected(catalogue, "startup")
    for criterion in catalogue.criteria:
        page.locator(f"#weight-{criterion}").fill("100" if criterion == "community" else "0")
    page.wait_for_function("location.hash.endsWith('weights=community:100')")
    wanted = expected(catalogue, {"community": 100})
    expect(page.locator(".ok-result .ok-ranking tbody tr").first).to_have_id(wanted[0][0])
    assert ranked(page) == wanted
    page.get_by_role("button", name="Copy link").click()
    with page.expect_download():
        page.get_by_role("button", name="CSV").click()
    page.locator("label[title='Switch to dark']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(search(page, builder, "metaflow").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/metaflow/**")
    page.goto(f"{address}reference/library/")
    page.locator(".md-code__button[title='Copy to clipboard']").first.click()
    page.set_viewport_size({"width": 360, "height": 780})
    page.locator("label.md-header__button[for='__drawer']").click()
    expect(page.locator(".md-nav--primary")).to_be_visible()
    assert reported == []


def test_half_filled_answers_survive_reload(new_page: NewPage) -> None:
    page = new_page(PATH)
    half_filled(page)
    before = shown(page)
    assert f"2 of {COUNT}" in str(before["summary"])
    page.reload()
    page.wait_for_selector(".ok-ready", timeout=120_000)
    assert shown(page) == before
