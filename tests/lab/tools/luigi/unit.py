"""One task alone, as a unit test runs it: `run` is a method, and the target says whether it did its work."""

import os

from workflow import Load

task = Load(folder=os.environ["LAB_RUN"])
task.run()
assert task.complete()
