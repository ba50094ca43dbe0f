from collections import Counter
from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterExpectedStartTime

PAGE = 200


def states_since(hours: int = 24) -> Counter[str]:
    now = datetime.now(UTC)
    due = FlowRunFilter(expected_start_time=FlowRunFilterExpectedStartTime(after_=now - timedelta(hours=hours), before_=now))
    counts: Counter[str] = Counter()
    with get_client(sync_client=True) as client:
        for offset in range(0, 1_000_000, PAGE):
            page = client.read_flow_runs(flow_run_filter=due, limit=PAGE, offset=offset)
            counts.update(run.state_name or "Unknown" for run in page)
            if len(page) < PAGE:
                break
    return counts
