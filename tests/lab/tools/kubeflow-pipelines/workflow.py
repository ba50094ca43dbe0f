"""The training pipeline as a KFP pipeline of lightweight Python components, run on this machine by KFP's local runner."""

import argparse
import functools
import os

from kfp import dsl, local
from kfp.dsl import Artifact, Dataset, Markdown, Metrics, Model

# Set when the pipeline is compiled: a pipeline's parameters cannot change its retry policy.
RETRIES = int(os.environ.get("TRAIN_RETRIES", "0"))

# orchestration
# The image holds `ml_pipeline` and kfp, so that a task installs nothing when it starts.
component = functools.partial(dsl.component, base_image="ml-pipeline-python:3.12", install_kfp_package=False)


@component
def load(run: str) -> Dataset:
    from ml_pipeline import steps

    return Dataset(uri=steps.load(run))


@component
def validate(run: str, raw: Dataset) -> Artifact:
    from ml_pipeline import steps

    return Artifact(uri=steps.validate(run, raw.path))


@component
def split(run: str, validated: Artifact) -> Dataset:
    from ml_pipeline import steps

    return Dataset(uri=steps.split(run, validated.path))


@component
def features(run: str, parts: Dataset) -> Dataset:
    from ml_pipeline import steps

    return Dataset(uri=steps.features(run, parts.path))


@component
def train(run: str, inputs: Dataset, regularisation: float) -> Model:
    from ml_pipeline import steps

    return Model(uri=steps.train(run, inputs.path, regularisation))


@component
def evaluate(run: str, model: Model, inputs: Dataset) -> Metrics:
    from ml_pipeline import steps

    found = steps.evaluate(run, model.path, inputs.path)
    return Metrics(uri=found, metadata=steps.numbers(found))


@component
def compare(run: str, metrics: Metrics) -> Artifact:
    from ml_pipeline import steps

    return Artifact(uri=steps.compare(run, metrics.path))


@component
def register(run: str, model: Model, decision: Artifact) -> Artifact:
    from ml_pipeline import steps

    return Artifact(uri=steps.register(run, model.path, decision.path))


@component
def package(run: str, entry: Artifact) -> Artifact:
    from ml_pipeline import steps

    return Artifact(uri=steps.package(run, entry.path))


@component
def report(run: str, metrics: Metrics, decision: Artifact, packed: Artifact) -> Markdown:
    from ml_pipeline import steps

    return Markdown(uri=steps.report(run, metrics.path, decision.path, packed.path))


@dsl.pipeline
def training(run: str, regularisation: float = 1.0):
    raw = load(run=run)
    validated = validate(run=run, raw=raw.output)
    parts = split(run=run, validated=validated.output)
    inputs = features(run=run, parts=parts.output)
    model = train(run=run, inputs=inputs.output, regularisation=regularisation)
    model.set_retry(num_retries=RETRIES, backoff_duration="1s", backoff_factor=5)
    metrics = evaluate(run=run, model=model.output, inputs=inputs.output)
    decision = compare(run=run, metrics=metrics.output)
    entry = register(run=run, model=model.output, decision=decision.output)
    packed = package(run=run, entry=entry.output)
    report(run=run, metrics=metrics.output, decision=decision.output, packed=packed.output)


# end


@component
def list_shards(run: str) -> list[str]:
    from ml_pipeline import steps

    return steps.list_shards(run)


@component
def shard(path: str) -> str:
    from ml_pipeline import steps

    return steps.shard(path)


@component
def gather(run: str, shards: list[str]) -> Artifact:
    from ml_pipeline import steps

    return Artifact(uri=steps.gather(run, shards))


@dsl.pipeline
def loading(run: str):
    load(run=run)


@dsl.pipeline
def fan_out(run: str):
    shards = list_shards(run=run)
    with dsl.ParallelFor(shards.output) as path:
        done = shard(path=path)
    gather(run=run, shards=dsl.Collected(done.output))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pipeline", choices=["training", "loading", "fan-out"])
    parser.add_argument("run")
    parser.add_argument("--regularisation", type=float, default=1.0)
    given = parser.parse_args()
    local.init(runner=local.SubprocessRunner(use_venv=False), enable_caching=True)
    if given.pipeline == "training":
        training(run=given.run, regularisation=given.regularisation)
    else:
        {"loading": loading, "fan-out": fan_out}[given.pipeline](run=given.run)


if __name__ == "__main__":
    main()
