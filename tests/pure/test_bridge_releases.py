"""What was made on an older release is shown on it, said to be so, and can go on with today's data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import orchkit
from orchkit import bridge
from orchkit.views.place import Place
from tests.pure.views.rendered import Page
from tests.releases import OLDER, frozen, index_of, older

CATALOGUE = bridge.catalogue()
TODAY = CATALOGUE.dataset.version
FIRST = orchkit.rank(CATALOGUE, "startup").ranking[0].tool
RELEASED = older(CATALOGUE, {(FIRST, "learning-curve"): 1})
TEXT, _ = frozen(RELEASED)
LINK = f"release={OLDER}&profile=startup"
GO_ON = [{"name": "action.today", "value": ""}]
CHECKLIST: dict[str, Any] = {"view": "checklist", "options": {"checklist": "production-adoption"}}


@pytest.fixture(autouse=True)
def _site_with_a_release(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bridge, "_index", lambda: index_of(RELEASED))
    bridge._RELEASES.clear()
    yield
    bridge._RELEASES.clear()


def ask(do: str, **request: Any) -> dict[str, Any]:
    reply = json.loads(bridge.handle(json.dumps({"do": do, "place": Place(base="/handbook/").model_dump(), **request})))
    assert isinstance(reply, dict)
    return reply


def bring(text: str | None = TEXT) -> dict[str, Any]:
    return ask("release", release=OLDER, text=text)


def order(html: str) -> list[str]:
    """The ranking as drawn."""
    return [part.partition('"')[0] for part in html.split('<tr id="rank-')[1:]]


def ranked(catalogue: Any, weights: Any) -> list[str]:
    return [line.tool for line in orchkit.rank(catalogue, weights).ranking]


def test_an_old_link_asks_for_its_release_and_is_shown_on_it() -> None:
    first = ask("open", view="scores", fragment=LINK)
    assert (first["ok"], first["needs"]) == (False, OLDER)
    assert bring() == {"ok": True}
    reply = ask("open", view="scores", fragment=LINK)
    assert order(reply["html"]) == ranked(RELEASED, "startup") != ranked(CATALOGUE, "startup")
    assert f"Made on release {OLDER}" in reply["html"]
    assert f"On dataset {TODAY}, by the same weights, first place changes: from " in reply["html"]
    assert f"{CATALOGUE.tools[FIRST].facts.name}, {CATALOGUE.criteria['learning-curve'].name}: 1 → " in reply["html"]
    assert (reply["fragment"], reply["problems"], reply["linked"]) == (LINK, [], False)
    Page(reply["html"]).check_that_only_the_templates_speak()


def test_changes_stay_on_the_release_until_the_reader_goes_on() -> None:
    bring()
    opened = ask("open", view="scores", fragment=LINK)
    moved = ask("change", view="scores", state=opened["state"], changes=[{"name": "profile", "value": "growth"}])
    assert order(moved["html"]) == ranked(RELEASED, "growth")
    assert moved["fragment"] == f"release={OLDER}&profile=growth"
    assert ask("export", view="scores", state=moved["state"], **{"as": "json"})["download"]["text"].count(OLDER) == 1
    went_on = ask("change", view="scores", state=moved["state"], changes=GO_ON)
    assert order(went_on["html"]) == ranked(CATALOGUE, "growth")
    assert went_on["fragment"] == f"release={TODAY}&profile=growth"
    assert "ok-replay" not in went_on["html"]
    assert ask("open", view="scores", saved=went_on["state"])["problems"] == []


@pytest.mark.parametrize("page", [{"view": "scores"}, {"view": "advice"}, {"view": "costs"}, CHECKLIST], ids=lambda page: str(page["view"]))
def test_what_a_browser_kept_is_shown_on_its_release_on_every_page(page: dict[str, Any]) -> None:
    saved = json.dumps({"decision": {"dataset_version": OLDER, "schema_version": 1, "profile": "startup", "context": {"focus": "ml-first"}}})
    assert ask("open", **page, saved=saved)["needs"] == OLDER
    bring()
    reply = ask("open", **page, saved=saved)
    assert f"Made on release {OLDER}" in reply["html"]
    assert (reply["damaged"], reply["newer"], reply["problems"]) == (False, False, [])
    again = ask("change", **page, state=reply["state"], changes=[])
    assert again["html"] == reply["html"]
    assert "ok-replay" not in ask("change", **page, state=reply["state"], changes=GO_ON)["html"]
    Page(reply["html"]).check_that_only_the_templates_speak()


def test_a_tampered_release_is_refused_and_todays_data_is_shown() -> None:
    refused = bring(TEXT.replace('"value":1', '"value":5', 1))
    assert "its SHA-256 is another, and it was not used" in refused["problems"][0]
    reply = ask("open", view="scores", fragment=LINK, without={OLDER: refused["problems"][0]})
    assert order(reply["html"]) == ranked(CATALOGUE, "startup")
    assert reply["problems"][0] == refused["problems"][0]
    assert f"was made with dataset {OLDER}, this page has {TODAY}" in reply["problems"][1]
    assert reply["fragment"] == f"release={TODAY}&profile=startup"


def test_a_release_that_cannot_be_fetched_leaves_what_was_kept_as_it_is() -> None:
    refused = bring(None)
    assert "could not be fetched" in refused["problems"][0]
    saved = json.dumps({"decision": {"dataset_version": OLDER, "schema_version": 1, "profile": "startup"}})
    reply = ask("open", view="scores", saved=saved, without={OLDER: refused["problems"][0]})
    assert reply["problems"][0] == refused["problems"][0]
    assert json.loads(reply["state"])["decision"]["dataset_version"] == OLDER  # the next visit may have it
    assert order(reply["html"]) == ranked(CATALOGUE, "startup")


def test_a_release_that_nobody_knows_is_said_and_todays_data_shown() -> None:
    reply = ask("open", view="scores", fragment="release=2019.1.0&profile=startup")
    assert reply["ok"]
    assert reply["problems"] == [f"the link: was made with dataset 2019.1.0, this page has {TODAY}. Scores may differ from those its sender saw."]
    assert ask("release", release="2019.1.0", text="{}")["ok"] is False


def test_a_link_of_one_release_beside_ones_own_of_today() -> None:
    bring()
    answers = {"task-tested-by-itself": {"outcome": "met"}}
    own = {"dataset_version": TODAY, "schema_version": 1, "responses": [{"checklist": "production-adoption", "version": "1.0", "answers": answers}]}
    reply = ask("open", view="scores", fragment=LINK, saved=json.dumps({"decision": own}))
    assert reply["linked"]
    state = json.loads(reply["state"])
    assert (state["release"], state["decision"]["responses"][0]["answers"]) == (OLDER, answers)
    back = ask("open", view="scores", saved=json.dumps({"decision": own}))
    assert "ok-replay" not in back["html"]


def test_a_file_of_an_older_release_is_shown_on_it() -> None:
    bring()
    text = json.dumps({"format": "orchkit-decision", "schema_version": 1, "dataset_version": OLDER, "profile": "startup"})
    reply = ask("import", view="scores", text=text, filename="old.json")
    assert order(reply["html"]) == ranked(RELEASED, "startup")
    newer = json.dumps({"format": "orchkit-decision", "schema_version": 1, "dataset_version": TODAY, "profile": "startup"})
    assert "ok-replay" not in ask("import", view="scores", text=newer, filename="new.json", state=reply["state"])["html"]


def test_a_worker_that_lost_the_release_asks_for_it_again() -> None:
    bring()
    opened = ask("open", view="scores", fragment=LINK)
    bridge._RELEASES.clear()
    for do in ("change", "continue"):
        reply = ask(do, view="scores", state=opened["state"], changes=[])
        assert reply["needs"] == OLDER
        assert "could not be fetched" in reply["problems"][0]


def test_few_releases_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [older(CATALOGUE, version=f"2026.{month}.0") for month in range(1, 6)]
    monkeypatch.setattr(bridge, "_index", lambda: index_of(*many))
    for one in many:
        assert ask("release", release=one.dataset.version, text=one.model_dump_json()) == {"ok": True}
    assert list(bridge._RELEASES) == ["2026.3.0", "2026.4.0", "2026.5.0"]


@pytest.mark.parametrize("weights", ["weights=community:0", "weights=moon:1", "tools=moon", "scores=published:moon"])
def test_a_broken_link_of_an_older_release_leaves_the_rest_usable(weights: str) -> None:
    bring()
    reply = ask("open", view="scores", fragment=f"release={OLDER}&{weights}")
    assert reply["ok"]
    assert reply["problems"] or 'class="ok-problem"' in reply["html"]


def test_a_notice_without_weights_says_at_least_the_release() -> None:
    bring()
    state = ask("open", view="scores", fragment=f"release={OLDER}&weights=community:1")["state"]
    reply = ask("change", view="scores", state=state, changes=[{"name": "weight.community", "value": "0"}])
    assert f"Made on release {OLDER}" in reply["html"]


@pytest.mark.parametrize("hostile", [{"release": "../../etc"}, {"release": 7}, {"release": None}, {"release": "2026.10.0\n"}])
def test_a_state_that_names_no_release_is_shown_on_todays_data(hostile: dict[str, Any]) -> None:
    state = json.dumps({"decision": {"dataset_version": TODAY, "schema_version": 1, "profile": "startup"}, **hostile}, separators=(",", ":"))
    reply = ask("change", view="scores", state=state, changes=[])
    assert "ok-replay" not in reply["html"]
    assert "release" not in json.loads(reply["state"])


@pytest.mark.parametrize("without", [["x"], "x", {"x": 1}, 7])
def test_a_wrong_request_is_answered(without: Any) -> None:
    assert "ok" in ask("open", view="scores", fragment=LINK, without=without)
