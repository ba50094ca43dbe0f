"""What README and the pages print of the command and the library is what these print."""

from __future__ import annotations

import doctest
import re
import shlex

import pytest

from orchkit.model.catalogue import Catalogue
from tests.conftest import ROOT
from tests.pure.cli.conftest import Run

PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
WORDS = {13: "thirteen", 16: "sixteen", 20: "twenty"}


def fenced(kind: str) -> dict[str, str]:
    """The fences of a kind, each paper's in one text."""
    fence = re.compile(rf"^```{kind}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    texts = {str(paper.relative_to(ROOT)): "".join(fence.findall(paper.read_text(encoding="utf-8"))) for paper in PAPERS}
    return {paper: text for paper, text in texts.items() if text}


@pytest.mark.parametrize(("paper", "text"), fenced("console").items())
def test_a_command_prints_what_stands_below_it(orchkit: Run, monkeypatch: pytest.MonkeyPatch, paper: str, text: str) -> None:
    monkeypatch.chdir(ROOT)
    for shown in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = shown.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == ".venv/bin/orchkit", paper
        assert orchkit(*arguments).stdout.rstrip() == printed.rstrip(), f"{paper}: {command}"


@pytest.mark.parametrize(("paper", "text"), fenced("pycon").items())
def test_python_answers_what_stands_below_it(paper: str, text: str) -> None:
    test = doctest.DocTestParser().get_doctest(text, {}, paper, paper, 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(test, out=said.append)
    assert (result.failed, result.attempted > 0) == (0, True), "".join(said)


def test_the_examples_are_found() -> None:
    assert list(fenced("console")) == ["README.md"]
    assert list(fenced("pycon")) == ["README.md", "docs/reference/library.md"]


def test_readme_counts_what_there_is(catalogue: Catalogue) -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    ranked, checklists, costed = len(catalogue.ranked_tools), len(catalogue.checklists), len(catalogue.costs.deployments)
    for count in (f"{WORDS[ranked]} ranked tools", f"{WORDS[checklists]} checklists", f"{WORDS[costed]} deployments"):
        assert count in readme
