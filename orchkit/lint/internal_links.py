"""A link from page to page leads to a page that exists. Headings are the builder's: it checks anchors when it builds strictly."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from orchkit.errors import Problem
from orchkit.lint.prose import without_code
from orchkit.lint.subject import Subject

_LINK = re.compile(
    r"(?<!\\)\]\(\s*<?(?P<target>[^)\s>#?]+\.md)(?:[#?][^)\s>]*)?>?(?:\s+[^)]*)?\)|^\s*\[[^\]]+\]:\s*(?P<defined>[^\s#?]+\.md)", re.MULTILINE
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Problem]:
    """Look at every link of every page that names a Markdown file."""
    pages = subject.pages.keys()
    for file, text in subject.pages.items():
        for match in _LINK.finditer(without_code(text)):
            target = match["target"] or match["defined"]
            if _ADDRESS.match(target):
                continue
            wanted = posixpath.normpath((PurePosixPath(file).parent / target).as_posix())
            if wanted not in pages:
                line = text.count("\n", 0, match.start(match.lastgroup or 0)) + 1
                near = get_close_matches(wanted, pages, n=1)
                yield Problem(
                    f"{file}:{line}", f"the link leads to {wanted}, which does not exist", f"Did you mean {near[0]}" if near else "Mend or remove it"
                )
