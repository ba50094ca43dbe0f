"""The training pipeline in Flyte 1, with flytekit: the workflow is compiled to a graph before anything runs."""

from __future__ import annotations

from flytekit import Cache, Secret, current_context, map_task, task, workflow
from ml_pipeline import steps

# orchestration
TOKEN = Secret(group="registry", key="token")
CACHE = Cache(version="1")


@task(cache=CACHE)
def load(run: str) -> str:
    return steps.load(run)


@task(cache=CACHE)
def validate(run: str, raw: str) -> str:
    return steps.validate(run, raw)


@task(cache=CACHE)
def split(run: str, validated: str) -> str:
    return steps.split(run, validated)


@task(cache=CACHE)
def features(run: str, parts: str) -> str:
    return steps.features(run, parts)


@task(cache=CACHE)
def train(run: str, inputs: str, regularisation: float) -> str:
    return steps.train(run, inputs, regularisation)


@task(cache=CACHE)
def evaluate(run: str, model: str, inputs: str) -> str:
    return steps.evaluate(run, model, inputs)


@task(cache=CACHE)
def compare(run: str, metrics: str) -> str:
    return steps.compare(run, metrics)


@task(cache=CACHE, secret_requests=[TOKEN])
def register(run: str, model: str, decision: str) -> str:
    return steps.register(run, model, decision, token=current_context().secrets.get(TOKEN.group, TOKEN.key))


@task(cache=CACHE)
def package(run: str, entry: str) -> str:
    return steps.package(run, entry)


@task(cache=CACHE)
def report(run: str, metrics: str, decision: str, packed: str) -> str:
    return steps.report(run, metrics, decision, packed)


@workflow
def training(run: str, regularisation: float = steps.REGULARISATION) -> str:
    raw = load(run=run)
    validated = validate(run=run, raw=raw)
    parts = split(run=run, validated=validated)
    inputs = features(run=run, parts=parts)
    model = train(run=run, inputs=inputs, regularisation=regularisation)
    metrics = evaluate(run=run, model=model, inputs=inputs)
    decision = compare(run=run, metrics=metrics)
    entry = register(run=run, model=model, decision=decision)
    packed = package(run=run, entry=entry)
    return report(run=run, metrics=metrics, decision=decision, packed=packed)


# end


@task
def list_shards(run: str) -> list[str]:
    return steps.list_shards(run)


@task
def shard(path: str) -> str:
    return steps.shard(path)


@task
def gather(run: str, shards: list[str]) -> str:
    return steps.gather(run, shards)


@workflow
def fan_out(run: str) -> str:
    return gather(run=run, shards=map_task(shard)(path=list_shards(run=run)))
