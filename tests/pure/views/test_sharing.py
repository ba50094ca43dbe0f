"""An evaluation in a link: the same evaluation in a fresh browser, to read, until somebody keeps it; anything else is refused within bounds."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchkit import bridge
from orchkit.errors import InputError
from orchkit.model.checklist import Item
from orchkit.model.input.responses import Response
from orchkit.views.place import Place
from orchkit.views.sharing import KEY, LONGEST_LINK, LONGEST_TEXT, to_link, visit
from orchkit.views.state import PageState, initial
from tests.pure.views.filling import CATALOGUE, CHECKLIST, ITEM, OPTIONS, VERSION, VIEW, changed, drawn, filled, name_of
from tests.strategies import real_responses

PAGE = {"view": "checklist", "options": OPTIONS}


def linked(response: Response, state: PageState | None = None) -> PageState:
    return visit(CATALOGUE, state or initial(CATALOGUE), OPTIONS, to_link(response))


def coded(data: bytes) -> str:
    return f"{KEY}={base64.urlsafe_b64encode(data).decode().rstrip('=')}"


OURS = Response(checklist=CHECKLIST, version=VERSION, subject="Ours", evaluator="R. Ada")


@settings(max_examples=40)
@given(real_responses(CATALOGUE, CHECKLIST))
def test_a_link_brings_the_evaluation_whole(response: Response) -> None:
    try:
        state = linked(response)
    except InputError as error:
        assert "Export the file and send that instead" in str(error)  # noqa: PT017 - long notes do not fit
        return
    assert state.visited == response.model_copy(update={"id": "linked"})
    assert state.decision == initial(CATALOGUE).decision
    drawn(state)


def test_what_a_link_brings_is_shown_to_read() -> None:
    state = linked(OURS, filled(("first.header.subject", "Mine"), (name_of("outcome"), "met")))
    page = drawn(state)
    assert "This evaluation comes from a link" in page.text
    assert {"Ours", "R. Ada"} <= {text.strip() for text in page.texts}
    names = {one.get("name") for _, one in page.elements}
    assert not [name for name in names if name and (".answer." in name or ".header." in name)]
    assert "Back to mine" in page.text


def test_it_is_kept_beside_the_own_or_left() -> None:
    mine = filled(("first.header.subject", "Mine"))
    kept = changed(linked(OURS, mine), ("link.keep", ""))
    assert [(one.id, one.subject) for one in kept.decision.responses] == [("first", "Mine"), ("linked", "Ours")]
    assert (kept.visited, kept.tab.shown) == (None, "linked")
    left = changed(linked(OURS, mine), ("link.leave", ""))
    assert (left.visited, left.decision) == (None, mine.decision)


def test_the_copied_link_is_this_page() -> None:
    place = Place(origin="https://example.org", base="/handbook/")
    text = VIEW.export("link", CATALOGUE, filled(("first.header.subject", "Ours")), OPTIONS, place).text
    assert text.startswith(f"https://example.org/handbook/checklists/{CHECKLIST}/#{KEY}=")


def test_what_does_not_fit_is_sent_as_a_file() -> None:
    state = filled(
        *((name_of("note", item.id), "".join(map(chr, range(9000 + index * 400, 9400 + index * 400)))) for index, item in enumerate(items()))
    )
    with pytest.raises(InputError, match="Export the file and send that instead"):
        VIEW.export("link", CATALOGUE, state, OPTIONS, Place())


def items() -> list[Item]:
    return list(CATALOGUE.checklists[CHECKLIST][VERSION].items)


BOMB = zlib.compress(b" " * 60_000_000, 9)

HOSTILE = [
    ("nothing", f"{KEY}=", "cut off or damaged"),
    ("no base64", f"{KEY}=%3Cscript%3E", "cut off or damaged"),
    ("blanks in it", f"{KEY}=ab cd", "cut off or damaged"),
    ("not compressed", coded(b"{}"), "cut off or damaged"),
    ("cut off", to_link(OURS)[:-6], "cut off or damaged"),
    ("something behind it", coded(zlib.compress(b"{}") + b"more"), "cut off or damaged"),
    ("no UTF-8", coded(zlib.compress(b"\xff\xfe")), "cut off or damaged"),
    ("unfolds without end, too long", coded(BOMB), "is longer than"),
    ("unfolds without end", coded(zlib.compress(b" " * (LONGEST_TEXT * 10), 9)), "cut off or damaged"),
    ("no JSON", coded(zlib.compress(b"hello")), "is not JSON"),
    ("nested", coded(zlib.compress(b"[" * 9_000)), "nested"),
    ("a list", coded(zlib.compress(b"[]")), "responses"),
    ("another checklist", coded(zlib.compress(b'{"checklist":"nonsense","version":"1.0"}')), "unknown checklist"),
    ("another version", coded(zlib.compress(b'{"checklist":"production-adoption","version":"9.0"}')), "unknown version"),
    ("an unknown item", coded(zlib.compress(b'{"checklist":"production-adoption","version":"1.0","answers":{"x":{}}}')), "unknown item"),
    ("a newer format", coded(zlib.compress(b'{"schema_version":2,"checklist":"production-adoption","version":"1.0"}')), "newer release"),
    ("another part", "profile=startup", "carries nothing that this page understands"),
    ("too long", f"{KEY}=" + "A" * (LONGEST_LINK + 1), "is longer than"),
]


@pytest.mark.parametrize(("fragment", "said"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_bad_link_is_said_and_changes_nothing(fragment: str, said: str) -> None:
    reply = json.loads(bridge.handle(json.dumps({"do": "open", **PAGE, "address": fragment})))
    assert reply["ok"]
    assert said in " ".join(reply["problems"])
    assert reply["state"] == json.loads(bridge.handle(json.dumps({"do": "open", **PAGE})))["state"]
    assert reply["left"]


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.binary(max_size=300).map(zlib.compress))
def test_any_bytes_are_an_evaluation_or_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        visit(CATALOGUE, initial(CATALOGUE), OPTIONS, coded(data))


def test_an_address_goes_with_every_request_until_it_is_left() -> None:
    address = to_link(OURS)
    opened = json.loads(bridge.handle(json.dumps({"do": "open", **PAGE, "address": address})))
    assert "comes from a link" in opened["html"]
    assert not opened["left"]
    request = {**PAGE, "do": "change", "address": address, "state": opened["state"], "tab": opened["tab"]}
    looked = json.loads(bridge.handle(json.dumps({**request, "changes": [{"name": "look.state", "value": "open"}]})))
    assert "comes from a link" in looked["html"]
    kept = json.loads(bridge.handle(json.dumps({**request, "changes": [{"name": "link.keep", "value": ""}]})))
    assert kept["left"]
    assert "R. Ada" in kept["state"]
    assert ITEM in kept["html"]
