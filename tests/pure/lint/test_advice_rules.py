"""What lint finds wrong in the advisor's files, on a copy of the handbook broken in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pure.lint.checkout import Checkout

ADVICE = "checklists/advice"
W, C, F = "weights.yaml", "constraints.yaml", "frameworks"
BREAKS = [
    # file, old, new → path, fact, repair
    (
        "weights.yaml",
        "lineage: [useful]",
        "lineage: [usefull]",
        "rules.lineage-useful.when.lineage",
        "unknown answer to `lineage` `usefull`",
        "`useful`",
    ),
    (
        "weights.yaml",
        "adds: {learning-curve: 4",
        "adds: {learning: 4",
        "rules.few-people.adds.learning",
        "unknown criterion `learning`",
        "learning-curve",
    ),
    (W, "      hiring: [must]", "      hirin: [must]", "rules.hiring-must.when.hirin", "unknown question `hirin`", "`hiring`"),
    (
        "constraints.yaml",
        "runs-on-aws: false",
        "run-on-aws: false",
        "excludes.run-on-aws",
        "unknown fact of a deployment `run-on-aws`",
        "`runs-on-aws`",
    ),
    (f"{F}/quick-tree.yaml", "tools: [airflow]", "tools: [airflo]", "tools[0]", "unknown tool `airflo`", "`airflow`"),
    (f"{F}/quick-tree.yaml", "source: kanerika", "source: kanerica", "source", "unknown source `kanerica`", "`kanerika`"),
    (f"{F}/archetypes.yaml", "profile: growth", "profile: groth", "rows.growth.profile", "unknown weight profile `groth`", "`growth`"),
    ("teams.yaml", "existing: cron", "existing: crond", "answers.existing", "unknown answer to `existing` `crond`", "`cron`"),
    ("questions.yaml", "tool: airflow", "tool: air", "answers.airflow.tool", "unknown tool `air`", "airflow"),
    ("questions.yaml", "budget: [nothing]", "budget: [none]", "contradictions", "unknown answer to `budget` `none`", "nothing"),
]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Checkout:
    return Checkout(tmp_path_factory.mktemp("handbook"), root)


@pytest.mark.parametrize(("file", "old", "new", "path", "fact", "repair"), BREAKS)
def test_a_name_that_does_not_exist(handbook: Checkout, file: str, old: str, new: str, path: str, fact: str, repair: str) -> None:
    whole = (handbook.root / ADVICE / file).read_text(encoding="utf-8")
    try:
        handbook.replace(f"{ADVICE}/{file}", old, new)
        (problem,) = [found for found in handbook.lint() if found.place.startswith(f"{ADVICE}/{file}:") and "no rule looks" not in found.fact]
    finally:
        handbook.write(f"{ADVICE}/{file}", whole)
    assert path in problem.place
    assert problem.fact == fact
    assert repair in problem.repair


def test_a_dead_rule_and_an_idle_question_are_found(tmp_path: Path, root: Path) -> None:
    checkout = Checkout(tmp_path, root)
    checkout.replace(
        f"{ADVICE}/constraints.yaml", "      control-plane-elsewhere: true", "      operator: self_hosted\n      runs-on-own-machines: false"
    )
    checkout.replace(f"{ADVICE}/weights.yaml", "      hiring: [must]", "      support: [required]")
    checkout.replace(f"{ADVICE}/weights.yaml", "      hiring: [helps]", "      support: [wanted]")
    found = {problem.place.partition(": ")[2]: problem.fact for problem in checkout.lint()}
    assert found["constraints.control-plane-outside"].startswith("the rule is dead")
    assert found["questions.hiring"] == "no rule looks at the answer"


def test_a_missing_file_of_the_advisor_is_said(tmp_path: Path, root: Path) -> None:
    checkout = Checkout(tmp_path, root)
    (checkout.root / ADVICE / "outcomes.yaml").unlink()
    (problem,) = checkout.lint()
    assert str(problem) == "checklists/advice/outcomes.yaml: is missing. Add it; its schema is checklists/schema/outcomes.json."
