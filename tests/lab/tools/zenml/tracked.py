"""The steps once more, each having ZenML keep the numbers of what it made: ZenML loads a step by its name in a module."""

from __future__ import annotations

import functools

from ml_pipeline import steps
from zenml import log_metadata


def tracked(function):
    @functools.wraps(function)
    def kept(*args, **kwargs):
        result = function(*args, **kwargs)
        log_metadata(steps.numbers(result))
        return result

    kept.__module__ = __name__
    return kept


globals().update({name: tracked(getattr(steps, name)) for name in steps.STEPS})
