"""How firm first place is, as the page shows it: sentences that say what the numbers say, bars as long as their shares."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings

import orchkit
from orchkit.model.catalogue import Catalogue
from orchkit.scoring import rank
from orchkit.scoring.acceptability import acceptability
from orchkit.scoring.whole import whole_cells
from orchkit.views.acceptability import counting, shades
from orchkit.views.firmness import (
    acceptability_rows,
    beyond_text,
    drawn_text,
    firmness_sentences,
    first_text,
    flip_text,
    holds_text,
    interval_rows,
    standing_text,
)
from orchkit.views.sensitivity import firmness, sensitivity_part
from tests.pure.scoring.whole_cases import matrix_of
from tests.pure.views.rendered import Page
from tests.strategies import Cells, catalogue_of, weighted_cells

DRAWN = 30

Case = tuple[Cells, dict[str, int]]


def part(catalogue: Catalogue, scores: Cells, weights: dict[str, int], *, whole: bool = True) -> Page:
    cells = whole_cells(matrix_of(scores))
    ranking = rank(catalogue, weights)
    if whole:
        firmness(ranking, cells).finish(ranking, cells)
    else:
        firmness(ranking, cells).proceed(ranking, cells)
    return Page(str(sensitivity_part(catalogue, ranking, cells)))


def rects(page: Page, *, within: str) -> list[dict[str, str | None]]:
    """The rectangles of the drawing whose label begins so."""
    found: list[dict[str, str | None]] = []
    inside = False
    for tag, attributes in page.elements:
        if tag == "svg":
            inside = (attributes.get("aria-label") or "").startswith(within)
        elif tag == "rect" and inside:
            found.append(attributes)
    return found


# --- sentences --------------------------------------------------------------------------------------------------------

FIRM: list[tuple[str, Cells, dict[str, int], list[str]]] = [
    (
        "a clear winner that dominates",
        {"ant": {"a": 5, "b": 5}, "bee": {"a": 1, "b": 2}},
        {"a": 1, "b": 1},
        [
            "Ant is a clear winner: neither one score changed by one point nor less than 5 points of weight moved ends its lead.",
            "Ant is at least as good as every other tool on every criterion, so no weights put another ahead.",
            "No score changed by one point changes first place.",
            "Ant is at least as good as Bee on every criterion, so no weights put it ahead of it.",
        ],
    ),
    (
        "one score is enough",
        {"ant": {"a": 4, "b": 3}, "bee": {"a": 3, "b": 4}},
        {"a": 3, "b": 2},
        [
            "No clear winner: Ant is ahead, but one score changed by one point can end that.",
            "The smallest change of weights: 10 points from A, given to B. Bee is then level, and ahead with the least more.",
            "In 4 cases, one score changed by one point changes first place.",
            "No tool is at least as good as another on every criterion, so none can be left out before weighing.",
        ],
    ),
    (
        "slightly other weights are enough",
        {
            "ant": dict(zip("abcdefghij", (5, 5, 5, 5, 1, 1, 3, 3, 3, 3), strict=True)),
            "bee": dict(zip("abcdefghij", (1, 2, 3, 3, 5, 5, 3, 3, 3, 3), strict=True)),
        },
        dict.fromkeys("abcdefghij", 1),
        [
            "No clear winner: Ant is ahead, but less than 5 points of weight moved can end that.",
            "The smallest change of weights: 3.8 points from A, given to E. Bee is then level, and ahead with the least more.",
            "No score changed by one point changes first place.",
            "No tool is at least as good as another on every criterion, so none can be left out before weighing.",
        ],
    ),
    (
        "a tie",
        {"ant": {"a": 5}, "bee": {"a": 5}, "cat": {"a": 1}},
        {"a": 1},
        [
            "No clear winner: Ant and Bee have exactly the same score.",
            "In 2 cases, one score changed by one point changes first place.",
            "Ant and Bee are at least as good as Cat on every criterion, so no weights put it ahead of them.",
        ],
    ),
    (
        "an open first place",
        {"ant": {"a": 4}, "bee": {"a": None}},
        {"a": 1},
        [
            "No clear winner: unknown scores leave first place open between Ant and Bee.",
            "No score changed by one point changes first place.",
            "No tool is at least as good as another on every criterion, so none can be left out before weighing.",
            "Depending on unknown scores, Bee may be at least as good as Ant on every criterion.",
            "Depending on unknown scores, Ant may be at least as good as Bee on every criterion.",
        ],
    ),
    (
        "many that may be dominated, and one that surely is",
        {"ant": {"a": None, "b": 3}, **{name: {"a": 3, "b": 3} for name in ("bee", "cat", "dog", "eel")}, "fox": {"a": 2, "b": 2}},
        {"a": 1, "b": 1},
        [
            "No clear winner: unknown scores leave first place open between Ant, Bee, Cat, Dog and Eel.",
            "In 16 cases, one score changed by one point changes first place.",
            "Bee, Cat, Dog and Eel are at least as good as Fox on every criterion, so no weights put it ahead of them.",
            "Depending on unknown scores, another tool may be at least as good on every criterion as Ant, Bee, Cat, Dog and Eel.",
        ],
    ),
]


@pytest.mark.parametrize(("scores", "weights", "said"), [row[1:] for row in FIRM], ids=[row[0] for row in FIRM])
def test_the_sentences(scores: Cells, weights: dict[str, int], said: list[str]) -> None:
    catalogue = catalogue_of(scores)
    found = orchkit.sensitivity(catalogue, weights, samples=0)
    assert [standing_text(catalogue, found), *firmness_sentences(catalogue, found)] == said
    assert all(sentence in part(catalogue, scores, weights).text for sentence in said)


def test_a_flip_says_who_is_first_then() -> None:
    assert flips({"ant": {"a": 5}, "bee": {"a": 4}}) == [
        "Ant, A: 4 in place of 5 leaves first place between Ant and Bee.",
        "Bee, A: 5 in place of 4 leaves first place between Ant and Bee.",
    ]
    assert flips({"ant": {"a": 5}, "bee": {"a": 5}}) == [
        "Ant, A: 4 in place of 5 leaves first place to Bee alone.",
        "Bee, A: 4 in place of 5 leaves first place to Ant alone.",
    ]


def flips(scores: Cells) -> list[str]:
    """What changes first place, in sentences."""
    catalogue = catalogue_of(scores)
    found = orchkit.sensitivity(catalogue, {"a": 1}, samples=0)
    return [flip_text(catalogue, found, flip) for flip in found.score_flips]


def test_intervals_are_written_with_who_comes_beyond_them() -> None:
    scores: Cells = {"ant": {"a": 5, "b": 1}, "bee": {"a": 3, "b": 3}}
    catalogue = catalogue_of(scores)
    leading, tied, sure = (orchkit.sensitivity(catalogue, {"a": a, "b": 1}, tools=tools, samples=0) for a, tools in ((3, ()), (1, ()), (1, ["ant"])))
    assert [(holds_text(one), beyond_text(catalogue, one)) for one in (*leading.intervals, tied.intervals[0], sure.intervals[0])] == [
        ("50–100 %", "with less: bee"),
        ("0–50 %", "with more: bee"),
        ("at 50 % exactly", "with less: bee; with more: ant"),
        ("at any weight", ""),
    ]
    assert interval_rows(catalogue, leading)[1][0] == ["A", "75 %", "50–100 %", "with less: bee"]


def test_shares_are_written_as_intervals_where_scores_are_unknown() -> None:
    matrix = matrix_of({"ant": {"a": 4, "b": 4}, "bee": {"a": 1, "b": None}})
    ant = acceptability(matrix, samples=1_000).of("ant")
    assert first_text(ant) == f"{float(100 * ant.ranks[0]):.1f}–100 %"
    headers, rows = acceptability_rows(catalogue_of({"ant": {"a": 4, "b": 4}, "bee": {"a": 1, "b": None}}), acceptability(matrix, samples=10))
    assert headers == ["Tool", "Rank 1", "Rank 2", "Open"]
    assert {len(row) for row in rows} == {4}


def test_what_was_drawn_is_said_with_its_error() -> None:
    drawn = acceptability(matrix_of({"ant": {"a": 4}}), samples=500)
    assert (
        drawn_text(drawn, 10_000) == "500 of 10,000 weightings so far, drawn evenly. The standard error of a share is 2.2 percentage points at most."
    )
    assert drawn_text(drawn, 500).startswith("500 weightings, drawn evenly.")


# --- pictures ---------------------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN)
@given(weighted_cells())
def test_any_case_is_drawn_and_bars_are_as_long_as_their_intervals(case: Case) -> None:
    scores, weights = case
    catalogue = catalogue_of(scores)
    page = part(catalogue, scores, weights, whole=False)
    page.check_that_only_the_templates_speak()
    assert not [1 for _, attributes in page.elements if "style" in attributes]
    for one in orchkit.sensitivity(catalogue, weights, samples=0).intervals:
        _track, bar, mark = rects(page, within=f"{catalogue.criteria[one.criterion].name}: weight")
        assert abs(Fraction(bar["x"] or "") - 500 * one.low) < Fraction(1, 100)
        assert abs(Fraction(bar["width"] or "") - 500 * (one.high - one.low)) < Fraction(1, 100)
        assert Fraction(mark["x"] or "") <= 500 * one.weight <= Fraction(mark["x"] or "") + 5


@settings(max_examples=10)
@given(weighted_cells())
def test_a_stacked_bar_is_whole_and_without_gaps(case: Case) -> None:
    scores, weights = case
    catalogue = catalogue_of(scores)
    page = part(catalogue, scores, weights, whole=False)
    for tool in scores:
        _track, *parts = rects(page, within=f"{catalogue.tools[tool].facts.name}: ")
        edges = [(Fraction(one["x"] or ""), Fraction(one["x"] or "") + Fraction(one["width"] or "")) for one in parts]
        assert edges[0][0] == 0
        assert abs(edges[-1][1] - 500) < Fraction(1, 50)
        assert all(abs(left[1] - right[0]) < Fraction(1, 50) for left, right in pairwise(edges))
        assert any(one["class"] == "ok-unknown" for one in parts) == bool(counting(whole_cells(matrix_of(scores))).so_far.of(tool).open)


@pytest.mark.parametrize(("tools", "last"), [(2, "rank 2"), (6, "rank 6"), (7, "rank 6 or later"), (30, "rank 6 or later")])
def test_shades_are_few_enough_to_be_told_apart(tools: int, last: str) -> None:
    assert shades(tools)[-1] == last
    assert len(shades(tools)) == min(tools, 6)


def test_thirty_tools_are_drawn() -> None:
    scores: Cells = {f"tool-{number}": {"a": number % 5 + 1, "b": number % 3 + 1, "c": (number * 7) % 5 + 1} for number in range(30)}
    page = part(catalogue_of(scores), scores, {"a": 1, "b": 1, "c": 1}, whole=False)
    assert "rank 6 or later" in page.text
    assert page.text.count("at least as good") == 1
    assert len([1 for tag, _ in page.elements if tag == "svg"]) > 30


# --- work in slices ---------------------------------------------------------------------------------------------------


def test_counting_goes_on_where_it_stopped_and_is_kept_for_the_matrix() -> None:
    scores: Cells = {"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}, "cat": {"a": 3, "b": 3}, "dog": {"a": 2, "b": 4}}
    cells = whole_cells(matrix_of(scores))
    count = counting(cells)
    assert (count.so_far.samples, count.done) == (500, False)
    count.proceed()
    assert counting(whole_cells(matrix_of(scores))).so_far.samples == 1_000
    count.finish()
    assert count.done
    count.proceed()
    assert count.so_far == acceptability(matrix_of(scores))


def test_the_same_shares_are_drawn_with_the_names_that_the_catalogue_has() -> None:
    """What is kept for a matrix must not keep another catalogue's words."""
    scores: Cells = {"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}}
    catalogue = catalogue_of(scores)
    data = catalogue.model_dump(mode="json")
    data["tools"]["ant"]["facts"]["name"] = "<b>Emmet</b>"
    renamed = Catalogue.model_validate(data)
    assert "Emmet" not in part(catalogue, scores, {"a": 1, "b": 1}).text
    page = part(renamed, scores, {"a": 1, "b": 1})
    page.check_that_only_the_templates_speak()
    assert "<b>Emmet</b>" in page.text


def test_a_tool_by_itself_has_no_pictures() -> None:
    catalogue = catalogue_of({"ant": {"a": 5, "b": 1}, "bee": {"a": 1, "b": 5}})
    cells = whole_cells(matrix_of({"ant": {"a": 5, "b": 1}}))
    ranking = rank(catalogue, {"a": 1}, tools=["ant"])
    firmness(ranking, cells).finish(ranking, cells)
    page = Page(str(sensitivity_part(catalogue, ranking, cells)))
    assert "Ant stands alone" in page.text
    assert not [tag for tag, _ in page.elements if tag == "svg"]
