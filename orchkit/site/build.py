"""Builds the handbook: the builder's pages, then what is generated around them: runtime, static API, schemas."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.site.api import write_api
from orchkit.site.edition import publish_edition
from orchkit.site.offline import write_service_worker
from orchkit.site.policy import write_policies
from orchkit.site.runtime import publish_runtime
from orchkit.store import load

Progress = Callable[[str], None]

EDIT_URI = "edit/main/docs/"
"""Where pages are edited, below the repository's address."""


def build_site(root: Path, out: Path, *, site_url: str | None = None, progress: Progress = print) -> None:
    """Build the whole site into `out`.

    `site_url` overrides the address in mkdocs.yml; its path is where the site will stand (``/handbook/``). Raises
    `DataError` when the dataset is wrong and `InputError` when a page is.
    """
    catalogue = load(root / "checklists")
    progress(f"dataset {catalogue.dataset.version}: {len(catalogue.tools)} tools, {len(catalogue.checklists)} checklists")
    _run_builder(root, out, site_url, progress)
    progress("runtime")
    runtime = publish_runtime(root, out / "runtime", progress=progress)
    publish_edition(root, out, runtime)
    write_policies(out)
    write_api(root, catalogue, out)
    (out / ".nojekyll").touch()
    kept = write_service_worker(root, out)
    pages = sum(1 for _ in out.rglob("*.html"))
    progress(f"built {out}: {pages} pages, runtime of {runtime.total_bytes / 1e6:.1f} MB, {kept.bytes / 1e6:.1f} MB in all for use offline")


def _run_builder(root: Path, out: Path, site_url: str | None, progress: Progress) -> None:
    """Run MkDocs in a process of its own: its settings, its log and its exit code, none of its state."""
    progress("pages")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **({"SITE_URL": site_url} if site_url else {})}
    if environment.get("REPOSITORY_URL"):
        environment.setdefault("EDIT_URI", EDIT_URI)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(out)]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = [
            line for line in result.stderr.splitlines() if line.startswith(("ERROR", "WARNING")) or "Error" in line
        ] or result.stderr.splitlines()[-5:]
        raise InputError([Problem("docs", line.partition(" -  ")[2].strip() or line.strip(), "Mend the page") for line in lines])
