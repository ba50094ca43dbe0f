"""The training pipeline as Luigi tasks: each names the tasks that it requires and the target that says that it is done."""

from pathlib import Path

import luigi
from luigi.parameter import ParameterVisibility
from luigi.task import flatten
from luigi.util import requires
from ml_pipeline import steps


# orchestration
class Registry(luigi.Config):
    token = luigi.Parameter(default="", visibility=ParameterVisibility.PRIVATE)


class Step(luigi.Task):
    """A task whose target is a note of where its result lies: written last, by a rename, it is never there for half a result."""

    folder = luigi.Parameter()

    def output(self):
        return luigi.LocalTarget(f"{self.folder}/done/{self.task_id}")

    def run(self):
        result = self.make(*(Path(note.path).read_text() for note in flatten(self.input())))
        with self.output().open("w") as note:
            note.write(result)


class Load(Step):
    def make(self):
        return steps.load(self.folder)


@requires(Load)
class Validate(Step):
    def make(self, raw):
        return steps.validate(self.folder, raw)


@requires(Validate)
class Split(Step):
    def make(self, validated):
        return steps.split(self.folder, validated)


@requires(Split)
class Features(Step):
    def make(self, parts):
        return steps.features(self.folder, parts)


@requires(Features)
class Train(Step):
    regularisation = luigi.FloatParameter(default=steps.REGULARISATION)

    def make(self, inputs):
        return steps.train(self.folder, inputs, self.regularisation)


@requires(Train, Features)
class Evaluate(Step):
    def make(self, model, inputs):
        return steps.evaluate(self.folder, model, inputs)


@requires(Evaluate)
class Compare(Step):
    def make(self, metrics):
        return steps.compare(self.folder, metrics)


@requires(Train, Compare)
class Register(Step):
    def make(self, model, decision):
        return steps.register(self.folder, model, decision, token=Registry().token)


@requires(Register)
class Package(Step):
    def make(self, entry):
        return steps.package(self.folder, entry)


@requires(Evaluate, Compare, Package)
class Report(Step):
    def make(self, metrics, decision, packed):
        return steps.report(self.folder, metrics, decision, packed)


@requires(Report)
class Training(luigi.WrapperTask):
    """The whole pipeline: `luigi --module workflow Training --folder FOLDER`."""


# end
