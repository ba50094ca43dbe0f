"""One step alone, as a unit test calls it: an asset and an op are called like functions, and get their resources as arguments."""

import importlib
import os
import sys
from pathlib import Path

from workflow import Workspace

module, name = sys.argv[1:]
step = getattr(importlib.import_module(module), name)
assert Path(step(workspace=Workspace(folder=os.environ["LAB_RUN"]))).is_file()
