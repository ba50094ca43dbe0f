"""Rows as CSV that a spreadsheet shows and never computes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = re.compile("\\s*[=+\\-@\t\r\0\uff1d\uff0b\uff0d\uff20]")


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Write rows of text as CSV, one line a row, quoted as RFC 4180 asks.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text; a number stays
    one. Source of the rule: OWASP Application Security Verification Standard 5.0, requirement 1.2.10, which names the signs
    that a cell must not begin with. Blanks before a sign do not hide it here, and its wide form counts as the sign.

    >>> csv_text([["-0.25", "=1+1"]]).splitlines()
    ["-0.25,'=1+1"]
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_inert(cell) for cell in row] for row in rows)
    return text.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
