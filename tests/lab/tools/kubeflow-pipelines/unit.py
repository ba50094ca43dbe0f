"""One component alone, as a test calls it once the local runner is set up."""

import os
from pathlib import Path

from kfp import local
from workflow import load

local.init(runner=local.SubprocessRunner(use_venv=False))
assert Path(load(run=os.environ["LAB_RUN"]).output.path).is_file()
