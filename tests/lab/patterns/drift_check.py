from evidently import Report
from evidently.presets import DataDriftPreset


def drift_tests_failed(reference, current) -> list[str]:
    """Compare two data frames; return the names of the tests that failed."""
    snapshot = Report([DataDriftPreset()], include_tests=True).run(current, reference)
    return [test["name"] for test in snapshot.dict()["tests"] if test["status"] == "FAIL"]
