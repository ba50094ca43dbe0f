"""The training pipeline as ops and a job: the other way to write it, for work whose results are not things to keep."""

import dagster as dg
from ml_pipeline import steps
from workflow import Registry, TrainingConfig, Workspace, forked


# orchestration
@dg.op
def load(workspace: Workspace) -> str:
    return steps.load(workspace.folder)


@dg.op
def validate(workspace: Workspace, raw: str) -> str:
    return steps.validate(workspace.folder, raw)


@dg.op
def split(workspace: Workspace, validated: str) -> str:
    return steps.split(workspace.folder, validated)


@dg.op
def features(workspace: Workspace, parts: str) -> str:
    return steps.features(workspace.folder, parts)


@dg.op
def train(config: TrainingConfig, workspace: Workspace, inputs: str) -> str:
    return steps.train(workspace.folder, inputs, config.regularisation)


@dg.op
def evaluate(workspace: Workspace, model: str, inputs: str) -> str:
    return steps.evaluate(workspace.folder, model, inputs)


@dg.op
def compare(workspace: Workspace, metrics: str) -> str:
    return steps.compare(workspace.folder, metrics)


@dg.op
def register(workspace: Workspace, registry: Registry, model: str, decision: str) -> str:
    return steps.register(workspace.folder, model, decision, token=registry.token)


@dg.op
def package(workspace: Workspace, entry: str) -> str:
    return steps.package(workspace.folder, entry)


@dg.op
def report(workspace: Workspace, metrics: str, decision: str, packed: str) -> str:
    return steps.report(workspace.folder, metrics, decision, packed)


@dg.graph
def pipeline() -> None:
    inputs = features(split(validate(load())))
    model = train(inputs)
    metrics = evaluate(model, inputs)
    decision = compare(metrics)
    packed = package(register(model, decision))
    report(metrics, decision, packed)


training = pipeline.to_job("training")
patient_training = pipeline.to_job(
    "patient_training",
    op_retry_policy=dg.RetryPolicy(max_retries=3, delay=1, backoff=dg.Backoff.EXPONENTIAL),
)

defs = dg.Definitions(
    jobs=[training, patient_training],
    executor=forked,
    resources={
        "workspace": Workspace(folder=dg.EnvVar("WORKSPACE")),
        "registry": Registry(token=dg.EnvVar("REGISTRY_TOKEN")),
    },
)
# end
