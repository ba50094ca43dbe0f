"""One task alone, as a unit test calls it: `fn` is the function behind the task."""

import os
from pathlib import Path

from workflow import load

assert Path(load.fn(os.environ["LAB_RUN"])).is_file()
