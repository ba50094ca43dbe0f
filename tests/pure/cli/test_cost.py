from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

DECISION = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0"}


def _decision(checkout: Checkout, **parts: object) -> Path:
    return checkout.write("mine.orchkit.json", json.dumps({**DECISION, **parts}))


def _report(run: Run, *arguments: str | Path) -> dict[str, Any]:
    result = run("cost", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_deployment_by_itself_is_printed_line_by_line(small: Run) -> None:
    about, verdict, table, *_ = small("cost", "--deployment", "stall").stdout.split("\n\n")
    assert about == "9,650 runs a year, CI included; dataset 2026.11.0."
    assert verdict == "Ant in a stall: USD 876 a year, and what nobody could read: Plan."
    assert [row.split("  ")[0] for row in table.splitlines()[2:4]] == ["Machine", "Plan"]
    assert [row.split()[2] for row in table.splitlines()[2:4]] == ["876", "unknown"]
    assert "USD 0.1 an hour × 8,760 hours" in table
    assert "more than the largest plan that is recorded" in table


def test_the_report_has_the_estimate_the_meter_and_the_comparison(orchkit: Run) -> None:
    found = _report(orchkit, "--workload", "startup", "--break-even", "cron", "build-your-own")
    assert found["estimate"]["currency"] == "USD"
    assert {one["deployment"] for one in found["estimate"]["deployments"]} >= {"cron", "build-your-own"}
    assert found["ci_meter"]["plans"][0]["per_month"] == 500
    assert (found["break_even"]["first"], found["break_even"]["axis"]) == ("cron", "runs_per_day")


def test_markdown_is_a_table(orchkit: Run) -> None:
    lines = orchkit("cost", "--format", "markdown").stdout.splitlines()
    assert any(line.startswith("| Deployment") for line in lines)
    assert any("+ ?" in line for line in lines)


class TestDecisionFile:
    PARTS = {"workload": {"seats": 1, "salary_per_year": 1000}, "cost_edits": {"stall": {"plan": {"low": 5, "high": 7}}}}

    def test_its_parts_are_the_default(self, small: Run, checkout: Checkout) -> None:
        estimate = _report(small, _decision(checkout, **self.PARTS))["estimate"]
        assert estimate["workload"]["salary_per_year"] == 1000
        (stall,) = estimate["deployments"]
        assert (stall["per_year"], stall["left_out"]) == ([881.0, 883.0], [])

    def test_options_override_fields_one_by_one(self, small: Run, checkout: Checkout) -> None:
        workload = _report(small, _decision(checkout, **self.PARTS), "--seats", "9")["estimate"]["workload"]
        assert (workload["seats"], workload["salary_per_year"]) == (9, 1000)

    def test_a_comparison_in_it_is_made(self, orchkit: Run, tmp_path: Path) -> None:
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({**DECISION, "break_even": {"first": "cron", "second": "build-your-own", "axis": "seats"}}), encoding="utf-8")
        assert _report(orchkit, path)["break_even"]["axis"] == "seats"

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            ({"workload": {"seats": -1}}, "workload.seats: -1 is less than 0."),
            ({"workload": {"runs_per_day": 1e99}}, "workload.runs_per_day: 1e+99 is more than 1000000."),
            ({"workload": {"run_per_day": 1}}, "workload.run_per_day: unknown field `run_per_day`. Did you mean `runs_per_day`?"),
            ({"cost_edits": {"stal": {}}}, "cost_edits.stal: unknown costed deployment `stal`. Did you mean `stall`?"),
            ({"cost_edits": {"stall": {"plam": {"low": 1, "high": 2}}}}, "cost_edits.stall.plam: unknown cost line `plam`. Did you mean `plan`?"),
            ({"cost_edits": {"stall": {"plan": {"low": 2, "high": 1}}}}, "cost_edits.stall.plan: the low end 2 is above the high end 1."),
            ({"cost_deployments": ["stal"]}, "cost_deployments[0]: unknown costed deployment `stal`."),
            ({"break_even": {"first": "stall", "second": "x", "axis": "moon"}}, "break_even.axis: 'moon' is not one of the allowed values."),
        ],
    )
    def test_a_bad_file(self, small: Run, checkout: Checkout, parts: dict[str, object], message: str) -> None:
        result = small("cost", _decision(checkout, **parts))
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--runs-per-day=-3"], "--runs-per-day: `-3` is negative. Write digits with a point and nothing else, like 28.5."),
        (["--seats", "x"], "--seats: `x` is not a plain number."),
        (["--runs-per-day", "1e999"], "--runs-per-day: `1e999` is not a plain number."),
        (["--runs-per-day", "1e9"], "workload: runs_per_day: 1000000000 is more than 1000000."),
        (["--currency", "EUR"], "workload: currency_per_usd: the currency is EUR, and no exchange rate is given."),
        (["--currency-per-usd", "0.9"], "workload: one US dollar buys one US dollar"),
        (["--region", "mars"], "workload: region: 'mars' is not one of the allowed values."),
        (["--workload", "trail"], "workload: unknown workload `trail`. Did you mean `trial`?"),
        (["--deployment", "stal"], "deployment: unknown costed deployment `stal`. Did you mean `stall`?"),
        (["--break-even", "stall", "stall"], "deployment: `stall` is compared with itself."),
        (["--axis", "seats"], "--axis: is given, and nothing is compared. Name two deployments with --break-even."),
    ],
)
def test_bad_options(small: Run, options: list[str], message: str) -> None:
    result = small("cost", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_every_bad_option_is_a_line(small: Run) -> None:
    assert len(small("cost", "--seats", "x", "--runs-per-day", "y").stderr.splitlines()) == 2
