from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterExpectedStartTime
from prefect.client.schemas.objects import StateType

PAGE = 200
ENDED_BADLY = {StateType.FAILED, StateType.CRASHED}


class Health(NamedTuple):
    states: Counter[str]
    failed: list[str]  # names of runs

    @property
    def share_failed(self) -> float:
        return len(self.failed) / max(self.states.total(), 1)  # of all that were due: what never began is no success


def health_since(hours: int = 24) -> Health:
    now = datetime.now(UTC)
    due = FlowRunFilter(expected_start_time=FlowRunFilterExpectedStartTime(after_=now - timedelta(hours=hours), before_=now))
    found = Health(Counter(), [])
    with get_client(sync_client=True) as client:
        for offset in range(0, 1_000_000, PAGE):
            page = client.read_flow_runs(flow_run_filter=due, limit=PAGE, offset=offset)
            found.states.update(run.state_name or "Unknown" for run in page)
            found.failed.extend(run.name for run in page if run.state_type in ENDED_BADLY)
            if len(page) < PAGE:
                break
    return found
