"""The runtime as the site serves it, started in Node: the built wheel, the pinned interpreter, no network."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchkit.site.runtime import Runtime, publish_runtime

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the runtime."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.pyodide)


@pytest.fixture(scope="session")
def runtime(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Runtime]:
    """The runtime's folder, and what its index says."""
    out = tmp_path_factory.mktemp("runtime")
    published = publish_runtime(root, out, progress=lambda _: None)
    return out / published.folder, published


RunInPyodide = Callable[[Path, str], Any]


@pytest.fixture(scope="session")
def run_in_pyodide(runtime: tuple[Path, Runtime]) -> RunInPyodide:
    """Call `replay(text)` of a Python file inside Pyodide and return what it answers, parsed from JSON."""
    node = shutil.which("node")
    assert node is not None, "Node is missing: run `make setup`"

    def run(script: Path, text: str) -> Any:
        command = [node, str(HERE / "run.mjs"), f"{runtime[0]}/", str(script)]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return run
