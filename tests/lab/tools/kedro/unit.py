"""One node alone, as Kedro's guide to testing has it: a slice of the pipeline, and a catalogue in memory."""

import os
import sys
from pathlib import Path

from kedro.io import DataCatalog, MemoryDataset
from kedro.runner import SequentialRunner

sys.path.append("src")

from training.pipelines.training import create_pipeline

catalog = DataCatalog({"params:run": MemoryDataset(os.environ["LAB_RUN"])})
made = SequentialRunner().run(create_pipeline().only_nodes("load"), catalog)
assert Path(made["raw_path"].load()).is_file()
