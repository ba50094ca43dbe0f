"""Each row of each source as a case: on the answers that it names it speaks, and says what the source prints."""

from __future__ import annotations

import pytest

import orchkit
from orchkit.advice import advise, rulebook
from orchkit.advice.liveness import firing
from orchkit.model.advice import Framework, OutcomeKind, Row

CATALOGUE = orchkit.load()
DATA = CATALOGUE.advice
ROWS = [(framework, name, row) for framework, record in DATA.frameworks.items() for name, row in record.rows.items()]


def said(framework: str, context: dict[str, object]) -> tuple[set[str], set[str], set[str]]:
    """What a framework points at: tools, other things, outcomes."""
    advice = advise(CATALOGUE, context)
    voices = [voice for voice in advice.voices if voice.framework == framework]
    return (
        {tool for voice in voices for tool in voice.tools},
        {other for voice in voices for other in voice.other},
        {outcome.value for voice in voices for outcome in voice.outcomes},
    )


@pytest.mark.parametrize(("framework", "name", "row"), ROWS, ids=[f"{framework}/{name}" for framework, name, _ in ROWS])
def test_a_row_speaks_on_each_of_its_answers_and_not_without(framework: str, name: str, row: Row) -> None:
    contexts = list(firing(rulebook(CATALOGUE), row))
    assert {(question, answer) for context in contexts for question, answer in context.items()} >= {
        (question, answer) for question, answers in row.when.items() for answer in answers
    }
    for context in contexts:
        rows = [fired.rule for voice in advise(CATALOGUE, context).voices for fired in voice.rows]
        assert f"{framework}/{name}" in rows
        for question in context:
            fewer = {other: answer for other, answer in context.items() if other != question}
            assert f"{framework}/{name}" not in [fired.rule for voice in advise(CATALOGUE, fewer).voices for fired in voice.rows]


ML_ON_A_CLUSTER = {"kubernetes": "in-production", "operations": "platform-team", "focus": "ml-first"}

PRINTED = [
    # intellabel.txt, 'The decision framework'
    ("three-questions", {"focus": "ml-first"}, {"zenml"}, {"an integrated ML platform"}, set()),
    ("three-questions", {"focus": "mixed"}, {"prefect", "airflow"}, set(), set()),
    # engineersofai.txt, 'The Honest Recommendation'
    ("three-heuristics", {"workflows": 4, "team-size": 9}, {"prefect"}, set(), set()),
    ("three-heuristics", {"workflows": 5, "team-size": 9}, set(), set(), set()),
    ("three-heuristics", {"workflows": 4, "team-size": 10}, set(), set(), set()),
    ("three-heuristics", {"authors": "platform-engineers", "kubernetes": "in-production"}, {"kubeflow-pipelines"}, set(), set()),
    ("three-heuristics", {"authors": "data-scientists", "cloud": "aws"}, {"metaflow"}, set(), set()),
    ("three-heuristics", {"authors": "data-engineers"}, {"airflow"}, set(), set()),
    # engineersofai.txt, the archetypes; the third as its own numbers have it, not as printed
    ("archetypes", {"team-size": 7, "models": 2, "kubernetes": "none"}, {"metaflow"}, set(), set()),
    ("archetypes", {"team-size": 30, "models": 20, "kubernetes": "in-production"}, {"kubeflow-pipelines"}, set(), set()),
    ("archetypes", {"team-size": 60, "models": 120, "cloud": "several"}, {"kubeflow-pipelines", "dagster"}, set(), set()),
    # engineersofai.txt, questions 1 and 3, and the anti-pattern of over-orchestration
    ("lost-tree", {"team-size": 3, "models": 2}, {"prefect", "metaflow"}, set(), set()),
    ("lost-tree", {"existing": "several"}, {"zenml"}, set(), set()),
    ("lost-tree", {"workflows": 2, "models": 2, "scheduling": "simple-times"}, set(), set(), {"cron"}),
    # kanerika.txt, 'Quick decision tree': every leaf
    (
        "quick-tree",
        {"kubernetes": "in-production", "operations": "platform-team", "focus": "ml-first"},
        {"kubeflow-pipelines", "flyte"},
        set(),
        set(),
    ),
    ("quick-tree", {"kubernetes": "in-production", "operations": "platform-team", "focus": "data-first"}, {"airflow"}, set(), set()),
    ("quick-tree", {"kubernetes": "none", "scheduling": "interdependent"}, {"airflow"}, set(), set()),
    ("quick-tree", {"kubernetes": "none", "scheduling": "simple-times", "languages": "python", "focus": "ml-first"}, {"prefect"}, set(), set()),
    ("quick-tree", {"kubernetes": "none", "scheduling": "simple-times", "focus": "data-first"}, {"airflow", "dagster"}, set(), set()),
    # kanerika.txt, the table of twelve profiles: rows 4, 6, 7, 8, 9, 10, 11 and 12
    (
        "quick-tree",
        {"kubernetes": "in-production", "operations": "nobody", "scheduling": "simple-times", "languages": "several", "focus": "ml-first"},
        {"airflow", "dagster"},
        set(),
        set(),
    ),
    ("which-of-three", {"pain": "tracking", "existing": "cron"}, set(), {"MLflow"}, set()),
    ("profile-table", {"focus": "ml-first", "cloud": "google-cloud", "operations": "nobody"}, {"kubeflow-pipelines"}, set(), set()),
    ("profile-table", {"long-running": "agents"}, {"prefect"}, set(), set()),
    ("profile-table", {"shared-datasets": "organising-idea"}, {"dagster"}, set(), set()),
    ("profile-table", {"focus": "ml-first", "kubernetes": "in-production", "operations": "one-engineer"}, {"flyte"}, set(), set()),
    ("profile-table", {"focus": "ml-first", "authors": "data-scientists"}, {"metaflow"}, set(), set()),
    ("profile-table", {"infrastructure-change": "expected"}, {"zenml"}, set(), set()),
    ("profile-table", {"team-size": 80, "regulation": "strict", "kubernetes": "in-production"}, {"kubeflow-pipelines", "airflow"}, set(), set()),
    ("profile-table", {"team-size": 80, "regulation": "strict", "kubernetes": "none"}, {"airflow"}, set(), set()),
    ("profile-table", {"team-size": 3, "operations": "nobody"}, {"prefect"}, set(), set()),
    ("profile-table", {"pain": "data-quality"}, set(), set(), {"process"}),
    # zenml.txt, the closing list
    ("which-of-three", {"pain": "tracking", "existing": "airflow"}, set(), {"MLflow"}, set()),
    ("which-of-three", {"focus": "data-first", "scheduling": "simple-times"}, {"airflow"}, set(), set()),
    ("which-of-three", {"focus": "ml-first", "infrastructure-change": "expected"}, {"zenml"}, set(), set()),
]


@pytest.mark.parametrize(("framework", "context", "tools", "other", "outcomes"), PRINTED)
def test_what_the_source_prints(framework: str, context: dict[str, object], tools: set[str], other: set[str], outcomes: set[str]) -> None:
    assert said(framework, context) == (tools, other, outcomes)


SIGNS = {
    "sign-failures-unseen": ("unseen", "seen"),
    "sign-slow-to-add": ("slow", "quick"),
    "sign-no-lineage": ("unknown", "known"),
    "sign-not-reproducible": ("lost", "kept"),
    "sign-slow-onboarding": ("slow", "quick"),
}


@pytest.mark.parametrize("there", range(6))
def test_three_of_five_signs_tip_the_balance(there: int) -> None:
    context: dict[str, object] = {question: answers[index >= there] for index, (question, answers) in enumerate(SIGNS.items())}
    assert said("outgrown-signs", context)[2] == {"choose" if there >= 3 else "stay"}
    advice = advise(CATALOGUE, {**context, "existing": "airflow", "focus": "ml-first", "authors": "data-scientists"})
    assert advice.recommendation.outcome is (OutcomeKind.CHOOSE if there >= 3 else OutcomeKind.STAY)


def test_two_signs_and_silence_decide_nothing() -> None:
    assert said("outgrown-signs", {"sign-slow-to-add": "slow", "sign-no-lineage": "unknown"}) == (set(), set(), set())


def test_without_a_platform_team_a_managed_deployment_comes_first() -> None:
    advice = advise(CATALOGUE, {"operations": "nobody"})
    for line in advice.candidates:
        operators = [CATALOGUE.tools[line.tool].deployments[one.deployment].operator.value for one in line.deployments]
        assert operators[0] == "managed" or "managed" not in operators


def test_a_price_per_run_counts_against_what_is_left_of_a_tool() -> None:
    metered = {"ci-executions": 60, "operations": "nobody"}
    lost = CATALOGUE.advice.frameworks["three-questions"].points
    lines = {line.tool: line for line in advise(CATALOGUE, metered).candidates}
    for tool, line in lines.items():
        left = [CATALOGUE.tools[tool].deployments[one.deployment].traits.get("metered-by-runs") for one in line.deployments]
        by_runs = all(trait is not None and trait.value for trait in left)
        assert not by_runs or line.from_voices["three-questions"] == -lost, tool
    assert lines["zenml"].from_voices
    assert not lines["prefect"].from_voices
    assert advise(CATALOGUE, {"ci-executions": 60}).candidates
    (free,) = [line for line in advise(CATALOGUE, {"ci-executions": 60}).candidates if line.tool == "zenml"]
    assert free.from_voices == {}
    assert free.deployments[0].deployment == "self-hosted"


def test_a_framework_shares_its_points_with_what_it_names_outside_the_catalogue() -> None:
    advice = advise(CATALOGUE, {"focus": "ml-first"})
    (line,) = [line for line in advice.candidates if line.tool == "zenml"]
    assert line.from_voices == {"three-questions": CATALOGUE.advice.frameworks["three-questions"].points / 2}


@pytest.mark.parametrize("framework", DATA.frameworks.values(), ids=list(DATA.frameworks))
def test_no_framework_is_worth_a_tenth(framework: Framework) -> None:
    assert framework.points < 10
    assert framework.source in CATALOGUE.sources
