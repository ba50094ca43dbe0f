"""Reads rendered HTML as a browser does, so that tests compare what a reader sees."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from orchkit.views import environment

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "option", "rect", "wbr"})

TEMPLATES = Path(environment.__file__).with_name("templates")

DRAWN = frozenset({"code", *re.findall(r"<([a-z][a-z0-9]*)", "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.iterdir()))})
"""Every element that the templates draw, and `code`, which prose between backticks becomes."""


class Page(HTMLParser):
    """A parsed page: its elements with attributes, and the text in each."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.areas: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> names an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.open and self.open[-1] == "textarea":
            name = self.elements[-1][1]["name"] or ""
            self.areas[name] = self.areas.get(name, "") + data

    @property
    def text(self) -> str:
        """All text, as one piece."""
        return "".join(self.texts)

    def values(self) -> dict[str, str]:
        """What each field holds: inputs that are not choices, chosen choices, text areas without their first line break."""
        found = {name: text.removeprefix("\n") for name, text in self.areas.items()}
        for tag, attributes in self.elements:
            if tag == "input" and (attributes.get("type") != "radio" or "checked" in attributes):
                found[attributes["name"] or ""] = attributes.get("value") or ""
        return found

    def check_that_only_the_templates_speak(self) -> None:
        """Fail where an element or an attribute stands that no template draws: somebody's text has become markup."""
        for tag, attributes in self.elements:
            assert tag in DRAWN, f"<{tag}> is drawn by no template"
            assert not [name for name in attributes if name.startswith("on")], f"<{tag}> runs a script"
            for name in ("href", "src", "xlink:href"):
                assert not (attributes.get(name) or "").lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), attributes
