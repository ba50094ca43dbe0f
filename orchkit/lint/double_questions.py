"""A claim makes one statement: two in one cannot be answered with one outcome.

What joins two statements is found by its form: a second sentence, or 'and', 'or' and their like with another verb behind them. A
consequence ('and is then not retried') is no second statement, nor is a list ('its status, its duration and its parameters').
Where a claim is one statement in spite of its form, `one_statement` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.subject import Subject
from orchkit.lint.versions import drafts

_AND = r"\b(?:and|or|but|whereas)\s+(?:also\s+)?"
_VERB = r"(?:is|are|was|were|has|have|had|can|cannot|does|do|did|will|must)\b"
_THING = r"(?:the|a|an|each|every|no|all|any|this|its|their)\b"
_SHOWN = 40

_SECOND = (
    re.compile(r"[;!?]|\.\s+\S"),
    re.compile(r"\band/or\b", re.IGNORECASE),
    # … and is kept …
    re.compile(rf"{_AND}{_VERB}(?!\s+then\b)", re.IGNORECASE),
    # … and names the task …
    re.compile(rf"{_AND}(?!its\b|this\b)\w+s\s+{_THING}", re.IGNORECASE),
    # … and it stays, and nobody is paged …
    re.compile(rf"{_AND}(?:it|they|nobody|somebody|everybody|nothing|everything|there)\s+(?!else\b)(?:{_VERB}|\w+(?:s|ed)\b)", re.IGNORECASE),
)
_SECOND_SUBJECT = re.compile(rf"{_AND}(?:{_THING}\s+)?(?:\w+\s+){{1,3}}{_VERB}", re.IGNORECASE)
"""… and the alert is sent …: a second statement where a verb stands before it too, else two subjects of one verb."""
_FIRST_VERB = re.compile(rf"\b{_VERB}|\b\w+s\s+{_THING}", re.IGNORECASE)
_CODE = re.compile(r"`[^`]*`")


def second_statement(claim: str) -> str | None:
    """Return where a second statement seems to begin; null where there is none.

    >>> second_statement("A failed run sends an alert and names the task.")
    'and names the'
    >>> second_statement("Every run stays listed with its status, its duration and its parameters.")
    """
    text = _CODE.sub("it", " ".join(claim.split()))
    found = [match for pattern in _SECOND if (match := pattern.search(text))]
    found += [match for match in _SECOND_SUBJECT.finditer(text) if _FIRST_VERB.search(text[: match.start()])]
    return min(found, key=lambda match: match.start())[0][:_SHOWN] if found else None


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the claims of drafts, and at the excuses."""
    for version in drafts(subject):
        for path, item in version.items():
            second = second_statement(item.claim)
            if second and not item.one_statement:
                repair = "Split the item in two, or say in `one_statement` why it is one"
                yield version.problem((*path, "claim"), f"the claim seems to make a second statement at `{second}`", repair)
            if item.one_statement and not second:
                yield version.problem((*path, "one_statement"), "excuses a claim that reads like one statement anyway", "Remove it")
