"""An edition: everything of ours that a page loads, under one address named by its contents.

A page names the edition that it was made for, in its scripts, its style and its runtime. So a page of yesterday never
runs with parts of today: it gets its own parts, or, when they are gone, finds out that they are.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.site.runtime import Runtime

FOLDER = "live"
BUNDLE = "bundle.json"

_MOVED = ("javascripts", "stylesheets")
"""Folders of the built site that hold nothing but what `overrides/` put there."""

_VENDORED = {"idb": "build/index.js", "idiomorph": "dist/idiomorph.esm.js"}
"""The page's own libraries, as their npm packages ship them."""


def publish_edition(root: Path, site: Path, runtime: Runtime) -> str:
    """Move our scripts and style into ``live/<digest>/``, point every page there, and return the digest."""
    _vendor(root / "node_modules", site / "javascripts" / "vendor")
    (site / "javascripts" / BUNDLE).write_text(json.dumps(asdict(runtime), sort_keys=True) + "\n", encoding="utf-8")
    for types in (site / "javascripts").glob("*.d.ts"):
        types.unlink()
    moved = {file.relative_to(site).as_posix(): file for folder in _MOVED for file in sorted((site / folder).rglob("*")) if file.is_file()}
    digest = hashlib.sha256(b"".join(name.encode() + hashlib.sha256(file.read_bytes()).digest() for name, file in moved.items())).hexdigest()[:12]
    for name, file in moved.items():
        target = site / FOLDER / digest / name.partition("/")[2]
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)
    for folder in _MOVED:
        shutil.rmtree(site / folder)
    named = re.compile("|".join(re.escape(name) for name in moved))
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(named.sub(lambda match: f"{FOLDER}/{digest}/{match[0].partition('/')[2]}", text), encoding="utf-8", newline="\n")
    return digest


def _vendor(node_modules: Path, target: Path) -> None:
    if not node_modules.is_dir():
        raise InputError(Problem("node_modules", "is not there", "Run `make setup`"))
    target.mkdir(parents=True, exist_ok=True)
    for package, file in _VENDORED.items():
        shutil.copyfile(node_modules / package / file, target / f"{package}.mjs")
