"""From a response to its assessment: the interval, coverage, blockers, the order of findings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.assessment import WORTH, Assessment, Tally, evaluate
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Severity
from orchkit.model.input.responses import Answer, Outcome, Response
from tests.strategies import CHECKLIST, VERSION, Cells, answers, catalogue_of, checklist_of, checklists, filled

Filled = tuple[Checklist, Response]

ONE_CELL: Cells = {"ant": {"alpha": 3}}
THREE = checklist_of([["blocker", "major"], ["minor"]])
"""Weights 5, 3 and 1: nine in all. Items item-1-1, item-1-2, item-2-1."""


def assess(checklist: Checklist, given_answers: dict[str, Answer]) -> Assessment:
    return evaluate(catalogue_of(ONE_CELL, checklist), Response(checklist=CHECKLIST, version=VERSION, answers=given_answers))


def answered(*outcomes: str, note: str = "because") -> dict[str, Answer]:
    """Answer the items of THREE in order."""
    return {name: Answer(outcome=Outcome(outcome), note=note) for name, outcome in zip(("item-1-1", "item-1-2", "item-2-1"), outcomes, strict=False)}


def ends(tally: Tally) -> tuple[Fraction, Fraction] | None:
    """A tally's lowest and highest score, whether known or not; nothing where nothing applies."""
    if tally.score_percent_range is not None:
        return tally.score_percent_range
    return None if tally.score_percent is None else (tally.score_percent, tally.score_percent)


def counted(checklist: Checklist, response: Response) -> dict[str, Outcome]:
    """The outcome of each item that counts: absent is unknown, and so is not applicable without a reason."""
    found = {item.id: response.answers.get(item.id, Answer()) for item in checklist.items}
    return {
        name: Outcome.UNKNOWN if answer.outcome is Outcome.NOT_APPLICABLE and not answer.note.strip() else answer.outcome
        for name, answer in found.items()
    }


# --- rows by hand -----------------------------------------------------------------------------------------------------

ROWS: list[tuple[str, dict[str, Answer], tuple[Fraction, Fraction] | None, int]] = [
    ("nothing answered", {}, (Fraction(0), Fraction(100)), 0),
    ("all met", answered("met", "met", "met"), (Fraction(100), Fraction(100)), 3),
    ("all partly met", answered("partly_met", "partly_met", "partly_met"), (Fraction(50), Fraction(50)), 3),
    ("none met", answered("not_met", "not_met", "not_met"), (Fraction(0), Fraction(0)), 3),
    ("the blocker alone is met", answered("met", "not_met", "not_met"), (Fraction(500, 9), Fraction(500, 9)), 3),
    ("the blocker is open", answered("unknown", "met", "met"), (Fraction(400, 9), Fraction(100)), 2),
    ("half of the major, the rest open", answered("unknown", "partly_met"), (Fraction(150, 9), Fraction(750, 9)), 1),
    ("what does not apply is left out with its weight", answered("not_applicable", "met", "not_met"), (Fraction(75), Fraction(75)), 3),
    ("nothing applies", answered("not_applicable", "not_applicable", "not_applicable"), None, 3),
    ("not applicable without a reason is unknown", answered("not_applicable", "met", "met", note=""), (Fraction(400, 9), Fraction(100)), 2),
    ("blanks are no reason", answered("not_applicable", "met", "met", note=" \n"), (Fraction(400, 9), Fraction(100)), 2),
]


@pytest.mark.parametrize(("given_answers", "expected", "count"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_score_and_coverage(given_answers: dict[str, Answer], expected: tuple[Fraction, Fraction] | None, count: int) -> None:
    total = assess(THREE, given_answers).total
    assert ends(total) == expected
    assert (total.items, total.answered, total.coverage_percent) == (3, count, Fraction(100 * count, 3))
    assert (total.score_percent is not None) == (expected is not None and expected[0] == expected[1])


def test_only_the_item_without_a_reason_is_named_as_lacking_one() -> None:
    found = assess(THREE, {"item-1-1": Answer(outcome=Outcome.NOT_APPLICABLE), "item-1-2": Answer(outcome=Outcome.NOT_APPLICABLE, note="no cluster")})
    assert found.reasons_missing == ("item-1-1",)


def test_blockers_are_those_that_fail_and_those_that_are_open() -> None:
    checklist = checklist_of([["blocker"] * 5, ["major"]])
    outcomes = ("met", "partly_met", "not_met", "not_applicable", "unknown")
    found = assess(checklist, {f"item-1-{number}": Answer(outcome=Outcome(outcome), note="why") for number, outcome in enumerate(outcomes, 1)})
    assert found.blockers == ("item-1-2", "item-1-3")
    assert found.open_blockers == ("item-1-5",)


def test_a_finding_says_what_to_do_and_an_unknown_one_how_to_find_out() -> None:
    first, second, third = assess(THREE, answered("not_met", "partly_met", note="seen in run 7")).findings
    assert (first.item, first.section, first.claim, first.why) == ("item-1-1", "section-1", "claim of item-1-1", "why of item-1-1")
    assert (first.remedy, first.note) == ("remedy of item-1-1", "seen in run 7")
    assert second.remedy == "remedy of item-1-2"
    assert (third.outcome, third.remedy, third.note) == (Outcome.UNKNOWN, "check of item-2-1", "")


def test_a_section_without_items_is_answered_and_has_no_score() -> None:
    tally = assess(checklist_of([["major"], []]), {}).sections[1]
    assert (tally.items, tally.coverage_percent, ends(tally)) == (0, Fraction(100), None)


def test_the_assessment_says_what_was_assessed_and_by_whom() -> None:
    response = Response(checklist=CHECKLIST, version=VERSION, subject="Our Airflow", evaluator="R. Ada")
    found = evaluate(catalogue_of(ONE_CELL, THREE), response)
    assert (found.checklist, found.version, found.subject, found.evaluator) == (CHECKLIST, VERSION, "Our Airflow", "R. Ada")


# --- laws -------------------------------------------------------------------------------------------------------------


@given(filled())
def test_a_score_is_a_percentage_and_coverage_counts_what_is_answered(case: Filled) -> None:
    checklist, response = case
    found, outcomes = assess(checklist, response.answers), counted(checklist, response)
    for tally in (found.total, *found.sections):
        low, high = ends(tally) or (Fraction(0), Fraction(0))
        assert 0 <= low <= high <= 100
        assert tally.coverage_percent == Fraction(100 * tally.answered, tally.items)
    assert found.total.answered == sum(outcome is not Outcome.UNKNOWN for outcome in outcomes.values())


@given(checklists())
def test_all_met_is_a_hundred_and_leaves_no_findings(checklist: Checklist) -> None:
    found = assess(checklist, {item.id: Answer(outcome=Outcome.MET) for item in checklist.items})
    assert (found.total.score_percent, found.total.coverage_percent) == (Fraction(100), Fraction(100))
    assert (found.findings, found.blockers, found.open_blockers) == ((), (), ())


@given(filled())
def test_sections_partition_the_items(case: Filled) -> None:
    checklist, response = case
    found = assess(checklist, response.answers)
    assert [tally.section for tally in found.sections] == [section.id for section in checklist.sections]
    assert sum(tally.items for tally in found.sections) == found.total.items == len(list(checklist.items))
    assert sum(tally.answered for tally in found.sections) == found.total.answered


@given(filled())
def test_findings_are_what_is_not_met_or_not_known_worst_first(case: Filled) -> None:
    checklist, response = case
    outcomes = counted(checklist, response)
    position = {item.id: (list(Severity).index(item.severity), index) for index, item in enumerate(checklist.items)}
    urgency = {Outcome.NOT_MET: 0, Outcome.PARTLY_MET: 1, Outcome.UNKNOWN: 2}
    expected = sorted(
        (name for name, outcome in outcomes.items() if outcome in urgency),
        key=lambda name: (position[name][0], urgency[outcomes[name]], position[name][1]),
    )
    assert [finding.item for finding in assess(checklist, response.answers).findings] == expected


@given(filled(), st.data())
def test_answering_an_unknown_item_never_widens_the_interval(case: Filled, data: st.DataObject) -> None:
    checklist, response = case
    unknown = [name for name, outcome in counted(checklist, response).items() if outcome is Outcome.UNKNOWN]
    assume(unknown)
    name, answer = data.draw(st.sampled_from(unknown)), data.draw(answers())
    before, after = assess(checklist, response.answers), assess(checklist, {**response.answers, name: answer})
    for old, new in zip((before.total, *before.sections), (after.total, *after.sections), strict=True):
        wide, narrow = ends(old), ends(new)
        if narrow is not None:
            assert wide is not None
            assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(filled(), st.data())
def test_a_better_outcome_never_lowers_the_score(case: Filled, data: st.DataObject) -> None:
    checklist, response = case
    item = data.draw(st.sampled_from(list(checklist.items)))
    worse, better = sorted(data.draw(st.lists(st.sampled_from(list(WORTH)), min_size=2, max_size=2)), key=WORTH.__getitem__)
    low, high = (ends(assess(checklist, {**response.answers, item.id: Answer(outcome=outcome)}).total) for outcome in (worse, better))
    assert low is not None
    assert high is not None
    assert all(one <= other for one, other in zip(low, high, strict=True))


def completions(checklist: Checklist, response: Response) -> Iterator[Fraction]:
    """The score of every completion of the unknown items, from the definition; nothing of orchkit's arithmetic is used."""
    worth = {"met": 2, "partly_met": 1, "not_met": 0}
    weight = {item.id: getattr(checklist.severity_weights, item.severity.value) for item in checklist.items}
    choices = [
        [] if outcome is Outcome.NOT_APPLICABLE else [(name, half) for half in ([0, 1, 2] if outcome is Outcome.UNKNOWN else [worth[outcome.value]])]
        for name, outcome in counted(checklist, response).items()
    ]
    for complete in product(*(choice for choice in choices if choice)):
        if complete:
            yield Fraction(50 * sum(weight[name] * half for name, half in complete), sum(weight[name] for name, _ in complete))


@settings(max_examples=60)
@given(filled(max_items=2))
def test_the_interval_is_exactly_what_completions_attain(case: Filled) -> None:
    checklist, response = case
    attained = list(completions(checklist, response))
    assert ends(assess(checklist, response.answers).total) == ((min(attained), max(attained)) if attained else None)


# --- what is refused --------------------------------------------------------------------------------------------------

REFUSED: list[tuple[str, dict[str, object], str]] = [
    (
        "an unknown checklist",
        {"checklist": "production-adoptoin"},
        r"checklist: unknown checklist `production-adoptoin`\. Did you mean `production-adoption`\?",
    ),
    ("an unknown version", {"version": "9.9"}, r"version: unknown version `9\.9` of checklist `production-adoption`\. Known versions: 1\.0, .+"),
    (
        "an unknown item",
        {"answers": {"task-tested-by-itslf": {}}},
        r"answers\.task-tested-by-itslf: unknown item `task-tested-by-itslf` in checklist .+ Did you mean `task-tested-by-itself`\?",
    ),
]


@pytest.mark.parametrize(("changed", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(catalogue: Catalogue, changed: dict[str, object], message: str) -> None:
    response = Response.model_validate({"checklist": "production-adoption", "version": "1.0", **changed})
    with pytest.raises(InputError, match=f"^response: {message}$"):
        orchkit.evaluate(catalogue, response)
