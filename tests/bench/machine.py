"""What a run was measured on: machine and versions."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orchkit
from orchkit.model.machine import Machine

PACKAGES = ("pydantic", "jinja2", "mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "playwright", "pymcdm", "numpy")


def machine() -> Machine:
    """Describe this machine. The load is that before whoever asks makes any."""
    system = Path("/etc/os-release")
    name = re.search(r'^PRETTY_NAME="?([^"\n]+)', system.read_text("utf-8"), re.MULTILINE) if system.is_file() else None
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        system=f"{name[1] if name else platform.system()}, {platform.machine()}",
        load_before=round(os.getloadavg()[0], 2),
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", facts.read_text("utf-8"), re.MULTILINE) if facts.is_file() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def versions(root: Path, browser: str | None) -> dict[str, str]:
    """Name the version of everything that a row depends on."""
    found = {"orchkit": orchkit.__version__, "dataset": orchkit.load(root / "checklists").dataset.version, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    pyodide = root / "node_modules" / "pyodide" / "package.json"
    if pyodide.is_file():
        found["pyodide"] = json.loads(pyodide.read_text("utf-8"))["version"]
    if browser:
        found["chromium"] = browser
    if commit := _commit(root):
        found["commit"] = commit
    return found


def _commit(root: Path) -> str | None:
    done = subprocess.run(["git", "describe", "--always", "--dirty", "--exclude=*"], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() or None
