"""The static API: the dataset as JSON files under ``api/v1/``, and the JSON Schemas under ``schema/v1/``."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchkit.model.catalogue import Catalogue

SCHEMA_VERSION = 1


def write_api(root: Path, catalogue: Catalogue, out: Path) -> None:
    """Write every API file below `out`. Two builds of one commit write the same bytes (`SOURCE_DATE_EPOCH`)."""
    stamp = {"schema_version": SCHEMA_VERSION, "dataset_version": catalogue.dataset.version, "generated_at": generated_at(catalogue)}
    paths = dict(_answers(catalogue))
    for path, data in {**paths, "index.json": {"paths": sorted([*paths, "index.json"])}}.items():
        file = out / "api" / "v1" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(stamp | data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    schemas = out / "schema" / "v1"
    schemas.mkdir(parents=True, exist_ok=True)
    for schema in sorted((root / "checklists" / "schema").glob("*.json")):
        shutil.copyfile(schema, schemas / schema.name)


def generated_at(catalogue: Catalogue) -> str:
    """Return the time of generation: `SOURCE_DATE_EPOCH` where it is set, else the day of the dataset."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).isoformat() if epoch else f"{catalogue.dataset.released_on}T00:00:00+00:00"


def _answers(catalogue: Catalogue) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path, content) for every file but the index."""
    data = catalogue.model_dump(mode="json")
    yield (
        "tools/index.json",
        {
            "tools": [
                {"id": name, "name": tool.facts.name, "kind": tool.facts.kind, "ranked": tool.facts.ranked} for name, tool in catalogue.tools.items()
            ]
        },
    )
    for name in catalogue.tools:
        yield f"tools/{name}.json", {"tool": data["tools"][name]}
    yield "criteria.json", {"criteria": data["criteria"]}
    yield "sources.json", {"sources": data["sources"]}
    yield "cases.json", {"cases": data["cases"], "hits": data["hits"]}
    for name in catalogue.profiles:
        yield f"profiles/{name}.json", {"profile": {"id": name} | data["profiles"][name]}
    for name in catalogue.published:
        yield f"published/{name}.json", {"published": {"id": name} | data["published"][name]}
    for name in catalogue.costs.deployments:
        yield f"costs/deployments/{name}.json", {"deployment": {"id": name} | data["costs"]["deployments"][name]}
    for name in catalogue.costs.prices:
        yield f"costs/prices/{name}.json", {"prices": {"id": name} | data["costs"]["prices"][name]}
    for name, versions in catalogue.checklists.items():
        for version in versions:
            yield f"checklists/{name}/{version}.json", {"checklist": {"id": name, "version": version} | data["checklists"][name][version]}
