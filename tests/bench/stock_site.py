"""Stock: the unmodified npm package and the registry's wheels, on a page of their own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.unmeasurable import Unmeasurable

PAGE = Path(__file__).parent / "stock"
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""Of the npm package, what `loadPyodide` asks for."""

_PIN = re.compile(r"^([a-z0-9-]+)==([^\s\\]+)", re.MULTILINE)


def write_stock(root: Path, target: Path) -> None:
    """Write the page, the npm package and the wheels, untouched, and orchkit's plain wheel, so that both sides do the same job.

    Raises `Unmeasurable` where the wheels have not been fetched: the site's build does that.
    """
    shutil.copytree(PAGE, target)
    shutil.copyfile(target / "index.html", target / "next.html")
    (target / "pyodide").mkdir()
    for name in PYODIDE:
        shutil.copyfile(root / "node_modules" / "pyodide" / name, target / "pyodide" / name)
    (target / "wheels").mkdir()
    for wheel in pinned_wheels(root):
        shutil.copyfile(wheel, target / "wheels" / wheel.name)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target / "wheels")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unmeasurable(f"orchkit's wheel cannot be built: {done.stderr.strip().rpartition(chr(10))[2]}")
    names = sorted(f"wheels/{wheel.name}" for wheel in (target / "wheels").glob("*.whl"))
    (target / "wheels.json").write_text(json.dumps(names), "utf-8")


def pinned_wheels(root: Path) -> list[Path]:
    """Return the wheels of ``requirements/browser.txt`` as they were downloaded."""
    pins = dict(_PIN.findall((root / "requirements" / "browser.txt").read_text("utf-8")))
    for folder in sorted((root / ".cache" / "wheels").glob("*/")):
        wheels = {tuple(wheel.name.split("-")[:2]): wheel for wheel in folder.glob("*.whl")}
        found = [wheels.get((name.replace("-", "_"), version)) for name, version in pins.items()]
        if pins and all(found):
            return [wheel for wheel in found if wheel]
    raise Unmeasurable("the pinned wheels are not in .cache/wheels: run `make site` first")
