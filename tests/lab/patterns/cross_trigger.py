import os

import httpx
from airflow.sdk import dag, task

API = os.environ["TRAINING_API"]  # like http://prefect.internal:4200/api


@dag(schedule="0 2 * * *")
def sales():
    @task
    def load_and_check(ds=None) -> str:
        return f"s3://lake/sales/{ds}/"
        # write the partition of the day there, and check it

    @task(retries=3)
    def start_training(path: str, ds=None) -> str:
        deployment = httpx.get(f"{API}/deployments/name/train/nightly").raise_for_status().json()
        run = httpx.post(
            f"{API}/deployments/{deployment['id']}/create_flow_run",
            json={"parameters": {"path": path}, "idempotency_key": f"sales-{ds}"},
        )
        return run.raise_for_status().json()["id"]

    start_training(load_and_check())


sales()
