"""The rule `releases`: what is frozen stays, and a released version is what was released."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import orchkit
from orchkit.store.releases import frozen, write_release
from tests.pure.lint.checkout import Checkout

VERSION = "2026.11.0"
FILE = f"checklists/releases/{VERSION}.json"
LIST = "checklists/lists/trial/1.0.yaml"


@pytest.fixture
def released(checkout: Checkout) -> Checkout:
    """A checkout with a release, in which work on the next one has begun."""
    write_release(checkout.data, VERSION, frozen(checkout.data, VERSION, orchkit.__version__))
    checkout.replace("checklists/dataset.yaml", VERSION, "2026.12.0")
    assert checkout.lint() == []
    return checkout


def _edited(checkout: Checkout) -> None:
    checkout.replace(FILE, '"value":3', '"value":4')


def _gone(checkout: Checkout) -> None:
    (checkout.root / FILE).unlink()


def _binary(checkout: Checkout) -> None:
    (checkout.root / FILE).write_bytes(b"\xff")


def _stray(checkout: Checkout) -> None:
    checkout.write("checklists/releases/2026.8.0.json", "{}")


def _changed_list(checkout: Checkout) -> None:
    text = (checkout.root / LIST).read_text(encoding="utf-8")
    checkout.write(LIST, text.replace("severity: blocker", "severity: minor", 1))


def _removed_list(checkout: Checkout) -> None:
    checkout.write("checklists/lists/trial/1.1.yaml", (checkout.root / LIST).read_text(encoding="utf-8"))
    (checkout.root / LIST).unlink()


def _older(checkout: Checkout) -> None:
    checkout.replace("checklists/dataset.yaml", "2026.12.0", "2026.10.0")


def _same_version(checkout: Checkout) -> None:
    checkout.replace("checklists/dataset.yaml", "2026.12.0", VERSION)
    checkout.replace("checklists/tools/ant/scores.yaml", "why: ", "why: now ")


def _broken_index(checkout: Checkout) -> None:
    checkout.write("checklists/releases/index.json", "{")


@pytest.mark.parametrize(
    ("break_it", "place", "fact"),
    [
        (_edited, FILE, "is not what was frozen as release 2026.11.0: its SHA-256 differs"),
        (_gone, FILE, "is missing, and links name it"),
        (_binary, FILE, "it is not UTF-8 text"),
        (_stray, "checklists/releases/2026.8.0.json", "is no release of the index"),
        (_changed_list, LIST, "differs from what release 2026.11.0 published"),
        (_removed_list, LIST, "is gone, and release 2026.11.0 has it"),
        (_older, "checklists/dataset.yaml", "the version 2026.10.0 is older than the last release, 2026.11.0"),
        (_same_version, "checklists/dataset.yaml", "version 2026.11.0 is released, and the data is not what was released"),
        (_broken_index, "checklists/releases/index.json", "is not JSON"),
    ],
)
def test_one_break_is_one_problem(released: Checkout, break_it: Callable[[Checkout], None], place: str, fact: str) -> None:
    break_it(released)
    found = [problem for problem in released.lint() if problem.place.startswith(place)]
    assert len(found) == 1, released.lint()
    assert fact in found[0].fact


def test_data_of_the_next_version_may_change(released: Checkout) -> None:
    released.replace("checklists/tools/ant/scores.yaml", "nobody has looked", "somebody has looked, and could not say")
    assert released.lint() == []


def test_a_released_dataset_that_is_unchanged_is_fine(released: Checkout) -> None:
    released.replace("checklists/dataset.yaml", "2026.12.0", VERSION)
    assert released.lint() == []
