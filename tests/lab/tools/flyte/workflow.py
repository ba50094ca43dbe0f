"""The training pipeline in Flyte 2: tasks are Python functions, and the workflow is a task that calls them."""

from __future__ import annotations

import os
from datetime import timedelta

import flyte
from ml_pipeline import steps

# orchestration
image = flyte.Image.from_debian_base(python_version=(3, 12)).with_pip_packages("scikit-learn")
env = flyte.TaskEnvironment("steps", image=image, cache="auto")
registry = flyte.TaskEnvironment("registry", image=image, cache="auto", secrets="registry-token")
driver = flyte.TaskEnvironment("driver", image=image, depends_on=[env, registry])


@env.task
def load(run: str) -> str:
    return steps.load(run)


@env.task
def validate(run: str, raw: str) -> str:
    return steps.validate(run, raw)


@env.task
def split(run: str, validated: str) -> str:
    return steps.split(run, validated)


@env.task
def features(run: str, parts: str) -> str:
    return steps.features(run, parts)


@env.task
def train(run: str, inputs: str, regularisation: float) -> str:
    return steps.train(run, inputs, regularisation)


@env.task
def evaluate(run: str, model: str, inputs: str) -> str:
    return steps.evaluate(run, model, inputs)


@env.task
def compare(run: str, metrics: str) -> str:
    return steps.compare(run, metrics)


@registry.task
def register(run: str, model: str, decision: str) -> str:
    return steps.register(run, model, decision, token=os.environ["REGISTRY_TOKEN"])


@env.task
def package(run: str, entry: str) -> str:
    return steps.package(run, entry)


@env.task
def report(run: str, metrics: str, decision: str, packed: str) -> str:
    return steps.report(run, metrics, decision, packed)


@driver.task
def training(run: str, regularisation: float = steps.REGULARISATION, retries: int = 0) -> str:
    backoff = flyte.Backoff(base=timedelta(seconds=0.5), factor=2, cap=timedelta(minutes=1))
    raw = load(run)
    validated = validate(run, raw)
    parts = split(run, validated)
    inputs = features(run, parts)
    model = train.override(retries=flyte.RetryStrategy(count=retries, backoff=backoff))(run, inputs, regularisation)
    metrics = evaluate(run, model, inputs)
    decision = compare(run, metrics)
    entry = register(run, model, decision)
    packed = package(run, entry)
    return report(run, metrics, decision, packed)


# end


@env.task
def list_shards(run: str) -> list[str]:
    return steps.list_shards(run)


@env.task
def shard(path: str) -> str:
    return steps.shard(path)


@env.task
def gather(run: str, shards: list[str]) -> str:
    return steps.gather(run, shards)


@driver.task
def fan_out(run: str) -> str:
    return gather(run, list(flyte.map(shard, list_shards(run))))
