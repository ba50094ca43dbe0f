"""One task alone, as a unit test calls it: `function` is the function behind the task."""

import os
from pathlib import Path

from workflow import load

assert Path(load.function(os.environ["LAB_RUN"])).is_file()
