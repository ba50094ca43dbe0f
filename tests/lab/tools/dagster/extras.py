"""What only the lab asks for: a job of one step, a fan-out, and the training pipeline with numbers kept beside each step."""

import os
from pathlib import Path
from typing import override

import dagster as dg
import jobs
import workflow
from ml_pipeline import steps
from upath import UPath
from workflow import Workspace, forked


@dg.op(out=dg.DynamicOut())
def list_shards(workspace: Workspace):
    for path in steps.list_shards(workspace.folder):
        yield dg.DynamicOutput(path, mapping_key=Path(path).stem)


@dg.op
def shard(path: str) -> str:
    return steps.shard(path)


@dg.op
def gather(workspace: Workspace, shards: list[str]) -> str:
    return steps.gather(workspace.folder, shards)


@dg.graph_asset
def gathered():
    return gather(list_shards().map(shard).collect())


@dg.job
def fan_out():
    gather(list_shards().map(shard).collect())


@dg.job
def loading():
    jobs.load()


class NumbersIOManager(dg.UPathIOManager):
    """Keeps what a step returned, and a few numbers of it as metadata."""

    extension = ".txt"

    @override
    def dump_to_path(self, context: dg.OutputContext, obj: str, path: UPath) -> None:
        path.write_text(obj)

    @override
    def load_from_path(self, context: dg.InputContext, path: UPath) -> str:
        return path.read_text()

    @override
    def get_metadata(self, context: dg.OutputContext, obj: str):
        return steps.numbers(obj)


def tracked(defs: dg.Definitions) -> dg.Definitions:
    numbers = NumbersIOManager(base_path=UPath(os.environ["WORKSPACE"]))
    return dg.Definitions(assets=defs.assets, jobs=defs.jobs, executor=forked, resources={**defs.resources, "io_manager": numbers})


assets = dg.Definitions.merge(workflow.defs, dg.Definitions(jobs=[dg.define_asset_job("loading", selection="raw")]))
ops = dg.Definitions.merge(jobs.defs, dg.Definitions(jobs=[loading, fan_out]))
shards = dg.Definitions(
    assets=[gathered], jobs=[dg.define_asset_job("fan_out")], executor=forked, resources={"workspace": workflow.defs.resources["workspace"]}
)
tracked_assets, tracked_ops = tracked(workflow.defs), tracked(jobs.defs)
