"""A flow of one step, which is its first and its last."""

from metaflow import FlowSpec, Parameter, step
from ml_pipeline import steps


class LoadingFlow(FlowSpec):
    folder = Parameter("folder", required=True)

    @step
    def load(self):
        self.raw = steps.load(self.folder)


if __name__ == "__main__":
    LoadingFlow()
