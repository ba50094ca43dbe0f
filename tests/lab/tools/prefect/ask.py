"""Asks Prefect's API for the runs of the flow: ``python ask.py history`` or ``python ask.py lineage``."""

from __future__ import annotations

import json
import sys

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.sorting import FlowRunSort, TaskRunSort

STATES = {"COMPLETED": "completed", "FAILED": "failed", "CRASHED": "failed", "RUNNING": "running"}


def main() -> None:
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(sort=FlowRunSort.START_TIME_ASC)
        print(json.dumps([told(client, run) for run in runs] if sys.argv[1] == "history" else lineage(client, runs[-1])))


def told(client, run) -> dict:
    numbers = client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id])))
    return {
        "state": STATES.get(run.state_type.value, "running"),
        "steps": {step(one): "skipped" if one.state_name == "Cached" else STATES.get(one.state_type.value, "waiting") for one in tasks(client, run)},
        "parameters": {"regularisation": run.parameters.get("regularisation")},
        "numbers": {artifact.key: json.loads(artifact.data)[0] for artifact in numbers if artifact.type == "table"},
    }


def lineage(client, run) -> list[tuple[str, str]]:
    found = tasks(client, run)
    names = {one.id: step(one) for one in found}
    return sorted(
        {(names[source.id], step(one)) for one in found for given in one.task_inputs.values() for source in given if source.input_type == "task_run"}
    )


def tasks(client, run) -> list:
    return client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])), sort=TaskRunSort.EXPECTED_START_TIME_ASC)


def step(task_run) -> str:
    """A task run is called after its task, with three signs of its id behind."""
    return task_run.name.rpartition("-")[0]


if __name__ == "__main__":
    main()
