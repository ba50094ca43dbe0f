"""The description of the static API for other programs: OpenAPI 3.1, drawn from the endpoints and their models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from orchkit import schemas
from orchkit.model.catalogue import Catalogue
from orchkit.model.releases import ReleaseIndex
from orchkit.site.endpoints import ENDPOINTS, SCHEMA_VERSION, Answer, Endpoint, Index, every_file

_REFERENCE = "#/components/schemas/{model}"
_MODELS: list[type[Answer]] = [Index, *(endpoint.model for endpoint in ENDPOINTS)]
_WORD = re.compile(r"[a-z]+")


def openapi(catalogue: Catalogue, index: ReleaseIndex) -> dict[str, Any]:
    """Return the description. Every path of it, with every value of its parameters, is a file of the built site."""
    described: dict[str, tuple[Endpoint, dict[str, list[str]]]] = {one.path: (one, {}) for one in ENDPOINTS if "{" not in one.path}
    for endpoint, parameters, _, _ in every_file(catalogue, index):
        *fixed, last = parameters or [""]
        path = endpoint.path
        for name in fixed:  # not every version is one of every checklist: each has a path of its own
            path = path.replace(f"{{{name}}}", parameters[name])
        _, values = described.setdefault(path, (endpoint, {}))
        if last:
            values.setdefault(last, []).append(parameters[last])
    _, made = models_json_schema([(model, "serialization") for model in _MODELS], ref_template=_REFERENCE)
    paths = {f"/api/v1/{path}": _get(one.summary, path, one.model.__name__, values) for path, (one, values) in described.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The orchestrator handbook",
            "summary": "Cited data on ML pipeline orchestrators, as static files.",
            "description": "Files of a static site: GET and HEAD, no query, no key. Within one version fields are added, never removed.",
            "version": f"{SCHEMA_VERSION}+{catalogue.dataset.version}",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "../..", "description": "The site that this file was fetched from."}],
        "security": [],
        "paths": {
            "/api/v1/index.json": _get("Every file of the API", "index.json", "Index", {}),
            **paths,
            **dict(_beside(index)),
        },
        "components": {"schemas": {name: _open(found) for name, found in sorted(made["$defs"].items())}},
    }


def _beside(index: ReleaseIndex) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is published beside api/: JSON Schemas, and frozen releases where there are some."""
    any_schema = {"type": "object", "description": "A JSON Schema, draft 2020-12."}
    yield "/schema/v1/{schema}.json", _operation("A JSON Schema", "schema", {"schema": sorted(schemas.MODELS)}, any_schema)
    if index.releases:
        whole = {"type": "object", "description": "The whole dataset, as `orchkit --data` reads it. Its bytes never change."}
        yield "/releases/{release}.json", _operation("A frozen release of the dataset", "release", {"release": list(index.releases)}, whole)


def _get(summary: str, path: str, model: str, values: dict[str, list[str]]) -> dict[str, Any]:
    return _operation(summary, "-".join(_WORD.findall(path.removesuffix(".json"))), values, {"$ref": _REFERENCE.format(model=model)})


def _operation(summary: str, name: str, values: dict[str, list[str]], schema: dict[str, Any]) -> dict[str, Any]:
    parameters = [{"name": key, "in": "path", "required": True, "schema": {"type": "string", "enum": known}} for key, known in values.items()]
    answers = {
        "200": {"description": summary, "content": {"application/json": {"schema": schema}}},
        "404": {"description": "There is no such file."},
    }
    return {"get": {"operationId": name, "summary": summary, **({"parameters": parameters} if parameters else {}), "responses": answers}}


def _open(found: Any) -> Any:
    """Let a reader's program accept fields that a later dataset adds: what is closed for authors is open for readers."""
    if isinstance(found, dict):
        return {name: _open(value) for name, value in found.items() if not (name == "additionalProperties" and value is False)}
    return [_open(value) for value in found] if isinstance(found, list) else found
