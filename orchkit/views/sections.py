"""A result in words, part by part: what pages write as Markdown and the command prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchkit.views.markdown import block_text, document, markdown_text


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a result as text."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What has no place in a table, with finer points below each."""
    wide: int | None = None
    """The column that a terminal wraps."""


def markdown_of(sections: Iterable[Section]) -> str:
    """Write sections as Markdown in which nothing is markup but headings, lists and tables; the first one gives the title."""
    first, *others = sections
    blocks = [*_blocks(first, "#"), *(block for section in others for block in _blocks(section, "##"))]
    return document(list(block) for block in blocks)


def _blocks(section: Section, level: str) -> Iterator[Iterable[str]]:
    yield [f"{level} {block_text(section.heading)}"]
    for paragraph in section.paragraphs:
        yield [block_text(paragraph)]
    if section.rows:
        yield [_line(section.headers), _line(["---"] * len(section.headers), raw=True), *map(_line, section.rows)]
    if section.entries:
        yield [line for text, below in section.entries for line in (f"- {block_text(text)}", *(f"  - {block_text(one)}" for one in below))]


def _line(cells: Sequence[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cells if raw else map(markdown_text, cells))} |"
