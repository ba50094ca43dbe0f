"""What CPython draws and what Pyodide draws for one state is the same text."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest

from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import Outcome
from orchkit.model.input.workload import Axis
from orchkit.site.runtime import NOT_IN_BROWSER
from tests.strategies import TRIED
from tests.twenty import twenty

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden"
RunInPyodide = Callable[[Path, str], Any]

TEXTS = [
    "",
    "Übergröße",
    "日本語のメモ",
    "😀 \u202e evil \u200b",
    "<script>alert(\"1\")</script> & 'x'",
    "line one\nline two",
    "e\u0301 é ﬁ",
    "a" * 300,
]


def cases(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Three hundred states: weights that tie and that do not, unknown scores, own scores, shortlists, checklists in many scripts.

    What takes long is drawn whole in some of them.
    """
    dice = Random(20261121)  # noqa: S311 - the same cases on every run
    tools, criteria = list(catalogue.ranked_tools), list(catalogue.criteria)
    for index in range(180):
        decision: dict[str, Any] = {"dataset_version": catalogue.dataset.version}
        match index % 4:
            case 0:
                decision["profile"] = dice.choice(list(catalogue.profiles))
            case 1:
                decision["weights"] = dict.fromkeys(dice.sample(criteria, dice.randint(1, 3)), 1)
            case _:
                decision["weights"] = {name: dice.choice([0, 1, 7.5, 0.1, 33, 100, 1e-7]) for name in criteria} | {criteria[0]: 1}
        if index % 5 == 0:
            decision["shortlist"] = dice.sample(tools, dice.randint(1, len(tools)))
        if index % 7 == 0:
            decision["own_scores"] = {dice.choice(tools): {dice.choice(criteria): {"value": dice.randint(1, 5), "why": dice.choice(TEXTS) or "seen"}}}
        nulls = [[dice.choice(tools), dice.choice(criteria)] for _ in range(index % 6)]
        yield {"view": "scores", "options": {}, "state": {"decision": decision}, "nulls": nulls, "whole": index % 30 == 0}
    yield from contexts(catalogue, dice)
    for name, versions in catalogue.checklists.items():
        for version, checklist in versions.items():
            for index in range(30 if name in TRIED else 3):
                chosen = [item.id for item in checklist.items if dice.random() < index / (29 if name in TRIED else 2)]
                response = {"checklist": name, "version": version, "subject": dice.choice(TEXTS)[:200], "answers": answered(chosen, dice)}
                others = [{**response, **about(dice), "id": f"other-{number}", "answers": answered(chosen, dice)} for number in range(index % 4)]
                rejected = {f"checklist/{name}:first.answer.{chosen[0]}.evidence": dice.choice(TEXTS)} if chosen and index % 3 == 0 else {}
                decision = {"dataset_version": catalogue.dataset.version, "responses": [response, *others]}
                state = {"decision": decision, "rejected": rejected}
                case = {"view": "checklist", "options": {"checklist": name}, "state": state, "nulls": [], "whole": True}
                yield {**case, "reports": index % 8 in {3, 7}}


def answered(chosen: list[str], dice: Random) -> dict[str, Any]:
    """Any outcome for each item, with a note."""
    return {item: {"outcome": dice.choice(list(Outcome)), "note": dice.choice(TEXTS)} for item in chosen}


def about(dice: Random) -> dict[str, Any]:
    """Who evaluated, and when: few of each, so that evaluations meet."""
    return {
        "evaluator": dice.choice(["", "Ann", TEXTS[1][:200]]),
        "date": dice.choice([None, "2026-01-01", "2026-11-21"]),
        "target_percent": dice.choice([None, 33.3, 80]),
    }


def contexts(catalogue: Catalogue, dice: Random) -> Iterator[dict[str, Any]]:
    """Forty states of the advisor: from no answer to all, clashes among them, own weights, unknown scores."""
    questions, tools, criteria = catalogue.advice.bank.questions, list(catalogue.ranked_tools), list(catalogue.criteria)
    for index in range(40):
        chosen = [name for name in questions if dice.random() < index / 39]
        decision = {"dataset_version": catalogue.dataset.version, "context": {name: dice.choice(list(questions[name].answers)) for name in chosen}}
        if index % 8 == 0:
            decision |= {"weights": {dice.choice(criteria): 3, criteria[0]: 1}, "advise_by": "own"}
        nulls = [[dice.choice(tools), dice.choice(criteria)] for _ in range(index % 4)]
        yield {"view": "advice", "options": {}, "state": {"decision": decision}, "nulls": nulls, "whole": True}


def cost_cases(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Two dozen states of the costs page: volumes with and without a currency's rate, own amounts, each pair and axis, texts that were refused."""
    dice = Random(20261122)  # noqa: S311 - the same cases on every run
    names = list(catalogue.costs.deployments)
    for index in range(24):
        currency = dice.choice(["USD", "EUR"])
        workload = {
            "runs_per_day": dice.choice([0, 0.1, 28.5, 999.9, 1_000_000]),
            "tasks_per_run": dice.choice([1, 7]),
            "minutes_per_task": dice.choice([0, 0.3, 10_080]),
            "pushes_per_month": dice.choice([0, 33]),
            "executions_per_push": dice.choice([0, 50]),
            "seats": dice.choice([0, 1, 3, 4]),
            "workflows_to_move": dice.choice([0, 7]),
            "horizon_years": dice.choice([1, 3, 7]),
            "region": dice.choice(["us", "eu"]),
            "currency": currency,
            "currency_per_usd": dice.choice([None, 0.9, 1 / 3]) if currency == "EUR" else None,
            "salary_per_year": dice.choice([None, 0, 77_777.7]),
        }
        decision: dict[str, Any] = {"dataset_version": catalogue.dataset.version, "workload": workload}
        if index % 3 == 0:
            name = dice.choice(names)
            decision["cost_edits"] = {name: {dice.choice(list(catalogue.costs.deployments[name].lines)): {"low": 1 / 3, "high": 100}}}
        if index % 4 == 0:
            decision["cost_deployments"] = dice.sample(names, dice.randint(1, 4))
        first, second = dice.sample(names, 2)
        decision["break_even"] = {"first": first, "second": second, "axis": dice.choice(get_args(Axis))}
        rejected = {"costs:workload.seats": dice.choice(TEXTS)} if index % 5 == 0 else {}
        yield {"view": "costs", "options": {}, "state": {"decision": decision, "rejected": rejected}, "nulls": []}


def decided_cases(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Twenty decision files, for each of which the command gives in CPython what the page exports there."""
    for decision in twenty(catalogue):
        yield {"view": "decide", "options": {}, "state": {"decision": decision}, "nulls": [], "whole": True}


def compared_cases(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Two dozen comparisons: of tools between which a team has moved, of two between which the steps are written down, of any others."""
    dice = Random(20261123)  # noqa: S311 - the same cases on every run
    tools = list(catalogue.ranked_tools)
    moved = [["airflow", "dagster"], ["luigi", "flyte"], ["airflow", "prefect"]]
    for index in range(24):
        compared = moved[index] if index < len(moved) else dice.sample(tools, dice.randint(2, 4))
        rows = "differences" if index % 4 == 0 else "all"
        decision = {"dataset_version": catalogue.dataset.version, "compared": compared, "compare_rows": rows}
        yield {"view": "compare", "options": {}, "state": {"decision": decision}, "nulls": [], "whole": True}


def test_three_hundred_states_are_drawn_alike(catalogue: Catalogue, run_in_pyodide: RunInPyodide, particulars: str) -> None:
    first, whole = [*cases(catalogue), *cost_cases(catalogue), *decided_cases(catalogue)], [*compared_cases(catalogue)]
    drawn = first + whole
    text = json.dumps({"cases": first, "particulars": particulars, "whole": whole})
    here = json.loads(runpy.run_path(str(HERE / "draw.py"), init_globals={"CATALOGUE": catalogue})["replay"](text))
    there = run_in_pyodide(HERE / "draw.py", text)
    assert len(here) == len(there) >= 200
    for case, ours, theirs in zip(drawn, here, there, strict=True):
        assert theirs == ours, case
    html = "".join(ours["html"] for ours in here)
    assert "=</td>" in html, "no tie was drawn"
    assert "<polyline" in html, "no break-even was drawn"
    assert "no exchange rate is given" in html, "no currency without a rate was drawn"
    assert "ok-unknown" in html, "no unknown was drawn"
    assert "10,000 weightings, drawn evenly" in html, "no acceptability was drawn whole"
    assert "日本語" in html, "no Unicode was drawn"
    assert sum("markdown" in ours["exports"] for case, ours in zip(drawn, here, strict=True) if case["view"] == "decide") == 20, (
        "no record was written"
    )
    assert "why/cases/#" in html, "no team's move was drawn"
    assert "migrations/airflow-to-prefect/" in html, "no plan of a move was drawn"
    assert "<script>" not in html
    reports = "".join(text for ours in here for text in ours["reports"])
    assert "ok-chart" in reports, "no trend was drawn"
    assert "Krippendorff's α is 0." in reports, "no agreement was written"


def test_golden_cases_hold_under_pyodide(run_in_pyodide: RunInPyodide) -> None:
    cases = [case for file in sorted(GOLDEN.glob("*.json")) for case in json.loads(file.read_text(encoding="utf-8"))]
    summary = run_in_pyodide(GOLDEN / "run.py", json.dumps(cases))
    assert (summary["failed"], summary["cases"]) == ([], len(cases))


@pytest.mark.usefixtures("run_in_pyodide")
def test_the_index_names_what_is_there(bundle: Path) -> None:
    text = (bundle / "bundle.json").read_text(encoding="utf-8")
    index = json.loads(text)
    named = {file["path"]: file["bytes"] for file in [*index["files"], index["particulars"]]}
    there = {path.relative_to(bundle / "runtime").as_posix(): path.stat().st_size for path in (bundle / "runtime").rglob("*") if path.is_file()}
    assert there == named
    assert "://" not in text


def test_the_bridge_imports_nothing_the_browser_lacks(run_in_pyodide: RunInPyodide, tmp_path: Path) -> None:
    script = tmp_path / "imports.py"
    script.write_text(
        "import json, sys\nimport orchkit.bridge\n\ndef replay(text):\n    return json.dumps(sorted(sys.modules))\n",
        encoding="utf-8",
    )
    loaded = set(run_in_pyodide(script, ""))
    assert "orchkit.views.scores" in loaded
    assert not loaded & {"yaml", *NOT_IN_BROWSER}
