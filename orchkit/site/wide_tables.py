"""A Markdown extension: every table of a page is reached with a key, for where it is wider than the screen."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_AFTER_ATTRIBUTES_BEFORE_PERMALINKS = 6  # `attr_list` has 8 and `toc` 5: a heading says what it says, and nothing else


class WideTables(Extension):  # type: ignore[misc]
    """Puts each table into a box that scrolls and takes the focus."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown names it so
        """Join the parser."""
        md.treeprocessors.register(_Boxes(md), "wide_tables", _AFTER_ATTRIBUTES_BEFORE_PERMALINKS)


class _Boxes(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        """Look at headings and tables in the order of the page."""
        parents = {child: parent for parent in root.iter() for child in parent}
        label = "Table"
        for element in list(root.iter()):
            if element.tag in _HEADINGS:
                label = f"Table: {''.join(element.itertext()).strip()}"
            elif element.tag == "table" and "ok-scroll" not in parents[element].get("class", "").split():
                _box(element, parents[element], label)


def _box(table: Element, parent: Element, label: str) -> None:
    """Put a box around a table. It is a group: a region would need a name that no other has, and a heading may have two tables."""
    box = Element("div", {"class": "ok-scroll", "tabindex": "0", "role": "group", "aria-label": label})
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    box.append(table)


def makeExtension(**settings: object) -> WideTables:  # noqa: N802 - Python-Markdown looks for this name
    """Return the extension, as mkdocs.yml lists it."""
    return WideTables(**settings)
