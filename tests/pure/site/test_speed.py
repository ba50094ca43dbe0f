"""The bench's results as the page shows them: every row, its verdict in words, a drawing that ends where its scale does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from orchkit.errors import DataError
from orchkit.site.bench import Levers, Results, read_levers, read_results
from orchkit.site.speed import bench_table, lever_table, number
from tests.pure.views.rendered import Page

MACHINE = {"processor": "A processor", "cores": 2, "memory_gb": 8.0, "system": "A system", "load_before": 0.1}
HEAD = {"measured_on": "2026-11-21", "machine": MACHINE, "versions": {"orchkit": "0.1.0"}}


def row(name: str, value: float | None, bound: float | None, low: float | None, high: float | None, **more: object) -> dict[str, Any]:
    met = None if value is None or bound is None else value <= bound
    return {"name": name, "what": f"Row {name}", "value": value, "bound": bound, "met": met, "unit": "×", "low": low, "high": high, **more}


def lever(**more: object) -> dict[str, Any]:
    return {"lever": "one", "what": "One", "moment": "bytes", "unit": "kB", "off": 2.0, "on": 1.0, "ratio": 0.5, "low": 0.4, "high": 0.6, **more}


def results(*rows: dict[str, Any]) -> Results:
    return Results.model_validate_json(json.dumps({**HEAD, "rows": rows}))


def cells(page: Page) -> list[str]:
    return [text.strip() for text in page.texts if text.strip()]


def test_every_row_says_its_verdict_in_words() -> None:
    page = Page(
        str(
            bench_table(
                results(
                    row("held", 0.4, 0.5, 0.3, 0.45, ours=400, stock=1000, pair_unit="ms", note="A `note`."),
                    row("broken", 1.0, 0.5, 0.9, 1.1, note="A `note`."),
                    row("free", 7.0, None, 6.0, 8.0),
                    row("lost", None, 0.5, None, None, why="no browser"),
                )
            )
        )
    )
    page.check_that_only_the_templates_speak()
    text = " ".join(cells(page))
    for words in (
        "0.4 × ≤ 0.5 × met",
        "400 ms against 1000 ms",
        "1 × ≤ 0.5 × missed",
        "7 × – no bound",
        "– ≤ 0.5 × not measured",
        "Not measured: no browser",
    ):
        assert words in text
    assert "Bounds: 1 met, 1 missed, 1 not measured." in text
    assert "A processor, 2 cores, 8.0 GB" in text
    assert [attributes["aria-label"] for tag, attributes in page.elements if tag == "svg"] == [
        "Row held: 0.8 of its bound, runs from 0.6 to 0.9",
        "Row broken: 2 of its bound, runs from 1.8 to 2.2",
    ]


def test_a_drawing_ends_where_its_scale_does() -> None:
    page = Page(str(bench_table(results(row("inside", 0.5, 1, 0.25, 0.75), row("outside", 9.0, 1, 1.5, 90.0), row("still", 9.0, 1, 9.0, 9.0)))))
    drawn = [attributes for tag, attributes in page.elements if tag == "rect" and attributes["class"] in {"ok-met", "ok-missed"}]
    assert [(part["class"], part["x"], part["width"]) for part in drawn] == [
        ("ok-met", "25.0", "50.0"),
        ("ok-missed", "150.0", "50.0"),
        ("ok-missed", "197.0", "3.0"),
    ]
    assert len([tag for tag, _ in page.elements if tag == "path"]) == 2
    assert not [attributes for _, attributes in page.elements if "style" in attributes]


def test_text_of_a_row_stays_text() -> None:
    page = Page(str(bench_table(results(row("x", 1.0, 2, 1.0, 1.0, note="<script>alert(1)</script>")))))
    page.check_that_only_the_templates_speak()
    assert "<script>alert(1)</script>" in page.text


def test_levers_are_shown_with_and_without() -> None:
    rows = [
        lever(),
        lever(lever="two", what="Two", off=None, on=None, ratio=None, low=None, high=None, why="no such name"),
    ]
    page = Page(str(lever_table(Levers.model_validate_json(json.dumps({**HEAD, "rows": rows})))))
    page.check_that_only_the_templates_speak()
    text = " ".join(cells(page))
    assert "One bytes 2 kB 1 kB 0.5 × 0.4–0.6" in text
    assert "Two Not measured: no such name." in text


@pytest.mark.parametrize(
    "wrong", [{"ratio": None}, {"why": "measured after all"}, {"off": None, "on": None, "ratio": None, "low": None, "high": None}]
)
def test_half_a_lever_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="why there are none"):
        Levers.model_validate_json(json.dumps({**HEAD, "rows": [lever(**wrong)]}))


@pytest.mark.parametrize("draw", [lambda: bench_table(read_results()), lambda: lever_table(read_levers())], ids=["results", "levers"])
def test_what_is_committed_can_be_read_and_drawn(draw: Callable[[], Markup]) -> None:
    Page(str(draw())).check_that_only_the_templates_speak()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read"),
        ("{}", "Field required"),
        (json.dumps({**HEAD, "rows": [row("x", 2.0, 1, 3.0, 4.0)]}), "do not fit together"),
        (json.dumps({**HEAD, "rows": [row("x", 2.0, 1, 1.0, 4.0)] * 2}), "twice: x"),
    ],
    ids=["missing", "empty", "contradiction", "twice"],
)
def test_a_file_that_the_bench_did_not_write_is_named_with_the_repair(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "results.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said) as raised:
        read_results(file)
    assert "make bench" in str(raised.value)
    assert str(file) in str(raised.value)


@pytest.mark.parametrize(("value", "text"), [(0.06666, "0.0667"), (99.96, "100"), (1372.6, "1370"), (0, "0"), (16, "16"), (None, "–")])
def test_numbers_have_three_digits_that_count(value: float | None, text: str) -> None:
    assert number(value) == text
