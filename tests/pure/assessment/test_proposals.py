"""Documented facts propose outcomes; a proposal never takes the place of an answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchkit.assessment import accept_proposal, evaluate, proposals
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import LONGEST_NOTE, Answer, Ground, Outcome, Response, Statement
from tests.recorded import record
from tests.strategies import CHECKLIST, VERSION, catalogue_of, checklist_of, texts

PAGE = {"url": "https://example.org/docs/users", "shows": "section 'Sign-in'", "read_on": "2026-11-20"}
PRINTED = {"source": "printed", "shows": "the table of roles", "read_on": "2026-11-19"}
PACKAGE = {"package": "ant==1.0", "shows": "users.py", "read_on": "2026-11-18"}

DOCUMENTED: list[list[dict[str, Any]]] = [
    [{"trait": "named-users", "present": "met", "absent": "not_met"}],
    [{"trait": "always-on", "absent": "met"}],
    [{"trait": "named-users", "present": "met"}, {"trait": "always-on", "present": "not_met"}],
    [{"trait": "never-heard-of", "present": "met", "absent": "met"}],
    [{"trait": "named-users", "absent": "not_applicable"}],
    [],
]
ITEMS = [f"item-{number}" for number in range(1, len(DOCUMENTED) + 1)]


def catalogue(traits: dict[str, Any]) -> Catalogue:
    """Make a catalogue whose tool `ant` has one deployment, `here`, with these traits."""
    base = checklist_of([["major"] * len(DOCUMENTED)]).model_dump(mode="json")
    for item, name, documented in zip(base["sections"][0]["items"], ITEMS, DOCUMENTED, strict=True):
        item |= {"id": name, "documented": documented}
    data = catalogue_of({"ant": {"alpha": 3}, "bee": {"alpha": 2}}).model_dump(mode="json")
    here = {"name": "Ant here", "operator": "managed", "provider": "Ants", "summary": "It runs.", "kubernetes_required": False, "traits": traits}
    data["tools"]["ant"]["deployments"] = {"here": {**here, "sources": [PAGE]}}
    data["checklists"] = {CHECKLIST: {VERSION: base}}
    data["sources"] = {
        "printed": {"title": "Roles", "publisher": "Ants", "url": "https://example.org/roles", "read_on": "2026-11-19", "sells": "ants"}
    }
    data["advice"]["constraints"]["traits"] = {"named-users": {"asks": "Does every person sign in under a name?"}}
    return Catalogue.model_validate(data)


def response(**answers: Any) -> Response:
    given_ = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Response.model_validate({"checklist": CHECKLIST, "version": VERSION, "tool": "ant", "deployment": "here", "answers": given_})


YES, NO = {"value": True, "sources": [PAGE]}, {"value": False, "sources": [PRINTED]}
NOBODY_KNOWS = {"value": None, "why": "the page does not say"}


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        ({}, {}),
        ({"named-users": YES}, {"item-1": "met", "item-3": "met"}),
        ({"named-users": NO}, {"item-1": "not_met", "item-5": "not_applicable"}),
        ({"named-users": NOBODY_KNOWS}, {}),
        ({"always-on": NO}, {"item-2": "met"}),
        ({"always-on": YES}, {"item-3": "not_met"}),
        ({"named-users": YES, "always-on": YES}, {"item-1": "met"}),
    ],
    ids=["no traits", "present", "absent", "unknown", "absent alone says it", "one of two", "two that contradict each other propose nothing"],
)
def test_what_is_proposed(traits: dict[str, Any], expected: dict[str, str]) -> None:
    assert {one.item: one.outcome for one in proposals(catalogue(traits), response())} == expected


def test_an_accepted_proposal_says_that_it_is_documented_and_where() -> None:
    found = catalogue({"named-users": {**NO, "why": "One password for all."}})
    before = response(item_1={"note": "ask Ben", "owner": "Ben", "due_on": "2026-12-01", "revision": 3, "others": [{"note": "ask Ann"}]})
    answer = accept_proposal(found, before, "item-1").answers["item-1"]
    assert answer.note == (
        "ask Ben\nDocumented: Ant here. Does every person sign in under a name? No. One password for all. "
        "Roles: the table of roles (read on 2026-11-19)."
    )
    assert (answer.outcome, answer.ground, answer.evidence) == (Outcome.NOT_MET, Ground.DOCUMENTED, "https://example.org/roles")
    assert (answer.owner, str(answer.due_on), answer.revision, answer.others) == ("Ben", "2026-12-01", 4, ())


def test_an_accepted_not_applicable_counts_because_the_fact_is_its_reason() -> None:
    found = catalogue({"named-users": {"value": False, "sources": [PACKAGE]}})
    after = accept_proposal(found, response(), "item-5")
    assert after.answers["item-5"].evidence is None
    assert "the package ant==1.0: users.py (read on 2026-11-18)" in after.answers["item-5"].note
    assert evaluate(found, after).reasons_missing == ()


statements = st.fixed_dictionaries({"outcome": st.sampled_from(Outcome), "note": texts()})
answers = st.builds(
    Answer,
    outcome=st.sampled_from(Outcome),
    note=texts(),
    to_confirm=st.none() | st.just("it changed"),
    others=st.lists(st.builds(Statement, outcome=st.sampled_from(Outcome)), max_size=2).map(tuple),
    revision=st.integers(0, 9),
)


@given(st.dictionaries(st.sampled_from(ITEMS), answers), st.sampled_from(ITEMS))
def test_a_proposal_never_overrides_an_answer(given_: dict[str, Answer], item: str) -> None:
    found = catalogue({"named-users": NO, "always-on": NO})
    before = response().model_copy(update={"answers": given_})
    offered = {one.item for one in proposals(found, before)}
    for name, answer in given_.items():
        if answer.outcome is not Outcome.UNKNOWN or answer.to_confirm or any(one.outcome is not Outcome.UNKNOWN for one in answer.others):
            assert name not in offered
    if item not in offered:
        with pytest.raises(InputError, match=f"nothing is proposed for `{item}`"):
            accept_proposal(found, before, item)
        return
    after = accept_proposal(found, before, item)
    assert {name: answer for name, answer in after.answers.items() if name != item} == {
        name: answer for name, answer in given_.items() if name != item
    }
    assert item not in {one.item for one in proposals(found, after)}
    assert after.answers[item].revision == given_.get(item, Answer()).revision + 1
    assert Response.model_validate(after.model_dump(mode="json")) == after


def test_somebody_who_measured_has_begun_to_answer() -> None:
    found = catalogue({"named-users": YES})
    assert "item-1" not in {one.item for one in proposals(found, response(item_1={"measurements": {"hours": 3}}))}


@pytest.mark.parametrize("about", [{"tool": None, "deployment": None}, {"deployment": None}, {"deployment": "there"}, {"tool": "bee"}])
def test_without_a_known_deployment_nothing_is_proposed(about: dict[str, Any]) -> None:
    assert proposals(catalogue({"named-users": YES}), response().model_copy(update=about)) == ()


def test_a_note_that_has_no_room_is_kept() -> None:
    with pytest.raises(InputError, match="has no room for what is proposed"):
        accept_proposal(catalogue({"named-users": YES}), response(item_1={"note": "x" * LONGEST_NOTE}), "item-1")


def test_an_unknown_version_is_said() -> None:
    with pytest.raises(InputError, match=f"unknown version `9.9` of checklist `{CHECKLIST}`"):
        proposals(catalogue({"named-users": YES}), response().model_copy(update={"version": "9.9"}))


CASES = {
    "resume": {
        "name": "Resume",
        "holds": "It goes on",
        "why": "Nights.",
        "group": "failure",
        "numbers": {"steps-repeated": "steps", "resume-start": "start", "resume-run": "run"},
        "answers": {"item-1": {"leaves_open": "Your own code."}},
    },
    "first-run": {
        "name": "First run",
        "holds": "It runs",
        "why": "Trials.",
        "group": "start",
        "numbers": {"cold-run": "cold", "warm-run": "warm"},
        "answers": {"item-2": {"leaves_open": "Your laptops.", "at_most": {"cold-run": 60}}},
    },
    "retry": {"name": "Retry", "holds": "h", "why": "w", "group": "failure", "answers": {"item-3": {"leaves_open": "o"}}},
    "offline": {"name": "Offline", "holds": "h", "why": "w", "group": "isolation", "answers": {"item-4": {"leaves_open": "o"}}},
}


def with_lab(modes: list[str], *, checklist: str = "proof-of-concept") -> tuple[Catalogue, Response]:
    """Let the lab have run `ant` in some of the modes of a made-up record; the response names no deployment."""
    data = catalogue({}).model_dump(mode="json")
    data["checklists"] = {checklist: data["checklists"][CHECKLIST]}
    run = record()
    run["modes"] = {name: run["modes"][name] for name in modes}
    data |= {"lab_cases": {"cases": CASES}, "lab": {"ant": {"name": "2026-11-20", "record": run}}}
    return Catalogue.model_validate(data), Response.model_validate({"checklist": checklist, "version": VERSION, "tool": "ant", "answers": {}})


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        (["script"], {"item-1": "partly_met", "item-2": "partly_met"}),
        (["server"], {"item-1": "not_met", "item-2": "not_met", "item-3": "not_met"}),
        (["script", "server"], {"item-1": "partly_met", "item-2": "partly_met", "item-3": "not_met"}),
    ],
    ids=["held", "failed, too slow, unsupported", "held in one mode of two"],
)
def test_what_the_lab_proposes(modes: list[str], expected: dict[str, str]) -> None:
    found = proposals(*with_lab(modes))
    assert {one.item: one.outcome for one in found} == expected
    assert {one.ground for one in found} == {Ground.LAB}


def test_the_lab_proposes_for_the_proof_of_concept_alone() -> None:
    assert proposals(*with_lab(["script"], checklist="another")) == ()


def test_an_accepted_proposal_of_the_lab_says_what_was_seen_and_what_is_open() -> None:
    found, before = with_lab(["script", "server"])
    answer = accept_proposal(found, before, "item-2").answers["item-2"]
    assert (answer.outcome, answer.ground, answer.evidence) == (Outcome.PARTLY_MET, Ground.LAB, None)
    assert answer.note == (
        "The handbook's lab: It runs: a script: it held; with a server: cold-run is 75, and at most 60 is wanted. "
        "What that leaves open: Your laptops. "
        "the lab's record ant/2026-11-20, first-run in script: First run (read on 2026-11-20); "
        "the lab's record ant/2026-11-20, first-run in server: First run (read on 2026-11-20)."
    )
