"""Two builders, one handbook: the same pages from the same mkdocs.yml, and nothing of the checkout touched on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from orchkit.errors import InputError
from orchkit.site.builders import BUILDERS, DEFAULT, run_builder
from tests.site.conftest import BASE, Checkout

OTHERS = sorted(BUILDERS.keys() - {DEFAULT})
ADDRESSES = ("href", "src")


@dataclass(frozen=True)
class Difference:
    """What one builder's template has in every page and the other's has not."""

    element: str
    why: str


DIFFERENCES = (
    Difference(
        "<a id=__skip tabindex=-1>",
        "The skip link leads here on Zensical, to the first heading on Material: zensical==0.0.73, templates/base.html, top of the article.",
    ),
)


class Article(HTMLParser):
    """What a reader gets of one page: each element and text of its article, addresses resolved, and the links of the whole page."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.title = ""
        self.links: set[str] = set()
        self._address = BASE + path.removesuffix("index.html")
        self._depth = 0
        self._skipped: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        elsewhere = [name for name in ADDRESSES if not given.get(name, "#").startswith("#")]
        given |= {name: urljoin(self._address, given[name]) for name in elsewhere}
        if tag == "a" and elsewhere:
            self.links.add(given["href"])
        if tag == "article" and (self._depth or "md-content__inner" in given.get("class", "")):
            self._depth += 1
        if self._depth:
            self.parts.append(f"<{' '.join([tag, *(f'{name}={value}' for name, value in sorted(given.items()))])}>")

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self.parts.append(f"</{tag}>")
        if self._depth and tag == "article":
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth and data.strip():
            self.parts.append(" ".join(data.split()))


def articles(site: Path) -> dict[str, Article]:
    found = {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in site.rglob("*.html")}
    return {path: Article(path, text) for path, text in found.items()}


def without(parts: list[str], differences: tuple[Difference, ...]) -> Iterator[str]:
    """The parts of an article but for elements, empty ones, that only one builder has."""
    elements = {difference.element for difference in differences}
    for before, part in zip(["", *parts], parts, strict=False):
        if part not in elements and not (before in elements and part.startswith("</")):
            yield part


@pytest.mark.parametrize("other", OTHERS)
def test_the_builders_make_the_same_pages(sites: Callable[[str], Path], other: str) -> None:
    ours, theirs = articles(sites(DEFAULT)), articles(sites(other))
    assert ours.keys() == theirs.keys()
    for path, article in ours.items():
        assert len(article.parts) > 10, path
        assert list(without(theirs[path].parts, DIFFERENCES)) == article.parts, path
        assert theirs[path].links == article.links, path
    unused = [one.element for one in DIFFERENCES if not all(one.element in article.parts for article in theirs.values())]
    assert unused == [], "strike what is no difference any more"


def test_a_build_begins_afresh_and_leaves_the_checkout_alone(checkout: Checkout, builder: str) -> None:
    root, site = checkout.root, checkout.root / "site"
    (root / ".cache").unlink()  # what lies under this name is ours, not a builder's
    (root / ".cache").mkdir()
    (root / ".cache" / "kept").touch()
    before = listing(root)
    run_builder(builder, root, site, BASE)
    assert listing(root) == before
    facts = root / "checklists" / "tools" / "airflow" / "tool.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("A scheduler", "A planner"), encoding="utf-8")
    (site / "stale.html").touch()
    (site / ".nojekyll").touch()
    run_builder(builder, root, site, BASE)
    assert not (site / "stale.html").exists()
    assert (site / ".nojekyll").exists()
    assert "A planner" in (site / "tools" / "airflow" / "index.html").read_text(encoding="utf-8")


def listing(root: Path) -> set[str]:
    """Every file of a checkout, what Python and the build leave aside."""
    paths = (path.relative_to(root) for path in root.rglob("*"))
    return {path.as_posix() for path in paths if path.parts[0] not in {"site", "node_modules"} and "__pycache__" not in path.parts}


def test_a_folder_that_holds_no_site_is_not_emptied(checkout: Checkout, builder: str) -> None:
    for folder in (checkout.root, checkout.root / "checklists"):
        with pytest.raises(InputError, match="holds files and no site"):
            run_builder(builder, checkout.root, folder, BASE)
    assert (checkout.root / "checklists" / "dataset.yaml").is_file()
