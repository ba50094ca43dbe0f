"""One step alone, as a unit test calls it: a step is a function, and without a run nothing is recorded."""

import os
from pathlib import Path

from ml_pipeline import steps

assert Path(steps.load(os.environ["LAB_RUN"])).is_file()
