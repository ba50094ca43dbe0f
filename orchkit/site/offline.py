"""Use without network: a service worker that keeps the whole site, made by Workbox when everything else is written."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.site.node import node

_SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reader's browser keeps."""

    files: int
    bytes: int


def write_service_worker(root: Path, site: Path, release: str | None = None) -> Kept:
    """Write ``sw.js``, and ``offline.json``, which says how much it keeps. Whatever changes a file has to come before.

    Of the frozen releases only `release` is kept, where it is given: links made on others need the network.
    """
    if not (root / "node_modules" / "workbox-build").is_dir():
        raise InputError(Problem("node_modules/workbox-build", "is not there", "Run `make setup`"))
    result = subprocess.run(
        [node(), _SCRIPT, site, root / ".cache" / "service-worker", *([f"releases/{release}.json"] if release else [])],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        said = next((line for line in result.stderr.splitlines() if "Error" in line), result.stderr.strip().rpartition("\n")[2])
        raise InputError(Problem("service worker", f"cannot be made: {said[:200].strip().rstrip('.')}", "Run `make setup` and try again"))
    return Kept(**json.loads(result.stdout))
