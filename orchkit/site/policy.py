"""What a built page may load and run: a content security policy of its own in each, with its inline scripts by their hash."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

from orchkit.errors import InputError, Problem

_DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
}
"""What every page is allowed: <https://www.w3.org/TR/CSP3/#csp-directives>. Hashes of inline blocks are added page by page."""

_HASHED = {"script": "script-src", "style": "style-src"}
_CODE = {"", "module", "importmap", "text/javascript", "application/javascript"}
"""Types of script that a browser runs or obeys. Any other is data, which no policy stops."""

_FOLLOWED = {"href", "xlink:href", "src", "action", "formaction"}

HEAD = "<head>"

_ADDS_STYLE = re.compile(r"""\("style",\{\},(?P<name>[\w$]+)\.toString\(\)\)""")
_TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""


class _Page(HTMLParser):
    """The inline blocks of one page, and what no hash can allow."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.refused: list[tuple[str, str]] = []
        self._inside: str | None = None
        self._parts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.refused += [(tag, name) for name, value in given.items() if _never_allowed(name, value)]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type", "").strip().lower() in _CODE):
            self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self.blocks.append((tag, "".join(self._parts)))
            self._inside, self._parts = None, []


def _never_allowed(name: str, value: str) -> bool:
    runs = name in _FOLLOWED and value.strip().lower().startswith("javascript:")
    return name == "style" or name.startswith("on") or runs


def digest(text: str) -> str:
    """Return an inline block's hash as a policy names it: ``'sha256-…'`` in Base64."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(text: str) -> str:
    """Return the policy that fits one page's HTML: its own inline scripts and styles, and nothing else inline."""
    return _policy(_Page(text).blocks)


def _policy(blocks: Sequence[tuple[str, str]]) -> str:
    allowed = dict(_DIRECTIVES)
    for tag, block in dict.fromkeys(blocks):
        allowed[_HASHED[tag]] += f" {digest(block)}"
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def added_styles(site: Path) -> list[str]:
    """Return the style sheets that the theme's scripts hold as text and put into each page.

    Zensical's search has one, for its shadow tree: <https://github.com/zensical/ui/blob/v0.0.24/src/assets/javascripts/components/search/_/index.ts#L97>.
    """
    sheets = []
    for file in sorted((site / "assets" / "javascripts").glob("*.js")):
        script = file.read_text(encoding="utf-8")
        for name in _ADDS_STYLE.findall(script):
            literals = re.findall(rf"(?<![\w$.]){re.escape(name)}=({_TEXT})", script)
            sheets += [ast.literal_eval(literal) for literal in literals]  # what a minifier escapes in text, both languages write alike
    return sheets


def write_policies(site: Path) -> None:
    """Put its policy first into the head of every page below `site`, before anything that it could stop.

    Raises `InputError` when a page has what its policy would make dead: a style attribute, an inline handler, a script in a link.
    """
    problems: list[Problem] = []
    added = [("style", sheet) for sheet in added_styles(site)]
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        text = file.read_text(encoding="utf-8")
        before, head, after = text.partition(HEAD)
        if not head:
            problems.append(Problem(name, "has no <head>, so nothing holds its content security policy", "Give the page's template one"))
            continue
        page = _Page(text)
        problems += [
            Problem(name, f"<{tag}> has the attribute `{attribute}`, which the content security policy forbids", _repair(attribute))
            for tag, attribute in dict.fromkeys(page.refused)
        ]
        meta = f'<meta http-equiv="Content-Security-Policy" content="{_policy([*page.blocks, *added])}">'
        file.write_text(f"{before}{head}{meta}{after}", encoding="utf-8", newline="\n")
    if problems:
        raise InputError(problems)


def _repair(attribute: str) -> str:
    if attribute == "style":
        return "Use a class and the style sheet; a Markdown table must not set the alignment of its columns"
    return "Listen for the event, or follow the link, in a script file"
