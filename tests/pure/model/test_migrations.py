"""Migrations, companions and what else a tool's page shows: what such records must bring, and how efforts add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.model.companions import Meeting
from orchkit.model.migrations import Effort, Step
from orchkit.model.tools import Level, LockIn

MOVE = orchkit.load().migrations["airflow-to-prefect"]


@st.composite
def steps(draw: st.DrawFn) -> Step:
    low, high = sorted(draw(st.tuples(st.integers(1, 400), st.integers(1, 400))))
    effort = Effort(low_days=low / 4, high_days=high / 4)
    return Step(title="t", text="t", effort=effort, done_when="d", per_workflow=draw(st.booleans()))


@given(st.lists(steps(), min_size=1, max_size=8), st.integers(1, 200))
def test_days_add_up_and_grow_by_what_each_workflow_takes(made: list[Step], workflows: int) -> None:
    migration = MOVE.model_copy(update={"steps": tuple(made)})
    days, one_more = migration.days(workflows), migration.days(workflows + 1)
    repeated = [step.effort for step in made if step.per_workflow]
    assert days.low_days <= days.high_days
    assert one_more.low_days - days.low_days == sum(effort.low_days for effort in repeated)
    assert one_more.high_days - days.high_days == sum(effort.high_days for effort in repeated)


@pytest.mark.parametrize(
    ("model", "fields", "said"),
    [
        (Effort, {"low_days": 3, "high_days": 2}, "`low_days` (3) is more than `high_days` (2)"),
        (Effort, {"low_days": 0, "high_days": 2}, "greater than 0"),
        (Meeting, {"says": "It calls it.", "sources": []}, "needs `sources`"),
        (LockIn, {"level": Level.LOW, "why": "w", "portable": "p", "way_out": "o", "sources": []}, "needs `sources`"),
    ],
)
def test_what_is_wrong_is_refused(model: type[BaseModel], fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    assert said in str(caught.value)


def test_every_move_of_the_handbook_has_steps_risks_and_an_end(catalogue: Catalogue) -> None:
    assert catalogue.migrations
    for name, migration in catalogue.migrations.items():
        assert migration.steps, name
        assert migration.risks, name
        assert any(step.per_workflow for step in migration.steps), name


FIRST_TIER = ("airflow", "prefect", "kubeflow-pipelines", "metaflow", "zenml", "dagster", "flyte", "cron-script")


def test_every_tool_with_a_feature_table_is_whole(catalogue: Catalogue) -> None:
    whole = {tool.id: tool for tool in catalogue.tools.values() if tool.features}
    assert set(FIRST_TIER) <= set(whole)
    assert {name for name, tool in whole.items() if not tool.facts.ranked} == {"kedro", "mlflow"}  # a framework and a tracker
    for tool in whole.values():
        facts = tool.facts
        assert all((facts.strengths, facts.weaknesses, facts.breaks, facts.support, facts.vulnerabilities, facts.market, facts.lock_in)), tool.id
        assert all((facts.choose_when, facts.avoid_when, facts.alternatives, tool.deployments)), tool.id


def test_of_a_tool_with_a_feature_table_at_most_a_tenth_is_unknown(catalogue: Catalogue) -> None:
    for tool in (tool for tool in catalogue.tools.values() if tool.features):
        unknown = [name for name, found in tool.features.items() if found.value is None] + [
            name for name, score in tool.scores.items() if score.value is None
        ]
        assert len(unknown) <= (len(tool.features) + len(tool.scores)) / 10, tool.id
