"""Let Airflow run the Dag that starts a flow on the Prefect server at `PREFECT_API_URL`; `AIRFLOW` is the command of another environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from prefect import flow
from prefect.client.orchestration import get_client

HERE = Path(__file__).parent
DAY = "2026-11-20"


@flow(name="train")
def train(path: str) -> str:
    return path


def airflow(home: Path, *arguments: str) -> None:
    """Run a command of Airflow in a home of its own."""
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "TRAINING_API": os.environ["PREFECT_API_URL"],
        "PATH": f"{Path(os.environ['AIRFLOW']).parent}{os.pathsep}{os.environ['PATH']}",
    }
    subprocess.run([os.environ["AIRFLOW"], *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def check_trigger() -> None:
    """One run with the path of the day; the same day again starts no second one."""
    with get_client(sync_client=True) as server, tempfile.TemporaryDirectory() as folder:
        server.create_deployment(server.create_flow(train), name="nightly")
        home = Path(folder)
        (home / "dags").mkdir()
        shutil.copy(HERE / "cross_trigger.py", home / "dags")
        airflow(home, "db", "migrate")
        for _ in range(2):
            airflow(home, "dags", "test", "sales", DAY)
        runs = [run for run in server.read_flow_runs() if "path" in run.parameters]
        assert [(run.parameters, run.idempotency_key) for run in runs] == [({"path": f"s3://lake/sales/{DAY}/"}, f"sales-{DAY}")]


if __name__ == "__main__":
    check_trigger()
    print("the Dag starts one run a day")
