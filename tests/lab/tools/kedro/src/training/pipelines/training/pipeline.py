"""The training pipeline as Kedro nodes: what a node is made from and makes are names in the catalogue."""

from kedro.pipeline import Node, Pipeline
from ml_pipeline import steps

# orchestration
RUN = "params:run"


def create_pipeline(**_: object) -> Pipeline:
    return Pipeline(
        [
            Node(steps.load, RUN, "raw_path", name="load"),
            Node(steps.validate, [RUN, "raw_path"], "validated_path", name="validate"),
            Node(steps.split, [RUN, "validated_path"], "parts_path", name="split"),
            Node(steps.features, [RUN, "parts_path"], "inputs_path", name="features"),
            Node(steps.train, [RUN, "inputs_path", "params:regularisation"], "model_path", name="train"),
            Node(steps.evaluate, [RUN, "model_path", "inputs_path"], "metrics_path", name="evaluate"),
            Node(steps.compare, [RUN, "metrics_path"], "decision_path", name="compare"),
            Node(steps.register, [RUN, "model_path", "decision_path", "registry_token"], "entry_path", name="register"),
            Node(steps.package, [RUN, "entry_path"], "packed_path", name="package"),
            Node(steps.report, [RUN, "metrics_path", "decision_path", "packed_path"], "report_path", name="report"),
        ]
    )


# end
