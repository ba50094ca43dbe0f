from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import orchkit as package
from orchkit.store.user import read_decision_file
from orchkit.views.checklist_report import report_csv, report_json, report_markdown
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

NASTY = '=Ärger | "A" # <script>alert(1)</script> 漢'
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def evaluation(name: str, evaluator: str, outcome: str, **more: Any) -> dict[str, Any]:
    answers = {"starts": {"outcome": outcome, "note": NASTY, "owner": "Eve", "due_on": "2026-11-01"}, "stops": {"outcome": "met"}}
    return {"id": name, "checklist": "trial", "version": "1.0", "subject": "Ant", "evaluator": evaluator, "answers": answers, **more}


def written(checkout: Checkout, *responses: dict[str, Any]) -> Path:
    data = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0", "responses": list(responses)}
    return checkout.write("ours.json", json.dumps(data))


@pytest.fixture
def two(checkout: Checkout) -> Path:
    return written(checkout, evaluation("a", "Ann", "met", date="2026-11-20"), evaluation("b", "Bo", "not_met", date="2026-11-21", target_percent=80))


class TestReport:
    @pytest.mark.parametrize("as_", ["markdown", "csv", "json"])
    def test_the_command_writes_what_the_page_exports(self, small: Run, checkout: Checkout, two: Path, as_: str) -> None:
        catalogue = package.load(checkout.data)
        decision = read_decision_file(two, catalogue)
        made = {"markdown": report_markdown, "csv": report_csv, "json": report_json}[as_](catalogue, decision, decision.responses[0])
        assert small("checklist", "report", two, "--format", as_).stdout == made.text
        result = small("checklist", "report", two, "--format", as_, "-o", "out")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (checkout.root / "out").read_bytes() == made.text.encode()

    def test_another_evaluation_and_a_day(self, small: Run, two: Path) -> None:
        text = small("checklist", "report", two, "--evaluation", "b", "--as-of", "2026-11-21").stdout
        assert "| By | Bo |" in text
        assert "Overdue: starts." in text
        assert "due 2026-11-01, overdue" in text
        assert "points are missing to the target of 80 %." in text
        assert "<script>" not in text

    def test_xlsx_is_text_and_the_same_bytes_each_time(self, small: Run, checkout: Checkout, two: Path) -> None:
        pytest.importorskip("xlsxwriter", reason="the extra orchkit[xlsx] is not installed")
        for name in ("one.xlsx", "two.xlsx"):
            assert small("checklist", "report", two, "--format", "xlsx", "-o", name).exit_code == 0
        content = (checkout.root / "one.xlsx").read_bytes()
        assert content == (checkout.root / "two.xlsx").read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            shared = [node.text or "" for node in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{CELL}t")]  # noqa: S314 - our own file
            sheets = [book.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2)]
        assert NASTY in shared
        assert "Trial 1.0: Ant" in shared
        assert not [sheet for sheet in sheets if b"<f>" in sheet]
        assert len(list(ET.fromstring(sheets[1]).iter(f"{CELL}row"))) == 1 + 2 * 2  # noqa: S314 - as above

    def test_xlsx_without_the_package_says_how_to_get_it(self, small: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
        result = small("checklist", "report", two, "--format", "xlsx", "-o", "out.xlsx")
        assert (result.exit_code, result.stderr) == (
            2,
            "--format: xlsx needs the package XlsxWriter. Install it with `pip install 'orchkit[xlsx]'`.\n",
        )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--format", "xlsx"], "--format: xlsx is no text for a terminal. Name a file with -o.\n"),
            (["--checklist", "trail"], "--checklist: `trail` is not answered in {file}. Did you mean `trial`?\n"),
            (["--evaluation", "c"], "--evaluation: `c` is no evaluation in {file}. Use one of: a, b.\n"),
            (["-o", "ours.json"], "ours.json: exists already. Name another file.\n"),
            (["-o", "absent/out.md"], "absent/out.md: cannot be written: No such file or directory. Name a file in a folder that exists.\n"),
        ],
    )
    def test_bad_input(self, small: Run, two: Path, arguments: list[str], message: str) -> None:
        result = small("checklist", "report", two, *arguments)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", message.format(file=two))

    def test_a_day_that_is_none(self, small: Run, two: Path) -> None:
        result = small("checklist", "report", two, "--as-of", "21.11.2026")
        assert result.exit_code == 2
        assert "21.11.2026" in result.stderr

    def test_a_file_without_responses(self, small: Run, checkout: Checkout) -> None:
        result = small("checklist", "report", written(checkout))
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


class TestScoreOfSeveral:
    def test_the_group_follows_the_single_results(self, small: Run, two: Path) -> None:
        text = small("checklist", "score", two).stdout
        assert "All evaluations\n" in text
        assert "Evaluators of Ant\n" in text
        assert "Krippendorff's α is " in text
        assert "42.5 points are missing to the target of 80 %." in text
        assert text.count("Trial 1.0: Ant, filled in by") == 2

    def test_json_has_the_groups(self, small: Run, two: Path) -> None:
        found = json.loads(small("checklist", "score", two, "--format", "json").stdout)
        ((group,), (first, second)) = found["groups"], found["assessments"]
        assert [one["id"] for one in group["evaluations"]] == ["a", "b"]
        assert (first["evaluator"], second["evaluator"]) == ("Ann", "Bo")
        assert group["subjects"][0]["disagreements"][0]["item"] == "starts"

    def test_one_evaluation_has_no_group(self, small: Run, checkout: Checkout) -> None:
        path = written(checkout, evaluation("a", "Ann", "met"))
        assert json.loads(small("checklist", "score", path, "--format", "json").stdout)["groups"] == []
