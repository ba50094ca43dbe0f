from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import orchkit as library
from orchkit.cli import main
from tests.pure.cli.conftest import Run

DECISION = {"format": "orchkit-decision", "dataset_version": "2026.11.0"}
CATALOGUE = library.load()


def mine(folder: Path, **parts: object) -> Path:
    path = folder / "mine.orchkit.json"
    path.write_text(json.dumps({**DECISION, "dataset_version": CATALOGUE.dataset.version, **parts}), encoding="utf-8")
    return path


@pytest.mark.parametrize("team", list(CATALOGUE.advice.teams))
def test_a_file_gives_what_the_library_gives(orchkit: Run, tmp_path: Path, team: str) -> None:
    answers = CATALOGUE.advice.teams[team].answers
    result = orchkit("advise", mine(tmp_path, context=answers), "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == json.loads(library.advise(CATALOGUE, answers).model_dump_json())


def test_answers_as_options_are_laid_over_the_file(orchkit: Run, tmp_path: Path) -> None:
    path = mine(tmp_path, context={"focus": "mixed", "kubernetes": "none"})
    found = json.loads(orchkit("advise", path, "--answer", "team-size=7", "--answer", "kubernetes=planned", "--format", "json").stdout)
    assert found["context"] == {"focus": "mixed", "team-size": "5-to-9", "kubernetes": "planned"}


def test_the_terminal_says_what_to_do_why_and_what_would_change_it(orchkit: Run) -> None:
    answers = ("long-running=agents", "kubernetes=none", "cloud=aws", "pain=nothing-yet")
    text = orchkit("advise", *(part for answer in answers for part in ("--answer", answer))).stdout
    assert text.startswith("Take Prefect, as ")
    for part in ("Why", "Ruled out", "Frameworks", "Weights", "Answer next", "What would change it", "pain, answered otherwise", "there is none"):
        assert part in text
    markdown = orchkit("advise", "--answer", "long-running=agents", "--format", "markdown").stdout
    assert "| 1" in markdown
    assert "## Why" in markdown


def test_own_weights_decide_when_they_are_given(orchkit: Run) -> None:
    arguments = ("advise", "--answer", "focus=ml-first", "--scores", "published:engineersofai", "--weight", "community=1", "--format", "json")
    found = json.loads(orchkit(*arguments).stdout)
    assert (found["weights_by"], found["candidates"][0]["tool"]) == ("own", "airflow")


def test_nothing_that_fits_is_exit_code_1(orchkit: Run) -> None:
    result = orchkit("advise", "--tool", "kubeflow-pipelines", "--answer", "kubernetes=none", "--answer", "cloud=aws")
    assert result.exit_code == 1
    assert result.stdout.startswith("None of these: your answers rule out every way to have each of them.")


def test_five_questions_are_asked_and_then_whether_more(orchkit: Run) -> None:
    _ = orchkit
    done = CliRunner().invoke(main, ["advise", "--format", "json"], input="1\n1\n\n7\nnone\n2\nn\n", prog_name="orchkit", catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["context"] == {"focus": "ml-first", "authors": "data-scientists", "kubernetes": "none", "existing": "cron"}
    assert done.stderr.count("Number, or nothing to skip") == 6
    assert "Write a number from 1 to 3, or nothing." in done.stderr


def test_more_questions_are_all_asked(orchkit: Run) -> None:
    _ = orchkit
    asked = len(CATALOGUE.advice.bank.questions)
    done = CliRunner().invoke(main, ["advise", "--format", "json"], input="\n" * 5 + "y\n" + "1\n" * (asked - 5), prog_name="orchkit")
    assert done.exit_code in {0, 2}
    assert done.stderr.count("Number, or nothing to skip") == asked


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--answer", "kubernets=none"], "--answer: unknown question `kubernets`. Did you mean `kubernetes`?"),
        (["--answer", "kubernetes=non"], "--answer kubernetes: unknown answer `non`. Did you mean `none`?"),
        (["--answer", "kubernetes"], "--answer: `kubernetes` has no `=`. Write QUESTION=ANSWER, like kubernetes=none."),
        (["--answer", "focus=mixed", "--answer", "focus=ml-first"], "--answer: the question `focus` is answered twice. Keep one of the two."),
        (["--answer", "team-size=0"], "--answer team-size: `0` is less than any answer allows."),
        (["--answer", "support=required", "--answer", "budget=0"], "context: `support: required` and `budget: nothing` cannot both be so"),
        (["--answer", "focus=mixed", "--tool", "flight"], "--tool: unknown tool `flight`"),
    ],
)
def test_bad_input_is_one_clear_line(orchkit: Run, arguments: list[str], message: str) -> None:
    result = orchkit("advise", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
    assert len(result.stderr.splitlines()) == 1


def test_questions_are_listed(orchkit: Run) -> None:
    text = orchkit("advise", "--questions").stdout
    assert all(name in text for name in CATALOGUE.advice.bank.questions)


def test_liveness_is_printed(orchkit: Run) -> None:
    result = orchkit("advise", "--liveness", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [one["tool"] for one in found["tools"]] == list(CATALOGUE.ranked_tools)
    table = orchkit("advise", "--liveness").stdout
    assert "Rules without effect: none." in table


def test_the_cases_are_compared(orchkit: Run) -> None:
    result = orchkit("advise", "--cases", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (found["first_run"]["first"], found["first_run"]["top_three"], found["first_run"]["cases"]) == (5, 22, 40)
    assert len(found["cases"]) == 40
    table = orchkit("advise", "--cases").stdout
    assert "First run (on 2026-11-21" in table
    assert "Constant guess (always Apache Airflow" in table
    assert all(one["hit"]["case"] in table for one in found["cases"] if one["hit"]["place"] != 1)
