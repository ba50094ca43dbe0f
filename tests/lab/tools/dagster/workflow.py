"""The training pipeline as Dagster assets: each names a thing that should exist, and its arguments say what that is made from."""

import dagster as dg
from ml_pipeline import steps


# orchestration
class Workspace(dg.ConfigurableResource):
    """Where everything that is made lies."""

    folder: str


class Registry(dg.ConfigurableResource):
    """What the registry of models asks for."""

    token: str


class TrainingConfig(dg.Config):
    regularisation: float = steps.REGULARISATION


@dg.asset(code_version="1")
def raw(workspace: Workspace) -> str:
    return steps.load(workspace.folder)


@dg.asset(code_version="1")
def validated(workspace: Workspace, raw: str) -> str:
    return steps.validate(workspace.folder, raw)


@dg.asset(code_version="1")
def parts(workspace: Workspace, validated: str) -> str:
    return steps.split(workspace.folder, validated)


@dg.asset(code_version="1")
def inputs(workspace: Workspace, parts: str) -> str:
    return steps.features(workspace.folder, parts)


@dg.asset(code_version="1")
def model(config: TrainingConfig, workspace: Workspace, inputs: str) -> str:
    return steps.train(workspace.folder, inputs, config.regularisation)


@dg.asset(code_version="1")
def metrics(workspace: Workspace, model: str, inputs: str) -> str:
    return steps.evaluate(workspace.folder, model, inputs)


@dg.asset(code_version="1")
def decision(workspace: Workspace, metrics: str) -> str:
    return steps.compare(workspace.folder, metrics)


@dg.asset(code_version="1")
def entry(workspace: Workspace, registry: Registry, model: str, decision: str) -> str:
    return steps.register(workspace.folder, model, decision, token=registry.token)


@dg.asset(code_version="1")
def packed(workspace: Workspace, entry: str) -> str:
    return steps.package(workspace.folder, entry)


@dg.asset(code_version="1")
def report(workspace: Workspace, metrics: str, decision: str, packed: str) -> str:
    return steps.report(workspace.folder, metrics, decision, packed)


training = dg.define_asset_job("training")
patient_training = dg.define_asset_job(
    "patient_training",
    op_retry_policy=dg.RetryPolicy(max_retries=3, delay=1, backoff=dg.Backoff.EXPONENTIAL),
)


@dg.schedule(job=training, cron_schedule="0 3 * * *")
def nightly() -> dg.RunRequest:
    """Make what is missing or older than its code and its inputs, and leave the rest."""
    return dg.RunRequest(stale_assets_only=True)


# A process of its own for each step, forked from one that has imported this module already.
forked = dg.multiprocess_executor.configured({"start_method": {"forkserver": {"preload_modules": ["workflow"]}}})

defs = dg.Definitions(
    assets=[raw, validated, parts, inputs, model, metrics, decision, entry, packed, report],
    jobs=[training, patient_training],
    schedules=[nightly],
    executor=forked,
    resources={
        "workspace": Workspace(folder=dg.EnvVar("WORKSPACE")),
        "registry": Registry(token=dg.EnvVar("REGISTRY_TOKEN")),
        "io_manager": dg.FilesystemIOManager(base_dir=dg.EnvVar("WORKSPACE")),
    },
)
# end
