"""A trial of one answer, in whole numbers and from what is known already, gives what judging the whole context anew gives."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

import orchkit
from orchkit.advice import Rulebook, explain, rulebook
from orchkit.advice.trials import Trials
from orchkit.model.advice import Constraint, OutcomeKind, WeightRule
from orchkit.model.input.context import clashes
from tests.strategies import sound_contexts

CATALOGUE = orchkit.load()
BANK = CATALOGUE.advice.bank

BOOKS: dict[str, dict[str, Any]] = {
    "all": {},
    "own weights": {"weights": {"community": 3, "learning-curve": Fraction(1, 3)}},
    "three tools": {"tools": ["prefect", "airflow", "kubeflow-pipelines"]},
    "published": {"scores": "published:engineersofai"},
    "own scores": {"own_scores": {"airflow": {"community": 1}, "prefect": {"learning-curve": 2}}},
}


def check(book: Rulebook, context: dict[str, str]) -> None:
    trials = Trials(book, context, book.fire(context))
    for name, question in BANK.questions.items():
        for answer in question.answers:
            changed = {**context, name: answer}
            assert trials.possible(name, answer) == (not clashes(changed, BANK)), (name, answer)
            assert trials.first(name, answer) == book.judge(changed).first, (name, answer)


@pytest.mark.parametrize("given_", BOOKS.values(), ids=list(BOOKS))
def test_the_short_way_and_the_long_way(given_: dict[str, Any]) -> None:
    book = rulebook(CATALOGUE, **given_)

    @settings(max_examples=4)
    @given(sound_contexts(CATALOGUE))
    def held_against_each_other(context: dict[str, str]) -> None:
        check(book, context)

    held_against_each_other()


@pytest.mark.parametrize("team", CATALOGUE.advice.teams.values(), ids=list(CATALOGUE.advice.teams))
def test_for_each_example_team(team: Any) -> None:
    check(rulebook(CATALOGUE), dict(team.answers))


def test_awkward_rules() -> None:
    """Weights that fall below zero, everything removed, a rule that names no question of the bank."""
    data = CATALOGUE.advice
    weights = data.weights.model_copy(
        update={
            "rules": {
                **data.weights.rules,
                "nothing-counts": WeightRule(when={"focus": ("mixed",)}, adds=dict.fromkeys(CATALOGUE.criteria, -1000), reason="nothing counts"),
                "elsewhere": WeightRule(when={"no-such-question": ("yes",)}, adds={"community": 90}, reason="never"),
            }
        }
    )
    constraints = data.constraints.model_copy(
        update={
            "constraints": {
                **data.constraints.constraints,
                **{
                    f"out-{value}": Constraint(when={"hiring": ("helps",)}, excludes={"operator": value}, reason="out")
                    for value in ("managed", "self_hosted")
                },
            }
        }
    )
    catalogue = CATALOGUE.model_copy(update={"advice": data.model_copy(update={"weights": weights, "constraints": constraints})})
    book = rulebook(catalogue)
    for context in ({}, {"focus": "mixed"}, {"hiring": "helps"}, {"focus": "mixed", "existing": "airflow"}):
        check(book, context)
    assert Trials(book, {}, {}).first("hiring", "helps").outcome is OutcomeKind.NONE


def test_a_rulebook_is_made_ready_once_for_the_same_question() -> None:
    assert rulebook(CATALOGUE) is rulebook(CATALOGUE)
    assert rulebook(CATALOGUE, own_scores={"airflow": {"community": 1}}) is not rulebook(CATALOGUE)
    other = CATALOGUE.model_copy()
    assert rulebook(other) is not rulebook(CATALOGUE)
    assert explain(rulebook(other), {"focus": "mixed"}) == explain(rulebook(CATALOGUE), {"focus": "mixed"})
