"""What all tests share: the dataset, and how long Hypothesis searches."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

import orchkit
from orchkit.model.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[1]

set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
# The same examples on every run: nobody's pull request fails by luck. `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("steady", max_examples=50, deadline=None, derandomize=True)
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


@pytest.fixture(scope="session")
def sites(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The site of this checkout by builder, as `make serve` makes it; each is built once, when it is first asked for. Change nothing in it.

    Processes that share the tests share the sites.
    """
    from filelock import FileLock  # noqa: PLC0415 - the oldest Python runs without what this needs

    from orchkit.site.build import build_site  # noqa: PLC0415
    from orchkit.site.serve import BASE, HOST, PORT  # noqa: PLC0415

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    @cache
    def build(builder: str) -> Path:
        out, whole = shared / builder, shared / f"{builder}.whole"
        with FileLock(shared / f"{builder}.lock"):
            if not whole.exists():
                build_site(root, out, site_url=f"http://{HOST}:{PORT}{BASE}", builder=builder, progress=lambda _: None)
                whole.touch()
        return out

    return build
