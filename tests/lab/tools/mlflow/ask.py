"""Asks MLflow's client for the runs of the experiment and the child runs of each, and prints them as JSON."""

from __future__ import annotations

import json

import mlflow
from mlflow import MlflowClient
from mlflow.utils.mlflow_tags import MLFLOW_PARENT_RUN_ID

STATES = {"FINISHED": "completed", "FAILED": "failed", "KILLED": "failed", "RUNNING": "running"}


def main() -> None:
    client = MlflowClient()
    experiment = mlflow.get_experiment_by_name("training")
    found = client.search_runs([experiment.experiment_id], order_by=["attributes.start_time ASC"])
    parents = [run for run in found if MLFLOW_PARENT_RUN_ID not in run.data.tags]
    print(json.dumps([told(run, [one for one in found if one.data.tags.get(MLFLOW_PARENT_RUN_ID) == run.info.run_id]) for run in parents]))


def told(run, children) -> dict:
    return {
        "state": STATES.get(run.info.status, "running"),
        "steps": {child.info.run_name: STATES.get(child.info.status, "waiting") for child in children},
        "parameters": dict(run.data.params),
        "numbers": {child.info.run_name: dict(child.data.metrics) for child in children if child.data.metrics},
    }


if __name__ == "__main__":
    main()
