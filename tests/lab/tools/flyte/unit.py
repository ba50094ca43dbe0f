"""One task alone: called directly, a task is the function that it was."""

import os
from pathlib import Path

from workflow import load

assert Path(load(os.environ["LAB_RUN"])).is_file()
