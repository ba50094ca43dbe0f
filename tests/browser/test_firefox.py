"""The live pages in a second engine: Firefox, where one is installed. Nothing is downloaded for it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.views.ranking_table import score_text


@pytest.fixture(scope="module")
def seen(root: Path, address: str) -> dict[str, Any]:
    """What a reader with Firefox sees, from one visit to two pages."""
    firefox = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if firefox is None:
        pytest.skip("no Firefox is installed: on Debian, apt-get install firefox-esr libvpx7")
    node = shutil.which("node")
    assert node is not None, "Node is missing: run `make setup`"
    command = [node, str(Path(__file__).with_name("firefox.mjs")), firefox, address, str(root / "node_modules" / "axe-core" / "axe.min.js")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def expected(catalogue: Catalogue, weights: str | dict[str, int]) -> list[list[str]]:
    return [[f"rank-{line.tool}", score_text(line)] for line in orchkit.rank(catalogue, weights).ranking]


def test_a_slider_ranks_again_and_the_address_reproduces_it(seen: dict[str, Any], catalogue: Catalogue) -> None:
    weights = {name: round(100 * weight) for name, weight in catalogue.profiles["startup"].weights.items()} | {"community": 100}
    assert seen["scores"] == {"built": expected(catalogue, "startup"), **dict.fromkeys(("moved", "again"), expected(catalogue, weights))}


def test_answers_survive_a_reload(seen: dict[str, Any]) -> None:
    assert seen["checklist"] == {"subject": "Ours, in Firefox", "note": "seen <b>twice</b>", "outcome": "not_met", "findings": 1}


def test_axe_finds_nothing(seen: dict[str, Any]) -> None:
    assert seen["findings"] == []


def test_nothing_errs_and_nothing_is_asked_elsewhere(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
    assert seen["foreign"] == []
