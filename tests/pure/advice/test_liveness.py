"""The rules are alive: every ranked tool and every outcome can come first, every question matters to somebody, no rule is dead."""

from __future__ import annotations

from typing import Any

import pytest

import orchkit
from orchkit.advice import advise, rulebook
from orchkit.advice.liveness import Liveness, check_liveness, dead_rules
from orchkit.model.advice import Constraint, OutcomeKind, WeightRule
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import read_context

CATALOGUE = orchkit.load()
BANK = CATALOGUE.advice.bank


@pytest.fixture(scope="module")
def found() -> Liveness:
    return check_liveness(CATALOGUE)


def test_every_ranked_tool_that_no_other_outdoes_can_be_the_one_to_choose(found: Liveness) -> None:
    assert [one.tool for one in found.tools] == list(CATALOGUE.ranked_tools)
    for one in found.tools:
        if one.context is None:
            assert not one.weighable, f"no context was found in which {one.tool} comes first, though some weights put it first"
            continue
        recommendation = advise(CATALOGUE, one.context).recommendation
        assert (recommendation.outcome, recommendation.tool) == (OutcomeKind.CHOOSE, one.tool)


def test_every_outcome_can_be_advised(found: Liveness) -> None:
    assert set(found.outcomes) == {kind.value for kind in OutcomeKind}
    for kind, context in found.outcomes.items():
        assert advise(CATALOGUE, context).recommendation.outcome.value == kind


def test_every_question_changes_first_place_for_one_of_the_teams(found: Liveness) -> None:
    assert found.idle_questions == ()
    for one in found.questions:
        team = CATALOGUE.advice.teams[one.team].answers
        before = advise(CATALOGUE, team).recommendation
        after = advise(CATALOGUE, {**team, one.question: one.turn.answer}).recommendation
        assert (before.outcome, before.tool) == (one.before.outcome, one.before.tool)
        assert (after.outcome, after.tool) == (one.turn.first.outcome, one.turn.first.tool)
        assert (before.outcome, before.tool) != (after.outcome, after.tool)


def test_no_rule_is_dead(found: Liveness) -> None:
    assert found.dead_rules == ()
    assert found.alive


def with_rule(part: str, field: str, rule: Any) -> Catalogue:
    data = getattr(CATALOGUE.advice, part)
    grown = data.model_copy(update={field: {**getattr(data, field), "added": rule}})
    return CATALOGUE.model_copy(update={"advice": CATALOGUE.advice.model_copy(update={part: grown})})


def test_a_rule_that_contradicts_itself_is_dead() -> None:
    rule = WeightRule(when={"support": ("required",), "budget": ("nothing",)}, adds={"community": 3}, reason="never")
    assert list(dead_rules(rulebook(with_rule("weights", "rules", rule)))) == ["weight:added"]


def test_a_constraint_that_removes_nothing_is_dead() -> None:
    rule = Constraint(when={"gpu": ("distributed",)}, excludes={"operator": "nobody"}, reason="never")
    assert list(dead_rules(rulebook(with_rule("constraints", "constraints", rule)))) == ["constraint:added"]


def test_a_weight_that_adds_nothing_is_dead() -> None:
    rule = WeightRule(when={"gpu": ("distributed",)}, adds={"community": 0}, reason="nothing")
    assert list(dead_rules(rulebook(with_rule("weights", "rules", rule)))) == ["weight:added"]


@pytest.mark.parametrize("team", CATALOGUE.advice.teams.values(), ids=list(CATALOGUE.advice.teams))
def test_teams_are_plausible(team: Any) -> None:
    assert read_context(team.answers, BANK).keys() == team.answers.keys()
    assert set(BANK.first) <= set(team.answers)


def test_five_questions_come_first_and_every_group_has_some() -> None:
    assert len(BANK.first) == 5
    assert {question.group for question in BANK.questions.values()} == set(BANK.groups)
    assert len(BANK.groups) == 5
    assert sorted(BANK.in_order) == sorted(BANK.questions)
