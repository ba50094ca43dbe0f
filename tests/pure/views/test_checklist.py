"""The checklist page: filled in field by field, nothing lost, nothing executed, taken away and brought back."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.errors import InputError
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import parse_json, read_decision
from orchkit.model.input.responses import Answer, Outcome, Response
from orchkit.views import VIEWS
from orchkit.views.evaluations import response_of
from orchkit.views.place import Place
from orchkit.views.state import PageState, initial
from orchkit.views.view import Change
from tests.pure.views.rendered import Page
from tests.strategies import states, texts

CATALOGUE = orchkit.load()
VIEW = VIEWS["checklist"]
OPTIONS = {"checklist": "production-adoption"}
VERSION = CATALOGUE.latest_version("production-adoption")
DRAWN = 25
"""A whole page takes long to draw: fewer examples."""
FIELD = "first.answer.task-tested-by-itself."


def changed(state: PageState, *changes: tuple[str, str]) -> PageState:
    return VIEW.change(CATALOGUE, state, OPTIONS, [Change(name=name, value=value) for name, value in changes])


def drawn(state: PageState) -> Page:
    return Page(str(VIEW.draw(CATALOGUE, state, Place(), OPTIONS, VIEW.complaints(CATALOGUE, state, OPTIONS))))


def filled(*changes: tuple[str, str]) -> PageState:
    return changed(initial(CATALOGUE), *changes)


def response(state: PageState) -> Response:
    return response_of(CATALOGUE, state, OPTIONS)


# --- filling in -------------------------------------------------------------------------------------------------------


def test_an_untouched_page_names_the_newest_version_and_has_no_answers() -> None:
    assert response(initial(CATALOGUE)) == Response(checklist="production-adoption", version=VERSION)
    assert "Nothing is answered yet." in drawn(initial(CATALOGUE)).text


def test_what_is_filled_in_is_in_the_response_and_on_the_page() -> None:
    state = filled(
        ("first.header.subject", "Our Airflow"),
        ("first.header.evaluator", "R. Ada"),
        ("first.header.date", "2026-11-21"),
        (f"{FIELD}outcome", "partly_met"),
        (f"{FIELD}note", "passes in 40 s"),
        (f"{FIELD}evidence", " https://ci.example.org/7 "),
    )
    found = response(state)
    assert (found.subject, found.evaluator, str(found.date)) == ("Our Airflow", "R. Ada", "2026-11-21")
    answer = found.answers["task-tested-by-itself"]
    assert (answer.outcome, answer.note, answer.evidence) == (Outcome.PARTLY_MET, "passes in 40 s", "https://ci.example.org/7")
    values = drawn(state).values()
    assert values["first.header.subject"] == "Our Airflow"
    assert values["first.header.date"] == "2026-11-21"
    assert values[f"{FIELD}outcome"] == "partly_met"
    assert values[f"{FIELD}note"] == "passes in 40 s"
    assert values[f"{FIELD}evidence"] == "https://ci.example.org/7"


def test_a_field_that_is_emptied_is_empty() -> None:
    state = changed(
        filled((f"{FIELD}evidence", "https://ci.example.org/7"), ("first.header.date", "2026-11-21")),
        (f"{FIELD}evidence", " "),
        ("first.header.date", ""),
    )
    assert response(state).date is None
    assert response(state).answers["task-tested-by-itself"] == Answer(revision=2), "a copy elsewhere must learn that it was emptied"


def test_answers_stand_in_the_order_of_the_checklist_however_they_came() -> None:
    names = [item.id for item in CATALOGUE.checklists["production-adoption"][VERSION].items][:3]
    state = filled(*((f"first.answer.{name}.outcome", "met") for name in reversed(names)))
    assert list(response(state).answers) == names


def test_not_applicable_asks_for_its_reason() -> None:
    state = filled((f"{FIELD}outcome", "not_applicable"))
    assert "Not applicable counts once the note says why." in drawn(state).text
    assert "Not applicable counts once the note says why." not in drawn(changed(state, (f"{FIELD}note", "we have no tests"))).text


def test_findings_are_on_the_page_with_what_to_do() -> None:
    page = drawn(filled((f"{FIELD}outcome", "not_met"), (f"{FIELD}note", "needs a scheduler")))
    item = next(item for item in CATALOGUE.checklists["production-adoption"][VERSION].items if item.id == "task-tested-by-itself")
    assert any(attributes.get("href") == "#task-tested-by-itself" for tag, attributes in page.elements if tag == "a")
    assert page.text.count(item.remedy.replace("`", "")) == 2
    assert "needs a scheduler" in page.texts


def test_all_met_leaves_no_findings() -> None:
    names = [item.id for item in CATALOGUE.checklists["production-adoption"][VERSION].items]
    state = filled(*((f"first.answer.{name}.outcome", "met") for name in names))
    assert "Every item that applies is met." in drawn(state).text
    assert VIEW.announce(CATALOGUE, state, OPTIONS) == f"{len(names)} of {len(names)} answered, score 100 %, blockers: 0."


WRONG: list[tuple[str, str, str, str]] = [
    ("a day of another form", "first.header.date", "21.11.2026", "Date: `21.11.2026` is not a day. Write it as 2026-11-21."),
    ("a day that does not exist", "first.header.date", "2026-02-30", "Date: `2026-02-30` is not a day."),
    ("a subject as long as a page", "first.header.subject", "x" * 201, "is longer than 200 characters. Shorten it."),
    ("evidence that is no address", f"{FIELD}evidence", "see ticket 7", "Evidence: is not a web address. Write it with http:// or https://"),
    ("evidence that runs a script", f"{FIELD}evidence", "javascript:alert(1)", "Evidence: is not a web address."),
    ("evidence that breaks out", f"{FIELD}evidence", 'https://x"><script>alert(1)</script>', "Evidence: is not a web address."),
    ("a note that is a book", f"{FIELD}note", "x" * 10_001, "is longer than 10000 characters. Shorten it."),
]


@pytest.mark.parametrize(("field", "text", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_text_that_cannot_be_taken_over_is_kept_shown_and_explained(field: str, text: str, message: str) -> None:
    before = filled((f"{FIELD}outcome", "met"))
    after = changed(before, (field, text))
    assert after.decision == before.decision
    page = drawn(after)
    page.check_that_only_the_templates_speak()
    assert page.values()[field] == text
    assert message in page.text
    mended = changed(after, (field, ""))
    assert mended.rejected == {}
    assert message not in drawn(mended).text


REFUSED_NAMES = [
    "first.answer.no-such-item.outcome",
    "first.answer.task-tested-by-itself.score",
    "first.answer.task-tested-by-itself.measurement",
    "first.answer.task-tested-by-itself.measurement.Not an id",
    "first.answer.",
    "first.header.score",
    "first.header.",
    "First.header.subject",
    ".header.subject",
    "look.weather",
]


@pytest.mark.parametrize("name", REFUSED_NAMES)
def test_a_field_of_no_item_changes_no_answer(name: str) -> None:
    after = changed(initial(CATALOGUE), (name, "met"))
    assert after.decision == initial(CATALOGUE).decision
    drawn(after).check_that_only_the_templates_speak()


def test_an_outcome_of_no_kind_changes_no_answer() -> None:
    assert changed(initial(CATALOGUE), (f"{FIELD}outcome", "yes")).decision == initial(CATALOGUE).decision


def test_a_change_that_the_page_does_not_know_is_refused() -> None:
    with pytest.raises(InputError, match="is no field of this page"):
        changed(initial(CATALOGUE), ("weight.community", "1"))


# --- starting again ---------------------------------------------------------------------------------------------------

OTHERS = {"title": "Ours", "weights": {"community": Fraction(1)}}


def test_clearing_asks_first_and_may_be_taken_back() -> None:
    state = filled((f"{FIELD}outcome", "met"))
    assert "Clear 1 answers and their notes?" not in drawn(state).text
    asked = changed(state, ("ask", "clear"))
    assert "Clear 1 answers and their notes?" in drawn(asked).text
    assert asked.decision == state.decision
    assert changed(asked, ("ask", "")).decision == state.decision


def test_clearing_takes_the_answers_and_what_was_rejected_and_nothing_else() -> None:
    state = filled((f"{FIELD}outcome", "met"), ("first.header.date", "yesterday"))
    state = state.model_copy(
        update={"decision": state.decision.model_copy(update=OTHERS), "rejected": {**state.rejected, "scores:weight.community": "x"}}
    )
    cleared = changed(state, ("ask", "clear"), ("first.action.clear", ""))
    assert [one.answers for one in cleared.decision.responses] == [{}]
    assert (cleared.decision.title, cleared.decision.weights) == ("Ours", {"community": Fraction(1)})
    assert cleared.rejected == {"scores:weight.community": "x"}
    assert cleared.asking is None


def test_answers_to_another_checklist_stay() -> None:
    both = dict.fromkeys(("production-adoption", "exit-readiness"), CATALOGUE.checklists["production-adoption"])
    catalogue = CATALOGUE.model_copy(update={"checklists": both})
    state = initial(catalogue)
    for name in both:
        state = VIEW.change(
            catalogue, state, {"checklist": name}, [Change(name=f"{FIELD}outcome", value="met"), Change(name="first.header.date", value="x")]
        )
    assert [one.checklist for one in state.decision.responses] == ["production-adoption", "exit-readiness"]
    assert len(state.rejected) == 2
    cleared = VIEW.change(catalogue, state, {"checklist": "exit-readiness"}, [Change(name="first.action.clear", value="")])
    assert [(one.checklist, len(one.answers)) for one in cleared.decision.responses] == [("production-adoption", 1), ("exit-readiness", 0)]
    assert list(cleared.rejected) == ["checklist/production-adoption:first.header.date"]


def test_any_answer_withdraws_the_question() -> None:
    asked = filled(("ask", "clear"))
    assert changed(asked, (f"{FIELD}outcome", "met")).asking is None


# --- anybody's text ---------------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN)
@given(texts(200))
def test_a_note_is_shown_as_it_was_written(note: str) -> None:
    page = drawn(filled((f"{FIELD}outcome", "not_met"), (f"{FIELD}note", note)))
    assert page.values()[f"{FIELD}note"] == note
    page.check_that_only_the_templates_speak()


@settings(max_examples=DRAWN)
@given(states(CATALOGUE))
def test_any_state_is_drawn_whole(state: PageState) -> None:
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


# --- taking away and bringing back ------------------------------------------------------------------------------------


@settings(max_examples=DRAWN)
@given(states(CATALOGUE))
def test_an_exported_decision_file_comes_back_without_loss(state: PageState) -> None:
    download = VIEW.exports["decision"](CATALOGUE, state, OPTIONS)
    again = read_decision(parse_json(download.text, "the file"), "the file", CATALOGUE)
    kept = state.decision.responses
    assert again.responses[: len(kept)] == kept
    assert again.responses[len(kept) :] in ((), (Response(checklist="production-adoption", version=VERSION),))
    written = {"result": None, "orchkit_version": None, "responses": kept, "dataset_version": CATALOGUE.dataset.version}
    assert again.model_copy(update=written) == state.decision.model_copy(update=written)
    assert VIEW.exports["decision"](CATALOGUE, PageState(decision=again), OPTIONS).text == download.text


def test_an_exported_file_says_what_it_is_and_what_it_came_to() -> None:
    download = VIEW.exports["decision"](CATALOGUE, filled((f"{FIELD}outcome", "not_met")), OPTIONS)
    assert (download.filename, download.media_type) == ("production-adoption.orchkit.json", "application/json")
    data = json.loads(download.text)
    assert list(data)[:2] == ["format", "schema_version"]
    assert data["result"]["assessments"][0]["total"]["answered"] == 1
    assert data["result"]["assessments"][0]["findings"][-1]["outcome"] == "unknown"


@settings(max_examples=DRAWN)
@given(st.lists(texts(), min_size=1, max_size=3))
def test_hostile_text_in_an_export_is_data(notes: list[str]) -> None:
    names = [item.id for item in CATALOGUE.checklists["production-adoption"][VERSION].items]
    state = filled(*((f"first.answer.{name}.note", note) for name, note in zip(names, notes, strict=False)))
    data = json.loads(VIEW.exports["decision"](CATALOGUE, state, OPTIONS).text)
    assert DecisionFile.model_validate({**data, "result": None}).responses == state.decision.responses
