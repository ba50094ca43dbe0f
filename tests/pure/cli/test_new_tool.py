from __future__ import annotations

from pathlib import Path

import pytest

import orchkit as package
from orchkit.views.place import Place
from orchkit.views.tools import PARTS, tool_part
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

FILES = ["checklists/tools/cat/tool.yaml", "checklists/tools/cat/scores.yaml", "checklists/tools/cat/deployments.yaml", "docs/tools/cat.md"]


def _files(checkout: Checkout) -> set[Path]:
    return {path for path in checkout.root.rglob("*") if path.is_file()}


def test_records_and_page_are_written_and_lint_has_nothing_to_say(orchkit: Run, checkout: Checkout) -> None:
    before = _files(checkout)
    result = orchkit("new", "tool", "cat", "--name", "Cat (the tool)", "--homepage", "https://example.com/cat")
    assert result.exit_code == 0
    assert _files(checkout) - before == {checkout.root / file for file in FILES}
    assert [line.strip() for line in result.stdout.splitlines()[1:5]] == FILES
    assert "orchkit lint" in result.stdout
    assert checkout.lint() == []


def test_what_only_the_contributor_knows_is_what_lint_asks_for(orchkit: Run, checkout: Checkout) -> None:
    orchkit("new", "tool", "cat")
    (problem,) = checkout.lint()
    assert problem.place.startswith("checklists/tools/cat/tool.yaml:")
    assert problem.place.endswith(": homepage")


def test_everything_is_unknown_with_a_reason_and_nothing_is_ranked(orchkit: Run, checkout: Checkout) -> None:
    orchkit("new", "tool", "cat-and-dog")
    catalogue = package.load(checkout.data)
    tool = catalogue.tools["cat-and-dog"]
    assert (tool.facts.name, tool.facts.ranked) == ("Cat And Dog", False)
    assert tool.facts.why_not_ranked
    assert {(score.value, score.why) for score in tool.scores.values()} == {(None, "Not reviewed yet.")}
    assert list(tool.scores) == list(catalogue.criteria)
    assert "cat-and-dog" not in catalogue.ranked_tools
    assert {fact["value"] for fact in tool.facts.identity.model_dump().values()} == {None}


def test_the_page_can_be_built(orchkit: Run, checkout: Checkout) -> None:
    orchkit("new", "tool", "cat")
    catalogue = package.load(checkout.data)
    page = (checkout.root / "docs/tools/cat.md").read_text(encoding="utf-8")
    for part in PARTS:
        assert f'{{{{ tool_part("cat", "{part}") }}}}' in page
        assert tool_part(catalogue, Place(), "cat", part)


@pytest.mark.parametrize("name", ['Cat "quoted"', "{{ 7 * 7 }}", "<b>Cat</b>", "Cat\nDog", "", " ", "x" * 81, "Cat: tool", "- Cat", "Cat\u202e"])
def test_a_name_that_would_break_page_or_record(orchkit: Run, checkout: Checkout, name: str) -> None:
    before = _files(checkout)
    result = orchkit("new", "tool", "cat", "--name", name)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("--name: ")
    assert _files(checkout) == before


@pytest.mark.parametrize("name", ["C++ (new)", "Ärger 2.0", "No", "1.0", "A&B", "O'Cat"])
def test_a_name_that_only_looks_odd(orchkit: Run, checkout: Checkout, name: str) -> None:
    assert orchkit("new", "tool", "cat", "--name", name, "--homepage", "https://example.com/").exit_code == 0
    assert package.load(checkout.data).tools["cat"].facts.name == name
    assert checkout.lint() == []


@pytest.mark.parametrize(
    ("arguments", "begin"),
    [
        (["Cat"], "ID: `Cat` is no id. Use lower-case letters"),
        (["cat_dog"], "ID: `cat_dog` is no id. "),
        (["../cat"], "ID: `../cat` is no id. "),
        (["cat/dog"], "ID: `cat/dog` is no id. "),
        (["cat--dog"], "ID: `cat--dog` is no id. "),
        (["cat\n"], "ID: `cat\\n` is no id. "),
        ([""], "ID: `` is no id. "),
        (["c" * 81], "ID: `ccc"),
        (["index"], "ID: `index` is taken: docs/tools/index.md is the list of all tools. Choose another id."),
        (["cat", "--homepage", "http://example.com"], "--homepage: `http://example.com` is not an https address. "),
        (["cat", "--homepage", "https://x y.z"], "--homepage: `https://x y.z` is not an https address. "),
    ],
)
def test_bad_input_writes_nothing(orchkit: Run, checkout: Checkout, arguments: list[str], begin: str) -> None:
    before = _files(checkout)
    result = orchkit("new", "tool", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(begin)
    assert _files(checkout) == before


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_overwritten(orchkit: Run, checkout: Checkout, file: str) -> None:
    # The folder of a tool that is there in part does not load; the page alone does.
    orchkit("new", "tool", "cat")
    (checkout.root / file).write_text((checkout.root / file).read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in _files(checkout)}
    result = orchkit("new", "tool", "cat")
    assert result.exit_code == 2
    assert f"{file}: exists already. Edit it, or choose another id.\n" in result.stderr
    assert {path: path.read_bytes() for path in _files(checkout)} == before


def test_a_page_alone_stops_it_before_anything_is_written(orchkit: Run, checkout: Checkout) -> None:
    checkout.write("docs/tools/cat.md", "mine")
    result = orchkit("new", "tool", "cat")
    assert (result.exit_code, result.stderr) == (2, "docs/tools/cat.md: exists already. Edit it, or choose another id.\n")
    assert not (checkout.root / "checklists/tools/cat").exists()
