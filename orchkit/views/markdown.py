"""Text as Markdown that cannot become markup: what a team wrote and what the data say stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

_MARKUP = re.compile(r"[\\|<>\[\]{}`*]|&(?=[#\w])|~(?=~)|(?<=~)~|(?<![^\W_])(?<!/)_|_(?![^\W_]|/)")
"""Signs that Markdown reads, the braces of attributes among them; `_` except inside words and paths, because ids and addresses have
it there; `~` where two stand together."""
_BEGINNING = re.compile(r"(?:[#+\-=:!?~^]|\d+(?=[.)]))")
"""What begins a heading, a list, a line or a block where it stands first."""


def plain_text(text: str) -> str:
    """Return one line without control characters: a user's note must not move the cursor."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def markdown_text(text: str) -> str:
    """Return one line in which nothing is markup."""
    return _MARKUP.sub(lambda match: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match[0], "\\" + match[0]), plain_text(text))


def block_text(text: str) -> str:
    r"""Return one line that can stand at the beginning of a block.

    >>> print(block_text("# no heading"), block_text("1. no list"), block_text("no {: .class }"))
    \# no heading 1\. no list no \{: .class \}
    """
    safe = markdown_text(text)
    if found := _BEGINNING.match(safe):
        end = found.end()
        return f"{safe[:end]}\\{safe[end:]}" if safe[0].isdigit() else "\\" + safe
    return safe


def front_matter(fields: Mapping[str, str]) -> Iterator[str]:
    """Yield YAML front matter, each value a quoted string on one line."""
    yield "---"
    for name, value in fields.items():
        yield f"{name}: {json.dumps(plain_text(value), ensure_ascii=False)}"
    yield "---"


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line for line in map(plain_text, text.splitlines()) if line]


def document(blocks: Iterable[Iterable[str]]) -> str:
    """Join blocks of lines, a blank line between them."""
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"
