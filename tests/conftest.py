"""What all tests share: the dataset, and how long Hypothesis searches."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

import orchkit
from orchkit.model.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[1]

set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
# The same examples on every run: nobody's pull request fails by luck. `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("steady", max_examples=100, deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", max_examples=2_000, deadline=None, print_blob=True)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The dataset of this checkout."""
    return orchkit.load(ROOT / "checklists")
