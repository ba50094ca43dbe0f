"""Asks Metaflow's Client API for the runs of the flow: ``python ask.py history`` or ``python ask.py lineage``."""

import json
import sys

from metaflow import Flow

NAMES = {"start": "load", "end": "report"}
"""The first and the last step have names that Metaflow gives."""


def main():
    runs = [*Flow("TrainingFlow")][::-1]
    print(json.dumps([told(run) for run in runs] if sys.argv[1] == "history" else lineage(runs[-1])))


def told(run):
    tasks = {name(task): task for step in run for task in step}
    states = {step: state(task) for step, task in tasks.items()}
    return {
        "state": "completed" if run.successful else "failed" if "failed" in states.values() else "running",
        "steps": states,
        "parameters": {"regularisation": run["_parameters"].task.data.regularisation},
        "numbers": {step: task.data.numbers for step, task in tasks.items() if "numbers" in task},
    }


def state(task):
    """Of a task that ended without an exception and without success, nothing is known but that it began."""
    return "completed" if task.successful else "failed" if task.exception else "running"


def lineage(run):
    return sorted({(name(parent), name(task)) for step in run for task in step for parent in task.parent_tasks})


def name(task):
    return NAMES.get(task.parent.id, task.parent.id)


if __name__ == "__main__":
    main()
