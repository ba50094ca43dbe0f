"""Run the health report and the drift webhook against the Prefect server that is running at `PREFECT_API_URL`."""

from __future__ import annotations

import hashlib
import hmac
import os

import drift_webhook
import health_report
from fastapi.testclient import TestClient
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Completed, Crashed, Failed

KEY = b"a key of this check"
RUNS = 205


@flow(name="train-fraud")
def train(reason: str) -> str:
    return reason


def ring(client: TestClient, body: str, key: bytes = KEY) -> tuple[int, dict[str, str]]:
    """Send an alarm, signed."""
    signature = hmac.new(key, body.encode(), hashlib.sha256).hexdigest()
    answer = client.post("/drift", content=body, headers={"X-Signature": signature})
    return answer.status_code, answer.json()


def check_webhook() -> None:
    """An alarm starts one run a week; a small one, a strange one and a forged one start none."""
    os.environb[b"DRIFT_KEY"] = KEY
    with get_client(sync_client=True) as server:
        server.create_deployment(server.create_flow(train), name="production")
        client = TestClient(drift_webhook.app)
        assert ring(client, '{"model": "fraud", "share_drifted": 0.1}') == (200, {"action": "noted"})
        assert ring(client, '{"model": "fraud", "share_drifted": 0.9}', key=b"another")[0] == 401
        assert ring(client, '{"model": "../train", "share_drifted": 0.9}')[0] == 404
        assert server.read_flow_runs() == []
        first, second = (ring(client, '{"model": "fraud", "share_drifted": 0.9}') for _ in range(2))
        assert first == second
        assert first[0] == 200
        (run,) = server.read_flow_runs()
        assert str(run.id) == first[1]["run"]
        assert run.parameters == {"reason": "drift 0.90"}


def check_report() -> None:
    """More runs than a page are all counted, and what never began is among them."""
    with get_client(sync_client=True) as server:
        for _ in range(RUNS):
            server.create_flow_run(train, parameters={"reason": "report"}, state=Completed())
        for state in (Failed(), Crashed()):
            server.create_flow_run(train, name=f"ends {state.name}", parameters={"reason": "report"}, state=state)
    found = health_report.health_since(1)
    assert found.states["Completed"] == RUNS, found.states
    assert found.states["Scheduled"] + found.states["Late"] == 1, found.states  # the webhook's run, for which no worker came
    assert sorted(found.failed) == ["ends Crashed", "ends Failed"]
    assert found.share_failed == 2 / (RUNS + 3)


if __name__ == "__main__":
    check_webhook()
    check_report()
    print("the drift webhook and the health report do what their pages say")
