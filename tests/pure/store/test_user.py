"""Files that users bring: JSON or YAML, one clear complaint each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.store.user import read_decision_file
from orchkit.views.state import decision_data
from tests.strategies import decisions

GOOD = '{"format": "orchkit-decision", "dataset_version": "2026.11.0", "profile": "startup"}'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_a_decision_is_the_same_as_json_and_as_yaml(catalogue: Catalogue, tmp_path: Path, data: st.DataObject) -> None:
    decision = data.draw(decisions(catalogue))
    as_json, as_yaml = tmp_path / "d.orchkit.json", tmp_path / "d.yaml"
    as_json.write_text(json.dumps(decision_data(decision)), encoding="utf-8")
    as_yaml.write_text(yaml.safe_dump(decision_data(decision)), encoding="utf-8")
    assert read_decision_file(as_json, catalogue) == decision
    assert read_decision_file(as_yaml, catalogue) == decision


WRONG: list[tuple[str, str, str, str]] = [
    ("a key twice", "d.yaml", "format: orchkit-decision\nformat: x\n", "d.yaml:2: the key `format` stands twice, first on line 1"),
    (
        "an unknown profile, with its line",
        "d.yaml",
        "format: orchkit-decision\ndataset_version: '2026.11.0'\nprofile: startpu\n",
        "d.yaml:3: profile: unknown weight profile `startpu`. Did you mean `startup`?",
    ),
    ("JSON cut off", "d.orchkit.json", GOOD[:-5], "d.orchkit.json:1: is not JSON:"),
    ("JSON cut off under another name", "d.orchkit", GOOD[:-5], "d.orchkit:1: is not JSON:"),
    ("an unknown profile in JSON", "d.json", GOOD.replace("startup", "startpu"), "d.json: profile: unknown weight profile `startpu`. Did you mean"),
    ("another format", "d.json", '{"format": "other"}', "d.json: is not a decision file: it has no `format: orchkit-decision`."),
    ("prose", "d.yaml", "just words\n", "d.yaml:1: 'just words' is not a mapping."),
    ("nothing", "d.json", "", "d.json:1: is not JSON:"),
]


@pytest.mark.parametrize(("name", "text", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said(catalogue: Catalogue, tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_decision_file(tmp_path / name, catalogue)
    assert str(caught.value.problems[0]).removeprefix(f"{tmp_path}/").startswith(message), str(caught.value)


def test_a_folder_is_no_decision_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_decision_file(tmp_path, orchkit.load())


def test_fifty_megabytes_are_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "d.orchkit.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="has more than the 5,000,000 bytes that are read"):
        read_decision_file(path, catalogue)
