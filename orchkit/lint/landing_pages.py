"""A citation names a page with the passage, not a site's front page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from orchkit.errors import Problem
from orchkit.lint.subject import Subject

_POST = re.compile(r"p=\d+\Z")
"""The address of a single post on a site that names its pages by number."""


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the addresses of citations and of the bibliography."""
    named = [(cited.located, (*cited.path, "url"), cited.citation.url) for cited in subject.citations()]
    named += [(located, ("url",), subject.catalogue.sources[name].url) for name, located in subject.located("source")]
    for located, path, url in named:
        if url is not None and urlsplit(url).path in ("", "/") and not _POST.match(urlsplit(url).query):
            yield located.problem(path, f"`{url}` is a front page, which supports nothing", "Name the page on which the passage stands")
