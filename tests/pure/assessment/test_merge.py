"""Merging is a join: whoever merges with whom, in whatever order and however often, gets the same, and nothing said last is lost."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given

import orchkit
from orchkit.assessment.join import joined, signature, statements
from orchkit.assessment.merge import Taken, identity, merge
from orchkit.errors import InputError
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import read_decision
from orchkit.model.input.responses import MAX_COPIES, Answer, Outcome, Response
from orchkit.views.state import decision_data
from tests.strategies import CHECKLIST, READ_ON, VERSION, catalogue_of, checklist_of, copied_answers, copies

ITEMS = ["item-1-1", "item-1-2", "item-2-1"]
CATALOGUE = catalogue_of({"ant": {"alpha": 1}, "bee": {"alpha": 2}}, checklist_of([["blocker", "major"], ["minor"]]))


def file(*responses: Response, **more: object) -> DecisionFile:
    return DecisionFile.model_validate({"dataset_version": "2026.11.0", "responses": responses, **more})


def by(evaluator: str, **answers: Answer) -> Response:
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Response(checklist=CHECKLIST, version=VERSION, subject="Ant", evaluator=evaluator, answers=given)


def told(decision: DecisionFile) -> list[str]:
    """What a file says, without the handles."""
    return [json.dumps(one.model_dump(exclude={"id"}), sort_keys=True, default=str) for one in decision.responses]


def together(*files: DecisionFile) -> DecisionFile:
    return merge(CATALOGUE, *files).decision


@given(copied_answers(), copied_answers(), copied_answers())
def test_answers_join(one: Answer, two: Answer, three: Answer) -> None:
    both = joined([one, two], "here")
    assert both == joined([two, one], "here")
    assert joined([both, three], "here") == joined([one, joined([two, three], "here")], "here")
    assert signature(joined([one, one], "here")) == signature(one)
    assert joined([both, both], "here") == both
    assert joined([one, Answer()], "here") == joined([one], "here")


@given(copied_answers(), copied_answers())
def test_what_was_said_last_is_kept_whole(one: Answer, two: Answer) -> None:
    both = joined([one, two], "here")
    newest = [copy for copy in (one, two) if copy.revision == both.revision]
    assert both.revision == max(one.revision, two.revision)
    assert {repr(said) for said in statements(both)} == {repr(said) for copy in newest for said in statements(copy)}


@given(copies(ITEMS), copies(ITEMS), copies(ITEMS))
def test_files_merge_in_any_order_and_grouping(one: DecisionFile, two: DecisionFile, three: DecisionFile) -> None:
    both = together(one, two)
    assert told(both) == told(together(two, one))
    assert told(together(both, three)) == told(together(one, together(two, three))) == told(together(one, two, three))
    assert told(together(one, one)) == told(together(one))
    assert together(both, both) == both == together(both, one) == together(both)


@given(copies(ITEMS), copies(ITEMS))
def test_no_evaluation_is_lost_and_the_first_keeps_its_handles(one: DecisionFile, two: DecisionFile) -> None:
    merged = together(one, two)
    assert {identity(response) for response in merged.responses} == {identity(response) for response in (*one.responses, *two.responses)}
    assert len({response.id for response in merged.responses}) == len(merged.responses)
    handles = {identity(response): response.id for response in merged.responses}
    assert all(handles[identity(response)] == response.id for response in one.responses)
    for response in (*one.responses, *two.responses):
        kept = next(found for found in merged.responses if identity(found) == identity(response))
        assert set(response.answers) <= set(kept.answers)
        assert set(response.retired) <= set(kept.retired)


@given(copies(ITEMS), copies(ITEMS))
def test_a_merged_file_can_be_read(one: DecisionFile, two: DecisionFile) -> None:
    merged = together(one, two)
    again = read_decision(json.loads(json.dumps(decision_data(merged))), "merged", CATALOGUE)
    assert [(one.id, identity(one)) for one in again.responses] == [(one.id, identity(one)) for one in merged.responses]
    assert [orchkit.evaluate(CATALOGUE, one) for one in again.responses] == [orchkit.evaluate(CATALOGUE, one) for one in merged.responses]


SAID = [
    # first, second → what was done, outcome, files
    (None, Answer(outcome=Outcome.MET), Taken.ADDED, Outcome.MET, ("b",)),
    (Answer(outcome=Outcome.MET), None, Taken.KEPT, Outcome.MET, ("a",)),
    (Answer(outcome=Outcome.MET, revision=2), Answer(outcome=Outcome.NOT_MET, revision=1), Taken.KEPT, Outcome.MET, ("a",)),
    (Answer(outcome=Outcome.MET, revision=1), Answer(outcome=Outcome.NOT_MET, revision=2), Taken.NEWER, Outcome.NOT_MET, ("b",)),
    (Answer(outcome=Outcome.MET), Answer(outcome=Outcome.MET, note="seen"), Taken.SIDE_BY_SIDE, Outcome.MET, ("a", "b")),
    (Answer(outcome=Outcome.MET), Answer(outcome=Outcome.NOT_MET), Taken.CONTESTED, Outcome.MET, ("a", "b")),
]


@pytest.mark.parametrize(("first", "second", "taken", "outcome", "files"), SAID, ids=[str(row[2]) + f"-{i}" for i, row in enumerate(SAID)])
def test_the_report_says_what_came_from_where(
    first: Answer | None, second: Answer | None, taken: Taken, outcome: Outcome, files: tuple[str, ...]
) -> None:
    one, two = (by("Ines", **({"item_1_1": answer} if answer else {})) for answer in (first, second))
    merged = merge(CATALOGUE, file(one), file(two), names=["a", "b"])
    (evaluation,) = merged.evaluations
    (item,) = evaluation.items
    assert (evaluation.files, item.item, item.taken, item.outcome, item.files) == (("a", "b"), "item-1-1", taken, outcome, files)
    assert [found.item for found in merged.contested] == (["item-1-1"] if taken is Taken.CONTESTED else [])


def test_a_contested_item_counts_as_unknown_until_somebody_settles_it() -> None:
    one, two = by("Ines", item_1_1=Answer(outcome=Outcome.MET)), by("Ines", item_1_1=Answer(outcome=Outcome.NOT_MET))
    merged = together(file(one), file(two))
    assert orchkit.evaluate(CATALOGUE, merged.responses[0]).contested == ("item-1-1",)
    settled = by("Ines", item_1_1=Answer(outcome=Outcome.MET, revision=1))
    assert orchkit.evaluate(CATALOGUE, together(merged, file(settled)).responses[0]).contested == ()


def test_two_evaluators_stand_side_by_side_with_handles_of_their_own() -> None:
    merged = merge(CATALOGUE, file(by("Omar")), file(by("Ines")))
    assert [(one.evaluator, one.id) for one in merged.decision.responses] == [("Ines", "first-2"), ("Omar", "first")]
    assert not any(one.nameless for one in merged.evaluations)


def test_the_report_says_that_nobody_is_named() -> None:
    assert [one.nameless for one in merge(CATALOGUE, file(by("")), file(by(""))).evaluations] == [True]


def test_all_but_the_evaluations_stays_as_the_first_has_it() -> None:
    merged = merge(CATALOGUE, file(title="Ours", weights={"alpha": 1}), file(title="Theirs", profile="first"), file())
    assert (merged.decision.title, merged.decision.profile, merged.decision.weights) == ("Ours", None, {"alpha": Fraction(1)})
    assert merged.left_out == ("title", "profile")


def test_evaluations_of_one_file_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(InputError, match=r"b: responses\[1\]: `first-2` has the checklist, .* Say in one of them who evaluated"):
        merge(CATALOGUE, file(), file(by("Ines"), by("Ines")), names=["a", "b"])


def test_more_copies_than_an_answer_holds_are_refused() -> None:
    files = [file(by("Ines", item_1_1=Answer(outcome=Outcome.MET, note=str(number)))) for number in range(MAX_COPIES + 2)]
    with pytest.raises(InputError, match=r"first: answers\.item-1-1: copies say 22 different things"):
        merge(CATALOGUE, *files)


def test_more_evaluations_than_a_file_holds_are_refused() -> None:
    files = [file(*(by(f"{part} {number}") for number in range(60))) for part in ("a", "b")]
    with pytest.raises(InputError, match="there would be 120 evaluations"):
        merge(CATALOGUE, *files)


def test_an_unknown_item_is_named_with_its_file() -> None:
    with pytest.raises(InputError, match=r"2: responses\[0\]: answers\.itm: unknown item"):
        merge(CATALOGUE, file(), file(by("Ines", itm=Answer())))


def test_a_dated_state_is_an_evaluation_of_its_own() -> None:
    later = by("Ines").model_copy(update={"date": READ_ON})
    assert len(together(file(by("Ines")), file(later)).responses) == 2
