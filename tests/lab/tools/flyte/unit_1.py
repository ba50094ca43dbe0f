"""One flytekit task alone, called as its testing guide says."""

import os
from pathlib import Path

from workflow_1 import load

assert Path(load(run=os.environ["LAB_RUN"])).is_file()
