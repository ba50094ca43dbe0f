"""Results as text for a terminal or for Markdown: nothing in them may break a line, a table or a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import click
from tabulate import tabulate

from orchkit.views.markdown import markdown_text, plain_text
from orchkit.views.sections import Section

_WIDTH = 100


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Break text into lines between words, never inside an id or an address."""
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)


class Report:
    """Headings, lines and tables, printed as the wanted format has them."""

    def __init__(self, as_: str) -> None:
        self.markdown = as_ == "markdown"
        self._text = markdown_text if self.markdown else plain_text
        self._begun = False

    def heading(self, text: str) -> None:
        """Begin a part."""
        self._gap()
        click.echo(f"## {self._text(text)}" if self.markdown else self._text(text))

    def paragraph(self, text: str) -> None:
        """Print prose, wrapped."""
        self._gap()
        click.echo(self._text(text) if self.markdown else wrapped(self._text(text), _WIDTH))

    def entry(self, text: str, below: Iterable[str] = ()) -> None:
        """Print an entry of a list, with finer ones below it."""
        lines = [("- ", "  ", text), *(("  - ", "    ", line) for line in below)]
        if not self.markdown:
            lines = [("  " + first, "  " + rest, line) for first, rest, line in lines]
        for first, rest, line in lines:
            click.echo(first + self._text(line) if self.markdown else wrapped(self._text(line), _WIDTH, first, rest))

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], *, wide: int | None = None) -> None:
        """Print a table of text; the column `wide` is wrapped in a terminal."""
        self._gap()
        texts = [[self._text(cell) for cell in row] for row in rows]
        if wide is not None and not self.markdown:
            for row in texts:
                row[wide] = wrapped(row[wide], _WIDTH // 2)
        titles = [self._text(header) for header in headers]
        click.echo(tabulate(texts, titles, tablefmt="pipe" if self.markdown else "simple", disable_numparse=True))

    def section(self, section: Section) -> None:
        """Print a part of a result: heading, paragraphs, table, list."""
        self.heading(section.heading)
        for paragraph in section.paragraphs:
            self.paragraph(paragraph)
        if section.rows:
            self.table(section.headers, section.rows, wide=section.wide)
        if section.entries:
            self.gap()
            for text, below in section.entries:
                self.entry(text, below)

    def gap(self) -> None:
        """Print the blank line that stands before a list."""
        self._gap()

    def _gap(self) -> None:
        if self._begun:
            click.echo()
        self._begun = True
