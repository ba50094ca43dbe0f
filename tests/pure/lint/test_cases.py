"""Coded answers against a bank of questions: exactly those that cannot be given are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orchkit.lint.cases import answers

NAMES = st.sampled_from(["none", "one", "several", "all"])
BANKS = st.dictionaries(st.sampled_from(["focus", "cloud", "pain"]), st.sets(NAMES, min_size=1), min_size=1)
CONTEXTS = st.dictionaries(st.sampled_from(["focus", "cloud", "pain", "weather"]), NAMES)


@given(context=CONTEXTS, bank=BANKS)
def test_what_cannot_be_answered_so_is_found_and_nothing_else(context: dict[str, str], bank: dict[str, set[str]]) -> None:
    wrong = {question for question, answer in context.items() if answer not in bank.get(question, ())}
    found = list(answers(context, bank))
    assert [path for path, _, _ in found] == [("context", question) for question in context if question in wrong]
    assert all((question in bank) == ("is no answer" in fact) for (_, question), fact, _ in found)


@given(CONTEXTS)
def test_without_questions_nothing_is_wrong(context: dict[str, str]) -> None:
    assert list(answers(context, None)) == []
