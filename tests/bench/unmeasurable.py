"""What is raised where a row cannot be measured here and now."""

from __future__ import annotations

from playwright.sync_api import Error

from orchkit.errors import OrchkitError


class Unmeasurable(Exception):  # noqa: N818 - it is no error of the program
    """Its text is the reason that the row will show."""


FAILURES = (Unmeasurable, OrchkitError, Error)
"""What a measurement may fail with without ending the run: said in the row."""


def reason(error: Exception) -> str:
    """Say on one line why there is no value."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
