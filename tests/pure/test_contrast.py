"""Colours of the style sheet can be told from their ground, in both schemes and on paper. The formula is WCAG 2.2's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BACKGROUND = {"default": "#fff", "slate": "#1e2129", "print": "#fff"}
"""What the theme lays under its text in each scheme; paper has the light one."""


@pytest.fixture(scope="module")
def colours(root: Path) -> dict[str, dict[str, str]]:
    """The style sheet's colour variables by scheme, each what it overrides in those before it."""
    sheet = (root / "overrides" / "stylesheets" / "orchkit.css").read_text(encoding="utf-8")
    screen, _, paper = sheet.partition("@media print {")
    light, dark = r':root|\[data-md-color-scheme="default"\]', r'\[data-md-color-scheme="slate"\]'
    found = {"default": declared(screen, light), "slate": declared(screen, dark), "print": declared(paper, light)}
    return {scheme: {**found["default"], **found[scheme]} for scheme in BACKGROUND}


def declared(sheet: str, selector: str) -> dict[str, str]:
    blocks = re.findall(rf"^\s*(?:{selector}) \{{(.*?)\}}", sheet, re.DOTALL | re.MULTILINE)
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]+)\b", "".join(blocks)))


def test_the_dark_scheme_is_for_screens_and_paper_has_its_own(root: Path, colours: dict[str, dict[str, str]]) -> None:
    sheet = (root / "overrides" / "stylesheets" / "orchkit.css").read_text(encoding="utf-8")
    assert re.findall(r'^\[data-md-color-scheme="slate"\] \{', sheet, re.MULTILINE) == []
    assert colours["print"] != colours["default"] != colours["slate"]
    assert {name for name in colours["default"] if re.fullmatch(r"--ok-v\d-[bf]g", name)} == {
        f"--ok-v{n}-{end}" for n in range(6) for end in ("bg", "fg")
    }


@pytest.mark.parametrize("value", range(6))
def test_a_score_can_be_read_where_grounds_are_not_printed(colours: dict[str, dict[str, str]], value: int) -> None:
    assert contrast(colours["print"][f"--ok-v{value}-fg"], "#fff") >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000", "#fff", 21.0), ("#777777", "#fff", 4.48), ("#fff", "#ffffff", 1.0)])
def test_the_formula(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("scheme", BACKGROUND)
@pytest.mark.parametrize("value", range(6))
def test_a_score_can_be_read_on_its_cell(colours: dict[str, dict[str, str]], scheme: str, value: int) -> None:
    assert contrast(colours[scheme][f"--ok-v{value}-fg"], colours[scheme][f"--ok-v{value}-bg"]) >= 4.5


@pytest.mark.parametrize("scheme", BACKGROUND)
@pytest.mark.parametrize("series", range(1, 11))
def test_a_bar_can_be_told_from_its_track_and_the_page(colours: dict[str, dict[str, str]], scheme: str, series: int) -> None:
    colour = colours[scheme][f"--ok-s{series}"]
    assert contrast(colour, colours[scheme]["--ok-track"]) >= 3
    assert contrast(colour, BACKGROUND[scheme]) >= 3


@pytest.mark.parametrize("scheme", BACKGROUND)
def test_what_is_met_can_be_told_from_its_track(colours: dict[str, dict[str, str]], scheme: str) -> None:
    assert contrast(colours[scheme]["--ok-met"], colours[scheme]["--ok-track"]) >= 3


@pytest.mark.parametrize("scheme", BACKGROUND)
def test_a_chosen_answer_can_be_read(colours: dict[str, dict[str, str]], scheme: str) -> None:
    assert contrast("#fff", colours[scheme]["--md-primary-fg-color--light"]) >= 4.5


@pytest.mark.parametrize("scheme", BACKGROUND)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("--md-default-fg-color--light", "--ok-soft"),
        ("--md-default-fg-color--light", "--ok-wrong-soft"),
        ("--md-typeset-a-color", "--ok-soft"),
        ("--md-typeset-a-color", "--ok-wrong-soft"),
        ("--ok-wrong", "--ok-soft"),
        ("--md-accent-fg-color", "--ok-soft"),
    ],
)
def test_text_can_be_read(colours: dict[str, dict[str, str]], scheme: str, text: str, ground: str) -> None:
    assert contrast(colours[scheme][text], colours[scheme][ground]) >= 4.5
    assert contrast(colours[scheme][text], BACKGROUND[scheme]) >= 4.5
