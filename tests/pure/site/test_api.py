"""The static API: every file is what its description and its schema say, and the description is one that other programs read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import orchkit
from orchkit import schemas
from orchkit.errors import DataError
from orchkit.model.catalogue import Catalogue
from orchkit.site.api import write_api
from orchkit.site.endpoints import ENDPOINTS
from orchkit.store.releases import index_text
from tests.releases import OLDER, frozen, index_of, older


@pytest.fixture(scope="module")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A checkout's data with an older release."""
    data = tmp_path_factory.mktemp("checkout") / "checklists"
    shutil.copytree(root / "checklists", data)
    before = older(catalogue, {("airflow", "community"): 1})
    (data / "releases" / f"{OLDER}.json").write_text(frozen(before)[0], encoding="utf-8")
    (data / "releases" / "index.json").write_text(index_text(index_of(before)), encoding="utf-8")
    return data.parent


@pytest.fixture(scope="module")
def site(released: Path, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    out = tmp_path_factory.mktemp("site")
    write_api(released, catalogue, out)
    return out


def read(site: Path, path: str) -> Any:
    return json.loads((site / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def description(site: Path) -> dict[str, Any]:
    return read(site, "api/v1/openapi.json")  # type: ignore[no-any-return]


def described(description: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every path with its parameters filled in, and the schema of its answer."""
    found: list[tuple[str, dict[str, Any]]] = []
    for path, item in description["paths"].items():
        operation = item["get"]
        names = [parameter["name"] for parameter in operation.get("parameters", [])]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        every = product(*(parameter["schema"]["enum"] for parameter in operation.get("parameters", [])))
        found += [(path.format(**dict(zip(names, values, strict=True))).lstrip("/"), schema) for values in every]
    return found


def test_the_description_is_accepted_by_a_validator(site: Path) -> None:
    command = [sys.executable, "-m", "openapi_spec_validator", "--schema", "3.1", str(site / "api/v1/openapi.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith("OK")


def test_what_is_described_and_what_is_there_are_the_same(site: Path, description: dict[str, Any]) -> None:
    there = {file.relative_to(site).as_posix() for folder in ("api", "schema", "releases") for file in (site / folder).rglob("*.json")}
    assert {path for path, _ in described(description)} == there - {"api/v1/openapi.json", "releases/index.json"}
    index = read(site, "api/v1/index.json")
    assert {f"api/v1/{path}" for path in index["paths"]} == {path for path in there if path.startswith("api/")} - {"api/v1/openapi.json"}
    assert index["description"] == "openapi.json"


def test_every_file_is_what_its_description_says(site: Path, description: dict[str, Any]) -> None:
    for path, schema in described(description):
        jsonschema.validate(read(site, path), {**schema, "components": description["components"]}, jsonschema.Draft202012Validator)


def test_a_wrong_file_would_be_found(site: Path, description: dict[str, Any]) -> None:
    tool, schema = next((read(site, path), schema) for path, schema in described(description) if path.endswith("tools/airflow.json"))
    del tool["tool"]["facts"]["name"]
    with pytest.raises(jsonschema.ValidationError, match="'name' is a required property"):
        jsonschema.validate(tool, {**schema, "components": description["components"]})


def test_every_file_is_exactly_its_model(site: Path) -> None:
    for endpoint in ENDPOINTS:
        files = [file for file in site.glob(_glob(endpoint.path)) if file.name != "index.json" or endpoint.path.endswith("index.json")]
        assert files, endpoint.path
        for file in files:
            content = json.loads(file.read_text(encoding="utf-8"))
            assert list(content)[:3] == ["schema_version", "dataset_version", "generated_at"]
            assert endpoint.model.model_validate(content).model_dump(mode="json") == content


def _glob(path: str) -> str:
    return "api/v1/" + re.sub(r"{\w+}", "*", path)


def test_readers_accept_what_a_later_dataset_adds(description: dict[str, Any]) -> None:
    assert '"additionalProperties": false' not in json.dumps(description)


def test_schemas_are_published_as_they_are_committed(root: Path, site: Path) -> None:
    for name in schemas.MODELS:
        assert (site / "schema/v1" / f"{name}.json").read_bytes() == (root / "checklists/schema" / f"{name}.json").read_bytes()


def test_a_release_is_published_byte_by_byte_and_can_be_loaded(site: Path, released: Path) -> None:
    file = site / "releases" / f"{OLDER}.json"
    (line,) = read(site, "api/v1/releases.json")["releases"]
    assert (line["version"], line["path"]) == (OLDER, f"releases/{OLDER}.json")
    assert line["sha256"] == sha256(file.read_bytes()).hexdigest() == read(site, "releases/index.json")["releases"][OLDER]["sha256"]
    assert orchkit.load(file) == orchkit.load(released / "checklists", release=OLDER)


def test_a_tampered_release_stops_the_build(released: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    shutil.copytree(released / "checklists", tmp_path / "checklists")
    file = tmp_path / "checklists" / "releases" / f"{OLDER}.json"
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(DataError, match="is not what was frozen as release"):
        write_api(tmp_path, catalogue, tmp_path / "site")


def test_two_writings_are_the_same_bytes(released: Path, site: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    write_api(released, catalogue, tmp_path)
    files = {file.relative_to(site) for file in site.rglob("*") if file.is_file()}
    assert files == {file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file()}
    assert [file for file in files if (site / file).read_bytes() != (tmp_path / file).read_bytes()] == []
