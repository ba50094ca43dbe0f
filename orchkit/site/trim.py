"""What the browser does not run is cut out: modules that nothing reaches, and templates, once they are compiled.

``library.txt`` beside this file lists the modules that stay, of the standard library and of every package but orchkit. A test
runs every handler of the bridge and compares what was imported with the list, in both directions.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pyodide_build.common import modify_wheel

from orchkit.model.releases import digest
from orchkit.site.wheels import EPOCH
from orchkit.store.bundle import read_bundle
from orchkit.store.particulars import DIGEST, part
from orchkit.views.environment import COMPILED, environment

LIBRARY = Path(__file__).with_name("library.txt")

NOT_RUN_IN_BROWSER = (
    "advice/hits.py",
    "advice/liveness.py",
    "cli",
    "lint",
    "site",
    "__main__.py",
    "decision/diff.py",
    "schemas.py",
    "store/evidence.py",
    "store/files.py",
    "store/records.py",
    "store/released.py",
    "store/strict_yaml.py",
    "store/tree.py",
    "store/user.py",
    "views/badge.py",
    "views/cases.py",
    "views/corrections.py",
    "views/companions.py",
    "views/cost_tables.py",
    "views/features.py",
    "views/freshness.py",
    "views/heat_map.py",
    "views/hits.py",
    "views/migrations.py",
    "views/tools.py",
)
"""Parts of orchkit that the bridge does not reach."""

NOT_DRAWN_LIVE = (
    *("advice_frameworks.html", "advice_teams.html", "api_table.html", "badge.svg", "bench_table.html", "case_table.html"),
    *("checklist_table.html", "companion.html", "corrections.html", "cost_categories.html", "cost_corrections.html", "cost_prices.html"),
    *(
        "cost_workloads.html",
        "criteria.html",
        "feature_rows.html",
        "feature_table.html",
        "frame.html",
        "freshness_table.html",
        "heat_map.html",
        "hit_table.html",
        "lever_table.html",
        *(
            "lab_agreement.html",
            "lab_chart.html",
            "lab_failures.html",
            "lab_judgements.html",
            "lab_matrix.html",
            "lab_not_run.html",
            "lab_replay.html",
            "lab_runs.html",
        ),
    ),
    *("migration.html", "migration_table.html", "score_row.html", "tool_breaks.html", "tool_lock_in.html", "tool_market.html", "tool_security.html"),
    *("miss_table.html", "profile_table.html", "profiles.html", "schema_table.html", "sources.html", "tool_deployments.html"),
    *("tool_features.html", "tool_fit.html", "tool_header.html", "tool_lab.html", "tool_points.html", "tool_scores.html", "tool_table.html"),
)
"""Templates that only the built page is drawn from."""

NOT_SHOWN_LIVE = ("companions", "hits")
"""Parts of the dataset that only built pages show."""

NOT_COMPARED = ("breaks", "lock_in", "market", "support", "vulnerabilities")
"""Parts of a tool's facts that stand on its page alone."""

PARTICULARS = "particulars.json"
"""What is parted from the dataset in orchkit's wheel, beside the wheels."""

_RUN = {".py", ".so"}
"""What a package is run from. Type stubs and sources in C serve nobody here; licences and metadata stay."""


def modules_kept() -> frozenset[str]:
    """Return the dotted names in ``library.txt``."""
    lines = LIBRARY.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def trim_wheels(folder: Path) -> None:
    """Cut what the browser does not run out of every wheel in `folder`; their lists of contents are written anew.

    The particulars of orchkit's dataset are put into a file of their own, beside it.
    """
    kept = modules_kept()
    with _environment(SOURCE_DATE_EPOCH=EPOCH):
        for wheel in sorted(folder.glob("*.whl")):
            with modify_wheel(wheel, verbose=False) as contents:
                if wheel.name.startswith("orchkit-"):
                    _trim_own(contents / "orchkit", folder / PARTICULARS)
                else:
                    _trim_package(contents, kept)


def trim_library(archive: Path) -> None:
    """Cut what the browser does not run out of the standard library, a zip file of modules."""
    kept = modules_kept()
    with zipfile.ZipFile(archive) as whole:
        parts = {name: whole.read(name) for name in sorted(whole.namelist()) if module_of(name) in kept}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as less:
        for name, content in parts.items():
            less.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)


def module_of(file: str) -> str:
    """Return the dotted name of the module that a file in an archive holds.

    >>> module_of("json/decoder.py"), module_of("json/__init__.py")
    ('json.decoder', 'json')
    """
    parts = PurePosixPath(file).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _trim_own(package: Path, particulars: Path) -> None:
    """Cut commands and builders out of orchkit, and compile its templates with the environment that renders them."""
    for name in NOT_RUN_IN_BROWSER:
        path = package / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    _part_dataset(package, particulars)
    compiled = package / "views" / COMPILED
    environment().compile_templates(compiled, zip=None, filter_func=lambda name: name.removesuffix(".jinja") not in NOT_DRAWN_LIVE)
    (compiled / "__init__.py").touch()
    shutil.rmtree(package / "views" / "templates")


def _part_dataset(package: Path, particulars: Path) -> None:
    """Cut what no live page shows out of the dataset, and what only some show into a file of its own. What goes without saying is not said."""
    data = package / "_data" / "catalogue.json"
    shown = read_bundle(data.read_text(encoding="utf-8"), data.name).model_dump(mode="json", exclude_defaults=True, exclude=set(NOT_SHOWN_LIVE))
    for tool in shown["tools"].values():
        for found in tool.get("features", {}).values():
            found.pop("sources", None)
            found.pop("basis", None)
        for name in NOT_COMPARED:
            tool["facts"].pop(name, None)
    rest, apart = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in part(shown))
    data.write_text(rest, encoding="utf-8")
    particulars.write_text(apart, encoding="utf-8")
    (package / DIGEST).write_text(digest(apart), encoding="utf-8")


def _trim_package(contents: Path, kept: frozenset[str]) -> None:
    for path in sorted(contents.rglob("*")):
        name = path.relative_to(contents).as_posix()
        if path.is_file() and ".dist-info/" not in name and (path.suffix not in _RUN or (path.suffix == ".py" and module_of(name) not in kept)):
            path.unlink()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Set environment variables for a while: `modify_wheel` packs in a process that inherits them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
