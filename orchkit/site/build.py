"""Builds the handbook: the builder's pages, then what is generated around them: runtime, static API, schemas."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from orchkit.site.api import write_api
from orchkit.site.builders import DEFAULT, run_builder
from orchkit.site.edition import publish_edition
from orchkit.site.offline import write_service_worker
from orchkit.site.policy import write_policies
from orchkit.site.runtime import publish_runtime
from orchkit.store import load
from orchkit.store.evidence import FOLDER
from orchkit.store.releases import read_index

Progress = Callable[[str], None]


def build_site(root: Path, out: Path, *, site_url: str | None = None, builder: str = DEFAULT, progress: Progress = print) -> None:
    """Build the whole site into `out`.

    `site_url` overrides the address in mkdocs.yml; its path is where the site will stand (``/handbook/``). `builder` is a key of
    `orchkit.site.builders.BUILDERS`. Raises `DataError` when the dataset is wrong and `InputError` when a page is.
    """
    catalogue = load(root / "checklists")
    progress(f"dataset {catalogue.dataset.version}: {len(catalogue.tools)} tools, {len(catalogue.checklists)} checklists")
    progress(f"pages, by {builder}")
    run_builder(builder, root, out, site_url)
    progress("runtime")
    runtime = publish_runtime(root, out / "runtime", progress=progress)
    publish_edition(root, out, runtime)
    write_policies(out)
    write_api(root, catalogue, out)
    if (records := root / "checklists" / FOLDER).is_dir():
        shutil.copytree(records, out / FOLDER)
    (out / ".nojekyll").touch()
    kept = write_service_worker(root, out, read_index(root / "checklists").before(catalogue.dataset.version))
    pages = sum(1 for _ in out.rglob("*.html"))
    progress(f"built {out}: {pages} pages, runtime of {runtime.total_bytes / 1e6:.1f} MB, {kept.bytes / 1e6:.1f} MB in all for use offline")
