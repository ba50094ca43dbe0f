from __future__ import annotations

import json
from pathlib import Path

import pytest

import orchkit as package
from orchkit.model.catalogue import Catalogue
from orchkit.store.user import read_decision_file
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

NASTY = 'Ärger | "A" # <script>alert(1)</script> 漢'


class TestNew:
    def test_stdout_gets_a_decision_file_with_every_item_unknown(self, small: Run) -> None:
        found = json.loads(small("checklist", "new", "trial", "--subject", "Ant", "--evaluator", "Eve").stdout)
        assert (found["format"], found["dataset_version"], found["orchkit_version"]) == ("orchkit-decision", "2026.11.0", package.__version__)
        (response,) = found["responses"]
        assert {name: response[name] for name in ("checklist", "version", "subject", "evaluator", "date")} == {
            "checklist": "trial",
            "version": "1.0",
            "subject": "Ant",
            "evaluator": "Eve",
            "date": None,
        }
        assert response["answers"] == {name: {"outcome": "unknown", "note": ""} for name in ("starts", "stops")}

    @pytest.mark.parametrize("name", ["mine.orchkit.json", "mine.yaml", "mine.YML", "mine"])
    def test_a_file_can_be_read_again(self, small: Run, checkout: Checkout, name: str) -> None:
        result = small("checklist", "new", "trial", "--subject", NASTY, "-o", name)
        assert (result.exit_code, result.stdout) == (0, f"{name}: 2 items of trial 1.0. Then: orchkit checklist score {name}\n")
        decision = read_decision_file(checkout.root / name, package.load(checkout.data))
        assert decision.responses[0].subject == NASTY
        assert list(decision.responses[0].answers) == ["starts", "stops"]

    def test_yaml_says_what_each_item_claims(self, small: Run, checkout: Checkout) -> None:
        small("checklist", "new", "trial", "-o", "mine.yaml")
        text = (checkout.root / "mine.yaml").read_text(encoding="utf-8")
        assert "      # blocker: It starts.\n      # met when: One command exits with 0.\n      starts:\n        outcome: unknown\n" in text

    @pytest.mark.parametrize("suffix", [".json", ".yaml"])
    def test_every_checklist_of_the_handbook(self, orchkit: Run, catalogue: Catalogue, tmp_path: Path, suffix: str) -> None:
        for checklist, versions in catalogue.checklists.items():
            for version, record in versions.items():
                path = tmp_path / f"{checklist}-{version}{suffix}"
                assert orchkit("checklist", "new", checklist, "--version", version, "-o", path).exit_code == 0
                answers = read_decision_file(path, catalogue).responses[0].answers
                assert list(answers) == [item.id for item in record.items]

    def test_nothing_is_overwritten(self, small: Run, checkout: Checkout) -> None:
        checkout.write("mine.json", "precious")
        result = small("checklist", "new", "trial", "-o", "mine.json")
        assert (result.exit_code, result.stderr) == (2, "mine.json: exists already, and may hold somebody's answers. Name another file.\n")
        assert (checkout.root / "mine.json").read_text() == "precious"

    @pytest.mark.parametrize(
        ("arguments", "begin"),
        [
            (["trail"], "CHECKLIST: unknown checklist `trail`. Did you mean `trial`?"),
            (["trial", "--version", "1.1"], "--version: unknown version `1.1` of checklist `trial`. Did you mean `1.0`?"),
            (["trial", "--subject", "x" * 201], "--subject: '"),
            (["trial", "-o", "absent/mine.json"], "absent/mine.json: cannot be written: No such file or directory. "),
        ],
    )
    def test_bad_input(self, small: Run, arguments: list[str], begin: str) -> None:
        result = small("checklist", "new", *arguments)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert result.stderr.startswith(begin)


def _filled(checkout: Checkout, **answers: dict[str, str]) -> Path:
    response = {"checklist": "trial", "version": "1.0", "subject": NASTY, "evaluator": "Eve", "answers": answers}
    return checkout.write("filled.json", json.dumps(response))


class TestScore:
    def test_score_interval_coverage_blockers_and_findings(self, small: Run, checkout: Checkout) -> None:
        path = _filled(checkout, starts={"outcome": "partly_met", "note": "twice"})
        found = json.loads(small("checklist", "score", path, "--format", "json").stdout)
        (assessment,) = found["assessments"]
        assert found["dataset_version"] == "2026.11.0"
        assert assessment["total"] == {
            "items": 2,
            "answered": 1,
            "coverage_percent": 50.0,
            "score_percent": None,
            "score_percent_range": [31.25, 68.75],
        }
        assert (assessment["blockers"], assessment["open_blockers"]) == (["starts"], [])
        assert [(finding["item"], finding["outcome"], finding["remedy"]) for finding in assessment["findings"]] == [
            ("starts", "partly_met", "Mend it."),
            ("stops", "unknown", "Stop it."),
        ]

    def test_a_table_for_people(self, small: Run, checkout: Checkout) -> None:
        path = _filled(checkout, starts={"outcome": "not_met", "note": "a\u001b[2J\nb"}, stops={"outcome": "not_applicable"})
        text = small("checklist", "score", path).stdout
        assert text.startswith(f"Trial 1.0: {NASTY}, filled in by Eve\n")
        assert "Total      0–38 %   1 of 2      50 %\n" in text
        assert "Blockers not met: starts.\n" in text
        assert "Marked not applicable without a note that says why, so counted as unknown: stops.\n" in text
        assert "blocker     not met    starts  Mend it.      a [2J b\n" in text

    def test_markdown_escapes_what_users_wrote(self, small: Run, checkout: Checkout) -> None:
        path = _filled(checkout, starts={"outcome": "not_met", "note": "<img src=x> | `y`"})
        text = small("checklist", "score", path, "--format", "markdown").stdout
        assert "## Trial 1.0: Ärger \\| " in text
        assert "<script>" not in text
        assert "&lt;img src=x&gt; \\| \\`y\\`" in text

    def test_every_response_of_a_file(self, small: Run, checkout: Checkout) -> None:
        responses = [{"checklist": "trial", "version": "1.0", "subject": name} for name in ("one", "two")]
        path = checkout.write("both.yaml", json.dumps({"format": "orchkit-decision", "dataset_version": "2026.11.0", "responses": responses}))
        assert [line for line in small("checklist", "score", path).stdout.splitlines() if line.startswith("Trial")] == [
            "Trial 1.0: one",
            "Trial 1.0: two",
        ]

    def test_all_met(self, small: Run, checkout: Checkout) -> None:
        path = _filled(checkout, starts={"outcome": "met"}, stops={"outcome": "not_applicable", "note": "it never stops"})
        text = small("checklist", "score", path).stdout
        assert "Total      100 %    2 of 2      100 %" in text
        assert "No blocker is known to be unmet.\n" in text
        assert "Findings" not in text

    def test_nothing_applies(self, small: Run, checkout: Checkout) -> None:
        no = {"outcome": "not_applicable", "note": "there is none"}
        assert "nothing applies" in small("checklist", "score", _filled(checkout, starts=no, stops=no)).stdout

    def test_a_file_without_responses(self, small: Run, checkout: Checkout) -> None:
        path = checkout.write("none.json", '{"format": "orchkit-decision", "dataset_version": "2026.11.0"}')
        result = small("checklist", "score", path)
        assert (result.exit_code, result.stderr) == (
            2,
            f"{path}: responses: there is no filled checklist in it. Begin one with `orchkit checklist new`.\n",
        )
