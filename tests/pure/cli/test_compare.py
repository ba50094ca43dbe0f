from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

DECISION = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0"}


def _decision(checkout: Checkout, **parts: object) -> Path:
    return checkout.write("mine.orchkit.json", json.dumps({**DECISION, **parts}))


def test_a_table_says_who_is_ahead_and_why(small: Run) -> None:
    text = small("compare", "ant", "bee", "--profile", "first").stdout
    assert text.startswith("Ant · Bee\n\n")
    assert "Weights: the profile" in text
    assert "What each criterion adds" in text
    assert "\nScores\n" in text
    assert "  - Speed\n    - Ant, 3. The author says so." in text


def test_json_is_the_record(small: Run) -> None:
    found = json.loads(small("compare", "bee", "ant", "--weight", "speed=1", "--format", "json").stdout)
    assert (found["tools"], found["profile"], found["weights"]) == (["bee", "ant"], None, {"speed": 1.0, "care": 0.0})
    assert {group["id"] for group in found["groups"]} >= {"scores", "advice", "costs", "deployments", "moving", "facts"}


def test_markdown_escapes_what_would_be_markup(small: Run, checkout: Checkout) -> None:
    checkout.replace("checklists/tools/ant/scores.yaml", "The author says so.", "See <script>, [x](y) & `z`.")
    text = small("compare", "ant", "bee", "--format", "markdown").stdout
    assert text.startswith("# Ant · Bee\n\n")
    assert "Ant, 3. See &lt;script&gt;, \\[x\\](y) & \\`z\\`." in text
    assert "| Care \\| of data" in text


class TestDecisionFile:
    def test_its_parts_are_the_default(self, small: Run, checkout: Checkout) -> None:
        path = _decision(checkout, compared=["bee", "ant"], weights={"care": 1})
        found = json.loads(small("compare", "--decision", path, "--format", "json").stdout)
        assert (found["tools"], found["weights"]["care"]) == (["bee", "ant"], 1.0)

    def test_options_override_them(self, small: Run, checkout: Checkout) -> None:
        path = _decision(checkout, compared=["bee", "ant"], weights={"care": 1})
        found = json.loads(small("compare", "ant", "bee", "--decision", path, "--profile", "first", "--format", "json").stdout)
        assert (found["tools"], found["profile"]) == (["ant", "bee"], "first")

    def test_without_tools_the_first_of_its_ranking_are_compared(self, small: Run, checkout: Checkout) -> None:
        found = json.loads(small("compare", "--decision", _decision(checkout), "--format", "json").stdout)
        assert sorted(found["tools"]) == ["ant", "bee"]

    def test_only_differences_counts(self, orchkit: Run, tmp_path: Path) -> None:
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({**DECISION, "compared": ["airflow", "prefect"], "compare_rows": "differences"}), encoding="utf-8")
        assert "rows the tools agree." in orchkit("compare", "--decision", path).stdout

    @pytest.mark.parametrize(
        ("compared", "message"),
        [
            (["ant", "ant"], "a tool stands in it twice"),
            (["ant", "wasp"], "unknown tool `wasp`"),
            (["ant", "bee", "cat", "dog", "eel"], "compared"),
        ],
    )
    def test_a_wrong_choice_names_its_place(self, small: Run, checkout: Checkout, compared: list[str], message: str) -> None:
        result = small("compare", "--decision", _decision(checkout, compared=compared))
        assert (result.exit_code, result.stdout) == (2, "")
        assert "compared" in result.stderr
        assert message in result.stderr


@pytest.mark.parametrize(
    ("tools", "message"),
    [
        ([], "TOOL: 0 tools are named. Name two to four of: airflow,"),
        (["airflow"], "TOOL: 1 tool is named. Name two to four of: airflow,"),
        (["airflow", "dagster", "prefect", "zenml", "metaflow"], "TOOL: 5 tools are named."),
        (["airflow", "airflw"], "TOOL: unknown tool `airflw`. Did you mean `airflow`?"),
        (["airflow", "airflow"], "TOOL: `airflow` stands there twice. Name each tool once."),
    ],
)
def test_what_cannot_be_compared_is_said_once(orchkit: Run, tools: list[str], message: str) -> None:
    result = orchkit("compare", *tools)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


def test_a_tool_that_is_not_ranked_says_why(small: Run, checkout: Checkout) -> None:
    checkout.replace("checklists/tools/bee/tool.yaml", "ranked: true", "ranked: false\nwhy_not_ranked: It starts nothing by itself.")
    result = small("compare", "ant", "bee")
    assert result.exit_code == 2
    assert "`bee` cannot be compared: It starts nothing by itself." in result.stderr
