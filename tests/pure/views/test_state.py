"""The state of a page: one canonical encoding, and a link that gives the same view."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.errors import InputError
from orchkit.model.input.decision import DecisionFile
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.state import MAX_FRAGMENT, PageState, follow, from_json, initial, to_fragment, to_json
from tests.strategies import json_values, states, texts

CATALOGUE = orchkit.load()
VERSION = CATALOGUE.dataset.version
SCORES = VIEWS["scores"]


def drawn(state: PageState) -> str:
    return str(SCORES.draw(CATALOGUE, state, Place(), {}, {}))


def state_of(**decision: object) -> PageState:
    return PageState(decision=DecisionFile.model_validate({"dataset_version": VERSION, **decision}))


# --- JSON -------------------------------------------------------------------------------------------------------------


@given(states(CATALOGUE))
def test_a_state_comes_back_from_json_the_same(state: PageState) -> None:
    text = to_json(state)
    again = from_json(text, "the state", CATALOGUE)
    assert again == state
    assert to_json(again) == text


def test_the_encoding_is_canonical() -> None:
    one = state_of(profile="startup", weights={"community": 1, "observability": 0.25})
    other = state_of(weights={"observability": 0.25, "community": 1}, profile="startup", shortlist=[])
    assert to_json(one) == to_json(other)
    weights = '"weights":{"community":1.0,"observability":0.25}'
    assert to_json(one) == f'{{"decision":{{"dataset_version":"{VERSION}","profile":"startup","schema_version":1,{weights}}}}}'


def test_a_question_is_asked_once_and_not_kept() -> None:
    asking = initial(CATALOGUE).model_copy(update={"asking": "clear"})
    assert from_json(to_json(asking), "the state", CATALOGUE).asking is None


DAMAGED: list[tuple[str, str, str]] = [
    ("nothing", "", "is not JSON"),
    ("cut off", to_json(initial(CATALOGUE))[:-3], "is not JSON"),
    ("a list", "[]", "is not the state of a page"),
    ("null", "null", "is not the state of a page"),
    ("no decision", "{}", "is not the state of a page"),
    ("a decision that is text", '{"decision": "x"}', "is not the state of a page"),
    ("no release", '{"decision": {}}', "the field `dataset_version` is missing"),
    ("an unknown profile", f'{{"decision": {{"dataset_version": "{VERSION}", "profile": "startpu"}}}}', "Did you mean `startup`"),
    ("an unknown set of scores", f'{{"decision": {{"dataset_version": "{VERSION}", "scores": "published:x"}}}}', "unknown set of scores"),
    ("another format", '{"decision": {"format": "other"}}', "is not a decision file"),
    ("a key twice", '{"decision": {}, "decision": {}}', "the key `decision` stands twice"),
    ("NaN", '{"decision": {"weights": {"community": NaN}}}', "`NaN` is not a number"),
    ("half a character", f'{{"decision": {{"dataset_version": "{VERSION}", "title": "\\ud800"}}}}', "title"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED])
def test_a_damaged_state_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text, "what this browser had saved", CATALOGUE)
    assert all(problem.place.startswith("what this browser had saved") for problem in caught.value.problems)
    assert message in str(caught.value)


@given(json_values().map(json.dumps) | st.text())
def test_any_text_is_a_state_or_refused(text: str) -> None:
    try:
        from_json(text, "the state", CATALOGUE)
    except InputError as error:
        assert error.problems  # noqa: PT017 - either is right


@pytest.mark.parametrize("rejected", [{"a": 1, "2": None}, {}, [], "x", None], ids=repr)
def test_whatever_was_kept_as_rejected_is_text_or_dropped(rejected: object) -> None:
    text = json.dumps({"decision": {"dataset_version": VERSION, "profile": "startup"}, "rejected": rejected})
    kept = from_json(text, "the state", CATALOGUE).rejected
    assert kept == ({str(name): str(value) for name, value in rejected.items()} if isinstance(rejected, dict) else {})


# --- links ------------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(states(CATALOGUE, own_scores=False, responses=False))
def test_a_link_gives_the_same_view_in_a_fresh_browser(state: PageState) -> None:
    fragment = to_fragment(CATALOGUE, state)
    again, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert problems == []
    assert drawn(again) == drawn(state)
    assert to_fragment(CATALOGUE, again) == fragment


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(list(CATALOGUE.criteria)), st.floats(0, 1_000_000), min_size=1))
def test_any_weight_survives_a_link(weights: dict[str, float]) -> None:
    state = state_of(weights=weights)
    again, problems = follow(CATALOGUE, initial(CATALOGUE), to_fragment(CATALOGUE, state))
    assert problems == []
    assert {name: weight for name, weight in again.decision.weights.items() if weight} == {
        name: weight for name, weight in state.decision.weights.items() if weight
    }
    assert drawn(again) == drawn(state)


LINKS: list[tuple[str, PageState, str]] = [
    ("a profile", state_of(profile="growth"), f"release={VERSION}&profile=growth"),
    (
        "weights, zeros left out",
        state_of(weights={"observability": 0.5, "community": 3, "ml-features": 0}),
        f"release={VERSION}&weights=community:3,observability:0.5",
    ),
    ("weights that are all zero", state_of(weights={"community": 0}), f"release={VERSION}&weights=community:0"),
    ("weights win over the profile", state_of(profile="growth", weights={"community": 1}), f"release={VERSION}&weights=community:1"),
    (
        "another set of scores",
        state_of(profile="growth", scores="published:engineersofai"),
        f"release={VERSION}&profile=growth&scores=published:engineersofai",
    ),
    ("a shortlist in its order", state_of(profile="growth", shortlist=["zenml", "airflow"]), f"release={VERSION}&profile=growth&tools=zenml,airflow"),
]


@pytest.mark.parametrize(("state", "fragment"), [row[1:] for row in LINKS], ids=[row[0] for row in LINKS])
def test_what_a_link_looks_like(state: PageState, fragment: str) -> None:
    assert to_fragment(CATALOGUE, state) == fragment


GARBAGE: list[tuple[str, str, str]] = [
    ("nothing that means anything", "xyzzy", "the link: unknown part `xyzzy`. It was ignored."),
    ("only separators", "&&&", "the link: carries nothing that this page understands. It was ignored."),
    ("an unknown profile", "profile=startpu", "the link: unknown weight profile `startpu`. Did you mean `startup`?"),
    ("an unknown criterion", "weights=comunity:1", "the link: unknown criterion `comunity`. Did you mean `community`?"),
    ("a negative weight", "weights=community:-1", "the link: community: `-1` is negative. Write a number from 0 up, like 3 or 0.25."),
    ("a weight that is no number", "weights=community:NaN", "the link: community: `NaN` is not a plain, finite number."),
    ("a weight without a number", "weights=community", "the link: community: `` is not a plain, finite number."),
    ("an exponent as a weapon", "weights=community:1e999999999", "the link: community: `1e999999999` is not a plain, finite number."),
    ("a criterion twice", "weights=community:1,community:2", "the link: names a criterion twice in its weights. They were ignored."),
    ("an unknown set of scores", "scores=published:x", "the link: unknown set of scores `published:x`."),
    ("an unknown tool", "tools=airflow,airflw", "the link: unknown tool `airflw`. Did you mean `airflow`?"),
    ("no tools", "tools=", "the link: unknown tool ``."),
    (
        "another release",
        "release=1999.1.0",
        f"the link: was made with dataset 1999.1.0, this page has {VERSION}. Scores may differ from those its sender saw.",
    ),
    ("a script", "profile=%3Cscript%3Ealert(1)%3C/script%3E", "the link: unknown weight profile `<script>alert(1)</script>`."),
    ("broken escapes", "profile=%zz%ff", "the link: unknown weight profile"),
    ("too many parts", "&".join(["profile=growth"] * 30), "the link: carries nothing that this page understands."),
    ("too long", "x" * (MAX_FRAGMENT + 1), "the link: is longer than 4,000 characters."),
]


@pytest.mark.parametrize(("fragment", "message"), [row[1:] for row in GARBAGE], ids=[row[0] for row in GARBAGE])
def test_a_link_that_cannot_be_used_says_so_and_changes_nothing(fragment: str, message: str) -> None:
    before = state_of(weights={"community": 2}, shortlist=["airflow", "zenml"])
    after, problems = follow(CATALOGUE, before, fragment)
    assert after == before
    assert len(problems) == 1
    assert str(problems[0]).startswith(message)
    assert len(str(problems[0])) < 400


def test_the_parts_of_a_link_that_can_be_used_are_used() -> None:
    after, problems = follow(CATALOGUE, initial(CATALOGUE), "release=1999.1.0&profile=growth&tools=nonsense&weights=")
    assert after.decision.profile == "growth"
    assert len(problems) == 3


@given(texts(200) | st.text("=&%:,0123456789abcdefprofileweightstoolsscoresrelease-.+", max_size=200))
def test_any_fragment_is_followed_without_an_exception(fragment: str) -> None:
    after, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert problems or after != initial(CATALOGUE) or "release" in fragment or "profile" in fragment
    assert from_json(to_json(after), "the state", CATALOGUE) == after


@given(st.lists(st.tuples(st.sampled_from(["release", "profile", "weights", "scores", "tools", "x"]), st.text(max_size=20)), min_size=1, max_size=5))
def test_a_part_with_garbage_for_a_value_is_a_problem(parts: list[tuple[str, str]]) -> None:
    fragment = "&".join(f"{name}={value}" for name, value in parts)
    after, problems = follow(CATALOGUE, initial(CATALOGUE), fragment)
    assert problems
    assert after == initial(CATALOGUE)


def test_weights_of_a_link_are_exact() -> None:
    after, _ = follow(CATALOGUE, initial(CATALOGUE), "weights=community:0.1,observability:.2")
    assert after.decision.weights == {"community": Fraction(1, 10), "observability": Fraction(1, 5)}
