from __future__ import annotations

import json

import pytest

from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout


def test_each_criterion_has_value_weight_contribution_basis_reason_and_sources(small: Run) -> None:
    found = json.loads(small("explain", "ant", "--profile", "first", "--format", "json").stdout)
    speed, care = found["criteria"]
    assert speed == {
        "criterion": "speed",
        "name": "Speed",
        "value": 3,
        "weight": 0.75,
        "contribution": 2.25,
        "own": False,
        "basis": "published",
        "confidence": "low",
        "why": "The author says so.",
        "sources": [{"source": "printed", "url": None, "package": None, "record": None, "shows": "row of ant", "read_on": "2026-11-21"}],
    }
    assert (care["value"], care["weight"], care["contribution"], care["why"]) == (None, 0.25, None, "nobody has looked")
    assert (found["line"]["rank"], found["line"]["score_range"]) == (2, [2.5, 3.5])


def test_a_table_and_the_reasons_below_it(small: Run) -> None:
    text = small("explain", "ant", "--profile", "first").stdout
    assert "Rank 2 with 2.50–3.50 by the weight profile first. Scores catalogue, dataset 2026.11.0." in text
    assert "Care | of data  ?        25 %      ?       unknown\n" in text
    assert "  - Speed, 3. The author says so.\n    - Nobody, “Two tools”: row of ant (read 2026-11-21)\n" in text
    assert "  - Care | of data, unknown. nobody has looked\n" in text


def test_markdown_escapes_what_would_be_markup(small: Run, checkout: Checkout) -> None:
    checkout.replace("checklists/tools/ant/scores.yaml", "The author says so.", "See <script>, [x](y) & `z`.")
    text = small("explain", "ant", "--format", "markdown").stdout
    assert text.startswith("## Ant\n\n")
    assert "| Care \\| of data" in text
    assert "- Speed, 3. See &lt;script&gt;, \\[x\\](y) & \\`z\\`.\n  - Nobody, " in text


def test_without_weights_nothing_is_weighed(small: Run) -> None:
    found = json.loads(small("explain", "bee", "--format", "json").stdout)
    assert (found["profile"], found["line"]) == (None, None)
    assert {score["weight"] for score in found["criteria"]} == {None}
    assert "Weight" not in small("explain", "bee").stdout


def test_what_weighs_nothing_adds_nothing(small: Run) -> None:
    found = json.loads(small("explain", "ant", "--weight", "speed=1", "--format", "json").stdout)
    assert [score["contribution"] for score in found["criteria"]] == [3.0, 0.0]


def test_printed_scores_cite_the_source_that_prints_them(small: Run) -> None:
    found = json.loads(small("explain", "bee", "--scores", "published:printed", "--profile", "first", "--format", "json").stdout)
    assert [(score["value"], score["basis"], score["sources"][0]["source"]) for score in found["criteria"]] == [
        (5, "published", "printed"),
        (2, "published", "printed"),
    ]
    assert found["line"]["score"] == 4.25


def test_a_tool_that_is_not_ranked_says_why(small: Run, checkout: Checkout) -> None:
    checkout.replace("checklists/tools/bee/tool.yaml", "ranked: true", "ranked: false\nwhy_not_ranked: It is a tracker.")
    result = small("explain", "bee", "--profile", "first")
    assert result.exit_code == 0
    assert "Not ranked: It is a tracker. Scores catalogue" in result.stdout


def test_every_tool_of_the_handbook(orchkit: Run, root: object) -> None:  # noqa: ARG001 - the dataset must be there
    for tool in ("airflow", "prefect", "kubeflow-pipelines", "metaflow", "zenml", "dagster"):
        assert orchkit("explain", tool, "--profile", "startup").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["atn"], "TOOL: unknown tool `atn`. Did you mean `ant`?\n"),
        (["ant", "--profile", "zzz"], "--profile: unknown weight profile `zzz`. Use one of: first.\n"),
        (["ant", "--scores", "printed"], "--scores: unknown set of scores `printed`. Use one of: catalogue, published:printed.\n"),
    ],
)
def test_bad_names(small: Run, arguments: list[str], message: str) -> None:
    result = small("explain", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_an_own_score_of_a_decision_file_counts_and_says_whose_it_is(small: Run, checkout: Checkout) -> None:
    own = {"ant": {"speed": {"value": 5, "why": "We ran it."}}}
    data = {"format": "orchkit-decision", "dataset_version": "2026.11.0", "profile": "first", "shortlist": ["bee"], "own_scores": own}
    path = checkout.write("own.json", json.dumps(data))
    speed, care = json.loads(small("explain", "ant", str(path), "--format", "json").stdout)["criteria"]
    assert (speed["value"], speed["own"], speed["basis"], speed["why"], speed["sources"]) == (5, True, None, "We ran it.", [])
    assert (care["value"], care["own"]) == (None, False)
    text = small("explain", "ant", str(path)).stdout
    assert "your own" in text
    assert "Rank " in text
    assert "  - Speed, 5. We ran it.\n" in text
