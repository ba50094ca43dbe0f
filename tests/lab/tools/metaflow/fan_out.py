"""As many tasks as the first step finds parts: `foreach` takes a list that it left on `self`."""

from metaflow import FlowSpec, Parameter, step
from ml_pipeline import steps


class ShardsFlow(FlowSpec):
    folder = Parameter("folder", required=True)

    @step
    def start(self):
        self.shards = steps.list_shards(self.folder)
        self.next(self.shard, foreach="shards")

    @step
    def shard(self):
        self.done = steps.shard(self.input)
        self.next(self.gather)

    @step
    def gather(self, inputs):
        self.gathered = steps.gather(self.folder, [one.done for one in inputs])
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    ShardsFlow()
