"""Asks ZenML's client for the runs it knows: ``python ask.py history`` or ``python ask.py lineage``."""

from __future__ import annotations

import json
import sys

from zenml.client import Client

STATES = {"completed": "completed", "cached": "completed", "failed": "failed", "running": "running"}


def main() -> None:
    runs = Client().list_pipeline_runs(sort_by="asc:created", hydrate=True).items
    print(json.dumps([told(run) for run in runs] if sys.argv[1] == "history" else lineage(runs[-1])))


def told(run) -> dict:
    return {
        "state": STATES.get(run.status.value, "running"),
        "steps": {
            name: "skipped" if found.status.value == "cached" else STATES.get(found.status.value, "waiting") for name, found in run.steps.items()
        },
        "parameters": {"regularisation": run.config.parameters.get("regularisation")},
        "numbers": {name: dict(found.run_metadata) for name, found in run.steps.items() if found.run_metadata},
    }


def lineage(run) -> list[tuple[str, str]]:
    """A step's input knows by which step run it was made."""
    names = {found.id: name for name, found in run.steps.items()}
    return sorted(
        {
            (names[given.producer_step_run_id], name)
            for name, found in run.steps.items()
            for inputs in found.inputs.values()
            for given in inputs
            if given.producer_step_run_id in names
        }
    )


if __name__ == "__main__":
    main()
