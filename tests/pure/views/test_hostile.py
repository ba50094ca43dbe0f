"""Whatever anybody types, imports, links to or writes into the data is shown as text: it becomes no element, no attribute, no formula.

A hostile text and its harmless twin, as long and as welcome, must be drawn with the same elements and attributes. Nothing
is listed here that can be found: pages and macros stand in the handbook, fields in what is drawn, texts in the models.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import jinja2
import markdown
import pytest
from mkdocs.utils.yaml import yaml_load

from orchkit.bridge import catalogue, handle
from orchkit.errors import LONGEST, MOST
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.site import macros
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.spreadsheet import csv_text
from orchkit.views.state import _LINK_PARTS, PageState, initial, to_json
from tests.pure.views.rendered import Page
from tests.strategies import HOSTILE

ROOT = Path(__file__).parents[3]
CATALOGUE = catalogue()
VERSION = CATALOGUE.dataset.version
CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
CALLS = sorted({call for page in (ROOT / "docs").rglob("*.md") for call in CALL.findall(page.read_text(encoding="utf-8"))})
"""Every macro call of the handbook."""

Asked = dict[str, Any]
PAGES: list[Asked] = [
    {"view": name, "options": dict(re.findall(r'(\w+)="([^"]*)"', rest))} for call in CALLS for name, rest in re.findall(r'view\("(\w+)"(.*)\)', call)
]
"""Every interactive page, as the handbook calls it."""
page_cases = pytest.mark.parametrize("asked", PAGES, ids=lambda asked: "/".join([asked["view"], *asked["options"].values()]))
texts = pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)

WORST = "\"'`></textarea></script><img src=x onerror=window.pwned=1>{{ 7 * 7 }}[x](javascript:window.pwned=1)\u202e\u2028\x00"
VERY_LONG = ("<b>" * 4_000)[:10_001]
"""Longer than the longest field takes."""


SHORT = 200
"""Characters that every field takes."""


def twin(hostile: str) -> str:
    """Write harmless text that is as welcome: an address where it was one, too long where it was too long."""
    start = "https://" if hostile.startswith("https://") else ""
    return start + "w" * (len(hostile) if len(hostile) > SHORT else min(len(hostile), 1))


def same(text: str) -> str:
    """Write the text itself."""
    return text


def twin_of_prose(hostile: str) -> str:
    """Write harmless text with as many backticks, because they set code."""
    return re.sub(r"[^`]+", "w", hostile)


Skeleton = list[tuple[str, dict[str, str | None]]]
SPEAKING = {"value", "title", "aria-label", "href", "id", "aria-describedby"}
"""Attributes that may hold somebody's text."""


@cache
def skeleton(html: str) -> Skeleton:
    """Return every element with its attributes, without what people wrote."""
    page = Page(html)
    page.check_that_only_the_templates_speak()
    return [(tag, {name: None if name in SPEAKING else value for name, value in attributes.items()}) for tag, attributes in page.elements]


def ask(do: str, **request: Any) -> dict[str, Any]:
    """Ask as the page script does."""
    reply = json.loads(handle(json.dumps({"do": do, **request})))
    assert isinstance(reply, dict)
    for problem in reply.get("problems", []):
        assert problem.isprintable()
        assert len(problem) < 3 * LONGEST
    assert len(reply.get("problems", [])) <= MOST + 1
    assert re.fullmatch(r"[\w=&:,.%+-]*", reply.get("fragment") or "", re.ASCII)
    return reply


def asked_twice(do: str, hostile: dict[str, Any], harmless: dict[str, Any], **request: Any) -> dict[str, Any]:
    """Ask with the hostile text and with its twin; what is drawn differs in text alone. Returns the first reply."""
    reply, other = ask(do, **request, **hostile), ask(do, **request, **harmless)
    assert reply["ok"]
    assert skeleton(reply["html"]) == skeleton(other["html"])
    return reply


# --- fields -----------------------------------------------------------------------------------------------------------


def controls(html: str) -> dict[str, list[str]]:
    """Return the fields that a page draws; for those that offer values, these."""
    found: dict[str, list[str]] = {}
    for tag, attributes in Page(html).elements:
        name = attributes.get("name")
        if name and tag in {"input", "textarea", "select", "button"}:
            offered = found.setdefault(name, [])
            offered += [attributes.get("value") or ""] if tag == "button" or attributes.get("type") in {"radio", "checkbox"} else []
    return found


def buttons(fields: Mapping[str, list[str]]) -> list[str]:
    return [name for name, offered in fields.items() if offered == [""]]


@cache
def _fields(page: str) -> dict[str, list[str]]:
    asked = json.loads(page)
    opened = ask("open", **asked)
    found = controls(opened["html"])
    waiting = buttons(found)
    while waiting:  # a button may draw others
        name = waiting.pop()
        more = controls(ask("change", **asked, state=opened["state"], changes=[{"name": name, "value": ""}])["html"])
        waiting += [other for other in buttons(more) if other not in found]
        found |= more
    return found


def fields_of(asked: Asked) -> dict[str, list[str]]:
    """Return every field of a page, those that only a button brings up among them."""
    return _fields(json.dumps(asked))


def changes(asked: Asked, text: str) -> list[dict[str, str]]:
    """Put a text into every field."""
    return [{"name": name, "value": text} for name in fields_of(asked) if name not in buttons(fields_of(asked))]


def begun(asked: Asked, choice: int) -> str:
    """Return a state in which the reader has chosen the same place in every group of choices."""
    chosen = [{"name": name, "value": offered[choice % len(offered)]} for name, offered in fields_of(asked).items() if len(offered) > 1]
    return str(ask("change", **asked, state=to_json(initial(CATALOGUE)), changes=chosen)["state"])


def test_every_view_is_looked_at_and_all_that_it_takes() -> None:
    for name, view in VIEWS.items():
        drawn = {field for asked in PAGES if asked["view"] == name for field in fields_of(asked)}
        missed = [take for take in view.takes if not any(field.startswith(take) for field in drawn)]
        assert drawn, f"no page of the handbook has the view {name}"
        assert missed == [], f"{name}: no field is drawn for these"


@page_cases
@pytest.mark.parametrize("hostile", [*HOSTILE, WORST, VERY_LONG], ids=lambda text: ascii(text[:60]))
def test_a_text_in_every_field_is_text(asked: Asked, hostile: str) -> None:
    state = begun(asked, HOSTILE.index(hostile) if hostile in HOSTILE else -1)
    reply = asked_twice("change", {"changes": changes(asked, hostile)}, {"changes": changes(asked, twin(hostile))}, **asked, state=state)
    shown = Page(reply["html"])
    for tag, attributes in shown.elements:
        if tag == "textarea" or (tag == "input" and attributes.get("type") in {"text", "url", "date"}):
            name = attributes["name"] or ""
            assert shown.values()[name] in {hostile, hostile.strip()}, name
    again = ask("open", **asked, saved=reply["state"])
    assert not again["damaged"]
    assert skeleton(again["html"]) == skeleton(reply["html"])


@page_cases
def test_the_fields_one_by_one(asked: Asked) -> None:
    for name in fields_of(asked):
        one, other = ([{"name": name, "value": text}] for text in (WORST, twin(WORST)))
        asked_twice("change", {"changes": one}, {"changes": other}, **asked, state=begun(asked, -1))


@page_cases
def test_the_name_of_a_field_is_text(asked: Asked) -> None:
    for take in VIEWS[asked["view"]].takes:
        one, other = ([{"name": take + text, "value": text}] for text in (WORST, twin(WORST)))
        if take.endswith("."):
            asked_twice("change", {"changes": one}, {"changes": other}, **asked, state=begun(asked, 0))
        else:
            assert not ask("change", **asked, state=begun(asked, 0), changes=one)["ok"]


@page_cases
@texts
def test_what_the_browser_kept_is_text(asked: Asked, hostile: str) -> None:
    def kept(text: str) -> str:
        names = [prefix + name for prefix in ("", VIEWS[asked["view"]].prefix(asked["options"])) for name in (*fields_of(asked), text)]
        names = [name for name in names if "action." not in name]
        return json.dumps({"decision": {"dataset_version": VERSION}, "rejected": dict.fromkeys(names, text)})

    asked_twice("open", {"saved": kept(hostile)}, {"saved": kept(twin(hostile))}, **asked)


@page_cases
@texts
def test_what_is_taken_away_is_data(asked: Asked, hostile: str) -> None:
    state = ask("change", **asked, state=begun(asked, 1), changes=changes(asked, hostile))["state"]
    for kind in VIEWS[asked["view"]].exports:
        check_download(kind, ask("export", **asked, state=state, **{"as": kind})["download"])


def check_download(kind: str, download: dict[str, str]) -> None:
    """A file has a plain name and says nothing but data."""
    assert re.fullmatch(r"[a-z0-9-]+(\.[a-z]+)+", download["filename"])
    assert kind in {"csv", "json", "decision"}, "a new kind of file: say here what must not happen in it"
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(download["text"]), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert [cell for row in rows for cell in row if computed(cell)] == []
    else:
        json.loads(download["text"])


# --- files ------------------------------------------------------------------------------------------------------------

FULL: dict[str, Any] = {
    "format": "orchkit-decision",
    "schema_version": 1,
    "dataset_version": VERSION,
    "orchkit_version": "0.1.0",
    "title": "Ours",
    "weights": {"community": 1},
    "scores": "published:engineersofai",
    "own_scores": {"airflow": {"community": {"value": 3, "why": "we tried"}}},
    "shortlist": ["airflow", "prefect", "metaflow"],
    "responses": [
        {
            "checklist": asked["options"]["checklist"],
            "version": CATALOGUE.latest_version(asked["options"]["checklist"]),
            "answers": {
                item.id: {"outcome": "not_met", "note": "seen", "evidence": "https://example.org/7"}
                for item in CATALOGUE.checklists[asked["options"]["checklist"]][CATALOGUE.latest_version(asked["options"]["checklist"])].items
            },
        }
        for asked in PAGES
        if "checklist" in asked["options"]
    ],
    "result": {"x": "y"},
}
"""A decision file in which as much as possible is said."""

Step = str | int


@dataclass(frozen=True)
class TextPlace:
    """Where text may stand in a record."""

    path: tuple[Step, ...]
    alike: tuple[Step, ...]
    """The path with `*` for keys of mappings and entries of lists; it ends in `keys` where the text is a key itself."""
    schema: str
    """What the text must look like, as JSON."""

    @property
    def is_key(self) -> bool:
        return self.alike[-1] == "keys"


def places_in(
    schema: dict[str, Any], value: Any, definitions: dict[str, Any], path: tuple[Step, ...] = (), alike: tuple[Step, ...] = ()
) -> Iterator[TextPlace]:
    """Walk a JSON Schema beside a value that fits it."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for choice in schema.get("anyOf", []):
        yield from places_in(choice, value, definitions, path, alike)
    if schema.get("type") == "string" or not schema.keys() - {"title", "description", "default"}:
        yield TextPlace(path, alike, json.dumps(schema))
    if isinstance(value, dict):
        for name, field in schema.get("properties", {}).items():
            yield from places_in(field, value.get(name), definitions, (*path, name), (*alike, name))
        inner = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        for entry in (one for one in inner if isinstance(one, dict)):
            yield TextPlace((*path, "*"), (*alike, "keys"), json.dumps(schema.get("propertyNames", {})))
            for key in value:
                yield from places_in(entry, value[key], definitions, (*path, key), (*alike, "*"))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from places_in(schema["items"], one, definitions, (*path, index), (*alike, "*"))


def places_of(model: type[DecisionFile | Catalogue], value: Any) -> list[TextPlace]:
    schema = model.model_json_schema()
    return list(places_in(schema, value, schema["$defs"]))


def put(value: Any, place: TextPlace, text: str, path: tuple[Step, ...] | None = None) -> Any:
    """Return a copy with a text in one place."""
    step, *rest = place.path if path is None else path
    if not rest and place.is_key:
        return {**value, text: next(iter(value.values()))}
    if isinstance(value, list):
        return [(put(entry, place, text, tuple(rest)) if rest else text) if index == step else entry for index, entry in enumerate(value)]
    return {**value, step: put(value[step], place, text, tuple(rest)) if rest else text}


PLACES = places_of(DecisionFile, FULL)
ONE_OF_EACH = {place.alike: place for place in reversed(PLACES)}


def test_texts_are_found_where_people_write_them() -> None:
    """The walk itself: it would pass for nothing if it found nothing."""
    found = {".".join(map(str, alike)) for alike in ONE_OF_EACH}
    assert {"title", "profile", "weights.keys", "own_scores.*.keys", "own_scores.*.*.why", "shortlist.*", "result.*"} <= found
    assert {
        "responses.*." + name for name in ("subject", "date", "answers.keys", "answers.*.outcome", "answers.*.note", "answers.*.evidence")
    } <= found


@cache
def free() -> list[TextPlace]:
    """Return the places that take any words."""
    taken = {
        alike
        for alike, place in ONE_OF_EACH.items()
        if all(ask("import", **asked, text=json.dumps(put(FULL, place, "Plain words!")))["ok"] for asked in PAGES)
    }
    return [place for place in PLACES if place.alike in taken]


def with_texts(text: str) -> str:
    """Write a decision file with a text wherever any will do."""
    return json.dumps(reduce(lambda decision, place: put(decision, place, text), free(), FULL))


@page_cases
@texts
def test_a_file_full_of_it_is_shown_as_text(asked: Asked, hostile: str) -> None:
    reply = asked_twice("import", {"text": with_texts(hostile)}, {"text": with_texts(twin(hostile))}, **asked)
    for kind in VIEWS[asked["view"]].exports:
        check_download(kind, ask("export", **asked, state=reply["state"], **{"as": kind})["download"])


@page_cases
@pytest.mark.parametrize("place", ONE_OF_EACH.values(), ids=lambda place: ".".join(map(str, place.alike)))
def test_each_text_of_a_file_by_itself(asked: Asked, place: TextPlace) -> None:
    for hostile in (WORST, VERY_LONG, "", "https://example.org/?a='onmouseover='window.pwned=1", "__proto__"):
        reply, other = (ask("import", **asked, text=json.dumps(put(FULL, place, text))) for text in (hostile, twin(hostile)))
        assert not reply["ok"] or skeleton(reply["html"]) == skeleton(other["html"])


@page_cases
@texts
def test_the_name_of_a_file_is_text(asked: Asked, hostile: str) -> None:
    for name in (hostile, f"{hostile}.yaml", hostile * 1_000):
        assert not ask("import", **asked, filename=name, text="{")["ok"]


# --- links ------------------------------------------------------------------------------------------------------------


LINKED = [asked for asked in PAGES if VIEWS[asked["view"]].linked]


@pytest.mark.parametrize("asked", LINKED, ids=lambda asked: asked["view"])
@texts
def test_a_link_brings_no_markup(asked: Asked, hostile: str) -> None:
    plain = ask("open", **asked)
    values = [form for text in (hostile, f"community:{hostile}", f"{hostile}:1") for form in (text, quote(text))]
    for value in values:
        fragment = "&".join(f"{part}={value}" for part in (*_LINK_PARTS, hostile))
        reply = ask("open", **asked, fragment=fragment)
        assert (reply["html"], reply["state"]) == (plain["html"], plain["state"])
        assert reply["problems"]


# --- the data ---------------------------------------------------------------------------------------------------------

DECKS = [*([text.strip() for text in HOSTILE[start::4]] for start in range(4)), [WORST], ['=HYPERLINK("https://example.org/?a="&A1, "x")']]
"""Texts that are dealt out over the data; the last two are everywhere."""
decks = pytest.mark.parametrize("deck", DECKS, ids=["first", "second", "third", "fourth", "worst", "formula"])
ADDRESS = "https://example.org/?a='onmouseover='window.pwned=1&b=javascript:window.pwned=1&c=`{{7*7}}`"


def catalogue_with(deck: list[str], change: Callable[[str], str]) -> Catalogue:
    """Return the dataset with another text in every field that is free text or an address."""
    data = CATALOGUE.model_dump(mode="json")
    for index, place in enumerate(place for place in places_of(Catalogue, data) if not place.is_key):
        schema = json.loads(place.schema)
        *way, last = place.path
        holder: Any = reduce(lambda inner, step: inner[step], way, cast("Any", data))
        if (isinstance(holder, dict) and holder.get(last) is None) or schema.keys() & {"enum", "const", "format"}:
            continue
        if "pattern" not in schema:
            holder[last] = change(deck[index % len(deck)])
        elif schema["pattern"].startswith("^https?://"):
            holder[last] = ADDRESS
    return Catalogue.model_validate(data)


def macro_texts(monkeypatch: pytest.MonkeyPatch, shown: Catalogue) -> dict[str, str]:
    """Draw every macro call of the handbook on a dataset."""
    drawn: dict[str, Callable[..., Any]] = {}
    conf = {"site_url": "https://example.org/handbook/", "repo_url": "https://git.example.org/x/y"}
    with monkeypatch.context() as patch:
        patch.setattr(macros, "dataset", lambda: shown)
        macros.define_env(SimpleNamespace(conf=conf, macro=lambda function, name: drawn.setdefault(name, function)))
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined)  # noqa: S701 - as the macros plugin has it
        environment.globals.update(drawn)
        return {call: environment.from_string(call).render() for call in CALLS if "_reference(" not in call}  # which show code, not data


@pytest.fixture(scope="module")
def as_pages_are() -> markdown.Markdown:
    """Markdown with the handbook's extensions."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        extensions = yaml_load(file)["markdown_extensions"]
    named = {next(iter(one)): next(iter(one.values())) for one in extensions if isinstance(one, dict)}
    return markdown.Markdown(extensions=[one for one in extensions if isinstance(one, str)] + list(named), extension_configs=named)


@decks
def test_the_data_is_shown_as_text(monkeypatch: pytest.MonkeyPatch, as_pages_are: markdown.Markdown, deck: list[str]) -> None:
    hostile, harmless = (macro_texts(monkeypatch, catalogue_with(deck, change)) for change in (same, twin_of_prose))
    assert len(hostile) > 20
    for call, html in hostile.items():
        assert skeleton(html) == skeleton(harmless[call]), call
        if html.startswith("<"):  # Markdown passes markup through that stands by itself
            in_page = [as_pages_are.reset().convert(f"Before.\n\n{text}\n\nAfter.\n") for text in (html, harmless[call])]
            assert skeleton(in_page[0]) == skeleton(in_page[1]), call
            assert Page(in_page[0]).text.split() == ["Before.", *Page(html).text.split(), "After."], call


@decks
@page_cases
def test_a_page_in_use_shows_the_data_as_text(asked: Asked, deck: list[str]) -> None:
    view, state = VIEWS[asked["view"]], PageState(decision=DecisionFile.model_validate(FULL))
    hostile, harmless = (catalogue_with(deck, change) for change in (same, twin_of_prose))
    html, other = (str(view.draw(shown, state, Place(), asked["options"], {})) for shown in (hostile, harmless))
    assert skeleton(html) == skeleton(other)
    for kind, export in view.exports.items():
        check_download(kind, export(hostile, state, asked["options"]).model_dump())


# --- spreadsheets -----------------------------------------------------------------------------------------------------


def computed(cell: str) -> bool:
    """Say whether a spreadsheet would take a cell for a formula."""
    try:
        float(cell)
    except ValueError:
        return cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")) or cell[:1] in {"\t", "\r", "\0"}
    return False


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\0=1", " =1", "\n=1", "\uff1d1", "-", "-1e", "--1", "+x"], ids=ascii
)
def test_a_formula_becomes_text(cell: str) -> None:
    ((found,),) = csv.reader(io.StringIO(csv_text([[cell]]), newline=""))
    assert found == f"'{cell}"
    assert not computed(found)


@pytest.mark.parametrize("cell", ["-0.25", "+3", "-7", "0.5", "", "1=", "2-4", "Airflow, 'x' \"y\"", "a = b", "two\nlines", "'=1"])
def test_numbers_and_other_text_stay_as_they_are(cell: str) -> None:
    ((found, _),) = csv.reader(io.StringIO(csv_text([[cell, "x"]]), newline=""))
    assert found == cell
