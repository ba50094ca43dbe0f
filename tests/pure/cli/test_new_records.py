"""`orchkit new checklist | source | framework`: what is written loads, and lint asks for exactly what is left to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

import orchkit as package
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.state import initial
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

CHECKLIST, CHECKLIST_PAGE = "checklists/lists/trial-run/1.0.yaml", "docs/checklists/trial-run.md"
SOURCE = "checklists/sources/a-post.yaml"
FRAMEWORK = "checklists/advice/frameworks/a-tree.yaml"


def files(checkout: Checkout) -> set[Path]:
    return {path for path in checkout.root.rglob("*") if path.is_file()}


def left(checkout: Checkout) -> list[str]:
    """The paths inside records that lint names."""
    return [problem.place.partition(": ")[2] for problem in checkout.lint()]


def fill(checkout: Checkout, file: str) -> None:
    """Write what is left to be written."""
    text = (checkout.root / file).read_text(encoding="utf-8")
    checkout.write(file, text.replace("To be written.", "Somebody has written this."))


@pytest.fixture
def handbook(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A copy of this handbook: the small checkout has no advisor."""
    checkout = Checkout(tmp_path / "handbook", root)
    monkeypatch.chdir(checkout.root)
    return checkout


def test_a_checklist_and_its_page(orchkit: Run, checkout: Checkout) -> None:
    before = files(checkout)
    result = orchkit("new", "checklist", "trial-run", "--name", "Trial run")
    assert (result.exit_code, files(checkout) - before) == (0, {checkout.root / CHECKLIST, checkout.root / CHECKLIST_PAGE})
    assert [line.strip() for line in result.stdout.splitlines()[1:3]] == [CHECKLIST, CHECKLIST_PAGE]
    item = [f"sections[0].items[0].{field}" for field in ("claim", "acceptance", "check", "why", "remedy")]
    assert left(checkout) == ["purpose", "subject", "sections[0].title", "sections[0].items[0]", *item]
    fill(checkout, CHECKLIST)
    checkout.replace(CHECKLIST, "acceptance: Somebody has written this.", "acceptance: One command exits with 0.")
    checkout.replace(CHECKLIST, "sources: []", "sources: [{ url: https://example.com/a/page, shows: the passage, read_on: 2026-11-20 }]")
    assert checkout.lint() == []
    catalogue = package.load(checkout.data)
    assert [item.id for item in catalogue.checklists["trial-run"]["1.0"].items] == ["first-item"]
    assert '{{ view("checklist", checklist="trial-run") }}' in (checkout.root / CHECKLIST_PAGE).read_text(encoding="utf-8")
    assert VIEWS["checklist"].draw(catalogue, initial(catalogue), Place(), {"checklist": "trial-run"}, {})


@pytest.mark.parametrize("arguments", [[], ["--name", 'He said: "why?"', "--url", "https://example.com/a-post"]])
def test_a_source(orchkit: Run, checkout: Checkout, arguments: list[str]) -> None:
    before = files(checkout)
    result = orchkit("new", "source", "a-post", *arguments)
    assert (result.exit_code, files(checkout) - before) == (0, {checkout.root / SOURCE})
    assert left(checkout) == ["publisher", *([] if arguments else ["url"]), "sells"]
    assert package.load(checkout.data).sources["a-post"].title == (arguments[1] if arguments else "A Post")
    if arguments:
        fill(checkout, SOURCE)
        assert checkout.lint() == []


def test_a_framework(orchkit: Run, handbook: Checkout) -> None:
    before = files(handbook)
    result = orchkit("new", "framework", "a-tree", "--source", "kanerika")
    assert (result.exit_code, files(handbook) - before) == (0, {handbook.root / FRAMEWORK})
    assert left(handbook) == ["passage", "weighed", "opinion", "rows"]
    fill(handbook, FRAMEWORK)
    handbook.replace(FRAMEWORK, "rows: {}", "rows:\n  few:\n    printed: Few.\n    when:\n      workflows: [under-5]\n    tools: [prefect]\n")
    assert handbook.lint() == []
    frameworks = package.load(handbook.data).advice.frameworks
    assert list(frameworks)[-1] == "a-tree"


@pytest.mark.parametrize(
    ("arguments", "begin"),
    [
        (["checklist", "Trial"], "ID: `Trial` is no id. "),
        (["checklist", "index"], "ID: `index` is taken: docs/checklists/index.md is the list of all checklists. Choose another id."),
        (["checklist", "trial"], "checklists/lists/trial/1.0.yaml: exists already. "),
        (["checklist", "one", "--name", "{{ 7 * 7 }}"], "--name: `{{ 7 * 7 }}` is no name. "),
        (["source", "../post"], "ID: `../post` is no id. "),
        (["source", "printed"], "checklists/sources/printed.yaml: exists already. Edit it, or choose another id."),
        (["source", "one", "--url", "http://example.com/a"], "--url: `http://example.com/a` is not an https address. "),
        (["source", "one", "--name", "two\nlines"], "--name: `two\\nlines` is no title. "),
        (["framework", "one", "--source", "printed"], "ID: this dataset has no advisor to speak in. "),
    ],
)
def test_bad_input_writes_nothing(orchkit: Run, checkout: Checkout, arguments: list[str], begin: str) -> None:
    before = files(checkout)
    result = orchkit("new", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(begin)
    assert files(checkout) == before


def test_a_framework_of_a_source_that_is_not_there(orchkit: Run, handbook: Checkout) -> None:
    before = files(handbook)
    result = orchkit("new", "framework", "a-tree", "--source", "kanerica")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--source: unknown source `kanerica`. Did you mean `kanerika`?")
    assert files(handbook) == before
