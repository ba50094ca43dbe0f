"""One step alone, as a unit test calls it: `entrypoint` is the function behind the step."""

import os
from pathlib import Path

from workflow import load

assert Path(load.entrypoint(os.environ["LAB_RUN"])).is_file()
