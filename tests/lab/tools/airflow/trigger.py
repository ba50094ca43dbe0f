"""Triggers a Dag of the running Airflow and waits for its run, or goes on with the last run by clearing what failed in it.

python trigger.py DAG CONF
python trigger.py --resume
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import httpx
from api import client, get, instances, path_of, post, runs

DAG_FILE = Path(__file__).with_name("workflow.py")


def main() -> None:
    with client() as api:
        if sys.argv[1] == "--resume":
            run = runs(api)[-1]
            # The run of a scheduler that was killed counts as running until its successor has looked after it.
            state = followed(api, run) if run["state"] in {"queued", "running"} else run["state"]
            if state == "failed":
                post(api, f"{path_of(run)}/clear", {"dry_run": False, "only_failed": True})
                state = followed(api, run)
        else:
            run, state = triggered(api, sys.argv[1], json.loads(sys.argv[2]))
        if state != "success":
            tell_failures(api, run)
            sys.exit(f"{run['dag_id']} {run['dag_run_id']}: {state}")


def triggered(api: httpx.Client, dag: str, conf: dict) -> tuple[dict, str]:
    wait_until_read(api, dag)
    run = post(api, f"/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})
    return run, followed(api, run)


def followed(api: httpx.Client, run: dict) -> str:
    """Wait for a run, and return its state."""
    with api.stream("GET", f"{path_of(run)}/wait", params={"interval": 0.5}, timeout=None) as states:
        *_, last = states.iter_lines()
    state = json.loads(last)["state"]
    print(f"{run['dag_id']} {run['dag_run_id']}: {state}")
    return state


def wait_until_read(api: httpx.Client, dag: str) -> None:
    """A run takes the Dag as the Dag processor has last stored it, so a file that was just changed is read first."""
    while get(api, f"/dagSources/{dag}")["content"] != DAG_FILE.read_text():
        token = get(api, f"/dags/{dag}")["file_token"]
        api.put(f"/parseDagFile/{token}")
        time.sleep(1)


def tell_failures(api: httpx.Client, run: dict) -> None:
    """Print the errors in the logs of failed tasks."""
    for one in instances(api, run):
        if one["state"] == "failed":
            log = get(api, f"{path_of(run)}/taskInstances/{one['task_id']}/logs/{one['try_number']}", map_index=one["map_index"])
            for line in log["content"]:
                if line.get("level") in {"error", "critical"}:
                    causes = [f"{error['exc_type']}: {error['exc_value']}" for error in line.get("error_detail", ())]
                    print(f"{one['task_id']}: {'; '.join([line['event'], *causes])}")


if __name__ == "__main__":
    main()
