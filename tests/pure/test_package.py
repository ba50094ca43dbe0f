"""The package's front door: few names, imported when they are asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import orchkit


@pytest.mark.parametrize("name", [name for name in orchkit.__all__ if name != "__version__"])
def test_a_public_name_is_documented(name: str) -> None:
    assert getattr(orchkit, name).__doc__
    assert name in dir(orchkit)


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="module 'orchkit' has no attribute 'rnak'"):
        _ = orchkit.rnak


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import orchkit", ["pydantic", "yaml", "jinja2", "orchkit.model"]),
        ("import orchkit.bridge", ["yaml", "click", "tabulate"]),
        ("from orchkit import rank, evaluate", ["yaml", "jinja2", "click"]),
    ],
    ids=["the package", "the bridge, as in the browser", "the core"],
)
def test_importing_loads_no_more_than_it_needs(statement: str, unwanted: list[str]) -> None:
    program = f"import sys; {statement}; print(*sorted(set(sys.modules) & set({unwanted!r})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_module_of_the_library_is_imported_by_the_oldest_python_that_is_supported(root: Path) -> None:
    python = root / ".venv-floor" / "bin" / "python"
    if not python.exists():
        pytest.skip("no .venv-floor: set-up found no Python 3.11 on this machine")
    site = root / "orchkit" / "site"  # builds the handbook, with the tool chain's Python
    files = [file for file in sorted((root / "orchkit").rglob("*.py")) if site not in file.parents and file.name != "__main__.py"]
    modules = [".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for file in files]
    modules = [name for name in modules if not name.startswith("orchkit.cli.site")]
    program = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)"
    done = subprocess.run([str(python), "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
