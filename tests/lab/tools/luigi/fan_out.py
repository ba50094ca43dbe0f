"""As many tasks as the first one finds parts: `Gather` yields them while it runs, and is begun again when they are done."""

import json

import luigi
from luigi.util import requires
from ml_pipeline import steps


class ListShards(luigi.Task):
    folder = luigi.Parameter()

    def output(self):
        return luigi.LocalTarget(f"{self.folder}/shards.json")

    def run(self):
        with self.output().open("w") as file:
            json.dump(steps.list_shards(self.folder), file)


class Shard(luigi.Task):
    path = luigi.Parameter()

    def output(self):
        return luigi.LocalTarget(self.path)

    def run(self):
        steps.shard(self.path)


@requires(ListShards)
class Gather(luigi.Task):
    def output(self):
        return luigi.LocalTarget(f"{self.folder}/gathered.json")

    def run(self):
        with self.input().open() as file:
            shards = yield [Shard(path=path) for path in json.load(file)]
        steps.gather(self.folder, [shard.path for shard in shards])
