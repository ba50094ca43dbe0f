"""Airflow's public REST API, as the other files of this folder use it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx

BASE = os.environ["AIRFLOW__API__BASE_URL"]


def client() -> httpx.Client:
    """Everybody is an administrator here, so a token is given for nothing."""
    token = httpx.get(f"{BASE}/auth/token").raise_for_status().json()["access_token"]
    return httpx.Client(base_url=f"{BASE}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=60)


@contextmanager
def served() -> Iterator[None]:
    """Have an API server for a while, where nothing but the database outlives a run."""
    server = subprocess.Popen(["airflow", "api-server"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            with suppress(httpx.HTTPError):
                httpx.get(f"{BASE}/api/v2/version").raise_for_status()
                break
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


def get(api: httpx.Client, path: str, **parameters) -> dict:
    return api.get(path, params=parameters).raise_for_status().json()


def post(api: httpx.Client, path: str, body: dict) -> dict:
    return api.post(path, json=body).raise_for_status().json()


def runs(api: httpx.Client) -> list[dict]:
    """All Dag runs, the newest last."""
    return get(api, "/dags/~/dagRuns", order_by="id", limit=100)["dag_runs"]


def path_of(run: dict) -> str:
    return f"/dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}"


def instances(api: httpx.Client, run: dict) -> list[dict]:
    return get(api, f"{path_of(run)}/taskInstances", limit=100)["task_instances"]
