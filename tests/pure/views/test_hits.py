"""The advice beside what teams decided: what the tables show, and that the sentence says who is beaten."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.advice.hits import Comparison, HitRates, compare_cases
from orchkit.model.cases import Case
from orchkit.model.hits import CaseRuns, Miss, MissKind
from orchkit.views.hits import KINDS, hit_table, lines, miss_table, rates, said, verdict
from orchkit.views.numbers import percent
from orchkit.views.place import Place
from tests.pure.views.rendered import Page
from tests.strategies import case_data, texts

CATALOGUE = orchkit.load()


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare_cases(CATALOGUE)


def test_the_tables_show_every_rate_and_every_miss(found: Comparison) -> None:
    rows = rates(CATALOGUE, found)
    assert [rate.name for rate in rows] == ["First run", "Today", "Constant guess"]
    page = Page(str(hit_table(CATALOGUE, found)))
    for rate in rows:
        for hits in (rate.first, rate.top_three):
            assert f"{hits} of {rate.cases}, {percent(Fraction(hits, rate.cases))}" in page.text
    labels = [attributes["aria-label"] for tag, attributes in page.elements if tag == "svg"]
    assert labels == [
        f"{rate.name}, {what}: {hits} of {rate.cases}" for rate in rows for what, hits in (("first", rate.first), ("among three", rate.top_three))
    ]
    missed = Page(str(miss_table(CATALOGUE, Place(), found)))
    ids = [attributes["id"] or "" for tag, attributes in missed.elements if tag == "tr" and "id" in attributes]
    assert sorted(ids) == sorted(f"miss-{one.hit.case}" for one in found.misses)
    links = [attributes["href"] or "" for tag, attributes in missed.elements if tag == "a" and (attributes.get("href") or "").startswith("#")]
    assert sorted(links) == sorted(f"#{one.hit.case}" for one in found.misses)


def test_every_line_has_a_sentence(found: Comparison) -> None:
    grouped = lines(CATALOGUE, found)
    assert list(grouped) == [title for title in KINDS.values() if title in grouped]
    assert all(line.why.endswith(".") for entries in grouped.values() for line in entries)


COUNTS = st.integers(0, 9)


def comparison(first: int, three: int, guess_first: int, guess_three: int) -> Comparison:
    today = HitRates(
        cases=9, held=9, first=first, top_three=three, guess=("airflow", "stay", "cron"), guess_first=guess_first, guess_top_three=guess_three
    )
    return Comparison(dataset_version="1", today=today, first_run=None, clear=0, clear_first=0, cases=())


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_whoever_is_beaten_is_named(first: int, three: int, guess_first: int, guess_three: int) -> None:
    text = verdict(CATALOGUE, comparison(first, three, guess_first, guess_three))
    assert ("a constant guess beats the advisor" in text) == (guess_first > first or guess_three > three)
    assert ("in first place and among three" in text) == (guess_first > first and guess_three > three)
    assert "Apache Airflow, stay and cron" in text


def test_no_case_is_said() -> None:
    empty = compare_cases(CATALOGUE.model_copy(update={"cases": {}, "hits": CaseRuns()}))
    assert verdict(CATALOGUE, empty) == "There is no case to compare with."
    assert "0 of 0, –" in Page(str(hit_table(CATALOGUE, empty))).text


@pytest.mark.parametrize(
    ("name", "text"), [("airflow", "Apache Airflow"), ("stay", "stay"), ("stay:airflow", "stay with Apache Airflow"), ("none", "none of these")]
)
def test_what_was_said_is_named(name: str, text: str) -> None:
    assert said(CATALOGUE, name) == text


@given(texts().filter(str.strip))
def test_a_text_from_outside_stays_text(text: str) -> None:
    data: dict[str, Any] = case_data() | {"organisation": text, "chose": [{"other": text}]}
    told = case_data() | {"organisation": text, "chose": [{"tool": "airflow"}]}
    cases = {"one": Case.model_validate(data), "two": Case.model_validate(told)}
    hits = CaseRuns(misses={"two": Miss(kind=MissKind.UNSAID, why=text)})
    catalogue = CATALOGUE.model_copy(update={"cases": cases, "hits": hits})
    Page(str(miss_table(catalogue, Place(), compare_cases(catalogue)))).check_that_only_the_templates_speak()
