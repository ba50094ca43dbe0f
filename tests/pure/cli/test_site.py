from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

Calls = list[tuple[tuple[Any, ...], dict[str, Any]]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What the commands hand on; the builder itself is tested on the built site."""
    made: Calls = []
    for module, function in (("build", "build_site"), ("serve", "serve")):
        stand_in = ModuleType(f"orchkit.site.{module}")
        setattr(stand_in, function, lambda *args, **kwargs: made.append((args, kwargs)))
        monkeypatch.setitem(sys.modules, stand_in.__name__, stand_in)
    return made


def test_build_takes_folder_address_and_builder(orchkit: Run, checkout: Checkout, tmp_path: Path, calls: Calls) -> None:
    assert orchkit("site", "build").exit_code == 0
    assert orchkit("--data", checkout.data, "site", "build", "--out", tmp_path / "out", "--site-url", "https://x.org/h/").exit_code == 0
    assert orchkit("site", "build", "--builder", "zensical").exit_code == 0
    assert [(args, kwargs["site_url"], kwargs["builder"]) for args, kwargs in calls] == [
        ((checkout.root, checkout.root / "site"), None, "material"),
        ((checkout.root, tmp_path / "out"), "https://x.org/h/", "material"),
        ((checkout.root, checkout.root / "site"), None, "zensical"),
    ]


def test_an_unknown_builder_is_refused(orchkit: Run, calls: Calls) -> None:
    result = orchkit("site", "build", "--builder", "sphinx")
    assert result.exit_code == 2
    assert "'material', 'zensical'" in result.stderr
    assert calls == []


def test_serve_takes_port_builder_and_whether_to_build(orchkit: Run, checkout: Checkout, calls: Calls) -> None:
    assert orchkit("site", "serve").exit_code == 0
    assert orchkit("site", "serve", "--port", "0", "--open", "--no-build").exit_code == 0
    assert orchkit("site", "serve", "--builder", "zensical").exit_code == 0
    assert calls == [
        ((checkout.root,), {"port": 8000, "open_browser": False, "builder": "material"}),
        ((checkout.root,), {"port": 0, "open_browser": True, "builder": None}),
        ((checkout.root,), {"port": 8000, "open_browser": False, "builder": "zensical"}),
    ]


def test_a_wheel_without_the_tool_chain_says_so(orchkit: Run, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checkout.root == Path.cwd()
    monkeypatch.setitem(sys.modules, "orchkit.site.build", None)
    result = orchkit("site", "build")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "is not installed" in result.stderr
