"""YAML as strictly as a thousand contributors need it: one meaning, a bound on everything, a line for every complaint."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orchkit.errors import InputError
from orchkit.store.strict_yaml import MAX_BYTES, MAX_DEPTH, parse
from tests.strategies import json_values, yaml_values

READ: list[tuple[str, str, Any]] = [
    ("nothing", "", None),
    ("a comment", "# nothing\n", None),
    ("null in its spellings", "[~, null, Null, NULL, ]", [None] * 4),
    ("an empty value", "a:\n", {"a": None}),
    ("true and false", "[true, True, TRUE, false, False, FALSE]", [True] * 3 + [False] * 3),
    ("a quoted No", "a: 'No'\nb: \"on\"", {"a": "No", "b": "on"}),
    ("whole numbers", "[0, -1, +7, 012]", [0, -1, 7, 12]),
    ("decimal numbers", "[0.5, -.5, 2., 1e3, 1.5E-3]", [0.5, -0.5, 2.0, 1000.0, 0.0015]),
    ("what YAML 1.1 took for numbers", "[1_000, 0x10, 0b1, 0o14, 1:30, 190:20:30]", ["1_000", "0x10", "0b1", "0o14", "1:30", "190:20:30"]),
    ("what is no number to compute with", "[.inf, -.inf, .nan]", [".inf", "-.inf", ".nan"]),
    ("a day", "a: 2026-11-21", {"a": "2026-11-21"}),
    ("a version", "a: 1.2.3", {"a": "1.2.3"}),
    ("quoted numbers", "a: '1'\nb: \"2.5\"", {"a": "1", "b": "2.5"}),
    ("folded prose", "a: >-\n  one\n  two\n", {"a": "one two"}),
    ("literal prose", "a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
    ("a byte order mark", "\ufeffa: 1", {"a": 1}),
    ("other scripts", "名: é", {"名": "é"}),
    ("a document with its marks", "---\na: 1\n...\n", {"a": 1}),
    ("a merge key is a key like any other", "<<: {a: 1}", {"<<": {"a": 1}}),
    ("an anchor nobody follows", "a: &x 1", {"a": 1}),
]


@pytest.mark.parametrize(("text", "value"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read(text: str, value: Any) -> None:
    found = parse(text, "f.yaml").value
    assert found == value
    assert repr(found) == repr(value)


BILLION_LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
ALIAS_BOMB = "\n- ".join(["- &a x", *["*a"] * 1000])

REFUSED: list[tuple[str, str, int, str, str]] = [
    ("a key twice", "a: 1\nb: 2\na: 3\n", 3, "the key `a` stands twice, first on line 1", "Keep one of the two"),
    ("a key twice, once quoted", 'a: 1\n"a": 3\n', 2, "the key `a` stands twice, first on line 1", "Keep one of the two"),
    ("a key twice, further in", "x:\n  - a: 1\n    a: 2\n", 3, "the key `a` stands twice, first on line 2", "Keep one of the two"),
    ("a key twice, in brackets", "x: {a: 1, a: 2}", 1, "the key `a` stands twice, first on line 1", "Keep one of the two"),
    ("a bare No", "a: 1\nranked: No\n", 2, "a bare `No` is true or false to some YAML readers", 'Write true or false, or quote it: "No"'),
    ("a bare yes", "- yes", 1, "a bare `yes` is true or false", 'quote it: "yes"'),
    ("a bare on", "- on", 1, "a bare `on` is true or false", 'quote it: "on"'),
    ("a bare OFF", "- OFF", 1, "a bare `OFF` is true or false", 'quote it: "OFF"'),
    ("a bare n", "- n", 1, "a bare `n` is true or false", 'quote it: "n"'),
    ("a bare on as a key", "on: push", 1, "a bare `on` is true or false", 'quote it: "on"'),
    ("an alias", "a: &x 1\nb: *x\n", 2, "the alias `*x` is not allowed", "Write the value out"),
    ("an alias bomb", ALIAS_BOMB, 2, "the alias `*a` is not allowed", "Write the value out"),
    ("a billion laughs", BILLION_LAUGHS, 2, "the alias `*a` is not allowed", "Write the value out"),
    ("a value inside itself", "&a [*a]", 1, "the alias `*a` is not allowed", "Write the value out"),
    ("a merge of an alias", "a: &a {x: 1}\nb:\n  <<: *a\n", 3, "the alias `*a` is not allowed", "Write the value out"),
    (
        "a tag that makes an object",
        "a: !!python/object/apply:os.system ['true']",
        1,
        "the tag `tag:yaml.org,2002:python/object/apply:os.system` is not",
        "Remove it",
    ),
    ("a tag on text", "a: !!str 1", 1, "the tag `tag:yaml.org,2002:str` is not allowed", "Remove it"),
    ("a tag on a mapping", "a:\n  !x {b: 1}", 2, "the tag `!x` is not allowed", "Remove it"),
    ("a tag on a key", "!!str a: 1", 1, "the tag `tag:yaml.org,2002:str` is not allowed", "Remove it"),
    ("two documents", "a: 1\n---\nb: 2\n", 2, "a second document begins here", "remove the line `---`"),
    ("a number as a key", "a: 1\n2: b\n", 2, "the key `2` is not text", 'Quote it: "2"'),
    ("true as a key", "true: 1", 1, "the key `true` is not text", 'Quote it: "true"'),
    ("null as a key", "~: 1", 1, "the key `~` is not text", 'Quote it: "~"'),
    ("a list as a key", "a: 1\n? [b]\n: c\n", 2, "a key is a list or a mapping", "Use plain text as a key"),
    ("a mapping as a key", "{{a: 1}: 2}", 1, "a key is a list or a mapping", "Use plain text as a key"),
    (
        "deep nesting in brackets",
        "a:\n  " + "[" * 100 + "]" * 100,
        2,
        f"is nested more than {MAX_DEPTH} levels deep",
        "check the brackets and the indentation",
    ),
    ("nesting that would exhaust a stack", "[" * 1_000_000, 1, f"is nested more than {MAX_DEPTH} levels deep", "check the brackets"),
    ("deep nesting in mappings", "{a: " * 300_000, 1, f"is nested more than {MAX_DEPTH} levels deep", "check the brackets"),
    (
        "deep nesting by indentation",
        "".join(f"{'  ' * level}a:\n" for level in range(30)),
        MAX_DEPTH + 1,
        f"is nested more than {MAX_DEPTH} levels deep",
        "indentation",
    ),
    ("a number that no one means", "a: 1\nb: " + "9" * 5_000, 2, "a whole number has more than 20 digits", "If it is a name, quote it"),
    ("a bell", "a: 1\nb: \x07\n", 2, "control character", "Remove"),
    ("a null byte", "a: 1\nb: x\x00y\n", 2, "control character", "Remove"),
    ("an escape sequence", "a: 1\n\nb: \x1b[31m\n", 3, "control character", "Remove"),
    ("half a character", "a: 1\nb: \ud800\n", 2, "control character", "Remove"),
    ("half a character, escaped", 'a: 1\nb: "\\ud800"\n', 2, "cannot be read as YAML", "Check indentation, quotes and brackets near this line"),
    ("a bracket left open", "a: [1, 2\nb: 3\n", 2, "cannot be read as YAML", "Check indentation, quotes and brackets near this line"),
    ("a quote left open", "a: 'x\nb: 3\n", 3, "cannot be read as YAML", "Check indentation, quotes and brackets near this line"),
    ("a tab for indentation", "a:\n\tb: 1\n", 2, "cannot be read as YAML", "Check indentation"),
    ("wrong indentation", "a:\n  b: 1\n c: 2\n", 3, "cannot be read as YAML", "Check indentation"),
    ("a colon in prose", "a: one: two\n", 1, "cannot be read as YAML", "quotes"),
    ("an at sign", "a: @x\n", 1, "cannot be read as YAML", "quotes"),
]


@pytest.mark.parametrize(("text", "line", "fact", "repair"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused_with_line_fact_and_repair(text: str, line: int, fact: str, repair: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "checklists/f.yaml")
    (problem,) = caught.value.problems
    assert problem.place == f"checklists/f.yaml:{line}"
    assert fact in problem.fact
    assert repair in problem.repair


def test_too_large_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "parse", lambda *_: pytest.fail("it was parsed"))
    with pytest.raises(InputError, match=r"^f: has 2,000,001 bytes, more than the 2,000,000 that are read\. Split it"):
        parse("a" * (MAX_BYTES + 1), "f")


def test_the_bound_counts_bytes_not_characters() -> None:
    parse("- 漢", "f", max_bytes=5)
    with pytest.raises(InputError, match="has 5 bytes, more than the 4"):
        parse("- 漢", "f", max_bytes=4)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    tracemalloc.start()
    with pytest.raises(InputError):
        parse(BILLION_LAUGHS, "f")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def paths(value: Any, start: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield start
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(inner, (*start, key))


@given(yaml_values(), st.booleans())
def test_what_another_writer_wrote_is_read_the_same(value: Any, flow: bool) -> None:  # noqa: FBT001 - drawn
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    document = parse(text, "f")
    assert document.value == value
    assert repr(document.value) == repr(value)


@given(yaml_values())
def test_every_value_has_a_line_on_which_it_or_its_key_begins(value: Any) -> None:
    document = parse(yaml.safe_dump(value, sort_keys=False), "f")
    assert set(document.lines) == set(paths(value))


def test_lines_point_at_keys_and_at_entries() -> None:
    document = parse("# first\na:\n  - x\n  -\n    b: >-\n      y\n", "f")
    assert document.lines == {(): 2, ("a",): 2, ("a", 0): 3, ("a", 1): 5, ("a", 1, "b"): 5}
    assert document.line_of(("a", 1, "missing")) == 5
    assert document.line_of(("nowhere",)) == 2


@given(st.text() | json_values().map(str) | st.text("[]{}:,-? \n&*!|>'\"%@`#ab1"))
def test_any_text_is_read_or_refused_in_one_way(text: str) -> None:
    try:
        parse(text, "f")
    except InputError as error:
        assert all(problem.place.startswith("f:") and problem.fact and problem.repair for problem in error.problems)  # noqa: PT017 - either is right
