"""What a build writes: links that lead somewhere, no other host, the same bytes twice, clear errors."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import jsonschema
import pytest

from orchkit.site.build import build_site
from tests.site.conftest import BASE, Checkout

LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
NOT_LOADED = {"canonical", "alternate", "next", "prev", "edit"}
SEARCH_INDEX = {"material": "search/search_index.json", "zensical": "search.json"}


class Page(HTMLParser):
    """The links, loads, ids and styles of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in given if name.startswith("on")]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in LOADS and LOADS[tag] in given and not (tag == "link" and given.get("rel") in NOT_LOADED):
            self.loads.append(given[LOADS[tag]])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {file.relative_to(site).as_posix(): Page(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}


def target(site: Path, address: str) -> Path:
    path = site / unquote(urlsplit(address).path).removeprefix("/handbook/")
    return path / "index.html" if path.is_dir() else path


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for name, page in pages.items():
        for link in page.links:
            address = urljoin(BASE + name, link)
            if not address.startswith(BASE):
                if urlsplit(address).netloc == urlsplit(BASE).netloc or not address.startswith(("http://", "https://", "mailto:")):
                    broken.append((name, link))
                continue
            file = target(site, address)
            fragment = unquote(urlsplit(address).fragment)
            fragment = "" if "=" in fragment else fragment  # what a page shall show, and no place on it
            known = pages.get(file.relative_to(site).as_posix()) if file.is_file() else None
            if not file.is_file() or (fragment and known and fragment not in known.ids and fragment != "__comments"):
                broken.append((name, link))
    assert broken == []


def test_nothing_is_loaded_from_another_host(pages: dict[str, Page]) -> None:
    foreign = {(name, load) for name, page in pages.items() for load in page.loads if not urljoin(BASE + name, load).startswith(BASE)}
    assert foreign == set()


def test_no_inline_handlers_and_no_id_twice(pages: dict[str, Page]) -> None:
    assert {name: page.handlers for name, page in pages.items() if page.handlers} == {}
    twice = {name: sorted({one for one in page.ids if page.ids.count(one) > 1}) for name, page in pages.items()}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_search_finds_tools_criteria_and_items(site: Path, builder: str) -> None:
    index = json.loads((site / SEARCH_INDEX[builder]).read_text(encoding="utf-8"))
    text = json.dumps(index, ensure_ascii=False)
    for wanted in ("Kubeflow Pipelines", "Kubernetes not required", "A failed run can be resumed"):
        assert wanted in text, wanted


def test_the_api_answers_with_versions_and_its_schemas_hold(site: Path) -> None:
    index = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))
    for path in index["paths"]:
        answer = json.loads((site / "api/v1" / path).read_text(encoding="utf-8"))
        assert {"schema_version", "dataset_version", "generated_at"} <= answer.keys()
    tool = json.loads((site / "api/v1/tools/airflow.json").read_text(encoding="utf-8"))["tool"]
    schema = json.loads((site / "schema/v1/tool.json").read_text(encoding="utf-8"))
    jsonschema.validate(tool["facts"], schema)


def test_two_builds_are_the_same_bytes(root: Path, site: Path, builder: str, tmp_path: Path) -> None:
    build_site(root, tmp_path / "again", site_url=BASE, builder=builder, progress=lambda _: None)
    first = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    second = {file.relative_to(tmp_path / "again").as_posix(): file.read_bytes() for file in (tmp_path / "again").rglob("*") if file.is_file()}
    dated = re.compile(rb"<lastmod>.*?</lastmod>|Build Date.*")
    assert first.keys() == second.keys()
    differ = [name for name in first if dated.sub(b"", first[name]) != dated.sub(b"", second[name]) and not name.endswith(".gz")]
    assert differ == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        pytest.param("docs/scores.md", 'view("scores")', 'view("score")', "unknown view `score`", id="unknown view"),
        pytest.param(
            "docs/tools/airflow.md", 'tool_part("airflow", "fit")', 'tool_part("airflw", "fit")', "unknown tool `airflw`", id="unknown tool"
        ),
        pytest.param("docs/scores.md", "{{ heat_map() }}", "{{ heat_mop() }}", "heat_mop", id="unknown macro"),
        pytest.param("docs/index.md", "(scores.md)", "(score.md)", "score.md", id="broken link"),
        pytest.param("docs/reference/decisions/index.md", "|---|---|", "|---|:-:|", "<td> has the attribute `style`", id="aligned column"),
        pytest.param("checklists/tools/airflow/scores.yaml", "value: 2", "value: 9", "9 is more than 5", id="wrong data"),
    ],
)
def test_a_wrong_page_stops_the_build_with_one_clear_message(checkout: Checkout, builder: str, file: str, old: str, new: str, said: str) -> None:
    path = checkout.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    built = checkout.run(f".venv/bin/orchkit site build --builder {builder}")
    assert built.returncode == 2
    messages = built.stderr.splitlines()
    assert said in built.stderr
    assert len(messages) == 1 + ("style" in said)  # a column is its head and its cells
    assert all(message.startswith((file, "reference/decisions/index.html")) for message in messages)
