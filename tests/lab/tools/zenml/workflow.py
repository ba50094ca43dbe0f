"""The training pipeline in ZenML: each function becomes a step, and the pipeline is the function that connects them."""

from __future__ import annotations

import argparse

import tracked
from ml_pipeline import steps
from zenml import pipeline, step
from zenml.client import Client
from zenml.config import CachePolicy
from zenml.config.retry_config import StepRetryConfig

REGISTRY = "model-registry"

# orchestration
load = step(steps.load)
validate = step(steps.validate)
split = step(steps.split)
features = step(steps.features)
train = step(steps.train)
evaluate = step(steps.evaluate)
compare = step(steps.compare)
package = step(steps.package)
report = step(steps.report)


@step
def register(run: str, model: str, decision: str, secret: str | None = None) -> str:
    token = Client().get_secret(secret).secret_values["token"] if secret else ""
    return steps.register(run, model, decision, token=token)


# By itself a step's cache key holds the step's own source, and not that of what it calls.
@pipeline(cache_policy=CachePolicy(source_dependencies=[steps]))
def training(run: str, regularisation: float = steps.REGULARISATION, secret: str | None = None) -> str:
    raw = load(run)
    validated = validate(run, raw)
    parts = split(run, validated)
    inputs = features(run, parts)
    model = train(run, inputs, regularisation)
    metrics = evaluate(run, model, inputs)
    decision = compare(run, metrics)
    entry = register(run, model, decision, secret)
    packed = package(run, entry)
    return report(run, metrics, decision, packed)


patient = training.with_options(steps={"train": {"retry": StepRetryConfig(max_retries=3, delay=1, backoff=3)}})
# end


@pipeline
def loading(run: str) -> str:
    return load(run)


@pipeline(dynamic=True)
def fan_out(run: str) -> str:
    shards = step(steps.shard).map(step(steps.list_shards)(run))
    return step(steps.gather)(run, shards)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow", choices=["training", "patient", "resumed", "loading", "fan-out", "tracked"])
    parser.add_argument("run")
    parser.add_argument("--regularisation", type=float, default=steps.REGULARISATION)
    given = parser.parse_args()
    match given.workflow:
        case "loading":
            loading(given.run)
        case "fan-out":
            fan_out(given.run)
        case "resumed":
            training.replay(skip_successful_steps=True)
        case "patient":
            patient(given.run, given.regularisation)
        case name:
            if name == "tracked":
                globals().update({kept: step(getattr(tracked, kept)) for kept in steps.STEPS if kept != "register"})
            training(given.run, given.regularisation)


if __name__ == "__main__":
    main()
