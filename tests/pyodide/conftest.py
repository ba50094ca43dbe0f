"""The runtime as the site serves it, started in Node: the built wheel, the pinned interpreter, no network."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from orchkit.site.runtime import publish_runtime

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the runtime."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.pyodide)


RunInPyodide = Callable[[Path, str], Any]


def runner(root: Path, folder: Path, **parts: bool) -> RunInPyodide:
    """Publish the runtime below `folder`; return what calls `replay(text)` of a Python file inside it, parsed from JSON."""
    node = shutil.which("node")
    assert node is not None, "Node is missing: run `make setup`"
    index = folder / "bundle.json"
    index.write_text(json.dumps(asdict(publish_runtime(root, folder / "runtime", progress=lambda _: None, **parts))), encoding="utf-8")

    def run(script: Path, text: str) -> Any:
        command = [node, str(HERE / "run.mjs"), f"{folder / 'runtime'}/", str(index), str(script)]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the runtime and its index, once `run_in_pyodide` was asked for."""
    return tmp_path_factory.mktemp("runtime")


@pytest.fixture(scope="session")
def run_in_pyodide(root: Path, bundle: Path) -> RunInPyodide:
    """Run in the runtime as the site serves it."""
    return runner(root, bundle)


@pytest.fixture(scope="session")
def particulars(bundle: Path, run_in_pyodide: RunInPyodide) -> str:  # noqa: ARG001 - publishes the bundle
    """What the dataset of that runtime lacks, as a page would fetch it."""
    file = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))["particulars"]
    return gzip.decompress((bundle / "runtime" / file["path"]).read_bytes()).decode()
