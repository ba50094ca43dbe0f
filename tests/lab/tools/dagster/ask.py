"""Asks Dagster's instance for its runs: ``python ask.py history`` or ``python ask.py lineage``."""

import json
import sys

import dagster as dg
from dagster import DagsterEventType, DagsterInstance, DagsterRun

RUNS = {"SUCCESS": "completed", "FAILURE": "failed", "CANCELED": "failed"}
STEPS = {"SUCCESS": "completed", "FAILURE": "failed", "SKIPPED": "skipped", "IN_PROGRESS": "running"}
MAKES = {
    "raw": "load",
    "validated": "validate",
    "parts": "split",
    "inputs": "features",
    "model": "train",
    "metrics": "evaluate",
    "decision": "compare",
    "entry": "register",
    "packed": "package",
}
"""The lab's name for the step that makes an asset, where it is not the asset's own; ops are called as the lab calls them."""


def main() -> None:
    with DagsterInstance.get() as instance:
        runs = instance.get_runs(ascending=True)
        print(json.dumps([told(instance, run) for run in runs] if sys.argv[1] == "history" else lineage(instance, runs[-1])))


def told(instance: DagsterInstance, run: DagsterRun) -> dict:
    configs = [op.get("config", {}) for op in run.run_config.get("ops", {}).values()]
    return {
        "state": RUNS.get(run.status.value, "running"),
        "steps": {step(one.step_key): STEPS[one.status.value] for one in instance.get_run_step_stats(run.run_id) if one.status},
        "parameters": {name: value for config in configs for name, value in config.items()},
        "numbers": {step(event.step_key): numbers(event) for event in events(instance, run, DagsterEventType.HANDLED_OUTPUT)},
    }


def lineage(instance: DagsterInstance, run: DagsterRun) -> list[tuple[str, str]]:
    """Read from the events of a run which input of a step came from which step, or which asset."""
    return sorted({(source(event.event_specific_data), step(event.step_key)) for event in events(instance, run, DagsterEventType.LOADED_INPUT)})


def events(instance: DagsterInstance, run: DagsterRun, of_type: DagsterEventType) -> list[dg.DagsterEvent]:
    return [entry.dagster_event for entry in instance.all_logs(run.run_id, of_type=of_type)]


def numbers(event: dg.DagsterEvent) -> dict[str, float]:
    return {name: kept.value for name, kept in event.event_specific_data.metadata.items() if isinstance(kept.value, float)}


def source(loaded) -> str:
    return step(loaded.upstream_step_key or loaded.input_name)


def step(name: str) -> str:
    return MAKES.get(name, name)


if __name__ == "__main__":
    main()
