"""Puts the token of the model registry into a connection, then runs the Dag that reads it.

With ``environment`` the connection is a variable of the environment, as `airflow dags test` reads it in its own process; with
``database`` it goes through the API into the database, where a running Airflow finds it.
"""

import json
import os
import subprocess
import sys

from api import client, post

REGISTRY = "model_registry"

connection = {"conn_type": "http", "password": os.environ.pop("LAB_SECRET")}
conf = json.dumps({"run": os.environ["LAB_RUN"], "registry": REGISTRY})
if sys.argv[1] == "environment":
    os.environ[f"AIRFLOW_CONN_{REGISTRY.upper()}"] = json.dumps(connection)
    command = ["airflow", "dags", "test", "training", "--conf", conf]
else:
    with client() as api:
        post(api, "/connections", {"connection_id": REGISTRY, **connection})
    command = [sys.executable, "trigger.py", "training", conf]
sys.exit(subprocess.run(command, check=False).returncode)
