from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from orchkit import schemas
from orchkit.store.strict_yaml import parse
from orchkit.store.tree import SCHEMAS, read_tree
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout


def _objects(schema: Any) -> list[dict[str, Any]]:
    """Find every schema of a record in a schema."""
    inner = list(schema.values()) if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    found = [schema] if isinstance(schema, dict) and isinstance(schema.get("properties"), dict) else []
    return [*found, *(one for part in inner for one in _objects(part))]


def test_the_names(orchkit: Run) -> None:
    results = ["ranking", "comparison", "advice", "assessment", "gate", "group-result", "checklist-report"]
    results += ["cost-estimate", "break-even", "ci-meter", "diff", "replay"]
    assert orchkit("schema").stdout.split() == [*SCHEMAS, "response", "decision", *results, "release-index", "released-checklists", "lab-record"]


@pytest.mark.parametrize("name", schemas.MODELS)
def test_a_schema_says_what_it_is_and_is_closed(orchkit: Run, name: str) -> None:
    schema = json.loads(orchkit("schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == ("https://json-schema.org/draft/2020-12/schema", f"{name}.json")
    assert schema["title"]
    assert schema["description"]
    assert all(found["additionalProperties"] is False for found in _objects(schema))


def test_every_record_of_the_handbook_fits_its_schema(root: Any) -> None:
    tree = read_tree(root / "checklists")
    for file, located in tree.files.items():
        schema = json.loads((root / "checklists" / "schema" / f"{tree.kinds[file]}.json").read_text(encoding="utf-8"))
        jsonschema.validate(located.document.value, schema, jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("ranking", ["rank", "--profile", "startup", "--format", "json"]),
        ("ranking", ["rank", "--weight", "community=1", "--scores", "published:engineersofai", "--format", "json"]),
        ("comparison", ["compare", "airflow", "prefect", "--format", "json"]),
        ("decision", ["checklist", "new", "production-adoption"]),
    ],
)
def test_what_is_printed_fits_its_schema(orchkit: Run, name: str, command: list[str]) -> None:
    jsonschema.validate(json.loads(orchkit(*command).stdout), schemas.schema(name), jsonschema.Draft202012Validator)


def test_an_assessment_and_its_response_fit_their_schemas(small: Run, checkout: Checkout) -> None:
    response = {"checklist": "trial", "version": "1.0", "answers": {"starts": {"outcome": "not_met"}}}
    jsonschema.validate(response, schemas.schema("response"))
    (assessment,) = json.loads(small("checklist", "score", checkout.write("r.json", json.dumps(response)), "--format", "json").stdout)["assessments"]
    jsonschema.validate(assessment, schemas.schema("assessment"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("scores", "scores:\n  speed:\n    value: 6\n    why: x\n"),
        ("scores", "scores:\n  speed:\n    value: 3\n    whi: x\n"),
        ("tool", "name: x\n"),
        ("dataset", "version: 2026\nreleased_on: 2026-11-21\nlicence: x\nstale_after_days: 1\n"),
    ],
)
def test_an_editor_sees_what_is_wrong(kind: str, text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(parse(text, "x").value, schemas.schema(kind))


def test_write_then_check(orchkit: Run, checkout: Checkout) -> None:
    for path in (checkout.data / "schema").iterdir():
        path.unlink()
    (checkout.data / "schema").rmdir()
    missing = orchkit("schema", "--check")
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, len(schemas.MODELS))
    assert missing.stderr.startswith("checklists/schema/dataset.json: is missing. Run `orchkit schema --write`.\n")

    written = orchkit("schema", "--write")
    assert (written.exit_code, written.stdout.count("\n")) == (0, len(schemas.MODELS))
    assert orchkit("schema", "--check").stdout == f"{len(schemas.MODELS)} schemas are fresh.\n"

    checkout.replace("checklists/schema/tool.json", "Tool", "Toll")
    stale = orchkit("schema", "--check")
    assert (stale.exit_code, stale.stdout) == (2, "")
    assert stale.stderr.startswith("checklists/schema/tool.json: is not what the models give. ")


def test_a_schema_is_the_same_text_everywhere(root: Any) -> None:
    assert schemas.problems(root / "checklists") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tol"], "NAME: unknown schema `tol`. Did you mean `tool`?\n"),
        (["tool", "--write"], "--write: is for all schemas, but `tool` is named. Leave `tool` out.\n"),
    ],
)
def test_bad_input(orchkit: Run, arguments: list[str], message: str) -> None:
    result = orchkit("schema", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)
