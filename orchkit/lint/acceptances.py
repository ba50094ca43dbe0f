"""An acceptance names a number, a command or an artefact: something that two people find or do not find."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchkit.errors import Problem
from orchkit.lint.placeholders import TO_WRITE
from orchkit.lint.subject import Subject
from orchkit.lint.versions import drafts

_NUMBERS = "zero|none|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|half|both|once|twice"
_ARTEFACTS = (
    "account|address|alarm|alert|approval|assignment|backlog|badge|bill|branch|budget|build|calendar|certificate|change request|changelog|chart|"
    "checklist|commit|configuration|contract|dashboard|decision record|diagram|diff|document|documentation|e-mail|entry|entries|estimate|event|"
    "export|file|graph|image|invoice|issue|job|licence|line|link|list|lock file|log|mail|manifest|map|measurement|message|metric|minutes|"
    "notebook|number|owner|package|page|paper|permission|plan|plot|policy|policies|pull request|query|queries|record|release|report|repository|"
    "repositories|review|role|row|rule|run|runbook|schedule|schema|screen|script|secret|setting|signature|snapshot|spreadsheet|statement|table|"
    "tag|template|test|ticket|timestamp|trace|version|wiki"
)
_NAMED = re.compile(rf"\d|`[^`]+`|\b(?:{_NUMBERS})\b|(?<!the )(?<!each )\bone\b|\b(?:{_ARTEFACTS})s?\b", re.IGNORECASE)


def names_something(acceptance: str) -> bool:
    """Say whether an acceptance names a number, a command (between backticks) or an artefact.

    >>> names_something("The run ends in 5 minutes."), names_something("It is fast enough for everybody.")
    (True, False)
    """
    return _NAMED.search(" ".join(acceptance.split())) is not None


def check(subject: Subject) -> Iterator[Problem]:
    """Look at the acceptances of drafts."""
    for version in drafts(subject):
        for path, item in version.items():
            if not names_something(item.acceptance) and TO_WRITE not in item.acceptance:
                fact = "the acceptance names no number, no command and no artefact, so two people may judge it differently"
                yield version.problem((*path, "acceptance"), fact, "Write how many, how long, which `command`, or what lies there when it is met")
