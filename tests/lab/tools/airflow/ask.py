"""Asks Airflow's public API: ``python ask.py ready``, ``python ask.py history`` or ``python ask.py lineage``.

With ``--serve`` behind it, an API server is started for the question.
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext

import httpx
from api import client, get, instances, path_of, runs, served

DAGS = {"training", "training_retried", "training_tracked", "loading", "fan_out"}
STATES = {"success": "completed", "failed": "failed", "upstream_failed": "waiting", "skipped": "skipped", "running": "running"}


def main() -> None:
    with served() if "--serve" in sys.argv else nullcontext(), client() as api:
        match sys.argv[1]:
            case "ready":
                sys.exit(0 if ready(api) else 1)
            case "history":
                print(json.dumps([told(api, run) for run in runs(api)]))
            case "lineage":
                print(json.dumps(lineage(api, runs(api)[-1])))


def ready(api: httpx.Client) -> bool:
    """Whether all components have reported and all Dags have been read."""
    health = get(api, "/monitor/health")
    components = [health[name]["status"] for name in ("metadatabase", "scheduler", "dag_processor", "triggerer")]
    return set(components) == {"healthy"} and {dag["dag_id"] for dag in get(api, "/dags")["dags"]} == DAGS


def told(api: httpx.Client, run: dict) -> dict:
    found = instances(api, run)
    return {
        "state": STATES.get(run["state"], "running"),
        "steps": {one["task_id"]: STATES.get(one["state"], "waiting") for one in found},
        "parameters": {"regularisation": (run["conf"] or {}).get("regularisation")},
        "numbers": {one["task_id"]: numbers(api, run, one) for one in found} if run["dag_id"] == "training_tracked" else {},
    }


def numbers(api: httpx.Client, run: dict, instance: dict) -> dict:
    return get(api, f"{path_of(run)}/taskInstances/{instance['task_id']}/xcomEntries/numbers", deserialize=True)["value"]


def lineage(api: httpx.Client, run: dict) -> list[tuple[str, str]]:
    """The edges of the Dag. In this one, each is there because a task takes what another returned."""
    tasks = get(api, f"/dags/{run['dag_id']}/tasks")["tasks"]
    return [(task["task_id"], after) for task in tasks for after in task["downstream_task_ids"]]


if __name__ == "__main__":
    main()
