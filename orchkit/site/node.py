"""Where Node is: on PATH, or where set-up puts it on a machine that has none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from orchkit.errors import InputError, Problem


def node() -> str:
    """Return the program's path. Raises `InputError` where there is none."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    if found := shutil.which("node", path=path):
        return found
    raise InputError(Problem("node", "is not on PATH", "Run `make setup`, or install Node 18 or newer"))
