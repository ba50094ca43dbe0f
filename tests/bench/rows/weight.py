"""Bytes: what a first visit asks the server for before the page is live, and what a page loads that nobody touches."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.arithmetic import Pairs, Sample
from tests.bench.browsing import Switches, live_pages, ready, script, stock_ready
from tests.bench.budgets import Measured, ratio
from tests.bench.served import Served
from tests.bench.unmeasurable import Unmeasurable
from tests.bench.workshop import Workshop

LOADED = 500  # ms after the load event in which a page may still ask for more
KB = 1 / 1000
SEARCH_INDEX = "search/search_index.json"
STOCK_PAGE = {"index.html", "page.mjs", "worker.mjs", "wheels.json"}


def measure_runtime(workshop: Workshop) -> Iterator[Measured]:
    """Compare all that becoming live asks for with stock's interpreter and wheels."""
    ours = runtime_files(workshop, workshop.handbook)
    stock = stock_files(workshop)
    sizes = Pairs((workshop.handbook.gzipped(ours),), (workshop.stock.gzipped(stock),))
    workshop.say(f"runtime: {len(ours)} files, {sizes.ours[0] / 1e6:.2f} MB gzipped; stock: {len(stock)} files, {sizes.stock[0] / 1e6:.2f} MB")
    yield ratio("bytes", sizes, "kB", scale=KB, note="Ours carries orchkit and the dataset; stock does not.")


def runtime_files(workshop: Workshop, served: Served, switches: Switches | None = None) -> set[str]:
    """Name the files that a first visit asks for on top of what the untouched page loads. A service worker is kept out: it fetches the site."""
    path = live_pages(served.folder)[0]
    loaded = untouched(workshop, served, path)
    options = {"service_workers": "block", **(switches or {})}
    extra = options.pop("script", "")
    context = workshop.browser.new_context(**options)
    context.add_init_script(script("seen.js") + extra)
    served.begin()
    page = context.new_page()
    page.goto(served.address + path)
    ready(page)
    asked = served.asked()
    context.close()
    return asked - loaded


def stock_files(workshop: Workshop) -> set[str]:
    """Name the files of stock's first visit, without its page and without orchkit."""
    context = workshop.browser.new_context()
    workshop.stock.begin()
    page = context.new_page()
    page.goto(workshop.stock.address + "index.html")
    stock_ready(page)
    asked = workshop.stock.asked()
    context.close()
    return {name for name in asked if name not in STOCK_PAGE and not name.startswith("wheels/orchkit-")}


def untouched(workshop: Workshop, served: Served, path: str) -> set[str]:
    """Name the files that a page loads while its reader neither touches it nor leaves it an idle moment."""
    context = workshop.browser.new_context(service_workers="block")
    context.add_init_script(script("hold.js"))
    served.begin()
    page = context.new_page()
    page.goto(served.address + path, wait_until="load")
    page.wait_for_timeout(LOADED)
    asked = served.asked()
    context.close()
    if any(name.endswith(".wasm") for name in asked):
        raise Unmeasurable(f"/{path} loads its runtime although it is untouched and never idle")
    return asked


def measure_pages(workshop: Workshop) -> Iterator[Measured]:
    """Weigh every page of the handbook."""
    served = workshop.handbook
    pages = sorted(file.parent.relative_to(served.folder).as_posix() for file in served.folder.rglob("index.html"))
    workshop.say(f"weighing {len(pages)} pages")
    weights: dict[str, float] = {}
    index = 0
    for page in pages:
        path = "" if page == "." else f"{page}/"
        loaded = untouched(workshop, served, path)
        weights[f"/{path}"] = KB * served.gzipped(loaded - {SEARCH_INDEX})
        index = max(index, served.gzipped(loaded & {SEARCH_INDEX}))
    heaviest = max(weights, key=lambda path: weights[path])
    search = f"The search index loads with the page, {KB * index:.0f} kB more." if index else "The search index does not load with the page."
    note = f"Heaviest of {len(weights)} pages: {heaviest}. Range: lightest to heaviest page. {search}"
    yield Measured("page", Sample(weights[heaviest], min(weights.values()), weights[heaviest], len(weights)), note=note)
