from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchkit import sensitivity
from orchkit.model.catalogue import Catalogue
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

DECISION = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0"}


def _decision(checkout: Checkout, **parts: object) -> Path:
    return checkout.write("mine.orchkit.json", json.dumps({**DECISION, **parts}))


def _ranking(run: Run, *arguments: str | Path) -> dict[str, object]:
    result = run("rank", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_the_startup_archetype_by_the_printed_scores(orchkit: Run) -> None:
    found = json.loads(orchkit("rank", "--profile", "startup", "--scores", "published:engineersofai", "--format", "json").stdout)
    assert (found["profile"], found["scores"]) == ("startup", "published:engineersofai")
    assert {"profile", "dataset_version", "ranking"} <= found.keys()
    assert [(line["rank"], line["tool"], line["score"]) for line in found["ranking"]] == [
        (1, "metaflow", 4.45),
        (2, "prefect", 4.2),
        (3, "zenml", 3.7),
        (4, "dagster", 3.25),
        (5, "airflow", 2.75),
        (6, "kubeflow-pipelines", 2.55),
    ]
    assert found["ranking"][0]["contributions"] == {
        "learning-curve": 1.5,
        "ml-features": 0.8,
        "kubernetes-free": 0.6,
        "community": 0.3,
        "local-development": 1.25,
    }


def test_a_table_states_ties_and_unknowns(small: Run) -> None:
    assert small("rank", "--profile", "first").stdout == (
        "Ranking by weight profile first, scores catalogue, dataset 2026.11.0.\n\n"
        "Rank    Tool    Score      Speed    Care|data\n"
        "------  ------  ---------  -------  -----------\n"
        "1–2     Bee     4.00–5.00  3.75     ?\n"
        "1–2     Ant     2.50–3.50  2.25     ?\n"
    ).replace("1–2     Bee", "1       Bee").replace("1–2     Ant", "2       Ant")
    tie = small("rank", "--weight", "speed=1", "--weight", "care=1", "--scores", "published:printed").stdout
    assert [line.split()[:3] for line in tie.splitlines()[-2:]] == [["1=", "Ant", "3.50"], ["1=", "Bee", "3.50"]]
    assert tie.startswith("Ranking by own weights, scores published:printed, dataset 2026.11.0.\n")


def test_sensitivity_follows_the_ranking(orchkit: Run) -> None:
    options = ["rank", "--profile", "startup", "--scores", "published:engineersofai"]
    plain, firm = orchkit(*options).stdout, orchkit(*options, "--sensitivity").stdout
    assert firm.startswith(plain)
    assert "No clear winner: Metaflow is ahead, but one score changed by one point can end that." in firm
    assert "Learning curve           30 %      6.7–100 %            with less: Prefect" in firm.splitlines()
    assert "Metaflow, Learning curve: 4 in place of 5 makes Prefect first." in firm
    assert firm.endswith("10,000 weightings, drawn evenly. The standard error of a share is 0.5 percentage points at most.\n")


def test_sensitivity_as_json_is_the_librarys_record(orchkit: Run, catalogue: Catalogue) -> None:
    options = ["rank", "--profile", "enterprise", "--scores", "published:engineersofai", "--format", "json"]
    found = json.loads(orchkit(*options, "--sensitivity").stdout)
    record = sensitivity(catalogue, "enterprise", scores="published:engineersofai")
    assert found.pop("sensitivity") == json.loads(record.model_dump_json())
    assert found == json.loads(orchkit(*options).stdout)


def test_sensitivity_of_a_decision_file_in_markdown(small: Run, checkout: Checkout) -> None:
    text = small("rank", _decision(checkout, weights={"speed": 1, "care": 1}), "--sensitivity", "--format", "markdown").stdout
    assert "## How firm is first place?" in text.splitlines()
    assert "Care\\|data" in text


def test_a_tool_by_itself_is_said_to_stand_alone(small: Run) -> None:
    text = small("rank", "--profile", "first", "--tool", "bee", "--sensitivity").stdout
    assert text.endswith("How firm is first place?\n\nBee stands alone: there is nothing to compare it with.\n")


def test_markdown_escapes_pipes(small: Run) -> None:
    lines = small("rank", "--profile", "first", "--format", "markdown").stdout.splitlines()
    assert [cell.strip() for cell in lines[2].strip("|").split(" | ")] == ["Rank", "Tool", "Score", "Speed", "Care\\|data"]
    assert all(line.startswith("|") for line in lines[2:])


def test_numbers_are_not_rounded(small: Run) -> None:
    found = _ranking(small, "--weight", "speed=1", "--weight", "care=2", "--scores", "published:printed")
    assert found["weights"] == {"speed": 1 / 3, "care": 2 / 3}
    assert found["profile"] is None
    assert found["ranking"][0]["score"] == 11 / 3  # type: ignore[index]


def test_one_tool_alone(small: Run) -> None:
    found = _ranking(small, "--profile", "first", "--tool", "ant", "--tool", "ant")
    assert [line["tool"] for line in found["ranking"]] == ["ant"]  # type: ignore[attr-defined]


class TestDecisionFile:
    PARTS = {"weights": {"care": 1}, "scores": "published:printed", "shortlist": ["ant"]}

    def test_its_parts_are_the_default(self, small: Run, checkout: Checkout) -> None:
        found = _ranking(small, _decision(checkout, **self.PARTS))
        assert (found["profile"], found["scores"], found["weights"]) == (None, "published:printed", {"speed": 0.0, "care": 1.0})
        assert [(line["tool"], line["score"]) for line in found["ranking"]] == [("ant", 4.0)]  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("options", "part", "value"),
        [
            (["--profile", "first"], "profile", "first"),
            (["--weight", "speed=2"], "weights", {"speed": 1.0, "care": 0.0}),
            (["--scores", "catalogue"], "scores", "catalogue"),
        ],
    )
    def test_options_override_them(self, small: Run, checkout: Checkout, options: list[str], part: str, value: object) -> None:
        assert _ranking(small, _decision(checkout, **self.PARTS), *options)[part] == value

    def test_tools_override_the_shortlist(self, small: Run, checkout: Checkout) -> None:
        found = _ranking(small, _decision(checkout, **self.PARTS), "--tool", "bee")
        assert [line["tool"] for line in found["ranking"]] == ["bee"]  # type: ignore[attr-defined]

    def test_own_scores_count(self, small: Run, checkout: Checkout) -> None:
        own = {"ant": {"care": {"value": 5, "why": "we lost nothing"}}}
        found = _ranking(small, _decision(checkout, profile="first", own_scores=own), "--tool", "ant")
        assert found["ranking"][0]["score"] == 3.5  # type: ignore[index]

    def test_own_scores_stand_below_the_table_with_what_they_replace_and_why(self, small: Run, checkout: Checkout) -> None:
        own = {"ant": {"care": {"value": 5, "why": "we lost nothing"}, "speed": {"value": 1, "why": "we waited"}}}
        path = _decision(checkout, profile="first", own_scores=own)
        text = small("rank", path).stdout
        assert "  - Ant, Speed: 1 in place of 3. we waited\n  - Ant, Care | of data: 5 in place of ?. we lost nothing\n" in text
        assert "Ant, Care | of data: 5 in place of 4. we lost nothing" in small("rank", path, "--scores", "published:printed").stdout

    def test_yaml_is_read_too(self, small: Run, checkout: Checkout) -> None:
        path = checkout.write("mine.yaml", "format: orchkit-decision\ndataset_version: 2026.11.0\nweights: { care: 1 }\n")
        assert _ranking(small, path)["weights"] == {"speed": 0.0, "care": 1.0}

    def test_another_dataset_is_noted_and_no_error(self, small: Run, checkout: Checkout) -> None:
        result = small("rank", _decision(checkout, dataset_version="2026.10.3", profile="first"))
        assert result.exit_code == 0
        assert result.stderr.endswith("was made with dataset 2026.10.3; this is 2026.11.0, so numbers may differ.\n")


BAD = [
    ([], "weights: neither weights nor a weight profile are given. Choose a profile: first."),
    (["--profile", "frist"], "--profile: unknown weight profile `frist`. Did you mean `first`?"),
    (["--profile", "first", "--weight", "speed=1"], "--weight: `--profile` and `--weight` are both given. Keep one: a profile is a set of weights."),
    (["--profile", "first", "--tool", "antt"], "--tool: unknown tool `antt`. Did you mean `ant`?"),
    (["--profile", "first", "--scores", "published:print"], "--scores: unknown set of scores `published:print`. Did you mean `published:printed`?"),
    (["--scores", "published:", "--profile", "first"], "--scores: unknown set of scores `published:`. Did you mean `published:printed`?"),
    (["--weight", "spede=1"], "--weight: unknown criterion `spede`. Did you mean `speed`?"),
    (["--weight", "speed"], "--weight: `speed` has no `=`. Write CRITERION=NUMBER, like community=3."),
    (["--weight", "speed=1", "--weight", "speed=2"], "--weight: the criterion `speed` is given twice. Keep one of the two."),
    (
        ["--weight", "speed=0", "--weight", "care=0"],
        "--weight: all weights are zero, so nothing can be ranked. Give at least one criterion a weight above 0.",
    ),
    *(
        ([f"--weight=speed={text}"], f"--weight: speed: `{text}` is {fact}. Write a number from 0 up, like 3 or 0.25.")
        for text, fact in [
            ("much", "not a plain, finite number"),
            ("", "not a plain, finite number"),
            ("NaN", "not a plain, finite number"),
            ("inf", "not a plain, finite number"),
            ("1e999999999", "not a plain, finite number"),
            ("0x10", "not a plain, finite number"),
            ("1=2", "not a plain, finite number"),
            ("true", "not a plain, finite number"),
            ("-1", "negative"),
        ]
    ),
]


@pytest.mark.parametrize(("options", "message"), BAD, ids=[" ".join(row[0]) or "nothing" for row in BAD])
def test_bad_options(small: Run, options: list[str], message: str) -> None:
    result = small("rank", *options)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")


def test_every_bad_weight_is_a_line(small: Run) -> None:
    result = small("rank", "--weight", "spede=1", "--weight", "care=x", "--weight", "speed")
    assert [line.partition(".")[0] for line in result.stderr.splitlines()] == [
        "--weight: `speed` has no `=`",
        "--weight: unknown criterion `spede`",
        "--weight: care: `x` is not a plain, finite number",
    ]


def test_a_tool_that_is_not_ranked_says_why(small: Run, checkout: Checkout) -> None:
    checkout.replace("checklists/tools/bee/tool.yaml", "ranked: true", "ranked: false\nwhy_not_ranked: It is a tracker.")
    result = small("rank", "--profile", "first", "--tool", "bee")
    assert (result.exit_code, result.stderr) == (2, "--tool: `bee` cannot be ranked: It is a tracker. Use tools among: ant.\n")
