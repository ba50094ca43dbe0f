"""The training pipeline as the script that a line in a crontab starts, with checkpoints of its own.

    0 3 * * *  flock -n /run/lock/train.lock  python workflow.py train /data/runs/$(date +\\%F)

A step that has ended leaves a file that says so; when the script is started again on the same folder, it goes on behind it.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import traceback
from pathlib import Path

from ml_pipeline import steps

# orchestration
ATTEMPTS, FIRST_WAIT_SECONDS = 4, 0.5


def checkpointed(run, step, *inputs, attempts=1, **parameters):
    """Return what a step made, from its checkpoint where there is one; a checkpoint is whole or not there."""
    checkpoint = Path(run, "checkpoints", f"{step.__name__}.json")
    if checkpoint.exists():
        return json.loads(checkpoint.read_text())
    print(f"{time.strftime('%FT%TZ', time.gmtime())} {step.__name__}", flush=True)
    result = attempted(step, attempts, run, *inputs, **parameters)
    checkpoint.parent.mkdir(exist_ok=True)
    partial = checkpoint.with_suffix(".partial")
    partial.write_text(json.dumps(result))
    partial.replace(checkpoint)
    return result


def attempted(step, attempts, *inputs, **parameters):
    """Call a step, and again after growing waits while attempts are left."""
    for attempt in range(attempts - 1):
        try:
            return step(*inputs, **parameters)
        except Exception:
            traceback.print_exc()
            time.sleep(FIRST_WAIT_SECONDS * 2**attempt)
    return step(*inputs, **parameters)


def train(run, regularisation, attempts):
    raw = checkpointed(run, steps.load)
    validated = checkpointed(run, steps.validate, raw)
    parts = checkpointed(run, steps.split, validated)
    inputs = checkpointed(run, steps.features, parts)
    model = checkpointed(run, steps.train, inputs, attempts=attempts, regularisation=regularisation)
    metrics = checkpointed(run, steps.evaluate, model, inputs)
    decision = checkpointed(run, steps.compare, metrics)
    entry = checkpointed(run, steps.register, model, decision, token=os.environ.get("LAB_SECRET", ""))
    packed = checkpointed(run, steps.package, entry)
    checkpointed(run, steps.report, metrics, decision, packed)


# end


def fan_out(run):
    shards = [steps.shard(path) for path in checkpointed(run, steps.list_shards)]
    checkpointed(run, steps.gather, shards)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow", choices=["train", "load", "fan-out"])
    parser.add_argument("run")
    parser.add_argument("--regularisation", type=float, default=steps.REGULARISATION)
    parser.add_argument("--attempts", type=int, default=1)
    given = parser.parse_args()
    if given.workflow == "train":
        train(given.run, given.regularisation, given.attempts)
    elif given.workflow == "fan-out":
        fan_out(given.run)
    else:
        checkpointed(given.run, steps.load)


if __name__ == "__main__":
    main()
