"""Hit rates over small made-up cases, counted by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

import orchkit
from orchkit.advice import hit_rates
from orchkit.errors import InputError

CATALOGUE = orchkit.load()
AGENTS = {"long-running": "agents"}
MESH = {"focus": "mixed", "shared-datasets": "organising-idea"}
HABITS = {"pain": "habits"}


def test_counted_by_hand() -> None:
    found = hit_rates(
        CATALOGUE,
        [
            ("agents chose what is advised", AGENTS, "prefect"),
            ("a mesh did too", MESH, "dagster"),
            ("a mesh chose what has no line here", MESH, "flyte"),
            ("habits were mended", HABITS, "process"),
        ],
    )
    assert [hit.place for hit in found.hits] == [1, 1, None, 1]
    assert (found.cases, found.first, found.top_three) == (4, Fraction(3, 4), Fraction(3, 4))
    assert (found.guess, found.guess_first, found.guess_top_three) == ("dagster", Fraction(1, 4), Fraction(3, 4))


def test_staying_is_a_hit_by_name_and_by_tool() -> None:
    kept = {"existing": "airflow", "estate": "100-or-more"}
    assert [hit.place for hit in hit_rates(CATALOGUE, [("a", kept, "stay"), ("b", kept, "airflow")]).hits] == [1, 1]


def test_a_runner_up_is_among_three_and_not_first() -> None:
    second = orchkit.advise(CATALOGUE, AGENTS).candidates[1].tool
    found = hit_rates(CATALOGUE, [("a", AGENTS, second)])
    assert (found.first, found.top_three, found.hits[0].place) == (Fraction(0), Fraction(1), 2)


def test_the_order_of_cases_does_not_matter() -> None:
    cases = [("a", AGENTS, "prefect"), ("b", MESH, "airflow"), ("c", HABITS, "prefect")]
    one, other = hit_rates(CATALOGUE, cases), hit_rates(CATALOGUE, cases[::-1])
    assert (one.first, one.top_three, one.guess) == (other.first, other.top_three, other.guess)


def test_no_case_gives_no_rate() -> None:
    assert hit_rates(CATALOGUE, []).first is None


def test_a_context_that_cannot_be_read_names_its_case() -> None:
    with pytest.raises(InputError, match="acme: focus: unknown answer `ml`"):
        hit_rates(CATALOGUE, [("acme", {"focus": "ml"}, "prefect")])
