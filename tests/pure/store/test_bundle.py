"""The compiled dataset: one JSON text that reads back equal, and says so when it was damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

import orchkit
from orchkit.errors import DataError, OrchkitError
from orchkit.model.catalogue import Catalogue
from orchkit.store import compile_dataset, load, read_bundle
from tests.strategies import Cells, catalogue_of, cells, checklist_of


@pytest.fixture(scope="module")
def compiled(root: Path) -> str:
    return compile_dataset(root / "checklists")


def test_what_is_compiled_reads_back_equal(compiled: str, catalogue: Catalogue) -> None:
    again = read_bundle(compiled, "the bundle")
    assert again == catalogue
    assert list(again.criteria) == list(catalogue.criteria)
    assert list(again.profiles) == list(catalogue.profiles)
    assert list(again.tools) == list(catalogue.tools)
    assert again.model_dump_json() == compiled


@given(cells())
def test_any_catalogue_survives_being_compiled(matrix: Cells) -> None:
    catalogue = catalogue_of(matrix, checklist_of([["blocker"], ["minor"]]))
    assert read_bundle(catalogue.model_dump_json(), "the bundle") == catalogue


def test_compiling_twice_gives_the_same_bytes(root: Path, compiled: str) -> None:
    assert compile_dataset(root / "checklists") == compiled


def test_a_bundle_is_one_line_of_strict_json(compiled: str) -> None:
    assert "\n" not in compiled
    json.loads(compiled, parse_constant=pytest.fail)


def test_a_compiled_file_is_loaded_like_a_folder(compiled: str, catalogue: Catalogue, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(compiled, encoding="utf-8")
    assert load(path) == load(str(path)) == load(root / "checklists") == load() == catalogue


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text[:-1], lambda text: text[: len(text) // 2], lambda _: "", lambda _: "{}", lambda _: "null"],
    ids=["cut by one", "cut in half", "empty", "{}", "null"],
)
def test_a_damaged_bundle_says_so(compiled: str, tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "catalogue.json"
    assert callable(spoil)
    path.write_text(spoil(compiled), encoding="utf-8")
    with pytest.raises(DataError, match=r"catalogue\.json: is not a compiled dataset: .+\. Install orchkit again, or compile the dataset again\.$"):
        load(path)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 8, "Überall".encode("latin-1")], ids=["no UTF-8", "null bytes", "Latin 1"])
def test_a_file_of_another_kind_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.json"
    path.write_bytes(content)
    with pytest.raises(OrchkitError, match=r"catalogue\.json: "):
        load(path)


def test_a_path_to_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is neither a dataset folder nor a compiled dataset"):
        orchkit.load(tmp_path / "nowhere")
