"""The search of the default builder: whoever types a tool's, a criterion's or a feature's name is led to its page."""

from __future__ import annotations

from orchkit.model.catalogue import Catalogue
from tests.browser.conftest import NewPage

FIRST = 3
"""Among how many results the page that is meant has to stand."""

SETTLED = """async () => {
    const shown = () => [...document.querySelectorAll(".md-search-result__item")].map((item) => item.querySelector("a").getAttribute("href"));
    for (let before = ""; ; ) {
        await new Promise((resolve) => setTimeout(resolve, 80));
        const now = shown().join(" ");
        if (now !== "" && now === before) return shown();
        before = now;
    }
}"""


def test_a_name_leads_to_its_page(new_page: NewPage, catalogue: Catalogue) -> None:
    wanted = {tool.facts.name: f"/tools/{name}/" for name, tool in catalogue.tools.items()}
    wanted |= {criterion.name: "/method/criteria/" for criterion in catalogue.criteria.values()}
    rows = [feature.name for group in catalogue.features.values() for feature in group.features.values() if feature.name not in wanted]
    wanted |= dict.fromkeys(rows[::4], "/features/rows/")
    page = new_page("", live=False)
    page.locator(".md-search__input").click()
    missed = {}
    for words, address in wanted.items():
        page.locator(".md-search__input").fill(words)
        page.locator(".md-search__input").dispatch_event("keyup")  # the theme listens to keys
        found = page.evaluate(SETTLED)
        if not any(address in link for link in found[:FIRST]):
            missed[words] = found[:FIRST]
    assert missed == {}
