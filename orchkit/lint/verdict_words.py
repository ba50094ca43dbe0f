"""No sentence of a page passes a verdict on a tool: verdicts are computed, so that they change when the data does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.prose import sentences
from orchkit.lint.subject import Subject

VERDICTS = (
    "best",
    "worst",
    "only",
    "most",
    "least",
    "top",
    "leading",
    "leader",
    "winner",
    "wins",
    "superior",
    "inferior",
    "unmatched",
    "unrivalled",
    "unbeatable",
    "ultimate",
    "first choice",
    "number one",
    "state of the art",
    "state-of-the-art",
    "best-in-class",
    "market-leading",
    "industry-leading",
    "go-to",
    "fastest",
    "slowest",
    "easiest",
    "hardest",
    "simplest",
    "cheapest",
    "cleanest",
    "strongest",
    "weakest",
    "safest",
    "richest",
    "greatest",
    "finest",
    "smartest",
    "nicest",
)
"""Words that rank. A compound that merely holds one (read-only, top-level) is another word."""

HARMLESS = ("at least", "at most", "on top of", "at the top of", "to the top of", "top of the file", "top of the page", "best effort")
"""Phrases in which such a word ranks nothing."""


def _any_of(phrases: tuple[str, ...]) -> str:
    spaced = (r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return rf"(?<![\w-])(?:{'|'.join(spaced)})(?![\w-])"


_HARMLESS = re.compile(_any_of(HARMLESS), re.IGNORECASE)
_VERDICT = re.compile(_any_of(VERDICTS), re.IGNORECASE)


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the prose of every page, sentence by sentence."""
    names = {name for tool in subject.catalogue.tools.values() for name in (tool.facts.name, tool.facts.short)}
    if not names:
        return
    tool = re.compile(_any_of(tuple(names)))
    for file, text in subject.pages.items():
        for line, sentence in sentences(text):
            named = tool.search(sentence)
            verdict = _VERDICT.search(_HARMLESS.sub(lambda match: " " * len(match[0]), sentence))
            if named and verdict:
                where = f"{file}:{line + sentence.count(chr(10), 0, verdict.start())}"
                fact = f"`{' '.join(verdict[0].split())}` stands in one sentence with `{' '.join(named[0].split())}`"
                yield Problem(where, fact, "Say what was seen, without a verdict, or let a macro compute it")
