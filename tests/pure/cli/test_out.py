"""What users and the data say is text, in a terminal and in Markdown."""

from __future__ import annotations

import markdown
import pytest

from orchkit.cli.out import Report
from orchkit.views.markdown import markdown_text, plain_text
from tests.pure.views.rendered import Page
from tests.strategies import HOSTILE

WORD = "Word"


def read(text: str) -> Page:
    return Page(markdown.markdown(text, extensions=["tables", "fenced_code", "pymdownx.tilde"]))


def elements(text: str) -> list[str]:
    return [tag for tag, _ in read(text).elements]


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_it_becomes_no_markup(capsys: pytest.CaptureFixture[str], hostile: str) -> None:
    def written(text: str) -> str:
        report = Report("markdown")
        report.heading(f"Heading {text}")
        report.paragraph(f"Paragraph {text}")
        report.gap()
        report.entry(f"entry {text}", [f"below {text}"])
        report.table(["A", "B"], [[text, f"b {text}"], [f"c {text}", text]])
        return capsys.readouterr().out

    assert elements(written(hostile)) == elements(written(WORD))


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_it_can_be_read_again(hostile: str) -> None:
    assert read(f"x {markdown_text(hostile)} x").text == f"x {plain_text(hostile)} x"


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_it_moves_no_cursor(capsys: pytest.CaptureFixture[str], hostile: str) -> None:
    report = Report("table")
    report.table(["A"], [[hostile]])
    report.entry(hostile)
    assert all(line.isprintable() for line in capsys.readouterr().out.split("\n"))


@pytest.mark.parametrize("text", ["partly_met", "https://example.org/_static/a_b.html", "a~b", "2 = 2"])
def test_ids_and_addresses_stay_as_they_are(text: str) -> None:
    assert markdown_text(text) == text
