"""A case: one thing an entry, a note for every answer and no other, an end for every account."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from orchkit.model.cases import Case, Choice
from tests.strategies import case_data

QUESTIONS = st.sets(st.sampled_from(["team-size", "focus", "cloud", "pain"]))


@given(answered=QUESTIONS, noted=QUESTIONS)
def test_every_answer_has_a_note_and_every_note_an_answer(answered: set[str], noted: set[str]) -> None:
    data = case_data(context=dict.fromkeys(answered, "some"), notes=dict.fromkeys(noted, "the second paragraph"))
    if answered == noted:
        assert set(Case.model_validate(data).context) == answered
    else:
        odd = min(answered - noted) if answered - noted else None
        with pytest.raises(ValidationError, match="has no note" if odd else "does not answer"):
            Case.model_validate(data)


@given(st.sets(st.sampled_from(["tool", "other", "outcome"])))
def test_an_entry_names_exactly_one_thing(named: set[str]) -> None:
    data = {"tool": "ant", "other": "Wasp", "outcome": "stay"}
    entry = {name: data[name] for name in named}
    if len(named) == 1:
        assert Choice.model_validate(entry).model_dump(exclude_none=True, mode="json") == entry
    else:
        with pytest.raises(ValidationError, match="exactly one of `tool`, `other` and `outcome`"):
            Choice.model_validate(entry)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"chose": []}, "needs `chose`"),
        ({"chose": [{"other": "Wasp", "deployment": "hosted"}]}, "`deployment` belongs to a `tool`"),
        ({"chose": [{"outcome": "leave"}]}, "'stay', 'cron-script' or 'build-your-own'"),
        ({"published_on": "2026-11-01", "published_year": 2026}, "of which no day was seen"),
        ({"sources": []}, "at least 1 item"),
    ],
    ids=["no end", "deployment of a stranger", "no such outcome", "two dates", "no page"],
)
def test_what_a_case_may_not_be(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Case.model_validate(case_data() | change)


def test_a_story_may_end_without_a_decision() -> None:
    assert Case.model_validate(case_data() | {"kind": "source_story", "chose": []}).chose == ()


@pytest.mark.parametrize(
    ("dates", "year"), [({"published_on": "2019-02-03"}, 2019), ({"published_year": 2018}, 2018), ({}, None)], ids=["day", "year", "none"]
)
def test_the_year_is_that_of_the_day_or_the_one_seen(dates: dict[str, Any], year: int | None) -> None:
    assert Case.model_validate(case_data() | dates).year == year
