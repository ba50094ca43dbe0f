"""The training pipeline as a Metaflow flow: each step is a method, and what it leaves on `self` is there in the steps after it."""

from metaflow import FlowSpec, Parameter, step
from ml_pipeline import steps


# orchestration
class TrainingFlow(FlowSpec):
    folder = Parameter("folder", help="Where the files of this run are written.", required=True)
    regularisation = Parameter("regularisation", help="Inverse strength of the penalty.", default=steps.REGULARISATION)

    @step
    def start(self):
        self.raw = steps.load(self.folder)
        self.next(self.validate)

    @step
    def validate(self):
        self.validated = steps.validate(self.folder, self.raw)
        self.next(self.split)

    @step
    def split(self):
        self.parts = steps.split(self.folder, self.validated)
        self.next(self.features)

    @step
    def features(self):
        self.scaled = steps.features(self.folder, self.parts)
        self.next(self.train)

    @step
    def train(self):
        self.model = steps.train(self.folder, self.scaled, self.regularisation)
        self.next(self.evaluate)

    @step
    def evaluate(self):
        self.metrics = steps.evaluate(self.folder, self.model, self.scaled)
        self.next(self.compare)

    @step
    def compare(self):
        self.decision = steps.compare(self.folder, self.metrics)
        self.next(self.register)

    @step
    def register(self):
        self.entry = steps.register(self.folder, self.model, self.decision)
        self.next(self.package)

    @step
    def package(self):
        self.packed = steps.package(self.folder, self.entry)
        self.next(self.end)

    @step
    def end(self):
        self.written = steps.report(self.folder, self.metrics, self.decision, self.packed)


if __name__ == "__main__":
    TrainingFlow()
# end
