"""Contexts as people bring them: read, put in order, refused with a reason."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.errors import InputError
from orchkit.model.input.context import clashes, read_answer, read_context, usable_context
from tests.strategies import contexts, json_values

CATALOGUE = orchkit.load()
BANK = CATALOGUE.advice.bank


@given(contexts(CATALOGUE), st.integers(0, 2**32))
def test_the_order_of_answers_does_not_matter(answers: dict[str, str], seed: int) -> None:
    shuffled = list(answers.items())
    Random(seed).shuffle(shuffled)  # noqa: S311 - any order will do
    assert usable_context(dict(shuffled), BANK) == usable_context(answers, BANK)


@given(contexts(CATALOGUE, max_size=30))
def test_what_is_usable_does_not_clash_and_every_clash_is_said(answers: dict[str, str]) -> None:
    rest, problems = usable_context(answers, BANK)
    assert len(problems) == len(clashes(answers, BANK))
    assert clashes(rest, BANK) == []
    barred = {name for clash in clashes(answers, BANK) for name in clash.answers}
    assert set(answers) - set(rest) == barred & set(answers)


@given(st.dictionaries(st.text(max_size=20) | st.sampled_from(list(BANK.questions)), json_values(max_leaves=3), max_size=4))
def test_anything_is_read_or_refused_with_a_reason(given_: dict[str, object]) -> None:
    rest, problems = usable_context(given_, BANK)
    assert all(rest[name] in BANK.questions[name].answers for name in rest)
    assert all(problem.repair for problem in problems)
    assert len(rest) + len(problems) >= len(given_) - sum(len(clash.answers) for clash in BANK.contradictions)


@pytest.mark.parametrize(
    ("question", "number", "band"),
    [
        ("team-size", 1, "under-5"),
        ("team-size", 4, "under-5"),
        ("team-size", "5", "5-to-9"),
        ("team-size", 9, "5-to-9"),
        ("team-size", 10, "10-to-19"),
        ("team-size", 5000, "50-or-more"),
        ("ci-executions", 50, "50-or-more"),
        ("models", 0, "none"),
    ],
)
def test_a_number_falls_into_its_band(question: str, number: object, band: str) -> None:
    assert read_answer(BANK.questions[question], number, "x") == band


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"team-size": 0}, "context: team-size: `0` is less than any answer allows"),
        ({"team-size": -3}, "context: team-size: unknown answer `-3`"),
        ({"team-size": True}, "context: team-size: unknown answer `True`"),
        ({"kubernetes": "non"}, "context: kubernetes: unknown answer `non`. Did you mean `none`?"),
        ({"kubernets": "none"}, "context: unknown question `kubernets`. Did you mean `kubernetes`?"),
        ({"support": "required", "budget": 0}, "context: `support: required` and `budget: nothing` cannot both be so: a contract"),
        ({"existing": "cron", "estate": 30}, "context: `existing: cron` and `estate: 20-to-99` cannot both be so"),
    ],
)
def test_what_is_wrong_is_said(answers: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_context(answers, BANK)
    assert str(caught.value).startswith(message)


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = {"kubernets": "none", "focus": "ml", "support": "required", "budget": "nothing"}
    with pytest.raises(InputError) as caught:
        read_context(wrong, BANK)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("clash", BANK.contradictions, ids=[clash.fact for clash in BANK.contradictions])
def test_every_contradiction_can_be_met_and_needs_all_its_answers(clash: object) -> None:
    answers = {name: allowed[0] for name, allowed in clash.answers.items()}  # type: ignore[attr-defined]
    assert clash in clashes(answers, BANK)
    for name in answers:
        assert clash not in clashes({other: answer for other, answer in answers.items() if other != name}, BANK)
