"""Prints which step's data goes into which, by Kedro's inspection of the project: what it knows is the pipeline, not a run."""

import json
from itertools import product
from pathlib import Path

from kedro.inspection import get_project_snapshot

snapshot = get_project_snapshot(Path(__file__).parent)
nodes = next(pipeline for pipeline in snapshot.pipelines if pipeline.name == "__default__").nodes
print(json.dumps(sorted((source.name, node.name) for source, node in product(nodes, nodes) if {*source.outputs} & {*node.inputs})))
