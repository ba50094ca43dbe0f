"""An upgrade drops no answer, leaves what is newest alone, and leaves the old evaluation as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.assessment.join import statements
from orchkit.assessment.merge import merge
from orchkit.assessment.upgrade import Change, upgrade, upgraded_decision
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Answer, Outcome, Response
from tests.strategies import CHECKLIST, READ_ON, catalogue_of, copied_answers, item_data

Spec = dict[str, dict[str, Any]]
"""Items by id, each with what it says of the version before."""


def version_of(items: Spec, before: str | None, **retired: str) -> Checklist:
    return Checklist.model_validate(
        {
            "title": "Generated",
            "released_on": READ_ON,
            "purpose": "Decides nothing.",
            "subject": "Nothing.",
            "severity_weights": {"blocker": 5, "major": 3, "minor": 1},
            "sections": [{"id": "section", "title": "Section", "items": [{**item_data(name), **more} for name, more in items.items()]}],
            "upgrades_from": before,
            "retired": retired,
        }
    )


def catalogue_with(**versions: Checklist) -> Catalogue:
    made = catalogue_of({"ant": {"alpha": 1}, "bee": {"alpha": 2}})
    return made.model_copy(update={"checklists": {CHECKLIST: {name.removeprefix("v").replace("_", "."): one for name, one in versions.items()}}})


FIRST: Spec = {name: {} for name in ("same", "changed", "named", "left", "right", "whole", "gone")}
SECOND: Spec = {
    "same": {},
    "changed": {"changed": "It asks for two minutes now."},
    "renamed": {"was": ["named"]},
    "both": {"was": ["left", "right"]},
    "part-one": {"was": ["whole"]},
    "part-two": {"was": ["whole"]},
    "added": {},
}
THIRD: Spec = {"same": {"changed": "It asks for a log."}, "final": {"was": ["renamed"]}, "both": {}, "part-one": {}, "part-two": {}, "added": {}}

ONE = version_of(FIRST, None)
TWO = version_of(SECOND, "1.0", gone="Nobody could check it.")
THREE = version_of(THIRD, "2.0", changed="It is measured now.")
CATALOGUE = catalogue_with(v1_0=ONE, v2_0=TWO, v3_0=THREE)

MET, NOT_MET, PARTLY = (Answer(outcome=outcome, note="seen") for outcome in (Outcome.MET, Outcome.NOT_MET, Outcome.PARTLY_MET))


def answered(**answers: Answer) -> Response:
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Response(checklist=CHECKLIST, version="1.0", subject="Ant", evaluator="Ines", answers=given)


def to_two(**answers: Answer) -> tuple[Response, dict[str, tuple[Change, Outcome | None, bool]]]:
    made = upgrade(CATALOGUE, answered(**answers), "2.0")
    return made.response, {item.item: (item.change, item.outcome, item.to_confirm) for item in made.items}


def test_every_item_says_what_became_of_it() -> None:
    response, report = to_two(same=MET, changed=MET, named=PARTLY, left=MET, right=MET, whole=MET, gone=NOT_MET)
    assert report == {
        "same": (Change.KEPT, Outcome.MET, False),
        "changed": (Change.CHANGED, Outcome.MET, True),
        "renamed": (Change.MOVED, Outcome.PARTLY_MET, False),
        "both": (Change.MOVED, Outcome.MET, False),
        "part-one": (Change.MOVED, Outcome.MET, False),
        "part-two": (Change.MOVED, Outcome.MET, False),
        "added": (Change.NEW, None, False),
        "gone": (Change.RETIRED, Outcome.NOT_MET, False),
    }
    assert (response.version, response.id, response.evaluator) == ("2.0", "first-2-0", "Ines")
    assert response.answers["changed"].to_confirm == "It asks for two minutes now."
    assert response.answers["same"] == MET
    assert response.retired == {"gone": NOT_MET}
    assert orchkit.evaluate(CATALOGUE, response).to_confirm == ("changed",)


def test_answers_that_come_together_and_differ_wait_to_be_confirmed() -> None:
    response, report = to_two(left=MET, right=NOT_MET)
    assert report["both"][2]
    assert response.answers["both"].to_confirm == "It was put together from items with different answers: `left` (met), `right` (not met)."
    assert {one.outcome for one in statements(response.answers["both"])} == {Outcome.MET, Outcome.NOT_MET}


def test_one_answer_of_two_that_come_together_does_not_answer_both() -> None:
    response, _ = to_two(left=MET)
    assert response.answers["both"].to_confirm == "It was put together from items with different answers: `left` (met), `right` (unknown)."


def test_an_answer_short_of_met_may_hold_for_one_part_of_what_was_split() -> None:
    response, report = to_two(whole=NOT_MET)
    assert report["part-one"] == report["part-two"] == (Change.MOVED, Outcome.NOT_MET, True)
    assert "was split into `part-one` and `part-two`" in (response.answers["part-two"].to_confirm or "")


def test_what_is_unknown_needs_no_confirmation() -> None:
    _, report = to_two(changed=Answer(note="nobody has looked"))
    assert report["changed"] == (Change.CHANGED, Outcome.UNKNOWN, False)


def test_over_two_versions_the_report_is_one() -> None:
    made = upgrade(CATALOGUE, answered(same=MET, changed=MET, named=MET, gone=MET))
    report = {item.item: (item.change, item.was, item.why) for item in made.items}
    assert (made.from_version, made.to_version, made.response.version) == ("1.0", "3.0", "3.0")
    assert report["same"] == (Change.CHANGED, (), "It asks for a log.")
    assert report["final"] == (Change.MOVED, ("named",), None)
    assert report["changed"] == (Change.RETIRED, (), "It is measured now.")
    assert report["gone"] == (Change.RETIRED, (), "Nobody could check it.")
    assert report["added"] == (Change.NEW, (), None)
    assert set(made.response.retired) == {"changed", "gone"}


def test_what_is_newest_stays_itself() -> None:
    newest = answered().model_copy(update={"version": "3.0", "answers": {"same": MET}})
    made = upgrade(CATALOGUE, newest)
    assert made.response is newest
    assert made.items == ()


@given(st.dictionaries(st.sampled_from(list(FIRST)), copied_answers()), st.sampled_from(["2.0", "3.0"]))
def test_no_answer_is_dropped_and_the_old_result_stays(answers: dict[str, Answer], target: str) -> None:
    response = Response(checklist=CHECKLIST, version="1.0", answers=answers)
    before, kept = orchkit.evaluate(CATALOGUE, response), response.model_dump_json()
    decision, _ = upgraded_decision(CATALOGUE, DecisionFile(dataset_version="2026.11.0", responses=(response,)), target)
    old, new = decision.responses
    assert (old.model_dump_json(), orchkit.evaluate(CATALOGUE, old)) == (kept, before)
    carried = [said for answer in (*new.answers.values(), *new.retired.values()) for said in statements(answer)]
    bare = {repr(said.model_copy(update={"to_confirm": None})) for said in carried}
    assert {repr(said.model_copy(update={"to_confirm": None})) for answer in answers.values() for said in statements(answer)} <= bare
    assert orchkit.evaluate(CATALOGUE, new).version == target


@given(st.dictionaries(st.sampled_from(list(FIRST)), copied_answers()))
def test_two_steps_are_one(answers: dict[str, Answer]) -> None:
    response = Response(checklist=CHECKLIST, version="1.0", answers=answers)
    there = upgrade(CATALOGUE, upgrade(CATALOGUE, response, "2.0").response, "3.0").response
    assert there.model_copy(update={"id": "x"}) == upgrade(CATALOGUE, response, "3.0").response.model_copy(update={"id": "x"})


def test_an_upgrade_a_second_time_loses_nothing_answered_since() -> None:
    file = DecisionFile(dataset_version="2026.11.0", responses=(answered(same=MET),))
    once, _ = upgraded_decision(CATALOGUE, file, "2.0")
    old, new = once.responses
    new = new.model_copy(update={"answers": {**new.answers, "added": NOT_MET.model_copy(update={"revision": 1})}})
    old = old.model_copy(update={"answers": {"same": PARTLY.model_copy(update={"revision": 1})}})
    again, _ = upgraded_decision(CATALOGUE, once.model_copy(update={"responses": (old, new)}), "2.0")
    assert [one.id for one in again.responses] == ["first", "first-2-0"]
    assert {name: answer.outcome for name, answer in again.responses[1].answers.items()} == {"same": Outcome.PARTLY_MET, "added": Outcome.NOT_MET}


def test_copies_that_are_upgraded_apart_merge_again() -> None:
    one, two = (DecisionFile(dataset_version="2026.11.0", responses=(upgrade(CATALOGUE, answered(changed=MET)).response,)) for _ in range(2))
    assert merge(CATALOGUE, one, two).contested == ()


@pytest.mark.parametrize(
    ("version", "target", "message"),
    [
        ("2.0", "1.0", r"1\.0 is older than 2\.0, which this evaluation answers; answers are carried to newer versions only\. Score it as it is"),
        ("1.0", "4.0", r"unknown version `4\.0` of checklist `generated`\. Did you mean"),
    ],
)
def test_what_cannot_be_done_is_said(version: str, target: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        upgrade(CATALOGUE, answered().model_copy(update={"version": version}), target)


def test_versions_without_a_way_between_them() -> None:
    apart = catalogue_with(v1_0=ONE, v2_0=version_of(SECOND, None))
    with pytest.raises(InputError, match=r"no upgrade leads from version 1\.0 of checklist `generated` to 2\.0"):
        upgrade(apart, answered())


def test_a_file_in_which_nothing_has_that_version() -> None:
    with pytest.raises(InputError, match=r"no checklist that is filled in here has a version `9\.0`"):
        upgraded_decision(CATALOGUE, DecisionFile(dataset_version="2026.11.0", responses=(answered(),)), "9.0")
