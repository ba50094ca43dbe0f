"""One authored file to one record: every complaint with file, line and dotted path, and how to mend it."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from pydantic import BaseModel

from orchkit.errors import DataError, InputError
from orchkit.model.checklist import Checklist
from orchkit.model.sources import Dataset
from orchkit.model.tools import ScoresRecord, ToolRecord
from orchkit.store.records import read_record, read_text
from orchkit.store.tree import MAX_BYTES

DATASET = """\
version: "2026.11.0"
released_on: 2026-11-21
licence: CC-BY-4.0
stale_after_days: 180
"""
SCORES = """\
scores:
  community:
    value: 3
    basis: reviewed
    confidence: high
    why: Because.
    sources:
      - url: https://example.org/page
        shows: the passage
        read_on: 2026-11-21
"""


def complaints(tmp_path: Path, text: str | bytes, model: type[BaseModel]) -> list[str]:
    """Everything that is said about a file with this text."""
    path = tmp_path / "checklists" / "f.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DataError) as caught:
        read_record(path, tmp_path, model, max_bytes=MAX_BYTES)
    return [str(problem) for problem in caught.value.problems]


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


WRONG: list[tuple[str, type[BaseModel], str, str]] = [
    (
        "an unknown field with a near name",
        Dataset,
        edited(DATASET, "licence:", "license:"),
        "checklists/f.yaml:3: license: unknown field `license`. Did you mean `licence`?",
    ),
    (
        "an unknown field like none",
        Dataset,
        DATASET + "xyzzy: 1\n",
        "checklists/f.yaml:5: xyzzy: unknown field `xyzzy`. Use one of: version, released_on, licence, stale_after_days.",
    ),
    (
        "an unknown field far in",
        ScoresRecord,
        edited(SCORES, "shows:", "show:"),
        "checklists/f.yaml:9: scores.community.sources[0].show: unknown field `show`. Did you mean `shows`?",
    ),
    (
        "a missing field",
        Dataset,
        edited(DATASET, "licence: CC-BY-4.0\n", ""),
        "checklists/f.yaml:1: licence: the field `licence` is missing. Add it.",
    ),
    (
        "a field missing far in",
        ScoresRecord,
        edited(SCORES, "        shows: the passage\n", ""),
        "checklists/f.yaml:8: scores.community.sources[0].shows: the field `shows` is missing. Add it.",
    ),
    (
        "a number as text",
        Dataset,
        edited(DATASET, "180", '"180"'),
        "checklists/f.yaml:4: stale_after_days: '180' is not a whole number. Write a whole number without quotes.",
    ),
    (
        "text as a number",
        Dataset,
        edited(DATASET, '"2026.11.0"', "2026.11"),
        "checklists/f.yaml:1: version: 2026.11 is not text. Write text; put quotes around it if it looks like a number.",
    ),
    (
        "a version of another form",
        Dataset,
        edited(DATASET, "2026.11.0", "1.0"),
        r"checklists/f.yaml:1: version: '1.0' does not match `^\d{4}\.\d{1,2}\.\d+$`. Write it in that form.",
    ),
    (
        "a day of another form",
        Dataset,
        edited(DATASET, "2026-11-21", "21.11.2026"),
        "checklists/f.yaml:2: released_on: '21.11.2026' is not a day. Write it as 2026-11-21.",
    ),
    (
        "a value off the scale",
        ScoresRecord,
        edited(SCORES, "value: 3", "value: 6"),
        "checklists/f.yaml:3: scores.community.value: 6 is more than 5. Write a number inside the allowed range.",
    ),
    (
        "a word of no kind",
        ScoresRecord,
        edited(SCORES, "reviewed", "guessed"),
        "checklists/f.yaml:4: scores.community.basis: 'guessed' is not one of the allowed values. Write one of: 'measured', 'documented',",
    ),
    (
        "empty text",
        ScoresRecord,
        edited(SCORES, "Because.", '""'),
        "checklists/f.yaml:6: scores.community.why: '' is empty. Write something, or leave",
    ),
    ("an entry instead of a list", ScoresRecord, edited(SCORES, "- url", "  url"), "checklists/f.yaml:7: scores.community.sources: {"),
    (
        "a list instead of a mapping",
        ScoresRecord,
        "scores:\n  - community\n",
        "checklists/f.yaml:1: scores: ['community'] is not a mapping. Write `key: value` lines.",
    ),
    (
        "text instead of a mapping",
        ScoresRecord,
        "scores:\n  community: 3\n",
        "checklists/f.yaml:2: scores.community: 3 is not a mapping. Write `key: value` lines.",
    ),
    (
        "a key that is no id",
        ScoresRecord,
        edited(SCORES, "community:", "Community Size:"),
        "checklists/f.yaml:2: scores.Community Size: 'Community Size' does not match",
    ),
    ("an empty file", Dataset, "", "checklists/f.yaml:1: None is not a mapping. Write `key: value` lines."),
    ("prose", Dataset, "just words\n", "checklists/f.yaml:1: 'just words' is not a mapping."),
    (
        "a value without support",
        ScoresRecord,
        "scores:\n  community:\n    value: 3\n    why: Because.\n",
        "checklists/f.yaml:2: scores.community: a value needs `basis`, `sources`, `confidence`: say how it is known and where that can be read. Mend",
    ),
    (
        "a true that is text",
        ToolRecord,
        "ranked: 'yes'\n",
        "checklists/f.yaml:1: ranked: 'yes' is not true or false. Write true or false without quotes.",
    ),
    ("broken YAML", Dataset, "a: [\n", "checklists/f.yaml:2: cannot be read as YAML:"),
    (
        "a key twice",
        Dataset,
        DATASET + "licence: MIT\n",
        "checklists/f.yaml:5: the key `licence` stands twice, first on line 3. Keep one of the two.",
    ),
]


@pytest.mark.parametrize(("model", "text", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_with_file_line_and_repair(tmp_path: Path, model: type[BaseModel], text: str, message: str) -> None:
    assert any(found.startswith(message) for found in complaints(tmp_path, text, model)), complaints(tmp_path, text, model)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    found = complaints(tmp_path, "version: 1\nlicense: MIT\nstale_after_days: 0\n", Dataset)
    assert sorted(line.split(": ")[1] for line in found) == ["licence", "license", "released_on", "stale_after_days", "version"]


def test_a_long_value_is_not_repeated_in_full(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, edited(DATASET, '"2026.11.0"', "x" * 5_000), Dataset)
    assert len(found) < 250


def test_not_utf_8(tmp_path: Path) -> None:
    assert complaints(tmp_path, "licence: Überall\n".encode("latin-1"), Dataset) == [
        "checklists/f.yaml: is not UTF-8 text (byte 9). Save it as UTF-8."
    ]


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(DATASET, encoding="utf-8-sig")
    assert read_record(path, tmp_path, Dataset, max_bytes=MAX_BYTES)[0].licence == "CC-BY-4.0"


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    with pytest.raises(DataError) as caught:
        read_record(path, tmp_path, Checklist, max_bytes=MAX_BYTES)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(caught.value) == "f.yaml: has more than the 2,000,000 bytes that are read. Split it, or check that it is the right file."
    assert peak < 3 * MAX_BYTES


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_file_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.symlink_to("/dev/zero")
    with pytest.raises(InputError, match="has more than the 1,000 bytes that are read"):
        read_text(path, "f.yaml", 1_000)


def test_a_file_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a" * 1_000)
    assert read_text(path, "f.yaml", 1_000) == "a" * 1_000


@pytest.mark.parametrize("kind", ["missing", "folder", "unreadable"])
def test_what_cannot_be_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "f.yaml"
    if kind == "folder":
        path.mkdir()
    if kind == "unreadable":
        path.touch(mode=0)
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
    with pytest.raises(InputError, match=r"^f\.yaml: cannot be read: .+\. Check the path and the permissions\.$"):
        read_text(path, "f.yaml", 1_000)
