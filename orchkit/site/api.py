"""The static API: the dataset as JSON files under ``api/v1/``, the JSON Schemas under ``schema/v1/``, frozen releases under ``releases/``."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchkit.model.catalogue import Catalogue
from orchkit.site.endpoints import SCHEMA_VERSION, every_file
from orchkit.site.openapi import openapi
from orchkit.store.releases import FOLDER, index_text, read_index, read_release

API = Path("api") / "v1"
INDEX = "index.json"
DESCRIPTION = "openapi.json"


def write_api(root: Path, catalogue: Catalogue, out: Path) -> None:
    """Write every API file below `out`. Two builds of one commit write the same bytes (`SOURCE_DATE_EPOCH`).

    Raises `DataError` where a frozen release is not what was frozen.
    """
    data = root / "checklists"
    index = read_index(data)
    stamp = {"schema_version": SCHEMA_VERSION, "dataset_version": catalogue.dataset.version, "generated_at": generated_at(catalogue)}
    files = {path: stamp | content for _, _, path, content in every_file(catalogue, index)}
    files[INDEX] = stamp | {"paths": sorted([*files, INDEX]), "description": DESCRIPTION}
    files[DESCRIPTION] = openapi(catalogue, index)
    for path, content in files.items():
        _write(out / API / path, content)
    schemas = out / "schema" / "v1"
    schemas.mkdir(parents=True, exist_ok=True)
    for schema in sorted((data / "schema").glob("*.json")):
        shutil.copyfile(schema, schemas / schema.name)
    published = out / FOLDER
    published.mkdir(parents=True, exist_ok=True)
    for version in index.releases:
        read_release(data, version)  # what is not what was frozen is not published
        shutil.copyfile(data / FOLDER / f"{version}.json", published / f"{version}.json")
    (published / INDEX).write_text(index_text(index), encoding="utf-8", newline="\n")


def generated_at(catalogue: Catalogue) -> str:
    """Return the time of generation: `SOURCE_DATE_EPOCH` where it is set, else the day of the dataset."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).isoformat() if epoch else f"{catalogue.dataset.released_on}T00:00:00+00:00"


def _write(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
