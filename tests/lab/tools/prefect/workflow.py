"""The training pipeline as a Prefect flow: each step is a task, and the flow is the function that calls them."""

from __future__ import annotations

import argparse
import functools

from ml_pipeline import steps
from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.blocks.system import Secret
from prefect.cache_policies import INPUTS, TASK_SOURCE
from prefect.tasks import exponential_backoff

BLOCK = "registry-token"

# orchestration
as_task = task(cache_policy=INPUTS + TASK_SOURCE, persist_result=True)

load = as_task(steps.load)
validate = as_task(steps.validate)
split = as_task(steps.split)
features = as_task(steps.features)
train = as_task(steps.train)
evaluate = as_task(steps.evaluate)
compare = as_task(steps.compare)
package = as_task(steps.package)
report = as_task(steps.report)


@as_task
def register(run: str, model: str, decision: str, secret: str | None) -> str:
    return steps.register(run, model, decision, token=Secret.load(secret).get() if secret else "")


@flow
def training(run: str, regularisation: float = steps.REGULARISATION, secret: str | None = None, retries: int = 0) -> str:
    raw = load(run)
    validated = validate(run, raw)
    parts = split(run, validated)
    inputs = features(run, parts)
    model = train.with_options(retries=retries, retry_delay_seconds=exponential_backoff(0.5))(run, inputs, regularisation)
    metrics = evaluate(run, model, inputs)
    decision = compare(run, metrics)
    entry = register(run, model, decision, secret)
    packed = package(run, entry)
    return report(run, metrics, decision, packed)


# end


@flow
def loading(run: str) -> str:
    return load(run)


@flow
def fan_out(run: str) -> str:
    shards = task(steps.shard).map(task(steps.list_shards)(run))
    return task(steps.gather)(run, shards.result())


def tracked(step):
    """Have Prefect keep the numbers of what a step made, as an artifact of its task run."""

    @functools.wraps(step)
    def kept(*args, **kwargs):
        result = step(*args, **kwargs)
        create_table_artifact([steps.numbers(result)], key=step.__name__)
        return result

    return task(kept)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow", choices=["training", "loading", "fan-out", "tracked"])
    parser.add_argument("run")
    parser.add_argument("--regularisation", type=float, default=steps.REGULARISATION)
    parser.add_argument("--retries", type=int, default=0)
    given = parser.parse_args()
    match given.workflow:
        case "loading":
            loading(given.run)
        case "fan-out":
            fan_out(given.run)
        case name:
            if name == "tracked":
                globals().update({step: tracked(getattr(steps, step)) for step in steps.STEPS if step != "register"})
            training(given.run, given.regularisation, retries=given.retries)


if __name__ == "__main__":
    main()
