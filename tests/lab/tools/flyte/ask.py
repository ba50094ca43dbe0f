"""Prints the past local runs of Flyte 2, from the database that its terminal UI shows; there is no command that prints them."""

from __future__ import annotations

import json
import sqlite3
from ast import literal_eval
from pathlib import Path

STATES = {"succeeded": "completed", "failed": "failed", "running": "running"}


def main() -> None:
    database = sqlite3.connect(Path(".flyte", "local-cache", "cache.db"))
    database.row_factory = sqlite3.Row
    runs = database.execute("SELECT * FROM runs WHERE action_name = 'a0' ORDER BY start_time").fetchall()
    print(json.dumps([told(database, run) for run in runs]))


def told(database, run) -> dict:
    actions = database.execute("SELECT * FROM runs WHERE run_name = ? AND action_name != 'a0'", [run["run_name"]]).fetchall()
    steps = {action["action_name"]: action["task_name"].rpartition(".")[2] for action in actions}
    training = next((action for action in actions if action["task_name"] == "driver.training"), None)
    return {
        "state": STATES[run["status"]],
        "steps": {steps[action["action_name"]]: "skipped" if action["cache_hit"] else STATES[action["status"]] for action in actions},
        "parameters": {"regularisation": json.loads(training["inputs"]).get("regularisation") if training else None},
        "numbers": {steps[action["parent_id"]]: literal_eval(action["outputs"])["o0"] for action in actions if action["task_name"] == "numbers"},
    }


if __name__ == "__main__":
    main()
