"""Builds the handbook: the builder's pages, then what is generated around them: runtime, static API, schemas."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.site.api import write_api
from orchkit.site.builders import DEFAULT, run_builder
from orchkit.site.policy import write_policies
from orchkit.site.runtime import publish_runtime
from orchkit.store import load

Progress = Callable[[str], None]

_VENDORED = {"idb": "build/index.js", "idiomorph": "dist/idiomorph.esm.js"}
"""The page's own libraries, as their npm packages ship them."""


def build_site(root: Path, out: Path, *, site_url: str | None = None, builder: str = DEFAULT, progress: Progress = print) -> None:
    """Build the whole site into `out`.

    `site_url` overrides the address in mkdocs.yml; its path is where the site will stand (``/handbook/``). `builder` is a key of
    `orchkit.site.builders.BUILDERS`. Raises `DataError` when the dataset is wrong and `InputError` when a page is.
    """
    catalogue = load(root / "checklists")
    progress(f"dataset {catalogue.dataset.version}: {len(catalogue.tools)} tools, {len(catalogue.checklists)} checklists")
    progress(f"pages, by {builder}")
    run_builder(builder, root, out, site_url)
    write_policies(out)
    _vendor(root / "node_modules", out / "javascripts" / "vendor")
    write_api(root, catalogue, out)
    progress("runtime")
    published = publish_runtime(root, out / "runtime", progress=progress)
    (out / ".nojekyll").touch()
    progress(f"built {out}: {sum(1 for _ in out.rglob('*.html'))} pages, runtime of {published.total_bytes / 1e6:.1f} MB")


def _vendor(node_modules: Path, target: Path) -> None:
    if not node_modules.is_dir():
        raise InputError(Problem("node_modules", "is not there", "Run `make setup`"))
    target.mkdir(parents=True, exist_ok=True)
    for package, file in _VENDORED.items():
        shutil.copyfile(node_modules / package / file, target / f"{package}.mjs")
