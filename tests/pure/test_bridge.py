"""The bridge answers everything: whatever a page, a link, a file or a broken browser sends."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.bridge import HANDLERS, catalogue, handle
from orchkit.model.input.reading import MAX_BYTES, MAX_DEPTH, parse_json
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.state import PageState, from_json, initial, to_json
from tests.pure.views.rendered import Page
from tests.strategies import json_values, states, texts

CATALOGUE = catalogue()
VERSION = CATALOGUE.dataset.version
CHECKLIST: dict[str, Any] = {"view": "checklist", "options": {"checklist": "production-adoption"}}
SCORES: dict[str, Any] = {"view": "scores"}
DECIDE: dict[str, Any] = {"view": "decide"}
STATE = to_json(initial(CATALOGUE))


def ask(do: str, **request: Any) -> dict[str, Any]:
    reply = json.loads(handle(json.dumps({"do": do, **request})))
    assert isinstance(reply, dict)
    return reply


def check_answer(text: str) -> dict[str, Any]:
    """Every answer is JSON and is either whole or says what is wrong."""
    reply = json.loads(text, parse_constant=pytest.fail)
    if not reply["ok"]:
        assert reply.keys() == {"ok", "problems"}
        assert reply["problems"]
    assert all(isinstance(problem, str) and problem for problem in reply.get("problems", []))
    return reply  # type: ignore[no-any-return]


# --- requests as the page sends them ----------------------------------------------------------------------------------


def test_hello_says_who_answers() -> None:
    assert ask("hello") == {"ok": True, "orchkit": orchkit.__version__, "dataset": VERSION, "views": list(VIEWS)}


@pytest.mark.parametrize("page", [SCORES, CHECKLIST, DECIDE], ids=["scores", "checklist", "decide"])
def test_a_page_opens_with_nothing_saved(page: dict[str, Any]) -> None:
    reply = ask("open", **page)
    assert reply["ok"]
    assert (reply["damaged"], reply["problems"], reply["state"]) == (False, [], STATE)
    Page(reply["html"]).check_that_only_the_templates_speak()


def test_only_a_linked_page_has_a_fragment() -> None:
    assert ask("open", **SCORES)["fragment"] == f"release={VERSION}&profile=startup"
    assert ask("open", **CHECKLIST)["fragment"] is None


def test_a_link_is_followed_on_top_of_what_was_saved() -> None:
    saved = ask("change", **SCORES, state=STATE, changes=[{"name": "weight.community", "value": "77"}])["state"]
    saved = ask("change", **CHECKLIST, state=saved, changes=[{"name": "first.header.subject", "value": "Ours"}])["state"]
    reply = ask("open", **SCORES, saved=saved, fragment="profile=growth")
    decision = json.loads(reply["state"])["decision"]
    assert (decision["profile"], decision["responses"][0]["subject"]) == ("growth", "Ours")
    assert "weights" not in decision


def test_a_link_that_cannot_be_used_is_said_and_what_was_saved_is_shown() -> None:
    saved = ask("change", **SCORES, state=STATE, changes=[{"name": "weight.community", "value": "77"}])["state"]
    reply = ask("open", **SCORES, saved=saved, fragment="%%%garbage<script>")
    assert (reply["ok"], reply["damaged"], reply["state"]) == (True, False, saved)
    assert len(reply["problems"]) == 1


def test_a_damaged_store_is_said_and_the_page_opens_fresh() -> None:
    for saved in ("{", "null", "[1]", '{"decision": 1}', STATE[:-4], '{"decision": {"dataset_version": "x"}}'):
        reply = ask("open", **SCORES, saved=saved)
        assert (reply["ok"], reply["damaged"], reply["state"]) == (True, True, STATE)
        assert reply["problems"][0].startswith("what this browser had saved")


NEWER = {
    "a later format": {"schema_version": 2, "brand_new": True},
    "a later format of a response": {"dataset_version": VERSION, "responses": [{"schema_version": 2, "brand_new": True}]},
    "a name of a later dataset": {"dataset_version": "2999.1.0", "shortlist": ["brand-new"]},
}


@pytest.mark.parametrize("decision", NEWER.values(), ids=list(NEWER))
def test_what_a_newer_release_saved_is_not_damaged(decision: dict[str, Any]) -> None:
    reply = ask("open", **SCORES, saved=json.dumps({"decision": decision}))
    assert (reply["ok"], reply["newer"], reply["damaged"], reply["problems"], reply["state"]) == (True, True, False, [], STATE)


@pytest.mark.parametrize("decision", [{"dataset_version": VERSION, "shortlist": ["brand-new"]}, {"dataset_version": "x.y", "schema_version": "2"}])
def test_what_this_release_could_have_saved_and_cannot_read_is_damaged(decision: dict[str, Any]) -> None:
    reply = ask("open", **SCORES, saved=json.dumps({"decision": decision}))
    assert (reply["ok"], reply["newer"], reply["damaged"]) == (True, False, True)


def test_a_state_names_its_format() -> None:
    assert json.loads(STATE)["decision"]["schema_version"] == 1


def test_a_change_that_a_page_no_longer_knows_costs_only_itself() -> None:
    reply = ask("open", **SCORES, changes=[{"name": "gone.field", "value": "1"}, {"name": "profile", "value": "enterprise"}])
    assert json.loads(reply["state"])["decision"]["profile"] == "enterprise"
    assert reply["problems"] == ["gone.field: is no field of this page. Reload the page."]


def test_what_was_done_while_the_page_was_starting_is_applied() -> None:
    reply = ask("open", **SCORES, changes=[{"name": "profile", "value": "enterprise"}])
    assert json.loads(reply["state"])["decision"]["profile"] == "enterprise"


def test_text_that_is_rejected_survives_saving_and_opening() -> None:
    saved = ask("change", **SCORES, state=STATE, changes=[{"name": "weight.community", "value": "<b>much</b>"}])["state"]
    again = ask("open", **SCORES, saved=saved)
    assert again["state"] == saved
    page = Page(again["html"])
    page.check_that_only_the_templates_speak()
    assert "`<b>much</b>` is not a plain, finite number" in page.text


def test_what_takes_long_is_shown_bit_by_bit_and_ends_as_the_whole_page() -> None:
    """A shortlist that no other test ranks: its shares have not been counted yet."""
    state = kept(profile="growth", shortlist=["zenml", "prefect", "airflow", "dagster"])
    reply = ask("open", **SCORES, saved=state)
    assert '<section class="ok-firmness" id="firmness" aria-busy="true"></section>' in reply["html"], "the ranking does not wait for it"
    reply = ask("continue", **SCORES, state=reply["state"])
    assert reply["more"]
    said = []
    while reply["more"]:
        assert 'aria-busy="true"' in reply["html"]
        said.append(Page(reply["html"]).text.partition(" weightings so far")[0].rpartition("\n")[2])
        before, reply = reply["state"], ask("continue", **SCORES, state=reply["state"])
        assert reply["state"] == before
    assert said == [f"{number:,} of 10,000" for number in range(500, 10_000, 500)]
    view = VIEWS["scores"]
    assert reply["html"] == str(view.draw(CATALOGUE, from_json(before, "the state", CATALOGUE), Place(), {}, {}))
    changed = ask("change", **SCORES, state=before, changes=[{"name": "weight.community", "value": "77"}])
    assert changed["more"]
    assert not ask("continue", **SCORES, state=changed["state"])["more"], "weights play no part in the shares"


def test_a_page_without_long_work_has_nothing_to_continue() -> None:
    reply = ask("open", **CHECKLIST)
    assert reply["more"] is False
    assert ask("continue", **CHECKLIST, state=reply["state"])["html"] == reply["html"]


def test_an_export_is_a_file() -> None:
    reply = ask("export", **SCORES, state=STATE, **{"as": "csv"})
    assert reply["download"].keys() == {"filename", "media_type", "text"}


def test_a_document_says_where_its_page_stands() -> None:
    place = {"base": "/here/", "origin": "https://handbook.example"}
    text = ask("export", **DECIDE, state=STATE, place=place, **{"as": "markdown"})["download"]["text"]
    assert f"<https://handbook.example/here/decide/#release={VERSION}&profile=startup>" in text
    nowhere = ask("export", **DECIDE, state=STATE, place={**place, "origin": "null"}, **{"as": "markdown"})["download"]["text"]
    assert f"`/here/decide/#release={VERSION}&profile=startup`" in nowhere


@settings(max_examples=25)
@given(states(CATALOGUE))
def test_export_and_import_give_the_same_state(state: PageState) -> None:
    filled = ask("change", **CHECKLIST, state=to_json(state), changes=[{"name": "first.header.subject", "value": "Ours"}])["state"]
    text = ask("export", **CHECKLIST, state=filled, **{"as": "decision"})["download"]["text"]
    reply = taken_over(text)
    before, after = from_json(filled, "before", CATALOGUE), from_json(reply["state"], "after", CATALOGUE)
    assert after.decision.responses == before.decision.responses
    again = ask("export", **CHECKLIST, state=reply["state"], **{"as": "decision"})["download"]["text"]
    assert json.loads(again)["responses"] == json.loads(text)["responses"]


def taken_over(text: str, **about: Any) -> dict[str, Any]:
    """Import a file on a checklist page, and say yes to what it would change."""
    shown = ask("import", **CHECKLIST, text=text, filename="ours.orchkit.json", **about)
    assert "what it would change" in shown["html"]
    return ask("change", **CHECKLIST, state=shown["state"], tab=shown["tab"], changes=[{"name": "offer.accept", "value": ""}])


def kept(**decision: object) -> str:
    """A state as the browser keeps it."""
    return json.dumps({"decision": {"dataset_version": VERSION, **decision}})


def test_a_file_with_answers_alone_leaves_the_rest_of_the_decision() -> None:
    state = kept(weights={"community": 3}, own_scores={"zenml": {"community": {"value": 4, "why": "asked"}}})
    text = json.dumps({"checklist": "production-adoption", "version": "1.0", "subject": "Ours"})
    decision = json.loads(taken_over(text, state=state)["state"])["decision"]
    assert decision["responses"][0]["subject"] == "Ours"
    assert (decision["weights"], decision["own_scores"]["zenml"]["community"]["value"]) == ({"community": 3.0}, 4)


def test_a_yaml_file_is_named_as_such() -> None:
    (problem,) = ask("import", **CHECKLIST, text="format: orchkit-decision", filename="trial.orchkit.yaml")["problems"]
    assert problem.startswith("trial.orchkit.yaml: is YAML, and a page reads JSON.")


def test_a_link_shows_what_its_sender_saw_and_leaves_the_readers_own() -> None:
    own = kept(weights={"community": 1}, shortlist=["zenml"], own_scores={"zenml": {"community": {"value": 5, "why": "asked"}}})
    sender = ask("open", **SCORES, saved=kept(profile="growth"))
    seen = ask("open", **SCORES, saved=own, fragment=sender["fragment"])
    assert (seen["linked"], seen["html"]) == (True, sender["html"])
    mine = ask("open", **SCORES, saved=own)
    again = ask("open", **SCORES, saved=own, fragment=mine["fragment"])
    assert (again["linked"], again["html"]) == (False, mine["html"])
    assert ask("open", **SCORES, fragment=sender["fragment"])["linked"] is False


def test_a_decision_on_older_data_is_said_and_its_link_names_this_release() -> None:
    old = kept(profile="growth").replace(VERSION, "2026.5.0")
    reply = ask("open", **SCORES, saved=old)
    assert "2026.5.0" in reply["problems"][0]
    assert reply["fragment"].startswith(f"release={VERSION}&")


def test_a_bare_response_is_imported() -> None:
    text = json.dumps({"checklist": "production-adoption", "version": "1.0", "subject": "Ours"})
    assert json.loads(taken_over(text)["state"])["decision"]["responses"][0]["subject"] == "Ours"


# --- files that cannot be imported ------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {"format": "orchkit-decision", "dataset_version": VERSION, "profile": "startup"}
RESPONSE: dict[str, Any] = {"checklist": "production-adoption", "version": "1.0"}


def file_of(response: dict[str, Any] | None = None, **changed: Any) -> str:
    return json.dumps({**GOOD, "responses": [{**RESPONSE, **(response or {})}], **changed})


BAD_FILES: list[tuple[str, str, str]] = [
    ("nothing", "", "ours.json:1: is not JSON: Expecting value (column 1). Export the file again"),
    ("cut off", file_of()[:-9], "ours.json:1: is not JSON:"),
    ("cut off in a string", file_of()[:24], "ours.json:1: is not JSON: Unterminated string"),
    ("prose", "Dear all,", "ours.json:1: is not JSON:"),
    ("a list", "[]", "ours.json: [] is not a mapping."),
    ("null", "null", "ours.json: None is not a mapping."),
    (
        "an object of another kind",
        '{"a": 1}',
        "ours.json: is not a decision file: it has no `format: orchkit-decision`. Choose a file that was exported here",
    ),
    ("another format", file_of(format="other"), "ours.json: is not a decision file"),
    ("a later schema", file_of(schema_version=2), "ours.json: schema_version: 2 is the format of a newer release; this one reads up to 1."),
    ("a later schema of a response", file_of({"schema_version": 2}), "ours.json: responses[0].schema_version: 2 is the format of a newer release"),
    ("an unknown field", file_of(weihgts={}), "ours.json: weihgts: unknown field `weihgts`. Did you mean `weights`?"),
    (
        "an unknown field in an answer",
        file_of({"answers": {"a": {"nope": 1}}}),
        "ours.json: responses[0].answers.a.nope: unknown field `nope`. Did you mean `note`?",
    ),
    (
        "an unknown checklist",
        file_of({"checklist": "production-adoptoin"}),
        "unknown checklist `production-adoptoin`. Did you mean `production-adoption`?",
    ),
    ("an unknown version", file_of({"version": "9.9"}), "unknown version `9.9` of checklist `production-adoption`. Known versions: 1.0, "),
    ("an unknown item", file_of({"answers": {"task-tested-by-itslf": {}}}), "Did you mean `task-tested-by-itself`?"),
    (
        "an outcome of no kind",
        file_of({"answers": {"task-tested-by-itself": {"outcome": "yes"}}}),
        "'yes' is not one of the allowed values. Write one of: 'met'",
    ),
    (
        "evidence that runs a script",
        file_of({"answers": {"task-tested-by-itself": {"evidence": "javascript:alert(1)"}}}),
        "'javascript:alert(1)' does not match",
    ),
    ("an unknown profile", file_of(profile="startpu"), "unknown weight profile `startpu`. Did you mean `startup`?"),
    ("an unknown criterion", file_of(weights={"comunity": 1}), "unknown criterion `comunity`. Did you mean `community`?"),
    ("a negative weight", file_of(weights={"community": -1}), "weights.community: `-1` is negative."),
    ("a weight that no float can hold", file_of(weights={"community": 10**400}), "is more than 1,000,000."),
    ("a weight that is text", file_of(weights={"community": "3"}), "weights.community: a number is wanted."),
    ("NaN", file_of(weights={"community": float("nan")}), "ours.json: `NaN` is not a number that can be computed with."),
    ("infinity", file_of(weights={"community": float("inf")}), "ours.json: `Infinity` is not a number that can be computed with."),
    ("infinity in disguise", file_of(weights={"community": 0}).replace(": 0}", ": 1e999}"), "weights.community: a finite number is wanted."),
    ("a number of ten thousand digits", file_of(weights={"community": 0}).replace(": 0}", f": {'9' * 10_000}}}"), "ours.json: "),
    ("an unknown tool", file_of(shortlist=["airflw"]), "unknown tool `airflw`. Did you mean `airflow`?"),
    (
        "an own score off the scale",
        file_of(own_scores={"airflow": {"community": {"value": 6, "why": "x"}}}),
        "own_scores.airflow.community.value: 6 is more than 5.",
    ),
    ("an unknown set of scores", file_of(scores="published:engineersofa"), "scores: unknown set of scores 'published:engineersofa'. Did you mean"),
    ("a key twice", file_of()[:-1] + ', "profile": "growth"}', "ours.json: the key `profile` stands twice in one object."),
    ("a key twice, far in", '{"a": [{"b": 1, "b": 2}]}', "ours.json: the key `b` stands twice in one object."),
    ("too deep", "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), f"ours.json: is nested more than {MAX_DEPTH} levels deep."),
    ("so deep that it would exhaust a stack", '{"a":' * 200_000, f"ours.json: is nested more than {MAX_DEPTH} levels deep."),
    ("too large", '"' + "x" * MAX_BYTES + '"', "characters, more than the 5,000,000 that are read."),
    ("quotes that no one closed", '"' + '\\"' * 1_000_000, "ours.json:1: is not JSON: Unterminated string"),
    ("half a character", file_of({"subject": "\ud800"}), "ours.json: responses[0].subject: "),
    ("more responses than anyone has", json.dumps({**GOOD, "responses": [RESPONSE] * 101}), "responses: "),
    (
        "no answers to this checklist",
        json.dumps(GOOD),
        "ours.json: has no answers to the checklist `production-adoption`. Choose a file that was exported from this page.",
    ),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in BAD_FILES], ids=[row[0] for row in BAD_FILES])
def test_a_file_that_cannot_be_read_whole_changes_nothing_and_says_one_clear_thing(text: str, message: str) -> None:
    reply = ask("import", **CHECKLIST, state=STATE, filename="ours.json", text=text)
    assert reply.keys() == {"ok", "problems"}
    assert reply["ok"] is False
    (problem,) = reply["problems"]
    assert message in problem
    assert len(problem) < 600


def test_every_unknown_name_in_a_file_is_said() -> None:
    text = file_of({"answers": {"no-such-item": {}, "nor-this": {}}}, profile="startpu")
    assert len(ask("import", **CHECKLIST, text=text)["problems"]) == 3


# --- requests that no page sends --------------------------------------------------------------------------------------

BAD_REQUESTS: list[tuple[str, str, str]] = [
    ("nothing", "", "request:1: is not JSON"),
    ("a list", "[]", "request: unknown request"),
    ("null", "null", "request: unknown request"),
    ("no name", "{}", "Use one of: hello, open, change, continue, export, import, release, particulars."),
    ("an unknown name", '{"do": "eval"}', "unknown request 'eval'. "),
    ("a name that is a list", '{"do": []}', "unknown request []. "),
    ("a name that is an object", '{"do": {}}', "unknown request {}. "),
    ("a name as long as a book", json.dumps({"do": "x" * 100_000}), "unknown request 'xxx"),
    ("no view", '{"do": "open"}', "unknown view"),
    ("a view that is an object", '{"do": "open", "view": {}}', "unknown view"),
    ("no checklist", '{"do": "open", "view": "checklist"}', "the view `checklist` needs the option `checklist`"),
    ("an unknown checklist", '{"do": "open", "view": "checklist", "options": {"checklist": "x"}}', "unknown checklist `x`"),
    ("options that are a list", '{"do": "open", "view": "scores", "options": []}', "Reload the page."),
    ("an option that is a number", '{"do": "open", "view": "scores", "options": {"a": 1}}', "Reload the page."),
    ("changes that are text", '{"do": "open", "view": "scores", "changes": "x"}', "Reload the page."),
    ("a change without a value", '{"do": "open", "view": "scores", "changes": [{"name": "profile"}]}', "Reload the page."),
    (
        "a change of no field",
        json.dumps({"do": "change", "view": "scores", "state": STATE, "changes": [{"name": "x", "value": "y"}]}),
        "is no field of this page",
    ),
    ("a place that is text", '{"do": "open", "view": "scores", "place": "x"}', "Reload the page."),
    ("no state", '{"do": "change", "view": "scores"}', "the page's state"),
    (
        "an export of no kind",
        json.dumps({"do": "export", "view": "scores", "state": STATE, "as": "exe"}),
        "unknown kind of file `exe`. Use one of: csv, json.",
    ),
    ("an export of an odd kind", json.dumps({"do": "export", "view": "scores", "state": STATE, "as": []}), "unknown kind of file `[]`"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in BAD_REQUESTS], ids=[row[0] for row in BAD_REQUESTS])
def test_a_wrong_request_is_answered(text: str, message: str) -> None:
    reply = check_answer(handle(text))
    assert reply["ok"] is False
    assert message in reply["problems"][0]
    assert len(reply["problems"][0]) < 400


@given(st.text(st.characters()) | json_values().map(json.dumps))
def test_any_text_is_answered(text: str) -> None:
    check_answer(handle(text))


def near_requests() -> st.SearchStrategy[dict[str, Any]]:
    """Requests that are right in some parts and anything in others."""
    anything = json_values(6)
    saved = (
        st.sampled_from([STATE, STATE[:-1], ""]) | anything.map(json.dumps) | st.builds(lambda decision: json.dumps({"decision": decision}), anything)
    )
    change = st.fixed_dictionaries(
        {
            "name": st.sampled_from(["profile", "weight.community", "first.answer.task-tested-by-itself.note", "first.header.date"]) | texts(),
            "value": texts(),
        }
    )
    return st.fixed_dictionaries(
        {"do": st.sampled_from(list(HANDLERS))},
        optional={
            "view": st.sampled_from(list(VIEWS)) | anything,
            "options": st.sampled_from([{}, CHECKLIST["options"]]) | anything,
            "state": saved | anything,
            "saved": saved | anything,
            "fragment": texts() | anything,
            "changes": st.lists(change, max_size=3) | anything,
            "place": st.sampled_from([{}, {"base": "/handbook/"}]) | anything,
            "as": st.sampled_from(["csv", "json", "decision"]) | anything,
            "text": saved | anything,
            "filename": texts() | anything,
        },
    )


@given(near_requests())
def test_any_request_is_answered(request: dict[str, Any]) -> None:
    check_answer(handle(json.dumps(request)))


def decisions_of_anything() -> st.SearchStrategy[dict[str, Any]]:
    """Decision files whose fields hold anything."""
    anything = json_values(6)
    names = (
        "title",
        "profile",
        "weights",
        "scores",
        "own_scores",
        "shortlist",
        "responses",
        "result",
        "schema_version",
        "orchkit_version",
        "dataset_version",
    )
    weights = st.dictionaries(st.sampled_from(list(CATALOGUE.criteria)), st.floats() | st.integers(), max_size=3)
    return st.fixed_dictionaries(
        {"format": st.just("orchkit-decision"), "dataset_version": st.just(VERSION)},
        optional={name: anything for name in names if name != "dataset_version"} | {"weights": weights | anything},
    )


@given(decisions_of_anything(), st.sampled_from([SCORES, CHECKLIST]))
def test_any_decision_file_is_taken_over_whole_or_refused(decision: dict[str, Any], page: dict[str, Any]) -> None:
    text = json.dumps(decision)
    reply = check_answer(handle(json.dumps({"do": "import", **page, "text": text})))
    saved = check_answer(handle(json.dumps({"do": "open", **page, "saved": json.dumps({"decision": decision})})))
    assert saved["ok"]
    if reply["ok"]:
        again = check_answer(handle(json.dumps({"do": "open", **page, "saved": reply["state"]})))
        assert (again["damaged"], again["state"], again["html"]) == (False, reply["state"], reply["html"])


@given(json_values())
def test_strict_json_reads_what_json_wrote(value: Any) -> None:
    assert parse_json(json.dumps(value), "f") == value
