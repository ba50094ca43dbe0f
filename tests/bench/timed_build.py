"""python -P timed_build.py OUT KEPT [--without MODULE:NAME …]: builds the checkout in the current folder, prints the seconds as JSON.

Runs in a process of its own whose PYTHONPATH is that checkout, so it imports nothing of the bench. The runtime bundle is
made once, kept in KEPT, and copied from there when KEPT is filled; the time for it stands apart. `--without` puts nothing
in the place of a name: a function that does nothing, an empty collection.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from orchkit.site import build


class Kept:
    """`publish_runtime`, timed, and made once."""

    def __init__(self, publish: Callable[..., Any], kept: Path) -> None:
        self.publish = publish
        self.kept = kept
        self.seconds = 0.0

    def __call__(self, root: Path, out: Path, **options: Any) -> Any:
        started = time.perf_counter()
        record = self.kept / "record.pickle"
        if record.is_file():
            shutil.copytree(self.kept / "runtime", out, dirs_exist_ok=True)
            runtime = pickle.loads(record.read_bytes())  # noqa: S301 - the lines below wrote it
        else:
            runtime = self.publish(root, out, **options)
            shutil.copytree(out, self.kept / "runtime", dirs_exist_ok=True)
            record.write_bytes(pickle.dumps(runtime))
        self.seconds += time.perf_counter() - started
        return runtime


def switch_off(name: str) -> None:
    """Put nothing in the place of `MODULE:NAME`. Raises `AttributeError` where there is no such name."""
    module, _, attribute = name.partition(":")
    there = getattr(import_module(module), attribute)
    setattr(import_module(module), attribute, (lambda *_, **__: None) if callable(there) else type(there)())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("kept", type=Path)
    parser.add_argument("--without", action="append", default=[])
    given = parser.parse_args()
    for name in given.without:
        switch_off(name)
    given.kept.mkdir(parents=True, exist_ok=True)
    kept = Kept(vars(build)["publish_runtime"], given.kept)
    vars(build)["publish_runtime"] = kept
    build.build_site(Path.cwd(), given.out, site_url="http://127.0.0.1:8000/handbook/", progress=lambda _: None)
    print(json.dumps({"runtime_seconds": kept.seconds}))


main()
