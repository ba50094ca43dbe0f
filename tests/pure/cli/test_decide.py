from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import orchkit as library
from orchkit.bridge import handle
from orchkit.model.releases import dataset_digest
from tests.pure.cli.conftest import Run
from tests.twenty import twenty

CATALOGUE = library.load()
DECISION = {"format": "orchkit-decision", "dataset_version": CATALOGUE.dataset.version}
SITE = "https://handbook.example/here/"
PLACE = {"base": "/here/", "origin": "https://handbook.example"}


def mine(folder: Path, **parts: object) -> Path:
    path = folder / "mine.orchkit.json"
    path.write_text(json.dumps({**DECISION, **parts}), encoding="utf-8")
    return path


def exported(file: dict[str, Any], kind: str) -> str:
    """What the page gives for the same decision."""
    request = {"do": "export", "view": "decide", "place": PLACE, "state": json.dumps({"decision": file}), "as": kind}
    reply = json.loads(handle(json.dumps(request)))
    assert reply["ok"], reply
    return str(reply["download"]["text"])


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset in one file, which is read faster than the folder."""
    path = tmp_path_factory.mktemp("data") / "catalogue.json"
    path.write_text(CATALOGUE.model_dump_json(), encoding="utf-8")
    return path


@pytest.mark.parametrize("index", range(20))
def test_command_and_page_give_the_same(orchkit: Run, compiled: Path, tmp_path: Path, index: int) -> None:
    file = twenty(CATALOGUE)[index]
    path = mine(tmp_path, **file)
    record = orchkit("--data", compiled, "decide", path, "--format", "markdown", "--site", SITE)
    assert record.exit_code in {0, 1}, record.stderr
    assert record.stdout == exported(file, "markdown")
    assert orchkit("--data", compiled, "decide", path, "--format", "json", "--save").stdout == exported(file, "json")
    saved, page_file = json.loads(path.read_text(encoding="utf-8")), json.loads(exported(file, "decision"))
    assert page_file["result"]["dataset_digest"] is None
    assert saved["result"] == page_file["result"] | {"dataset_digest": dataset_digest(CATALOGUE)}
    added = {"result", "orchkit_version"}
    assert {name: value for name, value in saved.items() if name not in added} == json.loads(json.dumps(file))


def test_the_table_is_a_summary(orchkit: Run, tmp_path: Path) -> None:
    path = mine(tmp_path, scores="published:engineersofai", profile="startup", choice={"tool": "airflow", "why": "We know it."})
    orchkit("decide", path, "-o", tmp_path / "summary.txt")
    text = orchkit("decide", path).stdout
    assert (tmp_path / "summary.txt").read_text(encoding="utf-8") == text
    assert text.startswith("Take Apache Airflow (proposed)\n\nChosen: Apache Airflow.\n")
    for part in ("We know it.", "not the computed first place", "Options", "Consequences", "What would change it", "No clear winner"):
        assert part in text


def test_without_an_address_the_record_says_where_to_replay_it(orchkit: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    text = orchkit("decide", mine(tmp_path, profile="growth"), "--format", "markdown").stdout
    assert f"Replay it, below the address of the handbook: `decide/#release={CATALOGUE.dataset.version}&profile=growth`" in text


def test_nothing_that_fits_is_exit_code_1(orchkit: Run, tmp_path: Path) -> None:
    path = mine(tmp_path, context={"kubernetes": "none", "cloud": "aws"}, shortlist=["kubeflow-pipelines"])
    result = orchkit("decide", path)
    assert result.exit_code == 1
    assert "None of these" in result.stdout


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"weights": {"community": 0}}, "mine.orchkit.json: weights: all weights are zero, so nothing can be ranked. "),
        ({"context": {"kubernetes": "non"}}, "context.kubernetes: unknown answer to `kubernetes` `non`. Did you mean `none`?"),
        ({"workload": {"currency": "EUR"}}, "no exchange rate is given"),
        ({"choice": {"tool": "airflw"}}, "choice.tool: unknown tool `airflw`. Did you mean `airflow`?"),
        ({"choice": {"status": "accepted"}}, "nothing is named that was chosen"),
        ({"schema_version": 2}, "schema_version: 2 is the format of a newer release; this one reads up to 1."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_one_message(orchkit: Run, tmp_path: Path, parts: dict[str, object], message: str) -> None:
    result = orchkit("decide", mine(tmp_path, **parts))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["handbook.example", "ftp://x", "https://", "https://a b/", "https://[", "javascript:alert(1)"])
def test_an_address_that_is_none_is_said(orchkit: Run, tmp_path: Path, address: str) -> None:
    result = orchkit("decide", mine(tmp_path), "--site", address)
    assert (result.exit_code, result.stderr.startswith(f"--site: `{address}` is no web address. ")) == (2, True)


def test_a_file_that_exists_is_not_written_over(orchkit: Run, tmp_path: Path) -> None:
    (tmp_path / "record.md").write_text("theirs", encoding="utf-8")
    result = orchkit("decide", mine(tmp_path), "-o", tmp_path / "record.md")
    assert result.exit_code == 2
    assert (tmp_path / "record.md").read_text(encoding="utf-8") == "theirs"


YAML = """\
# Ours: why this file is here
format: orchkit-decision
dataset_version: {version}   # the data of that day
result:
  ranking: []   # an old one
choice:
  # the team was of one mind
  tool: prefect
  why: >-
    It fits.
"""


def test_yaml_keeps_its_comments_and_its_order(orchkit: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.orchkit.yaml"
    path.write_text(YAML.format(version=CATALOGUE.dataset.version), encoding="utf-8")
    before = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert orchkit("decide", path, "--save").exit_code == 0
    text = path.read_text(encoding="utf-8")
    after = yaml.safe_load(text)
    assert text.startswith("# Ours: why this file is here\nformat: orchkit-decision\n")
    assert "  # the team was of one mind\n  tool: prefect\n" in text
    assert after["choice"] == before["choice"]
    assert after["result"]["ranking"][0]["rank"] == 1
    assert "The result that the file stores follows from it." in orchkit("decide", path).stdout
    orchkit("decide", path, "--save")
    assert path.read_text(encoding="utf-8") == text


def test_yaml_that_has_no_lines_to_replace_is_left_alone(orchkit: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.orchkit.yaml"
    text = f"{{format: orchkit-decision, dataset_version: {CATALOGUE.dataset.version}}}\n"
    path.write_text(text, encoding="utf-8")
    result = orchkit("decide", path, "--save")
    assert result.exit_code == 2
    assert path.read_text(encoding="utf-8") == text


def test_a_bare_response_has_no_room_for_a_result(orchkit: Run, tmp_path: Path) -> None:
    path = tmp_path / "response.json"
    path.write_text(json.dumps({"checklist": "production-adoption", "version": "1.0"}), encoding="utf-8")
    result = orchkit("decide", path, "--save")
    assert result.exit_code == 2
    assert "is a response by itself" in result.stderr
