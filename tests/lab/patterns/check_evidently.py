"""Run the drift check on data that drifted and on data that did not."""

from __future__ import annotations

import drift_check
import numpy as np
import pandas as pd

ROWS = 500


def frame(shift: float, seed: int) -> pd.DataFrame:
    """Return a day of requests, three columns of four moved by `shift` standard deviations."""
    random = np.random.default_rng(seed)
    moved = {f"feature_{number}": random.normal(shift, 1, ROWS) for number in range(3)}
    return pd.DataFrame({**moved, "amount": random.normal(0, 1, ROWS)})


if __name__ == "__main__":
    reference = frame(0, 1)
    assert drift_check.drift_tests_failed(reference, frame(0, 2)) == []
    failed = drift_check.drift_tests_failed(reference, frame(3, 2))
    assert sum("feature_" in name for name in failed) == 3, failed
    assert not any("amount" in name for name in failed), failed
    print("the drift check names what drifted:", failed)
