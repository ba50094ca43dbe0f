"""Whatever anybody types, imports, links to or writes into the data is shown as text: it becomes no element, no attribute, no formula.

A hostile text and its harmless twin, as long and as welcome, must be drawn with the same elements and attributes. Nothing
is listed here that can be found: pages and macros stand in the handbook, fields in what is drawn, texts in the models.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote
from zlib import crc32

import jinja2
import markdown
import pytest
from mkdocs.utils.yaml import yaml_load

from orchkit.bridge import catalogue, handle
from orchkit.errors import LONGEST, MOST
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import MAX_BYTES
from orchkit.scoring import scores_available
from orchkit.site import macros
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.spreadsheet import csv_text
from orchkit.views.state import _LINK_PARTS, PageState, follow, initial, to_json
from tests.pure.views.rendered import Page
from tests.strategies import HOSTILE, TRIED

ROOT = Path(__file__).parents[3]
CATALOGUE = catalogue()
VERSION = CATALOGUE.dataset.version
CALL = re.compile(r"\{% for .*\{% endfor %\}|\{\{.*?\}\}", re.DOTALL)
CALLS = sorted({call for page in (ROOT / "docs").rglob("*.md") for call in CALL.findall(page.read_text(encoding="utf-8"))})
"""Every macro call of the handbook, those in a loop with the loop."""

Asked = dict[str, Any]
EVERY_PAGE: list[Asked] = [
    {"view": name, "options": dict(re.findall(r'(\w+)="([^"]*)"', rest))} for call in CALLS for name, rest in re.findall(r'view\("(\w+)"(.*)\)', call)
]
"""Every interactive page, as the handbook calls it."""
PAGES = [asked for asked in EVERY_PAGE if asked["options"].get("checklist", TRIED[0]) in TRIED]
"""Checklists are one view; some of them stand for all."""
page_cases = pytest.mark.parametrize("asked", PAGES, ids=lambda asked: "/".join([asked["view"], *asked["options"].values()]))
texts = pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)

WORST = "\"'`></textarea></script><img src=x onerror=window.pwned=1>{{ 7 * 7 }}[x](javascript:window.pwned=1)\u202e\u2028\x00"
VERY_LONG = ("<b>" * 4_000)[:10_001]
"""Longer than the longest field takes."""
SHORTEST = 200
"""What the shortest free text of a file takes."""


def twin(hostile: str) -> str:
    """Write harmless text of the same length; an address where it was one."""
    start = "https://" if hostile.startswith("https://") else ""
    return start + "w" * (len(hostile) - len(start))


def same(text: str) -> str:
    """Write the text itself."""
    return text


def twin_of_prose(hostile: str) -> str:
    """Write harmless text with as many backticks, because they set code; another for each text, because a source is cited once."""
    word = f"w{crc32(hostile.encode())}"
    return re.sub(r"[^`]+", word, hostile)


Skeleton = list[tuple[str, dict[str, str | None]]]
SPEAKING = {"value", "title", "label", "aria-label", "href", "id", "aria-describedby"}
"""Attributes that may hold somebody's text."""


@cache
def skeleton(html: str) -> Skeleton:
    """Return every element with its attributes, without what people wrote."""
    page = Page(html)
    page.check_that_only_the_templates_speak()
    found = [(tag, {name: None if name in SPEAKING else value for name, value in attributes.items()}) for tag, attributes in page.elements]
    return [one for one, before in zip(found, [None, *found], strict=False) if one != before or one[0] != "option"]  # as many as there are names


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
    """Ask with hostile texts and with their twins; what is drawn differs in text alone. Returns the first reply."""
    reply, other = ask(do, **request, **hostile), ask(do, **request, **harmless)
    assert reply["ok"]
    assert skeleton(reply["html"]) == skeleton(other["html"])
    return reply


DECKS = [*(HOSTILE[start:] + HOSTILE[:start] for start in range(0, len(HOSTILE), len(HOSTILE) // 3 + 1)), (WORST,), (VERY_LONG,)]
"""Texts that are dealt out, one a place: each is on every page, and the places of a page get several of them."""
decks = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: ascii(deck[0][:40]))


def dealt(deck: tuple[str, ...], places: Iterable[Any], change: Callable[[str], str]) -> Iterator[tuple[Any, str]]:
    """Deal out a deck, or the twins of its texts."""
    return ((place, change(text)) for place, text in zip(places, cycle(deck)))


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


def changes(asked: Asked, deck: tuple[str, ...], change: Callable[[str], str]) -> list[dict[str, str]]:
    """Put a text into every field."""
    names = [name for name in fields_of(asked) if name not in buttons(fields_of(asked))]
    return [{"name": name, "value": text} for name, text in dealt(deck, names, change)]


def begun(asked: Asked, choice: int) -> str:
    """Return a state in which the reader has chosen the same place in every group of choices."""
    chosen = [{"name": name, "value": offered[choice % len(offered)]} for name, offered in fields_of(asked).items() if len(offered) > 1]
    return str(ask("change", **asked, state=to_json(initial(CATALOGUE)), changes=chosen)["state"])


BROUGHT_UP = {"*.action.", "show", "offer.accept", "offer.decline", "link.keep", "link.leave", "action.remove-own-score.", "action.remove-own-scores"}
"""What is drawn once there are two evaluations, a file, a link, answers or own scores."""


def test_every_view_is_looked_at_and_all_that_it_takes() -> None:
    for name, view in VIEWS.items():
        drawn = {field for asked in PAGES if asked["view"] == name for field in fields_of(asked)}
        taken = {*drawn, *(f"*.{field.partition('.')[2]}" for field in drawn), *BROUGHT_UP}
        missed = [take for take in view.takes if not any(field.startswith(take) for field in taken)]
        assert drawn, f"no page of the handbook has the view {name}"
        assert missed == [], f"{name}: no field is drawn for these"


@page_cases
@decks
def test_a_text_in_every_field_is_text_and_leaves_as_data(asked: Asked, deck: tuple[str, ...]) -> None:
    state = begun(asked, DECKS.index(deck))
    given = changes(asked, deck, same)
    reply = asked_twice("change", {"changes": given}, {"changes": changes(asked, deck, twin)}, **asked, state=state)
    shown, values = Page(reply["html"]), {change["name"]: change["value"] for change in given}
    for tag, attributes in shown.elements:
        if tag == "textarea" or (tag == "input" and attributes.get("type") in {"text", "url", "date"}):
            name = attributes["name"] or ""
            assert shown.values()[name] in {values[name], values[name].strip()}, name
    again = ask("open", **asked, saved=reply["state"], tab=reply["tab"])
    assert not again["damaged"]
    assert skeleton(again["html"]) == skeleton(reply["html"])
    for kind in files_of(asked["view"]):
        check_file(kind, ask("export", **asked, state=reply["state"], **{"as": kind}))


@page_cases
def test_the_name_of_a_field_is_text(asked: Asked) -> None:
    for take in VIEWS[asked["view"]].takes:
        one, other = ([{"name": take + text, "value": text}] for text in (WORST, twin(WORST)))
        if take.endswith("."):
            asked_twice("change", {"changes": one}, {"changes": other}, **asked, state=begun(asked, 0))
        else:
            assert not ask("change", **asked, state=begun(asked, 0), changes=one)["ok"]


@page_cases
@decks
def test_what_the_browser_kept_is_text(asked: Asked, deck: tuple[str, ...]) -> None:
    def kept(change: Callable[[str], str]) -> str:
        names = [prefix + name for prefix in ("", VIEWS[asked["view"]].prefix(asked["options"])) for name in (*fields_of(asked), change(deck[0]))]
        fitting = [name for name in names if "action." not in name][-(MAX_BYTES // 2 // max(map(len, deck))) :]
        rejected = dict(dealt(deck, fitting, change))
        return json.dumps({"decision": {"dataset_version": VERSION}, "rejected": rejected})

    asked_twice("open", {"saved": kept(same)}, {"saved": kept(twin)}, **asked)


def files_of(view: str) -> list[str]:
    """Return every kind of file that a page makes."""
    return [*VIEWS[view].exports, *VIEWS[view].documents]


def check_file(kind: str, reply: dict[str, Any]) -> None:
    """A file is made; a link is where the evaluation fits into one."""
    if not reply["ok"] and kind == "link":
        assert "Export the file and send that instead" in reply["problems"][0]
    else:
        check_download(kind, reply["download"])


def check_download(kind: str, download: dict[str, str]) -> None:
    """A file has a plain name and says nothing but data."""
    assert re.fullmatch(r"[a-z0-9-]+(\.[a-z]+)+", download["filename"])
    assert kind in {"csv", "json", "decision", "markdown", "link"}, "a new kind of file: say here what must not happen in it"
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(download["text"]), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert [cell for row in rows for cell in row if computed(cell)] == []
    elif kind == "markdown":
        check_markdown(download["text"])
    elif kind == "link":
        assert re.fullmatch(r"[a-z/-]+#evaluation=[\w-]+", download["text"], re.ASCII)
    else:
        json.loads(download["text"])


EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "fenced_code", "toc", "pymdownx.tilde"]
"""What a Markdown page may be read with; some of it needs no sign but a blank and a brace."""


def check_markdown(text: str) -> None:
    """A record has the headings of its form, lists and tables of text, and links to nowhere but the handbook."""
    front, body = text.split("---\n", 2)[1:] if text.startswith("---\n") else ("", text)
    assert all(isinstance(value, str) for value in yaml_load(io.StringIO(front)).values()) if front else True
    page = Page(markdown.markdown(body, extensions=EXTENSIONS))
    assert {tag for tag, _ in page.elements} <= {"h1", "h2", "h3", "p", "ul", "li", "a", "code", "table", "thead", "tbody", "tr", "th", "td"}
    for tag, attributes in page.elements:
        assert attributes.keys() <= {"h": {"id"}, "a": {"href"}}.get(tag[0], set()), (tag, attributes)
        assert (attributes.get("href") or "https://").startswith("http")
    assert [tag for tag, _ in page.elements].count("h1") == 1


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
    "compared": ["airflow", "prefect", "metaflow"],
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
    "choice": {
        "tool": "airflow",
        "deployment": "self-hosted",
        "status": "accepted",
        "decided_on": "2026-11-21",
        "deciders": "Ines",
        "consulted": "Jo",
        "informed": "Ada",
        "why": "we know it",
        "consequences": "slow tests",
        "dissent": [{"who": "Jo", "what": "no"}],
        "review_on": "2027-11-21",
        "superseded_by": "",
    },
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
            yield from places_in(schema.get("items", {"type": "none"}), one, definitions, (*path, index), (*alike, "*"))


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


def with_texts(deck: tuple[str, ...], change: Callable[[str], str]) -> str:
    """Write a decision file with a text wherever any will do."""
    return json.dumps(reduce(lambda decision, one: put(decision, *one), dealt(deck, free(), change), FULL))


@page_cases
@decks
def test_a_file_full_of_it_is_shown_as_text(asked: Asked, deck: tuple[str, ...]) -> None:
    deck = tuple(text[:SHORTEST].strip() for text in deck)
    reply = asked_twice("import", {"text": with_texts(deck, same)}, {"text": with_texts(deck, twin)}, **asked)
    for kind in files_of(asked["view"]):
        check_file(kind, ask("export", **asked, state=reply["state"], **{"as": kind}))


@page_cases
@pytest.mark.parametrize("place", ONE_OF_EACH.values(), ids=lambda place: ".".join(map(str, place.alike)))
def test_each_text_of_a_file_by_itself(asked: Asked, place: TextPlace) -> None:
    for hostile in (WORST, "https://example.org/?a='onmouseover='window.pwned=1", "__proto__"):
        reply = ask("import", **asked, text=json.dumps(put(FULL, place, hostile)))
        if reply["ok"]:
            assert skeleton(reply["html"]) == skeleton(ask("import", **asked, text=json.dumps(put(FULL, place, twin(hostile))))["html"])


@page_cases
@texts
def test_the_name_of_a_file_is_text(asked: Asked, hostile: str) -> None:
    for name in (hostile, f"{hostile}.yaml", hostile * 1_000):
        assert not ask("import", **asked, filename=name, text="{")["ok"]


# --- links ------------------------------------------------------------------------------------------------------------


LINKED = [asked for asked in PAGES if VIEWS[asked["view"]].linked]


@texts
def test_a_link_with_it_changes_nothing_and_says_so(hostile: str) -> None:
    for part in (*_LINK_PARTS, hostile):
        for value in (hostile.replace("&", "%26"), quote(hostile), f"community:{quote(hostile)}", f"{quote(hostile)}:1"):
            state, problems = follow(CATALOGUE, initial(CATALOGUE), f"{part}={value}")
            assert state == initial(CATALOGUE)
            assert problems


@pytest.mark.parametrize("asked", LINKED, ids=lambda asked: asked["view"])
@decks
def test_a_link_brings_no_markup(asked: Asked, deck: tuple[str, ...]) -> None:
    plain, fragment = ask("open", **asked), "&".join(f"{part}={quote(text)}" for part, text in dealt(deck, (*_LINK_PARTS, deck[0]), same))
    reply = ask("open", **asked, fragment=fragment)
    assert (reply["html"], reply["state"]) == (plain["html"], plain["state"])
    assert reply["problems"]


# --- the data ---------------------------------------------------------------------------------------------------------

DATA = [tuple(text.strip() for text in HOSTILE), (WORST,), ('=HYPERLINK("https://example.org/?a="&A1, "x")',)]
data_decks = pytest.mark.parametrize("deck", DATA, ids=["mixed", "worst", "formula"])
ADDRESS = "https://example.org/?a='onmouseover='window.pwned=1&b=javascript:window.pwned=1&c=`{{7*7}}`"


@cache
def catalogue_with(deck: tuple[str, ...]) -> Catalogue:
    """Return the dataset with another text in every field that is free text or an address."""
    sets = scores_available(CATALOGUE)
    data = CATALOGUE.model_dump(mode="json")
    for index, place in enumerate(place for place in places_of(Catalogue, data) if not place.is_key):
        schema = json.loads(place.schema)
        *way, last = place.path
        holder: Any = reduce(lambda inner, step: inner[step], way, cast("Any", data))
        if (isinstance(holder, dict) and holder.get(last) is None) or schema.keys() & {"enum", "const", "format"}:
            continue
        if "pattern" not in schema and holder[last] not in sets:  # which other records name
            holder[last] = deck[index % len(deck)]
        elif schema.get("pattern", "").startswith("^https?://"):
            holder[last] = ADDRESS
    return Catalogue.model_validate(data)


def counted(html: str) -> Counter[str]:
    """Count elements by what they are: a table that is sorted by a text stands in another order."""
    return Counter(map(repr, skeleton(html)))


@cache
def macro_texts(deck: tuple[str, ...]) -> dict[str, str]:
    """Draw every macro call of the handbook on the dataset with other texts."""
    drawn: dict[str, Callable[..., Any]] = {}
    conf = {"site_url": "https://example.org/handbook/", "repo_url": "https://git.example.org/x/y"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(macros, "dataset", lambda: catalogue_with(deck))
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


@data_decks
def test_the_data_is_shown_as_text(as_pages_are: markdown.Markdown, deck: tuple[str, ...]) -> None:
    hostile, harmless = macro_texts(deck), macro_texts(tuple(map(twin_of_prose, deck)))
    assert len(hostile) > 20
    for call, html in hostile.items():
        assert counted(html) == counted(harmless[call]), call
        if html.startswith("<"):  # Markdown passes markup through that stands by itself
            in_page = as_pages_are.reset().convert(f"Before.\n\n{html}\n\nAfter.\n")
            assert skeleton(in_page) == [("p", {}), *skeleton(html), ("p", {})], call
            assert Page(in_page).text.split() == ["Before.", *Page(html).text.split(), "After."], call


@data_decks
@page_cases
def test_a_page_in_use_shows_the_data_as_text(asked: Asked, deck: tuple[str, ...]) -> None:
    view, state = VIEWS[asked["view"]], PageState(decision=DecisionFile.model_validate(FULL))
    hostile, harmless = catalogue_with(deck), catalogue_with(tuple(map(twin_of_prose, deck)))
    html, other = (str(view.draw(shown, state, Place(), asked["options"], {})) for shown in (hostile, harmless))
    assert counted(html) == counted(other)
    for kind in files_of(asked["view"]):
        check_download(kind, view.export(kind, hostile, state, asked["options"], Place()).model_dump())


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
