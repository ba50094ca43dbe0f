"""Launches a job and waits for its end: ``python launch.py ops training --resume``.

What the page or the daemon would decide (which run to go on with, which assets are stale) is decided here, by what they ask.
"""

import argparse
import sys

import dagster as dg
import extras
from dagster._core.definitions.data_version import CachingStaleStatusResolver, StaleStatus
from dagster._core.loader import LoadingContextForTest
from ml_pipeline import steps

TRAINS = {"assets": "model", "tracked_assets": "model", "ops": "train", "tracked_ops": "train"}
"""What takes the parameter, by definitions."""


def job(definitions: str, name: str) -> dg.JobDefinition:
    """Build the job again in the process of each step."""
    return getattr(extras, definitions).resolve_job_def(name)


def last_run(instance: dg.DagsterInstance) -> str:
    """Find the run to go on with. One whose process is gone has failed: where a daemon runs, run monitoring says so."""
    run = instance.get_runs(limit=1)[0]
    if not run.is_finished:
        instance.report_run_failed(run)
    return run.run_id


def stale_assets(instance: dg.DagsterInstance) -> list[dg.AssetKey]:
    """Find what `stale_assets_only` in the schedule stands for."""
    graph = extras.workflow.defs.resolve_asset_graph()
    status = CachingStaleStatusResolver(instance, graph, LoadingContextForTest(instance)).get_status
    return [key for key in graph.materializable_asset_keys if status(key) in {StaleStatus.STALE, StaleStatus.MISSING}]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("definitions", choices=[*TRAINS, "shards"])
    parser.add_argument("job")
    parser.add_argument("--regularisation", type=float, default=steps.REGULARISATION)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--stale", action="store_true")
    given = parser.parse_args()
    target = dg.build_reconstructable_job("launch", "job", (given.definitions, given.job))
    with dg.DagsterInstance.get() as instance:
        if given.resume:
            options = dg.ReexecutionOptions.from_failure(last_run(instance), instance)
            sys.exit(not dg.execute_job(target, instance, reexecution_options=options).success)
        config = {"ops": {TRAINS[given.definitions]: {"config": {"regularisation": given.regularisation}}}} if "training" in given.job else {}
        stale = stale_assets(instance) if given.stale else None
        sys.exit(stale != [] and not dg.execute_job(target, instance, run_config=config, asset_selection=stale).success)


if __name__ == "__main__":
    main()
