"""The training pipeline as a plain script that MLflow keeps a record of: a parent run, and a child run for each step."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

import mlflow
from ml_pipeline import steps


# orchestration
def recorded(step: Callable[..., str], run: str, *inputs: str, **parameters: float) -> str:
    """Call a step in a child run that keeps its parameters and what its result sums up to."""
    with mlflow.start_run(run_name=step.__name__, nested=True):
        mlflow.log_params(parameters)
        result = step(run, *inputs, **parameters)
        mlflow.log_metrics(steps.numbers(result))
    return result


def register(run: str, model: str, decision: str) -> str:
    # Read here, because what a step is given as a parameter is recorded.
    return steps.register(run, model, decision, token=os.environ.get("LAB_SECRET", ""))


def training(run: str, regularisation: float = steps.REGULARISATION) -> None:
    mlflow.set_experiment("training")
    with mlflow.start_run():
        mlflow.log_param("regularisation", regularisation)
        raw = recorded(steps.load, run)
        validated = recorded(steps.validate, run, raw)
        parts = recorded(steps.split, run, validated)
        inputs = recorded(steps.features, run, parts)
        model = recorded(steps.train, run, inputs, regularisation=regularisation)
        metrics = recorded(steps.evaluate, run, model, inputs)
        decision = recorded(steps.compare, run, metrics)
        entry = recorded(register, run, model, decision)
        packed = recorded(steps.package, run, entry)
        report = recorded(steps.report, run, metrics, decision, packed)
        mlflow.log_artifact(report)


# end


def loading(run: str) -> None:
    mlflow.set_experiment("loading")
    with mlflow.start_run():
        recorded(steps.load, run)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow", choices=["training", "loading"])
    parser.add_argument("run")
    parser.add_argument("--regularisation", type=float, default=steps.REGULARISATION)
    given = parser.parse_args()
    if given.workflow == "training":
        training(given.run, given.regularisation)
    else:
        loading(given.run)


if __name__ == "__main__":
    main()
