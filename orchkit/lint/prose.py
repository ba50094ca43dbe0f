"""Markdown → its sentences, each with its line: no code, no macro calls, no addresses, no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE_IN_A_LINE = r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_CODE = re.compile(_CODE_IN_A_LINE, re.DOTALL)
_NOT_PROSE = re.compile(
    rf"""
      \{{\{{.*?\}}\}} | \{{%.*?%\}} | \{{\#.*?\#\}}  # macro calls
    | <!--.*?-->                             # comments
    | {_CODE_IN_A_LINE}
    | (?<=\])\([^)\n]*\)                     # where a link leads
    | </?[a-zA-Z][^<>]*>                     # tags
    | <?https?://[^\s<>)]+>?                 # addresses
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK_END = re.compile(
    r"""
      \n[ \t>]*(?=\n)                        # a blank line
    | \n(?=[ \t>]*(?:[-*+]|\d+[.)])[ \t])    # an entry of a list
    | \n(?=[ \t>]*[|#])                      # a row of a table, a heading
    | (?<=\n)(?=[ \t>]*\#)
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"^[ \t>]*#[^\n]*\n", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]*_\u201d\u2019]*(?=\s)")
_SIGNS = re.compile(r"[*_]+(?=\w)|(?<=[\w.,;:!?)])[*_]+")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number of its first line, sentence). A sentence keeps its line breaks."""
    prose = _SIGNS.sub(_blank, _NOT_PROSE.sub(_blank, _without_fences(text)))
    start = 0
    for end in [*_ends(prose), len(prose)]:
        piece = prose[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield prose.count("\n", 0, start + lead) + 1, piece.strip()
        start = end


def without_code(text: str) -> str:
    """Blank out fenced code and code in a line; every line keeps its number, every sign its place in the line."""
    return _CODE.sub(_blank, _without_fences(text))


def _ends(prose: str) -> list[int]:
    """Find where sentences and blocks end; each line of front matter and each heading is a block."""
    ends = {match.end() for pattern in (_BLOCK_END, _HEADING, _SENTENCE_END) for match in pattern.finditer(prose)}
    if prose.startswith("---\n") and (close := prose.find("\n---", 3)) > 0:
        ends |= {index + 1 for index, sign in enumerate(prose[:close]) if sign == "\n"} | {close + 1, close + len("\n---")}
    return sorted(ends)


def _without_fences(text: str) -> str:
    """Blank out fenced code, line by line, so that lines keep their numbers."""
    kept, fence = [], ""
    for line in text.splitlines():
        begun = re.match(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})", line)
        if fence:
            if begun and begun[1].startswith(fence) and not line.strip(" \t>`~"):
                fence = ""
            kept.append("")
        elif begun and "`" not in line[begun.end() :]:
            fence = begun[1]
            kept.append("")
        else:
            kept.append(line)
    return "\n".join(kept)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
