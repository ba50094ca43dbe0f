from __future__ import annotations

import pytest

from orchkit.lint.prose import sentences
from tests.pure.lint.checkout import Checkout

VERDICTS = [
    ("Ant is the best tool here.\n", 1, "best"),
    ("Take what fits. Ant is the\neasiest to learn.\n", 2, "easiest"),
    ("Of all the tools that start, Bee's start is the *fastest*.\n", 1, "fastest"),
    ("Nothing is **worse**.\n\nThe leading tool is [Ant](../tools/ant.md).\n", 3, "leading"),
    ("- One\n- Only Ant does it.\n", 2, "Only"),
    ("| tool | |\n|---|---|\n| Bee | top |\n", 3, "top"),
    ("> Ant is a\n> market-leading tool.\n", 2, "market-leading"),
    ("# Why Ant wins\n", 1, "wins"),
    ("---\ntitle: Ant\ndescription: Why Ant is the go-to tool.\n---\n", 3, "go-to"),
    ("```text\nnothing\n```\nAnt is the simplest.\n", 4, "simplest"),
    ("1. Start.\n\n    ```bash\n    ant\n    ```\n\n2. Bee is the\n   state of the art.\n", 8, "state of the art"),
    ("Ant, the most careful.", 1, "most"),
]

HARMLESS = [
    "Ant is fine. The best score is computed.\n",
    "Read what stands on top of Ant, at the top of the page.\n",
    "Ant needs at least two workers and at most ten.\n",
    "Ant's volume is read-only and its keys are top-level.\n",
    "```text\nAnt is the best\n```\n",
    "~~~\nAnt is the best\n\n```\nAnt is the best\n~~~\n",
    "Write `ant --best` when Ant starts.\n",
    '{{ verdict("Ant is the best") }}\n',
    "{# Ant is the best #}<!-- Ant\nis the best -->\n",
    "Ant links to [a page](https://example.com/the-best).\n",
    '<div title="best">Ant</div>\n',
    "- Ant starts\n- the best way to read a list\n",
    "# Ant\nThe best score is computed.\n",
    "Antwerp is the best town.\n",
    "Ant is here\n\nand the best paragraph there.\n",
]


@pytest.mark.parametrize(("text", "line", "word"), VERDICTS)
def test_a_verdict_beside_a_tool_is_refused_with_its_line(checkout: Checkout, text: str, line: int, word: str) -> None:
    checkout.write("docs/why/page.md", text)
    (problem,) = checkout.lint()
    assert problem.place == f"docs/why/page.md:{line}"
    assert problem.fact.startswith(f"`{word}` stands in one sentence with `")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_verdict_on_a_tool_is_left_alone(checkout: Checkout, text: str) -> None:
    checkout.write("docs/page.md", text)
    assert checkout.lint() == []


def test_names_are_those_of_the_dataset(checkout: Checkout) -> None:
    checkout.replace("checklists/tools/ant/tool.yaml", "short: Ant", "short: Ant+ (new)")
    checkout.write("docs/page.md", "The Ant+ (new) is the best.\n")
    (problem,) = checkout.lint()
    assert "`Ant+ (new)`" in problem.fact


def test_sentences_carry_the_line_they_begin_on() -> None:
    text = "---\ntitle: x\n---\n\n# Head\n\nOne. Two\nand more!\n\n- three\n- four\n"
    found = [(line, " ".join(sentence.split())) for line, sentence in sentences(text)]
    assert found == [(1, "---"), (2, "title: x"), (3, "---"), (5, "# Head"), (7, "One."), (7, "Two and more!"), (10, "- three"), (11, "- four")]


def test_an_unclosed_fence_hides_the_rest_of_the_page(checkout: Checkout) -> None:
    checkout.write("docs/page.md", "```\nAnt is the best\n")
    assert checkout.lint() == []
