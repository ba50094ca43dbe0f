"""Errors say where, what and how to mend it, all of them at once."""

from __future__ import annotations

import pytest

from orchkit.errors import LONGEST, DataError, InputError, OrchkitError, Problem


def test_a_problem_reads_as_place_fact_repair() -> None:
    assert (
        str(Problem("f.yaml:3: value", "9 is more than 5", "Write a number inside the allowed range"))
        == "f.yaml:3: value: 9 is more than 5. Write a number inside the allowed range."
    )
    assert str(Problem("--tool", "unknown tool `airflw`", "Did you mean `airflow`")) == "--tool: unknown tool `airflw`. Did you mean `airflow`?"


@pytest.mark.parametrize("kind", [DataError, InputError])
def test_an_error_carries_every_problem(kind: type[OrchkitError]) -> None:
    first, second = Problem("a", "b", "c"), Problem("d", "e", "f")
    assert tuple(kind(first).problems) == (first,)
    assert tuple(kind(problem for problem in (first, second)).problems) == (first, second)
    assert str(kind([first, second])) == "a: b. c.\nd: e. f."
    assert issubclass(kind, OrchkitError)


def test_a_message_stays_on_its_line_and_shows_what_cannot_be_seen() -> None:
    assert str(Problem("a\nb", "\x1b[2J é\udc80\u202e\u2028", "c")) == "a\\nb: \\x1b[2J é\\udc80\\u202e\\u2028. c."


def test_a_message_quotes_no_book() -> None:
    assert len(str(Problem("p" * 1_000_000, "f" * 1_000_000, "Mend it"))) < 2 * LONGEST + 20
