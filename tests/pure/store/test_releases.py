"""Frozen releases: the same bytes for the same data, never written over, refused when they are not what was frozen."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchkit
from orchkit.errors import DataError
from orchkit.model.releases import ReleaseIndex, dataset_digest, release_order
from orchkit.store import compile_dataset
from orchkit.store.releases import carried_index, frozen, index_text, parse_index, read_index, read_release, write_release
from orchkit.store.user import read_decision_file
from tests.pure.lint.checkout import Checkout

BUNDLES = Path(__file__).parents[2] / "bundles"
OLD = sorted(path for path in BUNDLES.glob("*.json") if not path.name.endswith(".orchkit.json"))
VERSION = "2026.11.0"
SCORES = "checklists/tools/ant/scores.yaml"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def freeze(checkout: Checkout, version: str = VERSION) -> Path:
    return write_release(checkout.data, version, frozen(checkout.data, version, orchkit.__version__))


def raise_version(checkout: Checkout, version: str, was: str = VERSION) -> None:
    checkout.replace("checklists/dataset.yaml", was, version)


def test_a_release_is_the_compiled_dataset_pinned_by_its_digest(checkout: Checkout) -> None:
    path = freeze(checkout)
    assert path == checkout.data / "releases" / f"{VERSION}.json"
    assert path.read_text(encoding="utf-8") == compile_dataset(checkout.data)
    index = read_index(checkout.data)
    assert index.newest == VERSION
    assert index.releases[VERSION].sha256 == sha256(path.read_bytes()).hexdigest() == dataset_digest(orchkit.load(checkout.data))
    assert index.releases[VERSION].bytes == path.stat().st_size
    assert orchkit.load(checkout.data, release=VERSION) == orchkit.load(checkout.data) == orchkit.load(path)


def test_the_same_data_frozen_again_is_the_same_bytes(checkout: Checkout, tmp_path: Path) -> None:
    freeze(checkout)
    assert not frozen(checkout.data, VERSION, orchkit.__version__).new
    other = Checkout(tmp_path / "other")
    freeze(other)
    for name in (f"{VERSION}.json", "index.json"):
        assert (checkout.data / "releases" / name).read_bytes() == (other.data / "releases" / name).read_bytes()


def test_other_data_under_the_same_version_is_refused_and_nothing_is_written(checkout: Checkout) -> None:
    path = freeze(checkout)
    before = path.read_bytes()
    checkout.replace(SCORES, "value: 3", "value: 4")
    with pytest.raises(DataError, match=r"release 2026\.11\.0: was frozen before, with other data.* Raise `version`"):
        frozen(checkout.data, VERSION, orchkit.__version__)
    assert path.read_bytes() == before


def test_a_version_that_is_not_the_datasets_is_refused(checkout: Checkout) -> None:
    with pytest.raises(DataError, match=r"`2026\.12\.0` is not the dataset's version: checklists/dataset\.yaml says 2026\.11\.0"):
        frozen(checkout.data, "2026.12.0", orchkit.__version__)


@pytest.mark.parametrize("version", ["2026.10.5", "2026.9.0"])
def test_a_version_that_is_not_newer_is_refused(checkout: Checkout, version: str) -> None:
    freeze(checkout)
    raise_version(checkout, version)
    with pytest.raises(DataError, match=r"is not newer than the last one, 2026\.11\.0"):
        frozen(checkout.data, version, orchkit.__version__)


def test_a_later_release_leaves_the_earlier_as_it_was(checkout: Checkout) -> None:
    first = freeze(checkout)
    before = first.read_bytes()
    raise_version(checkout, "2026.12.0")
    checkout.replace(SCORES, "value: 3", "value: 4")
    freeze(checkout, "2026.12.0")
    assert first.read_bytes() == before
    assert list(read_index(checkout.data).releases) == [VERSION, "2026.12.0"]
    assert orchkit.load(checkout.data, release=VERSION).tools["ant"].scores["speed"].value == 3
    assert orchkit.load(checkout.data, release="2026.12.0").tools["ant"].scores["speed"].value == 4


@pytest.mark.parametrize("change", [lambda text: text + " ", lambda text: text.replace('"value":3', '"value":5', 1), lambda _: ""])
def test_a_release_that_is_not_what_was_frozen_is_not_read(checkout: Checkout, change: object) -> None:
    path = freeze(checkout)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(DataError, match=r"checklists/releases/2026\.11\.0\.json: is not what was frozen .* SHA-256 differs"):
        read_release(checkout.data, VERSION)


def test_a_release_whose_file_is_gone(checkout: Checkout) -> None:
    freeze(checkout).unlink()
    with pytest.raises(DataError, match=r"checklists/releases/2026\.11\.0\.json: cannot be read"):
        orchkit.load(checkout.data, release=VERSION)


def test_an_unknown_release_names_the_known_ones(checkout: Checkout) -> None:
    with pytest.raises(DataError, match=r"no frozen release `2026\.11\.0`\. No release has been frozen yet"):
        orchkit.load(checkout.data, release=VERSION)
    freeze(checkout)
    with pytest.raises(DataError, match=r"no frozen release `2026\.11\.1`\. Did you mean `2026\.11\.0`\?"):
        orchkit.load(checkout.data, release="2026.11.1")


def test_a_compiled_file_is_its_own_release_and_no_other(checkout: Checkout) -> None:
    path = freeze(checkout)
    assert orchkit.load(path, release=VERSION) == orchkit.load(path)
    with pytest.raises(DataError, match=r"is release 2026\.11\.0, not 2026\.10\.0\. Name the file of that release"):
        orchkit.load(path, release="2026.10.0")


def test_an_installed_wheel_says_where_an_older_release_can_be_had(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(checkout)
    index = read_index(checkout.data)
    monkeypatch.setattr("orchkit.store.loading.own_folder", lambda: checkout.root / "nowhere")
    monkeypatch.setattr("orchkit.store.loading.carried_index", lambda: index)
    monkeypatch.setattr("orchkit.store.loading.load", lambda path: orchkit.load(BUNDLES / "2026.9.0.json") if path is None else None)
    assert orchkit.load(release="2026.9.0").dataset.version == "2026.9.0"
    with pytest.raises(DataError, match=r"is not carried .* Fetch `releases/2026\.11\.0\.json` from the handbook's site .* orchkit --data FILE"):
        orchkit.load(release=VERSION)
    with pytest.raises(DataError, match="no frozen release `2020"):
        orchkit.load(release="2020.1.0")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("{", "is not JSON"),
        ("[]", "releases"),
        ('{"releases": {"soon": {}}}', "soon"),
        ('{"releases": {"2026.11.0": {"released_on": "2026-11-21", "sha256": "x", "bytes": 3, "orchkit_version": "0"}}}', "sha256"),
    ],
)
def test_an_index_that_is_damaged_is_named(checkout: Checkout, text: str, fact: str) -> None:
    (checkout.data / "releases").mkdir()
    (checkout.data / "releases/index.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_index(checkout.data)
    assert str(caught.value).startswith("checklists/releases/index.json")
    assert fact in str(caught.value) or fact == "releases"


def test_the_index_of_this_checkout_is_carried(root: Path) -> None:
    assert carried_index() == read_index(root / "checklists")
    assert parse_index(index_text(carried_index()), "again") == carried_index()


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_a_bundle_of_an_earlier_orchkit_is_read_and_ranked(path: Path) -> None:
    catalogue = orchkit.load(path)
    assert catalogue.dataset.version == path.stem
    ranking = orchkit.rank(catalogue, next(iter(catalogue.profiles))).ranking
    assert [(line.tool, line.rank) for line in ranking] == [("bee", 1), ("ant", 2)] or all(line.rank or line.rank_range for line in ranking)
    assert set(json.loads(path.read_text(encoding="utf-8"))["tools"]) == set(catalogue.tools)
    assert orchkit.diff(catalogue, catalogue).quiet


@pytest.mark.parametrize("path", sorted(BUNDLES.glob("*.orchkit.json")), ids=lambda path: path.name)
def test_a_result_that_an_earlier_orchkit_stored_follows_from_todays_code(path: Path) -> None:
    released = orchkit.load(BUNDLES / path.name.replace(".orchkit", ""))
    decision = read_decision_file(path, released)
    assert decision.result
    found = orchkit.replay(decision, released, released)
    assert (found.reproduced, found.differences, found.checked) == (True, (), ("ranking",))


versions = st.tuples(st.integers(2000, 2999), st.integers(1, 12), st.integers(0, 30))


@given(st.lists(versions, min_size=1, unique=True), versions)
def test_releases_are_ordered_as_their_numbers_are(numbers: list[tuple[int, int, int]], asked: tuple[int, int, int]) -> None:
    names = [".".join(map(str, number)) for number in numbers]
    line = {"released_on": "2026-11-21", "sha256": "0" * 64, "bytes": 1, "orchkit_version": "0.1.0"}
    index = ReleaseIndex.model_validate({"releases": dict.fromkeys(names, line)})
    assert release_order(index.newest or "0") == max(numbers)
    before = [number for number in numbers if number < asked]
    found = index.before(".".join(map(str, asked)))
    assert (release_order(found) if found else None) == (max(before) if before else None)
