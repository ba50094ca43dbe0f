"""What a step tells the outside: a line when it starts, ends or fails; and how a case makes it misbehave.

Two files, named by environment variables, are all that the lab and the steps share: ``LAB_STEPS``, to which lines are appended, and
``LAB_CASE``, which says what is asked of the steps. They are files because a service that was started long ago has an old environment.
"""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

STEPS = ("load", "validate", "split", "features", "train", "evaluate", "compare", "register", "package", "report")
"""The steps of a whole run, in order."""

FAILS = "the licence of the solver has expired"
"""The cause that a step gives when a case makes it fail."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class StepFailedError(RuntimeError):
    """A step failed because a case asked it to."""


def step(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a function say when it starts and ends, and misbehave where a case asks for it."""
    name = function.__name__

    @functools.wraps(function)
    def logged(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        note(name, "start")
        try:
            _misbehave(name)
            result = function(*args, **kwargs)
        except Exception:
            note(name, "fail")
            raise
        note(name, "end")
        return result

    return logged


def note(name: str, event: str) -> None:
    """Append one line in one write, so that lines of two processes never mix."""
    path = os.environ.get("LAB_STEPS")
    if path is None:
        return
    line = json.dumps({"step": name, "event": event, "time": time.time(), "pid": os.getpid()}) + "\n"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)


def asked(name: str) -> Any:
    """Return what the case asks under a name: ``fail``, ``wrong``, ``slow``, ``flaky``, ``shards``; null where it asks nothing."""
    path = os.environ.get("LAB_CASE")
    if path is None or not Path(path).is_file():
        return None
    return json.loads(Path(path).read_text(encoding="utf-8")).get(name)


def _misbehave(name: str) -> None:
    time.sleep((asked("slow") or {}).get(name, 0))
    if asked("fail") == name or 0 < _starts(name) <= (asked("flaky") or {}).get(name, 0):
        raise StepFailedError(FAILS)


def _starts(name: str) -> int:
    """Count how often a step has been started: the log is what all processes of a run share."""
    path = Path(os.environ.get("LAB_STEPS", os.devnull))
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()
    return sum((line["step"], line["event"]) == (name, "start") for line in map(json.loads, lines))
