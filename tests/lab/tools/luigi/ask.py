"""Asks Luigi for what it knows: ``python ask.py history``, ``python ask.py lineage`` of the code, or ``python ask.py lineage-of-server``."""

import json
import os
import sys

from luigi.rpc import RemoteScheduler
from luigi.task import flatten
from workflow import Training

STATES = {"DONE": "completed", "FAILED": "failed", "RUNNING": "running"}


def main():
    whole = Training(folder=os.environ["LAB_RUN"])
    match sys.argv[1]:
        case "history":
            told = history()
        case "lineage":
            told = sorted(edges(whole))
        case "lineage-of-server":
            told = edges_of_server(whole.task_id)
    print(json.dumps(told))


def history():
    """Luigi keeps tasks and not runs: a run is here what has the same folder as a task that asks for all."""
    from luigi.db_task_history import DbTaskHistory  # wants the database of luigid, which only one mode has

    kept = DbTaskHistory()
    session = kept.session_factory()
    runs = {}
    for record in sorted(kept.find_all_runs(session), key=lambda record: record.events[-1].ts):
        if "folder" in record.parameters:
            runs.setdefault(record.parameters["folder"].value, []).append(record)
    return [told(records) for records in runs.values() if any(record.name == "Training" for record in records)]


def told(records):
    steps = {record.name.lower(): STATES.get(record.events[0].event_name, "waiting") for record in records}
    values = [record.parameters["regularisation"].value for record in records if "regularisation" in record.parameters]
    states = {*steps.values()}
    return {
        "state": "failed" if "failed" in states else "running" if states - {"completed"} else "completed",
        "steps": steps,
        "parameters": {"regularisation": values[0]} if values else {},
    }


def edges(task):
    """Return what the code requires today, where both ends are done."""
    found = set()
    for required in flatten(task.requires()):
        if required.complete() and task.complete():
            found |= {(name(required.task_family), name(task.task_family)), *edges(required)}
    return found


def edges_of_server(task_id):
    """Return what workers have told the server, where both ends are done."""
    graph = RemoteScheduler(f"http://127.0.0.1:{os.environ['LAB_PORT']}").dep_graph(task_id, include_done=True)
    done = {key: task for key, task in graph.items() if task["status"] == "DONE"}
    return sorted({(name(done[key]["name"]), name(task["name"])) for task in done.values() for key in task["deps"] if key in done})


def name(family):
    return family.lower()


if __name__ == "__main__":
    main()
