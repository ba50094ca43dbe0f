"""The last result of a function, for as long as the very same records come back: drawing a page and telling of it ask the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, TypeVarTuple

from orchkit.model.base import Same

Parameters = TypeVarTuple("Parameters")
Result = TypeVar("Result")


def latest(function: Callable[[*Parameters], Result]) -> Callable[[*Parameters], Result]:
    """Keep the last result. Arguments are compared by identity, so records that hold mappings need no hash."""

    @lru_cache(maxsize=1)
    def kept(*given: Same[Any]) -> Result:
        return function(*(one.value for one in given))

    @wraps(function)
    def answer(*args: *Parameters) -> Result:
        return kept(*(Same(one) for one in args))

    return answer
