"""The dataset in two parts: what is parted is whole again when it is put together, and either part is what it should be."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from orchkit.errors import DataError
from orchkit.model.catalogue import Catalogue
from orchkit.model.releases import digest
from orchkit.store.bundle import read_bundle
from orchkit.store.particulars import DIGEST, join, load_with, part, withheld


def text_of(data: object) -> str:
    """As it is written."""
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("shortly", [True, False], ids=["without defaults", "with defaults"])
def test_both_parts_together_are_the_dataset(catalogue: Catalogue, *, shortly: bool) -> None:
    data = catalogue.model_dump(mode="json", exclude_defaults=shortly)
    before = text_of(data)
    rest, apart = part(data)
    assert text_of(data) == before, "what was given is left alone"
    assert join(rest, apart) == data
    assert read_bundle(text_of(join(rest, apart)), "joined") == catalogue


def test_the_rest_is_a_dataset_by_itself(catalogue: Catalogue) -> None:
    rest, _ = part(catalogue.model_dump(mode="json"))
    alone = read_bundle(text_of(rest), "the rest")
    assert (alone.cases, alone.features, alone.migrations) == ({}, {}, {})
    for name, tool in catalogue.tools.items():
        kept = alone.tools[name]
        assert (kept.scores, kept.facts.identity, kept.facts.alternatives) == (tool.scores, tool.facts.identity, tool.facts.alternatives)
        assert (kept.facts.strengths, kept.features) == ((), {})
        for way, deployment in tool.deployments.items():
            assert kept.deployments[way] == deployment.model_copy(update={"limits": ()})


def test_nothing_but_what_was_taken_away_is_put_back(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rest, apart = map(text_of, part(catalogue.model_dump(mode="json")))
    (tmp_path / DIGEST).parent.mkdir()
    (tmp_path / "_data" / "catalogue.json").write_text(rest, encoding="utf-8")
    (tmp_path / DIGEST).write_text(digest(apart), encoding="utf-8")
    assert withheld() is None, "this checkout has all of it"
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    assert withheld() == digest(apart)
    assert load_with(apart) == catalogue
    for wrong in ("", "{}", apart + " ", apart.replace("a", "b", 1)):
        with pytest.raises(DataError, match="the particulars: are not those of this edition"):
            load_with(wrong)
