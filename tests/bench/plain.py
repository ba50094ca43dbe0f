"""Plain Material pages: as many as the handbook has, each with as much in it, no macro, no template of ours."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import yaml

PROSE = """\
A sentence of plain prose costs the builder its parsing and its template and nothing else, so it stands here many times over
with *emphasis*, a `name` in code and a [link](#a-plain-page) to somewhere on the page.
"""
BLOCKS = (
    PROSE,
    PROSE,
    "## A heading of its own\n",
    PROSE,
    "- an entry of a list that says little\n- another one, which says no more\n- a third, as lists have them\n",
    PROSE,
    "| column | another column |\n|---|---|\n| a cell with text | a cell with other text |\n| one more | and one more |\n",
    PROSE,
    "```python\ndef run(task):\n    return task()\n```\n",
)
"""What a page is filled with, in turn."""

KEPT = ("site_name", "use_directory_urls", "strict", "markdown_extensions", "validation", "nav")
KEPT_OF_THEME = ("name", "variant", "font", "language", "features", "palette")
LEFT_OUT = frozenset({"404.html"})


def write_plain(root: Path, site: Path, target: Path, *, share: float = 1) -> int:
    """Write the plain counterpart of a built site: settings as in mkdocs.yml, one page a page; return how many.

    `share` is how much Markdown a page gets for each byte of its counterpart's article.
    """
    pages = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html") if file.name not in LEFT_OUT)
    for page in pages:
        source = target / "docs" / _source(root, page)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(_filled(share * len(article(site / page))), "utf-8")
    settings = yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader that lets tags be
    plain = {key: settings[key] for key in KEPT if key in settings}
    plain["theme"] = {key: settings["theme"][key] for key in KEPT_OF_THEME if key in settings["theme"]}
    plain["plugins"] = ["search"]
    plain["site_url"] = "http://127.0.0.1:8000/plain/"
    (target / "mkdocs.yml").write_text(yaml.safe_dump(plain, sort_keys=False), "utf-8")
    return len(pages)


def article_bytes(site: Path) -> int:
    """Add up what stands in the articles of a built site."""
    return sum(len(article(file)) for file in site.rglob("*.html") if file.name not in LEFT_OUT)


def article(file: Path) -> bytes:
    """Cut a page's article out of the theme's frame."""
    content = file.read_bytes()
    return content.partition(b"<article")[2].rpartition(b"</article>")[0]


def _source(root: Path, page: str) -> Path:
    """Name the Markdown that becomes a page, as the handbook names it: the navigation does."""
    path = Path(page)
    if path.name != "index.html" or path.parent == Path():
        return path.with_suffix(".md")
    alone = path.parent.with_suffix(".md")
    return alone if (root / "docs" / alone).is_file() else path.with_suffix(".md")


def _filled(length: float) -> str:
    """Write plain Markdown until it is as long as that."""
    parts = ["# A plain page\n"]
    blocks = cycle(BLOCKS)
    while sum(map(len, parts)) < length:
        parts.append(next(blocks))
    return "\n".join(parts)


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without its environment variables."""


_Loader.add_multi_constructor("!", lambda _loader, _tag, _node: None)
