"""The training pipeline as an Airflow Dag: each step is a task, and what goes from task to task through XCom is a path."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import Connection, dag, task

# The Dag processor reads this file again and again: what is slow to import is imported in the tasks.


# orchestration
@task
def load(run: str) -> str:
    from ml_pipeline import steps

    return steps.load(run)


@task
def validate(run: str, raw: str) -> str:
    from ml_pipeline import steps

    return steps.validate(run, raw)


@task
def split(run: str, validated: str) -> str:
    from ml_pipeline import steps

    return steps.split(run, validated)


@task
def features(run: str, parts: str) -> str:
    from ml_pipeline import steps

    return steps.features(run, parts)


@task
def train(run: str, inputs: str, regularisation: float) -> str:
    from ml_pipeline import steps

    return steps.train(run, inputs, regularisation)


@task
def evaluate(run: str, model: str, inputs: str) -> str:
    from ml_pipeline import steps

    return steps.evaluate(run, model, inputs)


@task
def compare(run: str, metrics: str) -> str:
    from ml_pipeline import steps

    return steps.compare(run, metrics)


@task
def register(run: str, model: str, decision: str, registry: str | None) -> str:
    from ml_pipeline import steps

    token = Connection.get(registry).password if registry else ""
    return steps.register(run, model, decision, token)


@task
def package(run: str, entry: str) -> str:
    from ml_pipeline import steps

    return steps.package(run, entry)


@task
def report(run: str, metrics: str, decision: str, packed: str) -> str:
    from ml_pipeline import steps

    return steps.report(run, metrics, decision, packed)


@dag(schedule=None)
def training(run: str = "/data/runs/latest", regularisation: float = 1.0, registry: str | None = None):
    """Train a model and offer it to the registry; the arguments are the parameters of a run."""
    raw = load(run)
    validated = validate(run, raw)
    parts = split(run, validated)
    inputs = features(run, parts)
    model = train(run, inputs, regularisation)
    metrics = evaluate(run, model, inputs)
    decision = compare(run, metrics)
    entry = register(run, model, decision, registry)
    packed = package(run, entry)
    report(run, metrics, decision, packed)


training()

BACK_OFF = {"retries": 3, "retry_delay": timedelta(seconds=1), "retry_exponential_backoff": 4}
dag("training_retried", schedule=None, default_args=BACK_OFF)(training.__wrapped__)()
# end


def keep_numbers(context, result):
    """Have Airflow keep the numbers of what a step made, as a second XCom of its task instance."""
    from ml_pipeline import steps

    context["ti"].xcom_push(key="numbers", value=steps.numbers(result))


dag("training_tracked", schedule=None, default_args={"post_execute": keep_numbers})(training.__wrapped__)()


@dag(schedule=None)
def loading(run: str = "/data/runs/latest"):
    load(run)


@task
def list_shards(run: str) -> list[str]:
    from ml_pipeline import steps

    return steps.list_shards(run)


@task
def shard(path: str) -> str:
    from ml_pipeline import steps

    return steps.shard(path)


@task
def gather(run: str, shards: list[str]) -> str:
    from ml_pipeline import steps

    return steps.gather(run, shards)


@dag(schedule=None)
def fan_out(run: str = "/data/runs/latest"):
    gather(run, shard.expand(path=list_shards(run)))


loading()
fan_out()
