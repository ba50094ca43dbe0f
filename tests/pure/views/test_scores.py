"""The scores page: what it draws, what may be changed on it, and what can be taken away from it."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring import rank
from orchkit.views import VIEWS
from orchkit.views.place import Place
from orchkit.views.scores import draw_profiles, slider_points, usable, verdict
from orchkit.views.state import PageState, initial
from orchkit.views.view import Change
from tests.article import ARTICLE
from tests.pure.views.rendered import Page
from tests.strategies import Cells, catalogue_of, states, texts, weighted_cells

CATALOGUE = ARTICLE
VIEW = VIEWS["scores"]
DRAWN = 30
"""A whole page takes long to draw: fewer examples."""
PRINTED = {"scores": "published:engineersofai"}


def state_of(**decision: object) -> PageState:
    return PageState(decision=DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, **decision}))


def changed(state: PageState, **changes: str) -> PageState:
    """Apply changes: `weight_community="7"` is what the slider of that name sends."""
    return VIEW.change(
        CATALOGUE, state, {}, [Change(name=name.replace("__", "-").replace("_", ".", 1), value=value) for name, value in changes.items()]
    )


def drawn(state: PageState, catalogue: Catalogue = CATALOGUE) -> Page:
    return Page(str(VIEW.draw(catalogue, state, Place(), {}, VIEW.complaints(catalogue, state, {}))))


# --- what it draws ----------------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN)
@given(states(CATALOGUE))
def test_any_state_is_drawn_whole(state: PageState) -> None:
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    rows = [attributes["id"] for tag, attributes in page.elements if tag == "tr" and (attributes.get("id") or "").startswith("rank-")]
    assert rows == [f"rank-{line.tool}" for line in usable(CATALOGUE, state.decision)[0].ranking]
    assert len([1 for tag, attributes in page.elements if tag == "input" and attributes.get("type") == "range"]) == len(CATALOGUE.criteria)


def test_the_ranking_stands_on_the_page_with_its_ties() -> None:
    page = drawn(state_of(profile="enterprise", **PRINTED))
    cells = [text.strip() for text in page.texts if text.strip()]
    start = cells.index("Contributions, 0 to 5")
    assert cells[start + 1 : start + 4] == ["1=", "Dagster", "3.90"]
    assert "Dagster and Kubeflow Pipelines tie for first place with 3.90." in page.text


def test_bars_are_as_long_as_their_scores() -> None:
    for line in rank(CATALOGUE, "startup").ranking:
        page = drawn(state_of(profile="startup", shortlist=[line.tool]))
        widths = [
            attributes
            for tag, attributes in page.elements
            if tag == "rect" and (attributes.get("class") or "").startswith("ok-s") and "x" in attributes
        ]
        ends = max(Fraction(one["x"] or "") + Fraction(one["width"] or "") for one in widths)
        assert line.score is not None
        assert abs(ends - 100 * line.score) <= Fraction(1, 50)


VERDICTS: list[tuple[str, Cells, str]] = [
    ("a lead", {"ant": {"alpha": 5}, "bee": {"alpha": 3}, "cat": {"alpha": 1}}, "Ant is first with 5.00, 2.00 ahead of Bee."),
    ("a lead over two", {"ant": {"alpha": 5}, "bee": {"alpha": 3}, "cat": {"alpha": 3}}, "Ant is first with 5.00, 2.00 ahead of Bee and Cat."),
    ("a tie of two", {"ant": {"alpha": 3}, "bee": {"alpha": 3}, "cat": {"alpha": 1}}, "Ant and Bee tie for first place with 3.00."),
    ("a tie of all", {"ant": {"alpha": 3}, "bee": {"alpha": 3}, "cat": {"alpha": 3}}, "Ant, Bee and Cat tie for first place with 3.00."),
    (
        "an unknown that may win",
        {"ant": {"alpha": 3}, "bee": {"alpha": None}, "cat": {"alpha": 1}},
        "Unknown values leave first place open between Ant and Bee.",
    ),
    (
        "an unknown that cannot win",
        {"ant": {"alpha": 5, "beta": 5}, "bee": {"alpha": 1, "beta": None}},
        "Ant is first whatever the unknown values are.",
    ),
    (
        "an unknown that cannot lose",
        {"ant": {"alpha": 5, "beta": None}, "bee": {"alpha": 1, "beta": 1}},
        "Ant is first whatever the unknown values are.",
    ),
]


@pytest.mark.parametrize(("matrix", "sentence"), [row[1:] for row in VERDICTS], ids=[row[0] for row in VERDICTS])
def test_the_verdict_says_who_is_first_and_by_how_much(matrix: Cells, sentence: str) -> None:
    catalogue = catalogue_of(matrix)
    assert verdict(catalogue, rank(catalogue, dict.fromkeys(catalogue.criteria, 1))) == sentence


def test_a_lead_too_small_to_print_is_not_printed_as_nothing() -> None:
    catalogue = catalogue_of({"ant": {"alpha": 3, "beta": 5}, "bee": {"alpha": 3, "beta": 3}})
    assert verdict(catalogue, rank(catalogue, {"alpha": 1, "beta": 1e-6})) == "Ant is first with 3.00, less than 0.01 ahead of Bee."


def test_a_tool_by_itself_is_no_winner() -> None:
    catalogue = catalogue_of({"ant": {"alpha": 5}, "bee": {"alpha": 1}})
    assert verdict(catalogue, rank(catalogue, "first", tools=["bee"])) == "Bee stands alone: there is nothing to compare it with."


@settings(max_examples=DRAWN)
@given(weighted_cells())
def test_any_ranking_with_unknowns_is_drawn(case: tuple[Cells, dict[str, int]]) -> None:
    matrix, weights = case
    catalogue = catalogue_of(matrix)
    decision = DecisionFile.model_validate({"dataset_version": "2026.11.0", "weights": weights})
    page = drawn(PageState(decision=decision), catalogue)
    page.check_that_only_the_templates_speak()
    ranked = page.text.partition("How firm is first place?")[0]
    assert ("?" in ranked or "–" in ranked) == any(line.score is None for line in usable(catalogue, decision)[0].ranking)


def test_all_other_profiles_are_drawn_for_readers_without_scripts(catalogue: Catalogue) -> None:
    page = Page(str(draw_profiles(catalogue, Place())))
    page.check_that_only_the_templates_speak()
    assert [name for name in ("Startup", "Growth", "Enterprise") if name in page.texts] == ["Growth", "Enterprise"]


# --- what can be changed ----------------------------------------------------------------------------------------------


def test_a_profile_is_chosen() -> None:
    state = changed(state_of(weights={"community": 1}), profile="growth")
    assert (state.decision.profile, state.decision.weights) == ("growth", {})


def test_moving_one_slider_keeps_where_the_others_stand() -> None:
    state = changed(state_of(profile="startup"), weight_community="40")
    assert state.decision.profile is None
    assert {name: weight for name, weight in state.decision.weights.items() if weight} == {
        "learning-curve": 30,
        "local-development": 25,
        "ml-features": 20,
        "kubernetes-free": 15,
        "community": 40,
    }


def test_moving_a_slider_there_and_back_is_a_way_back_to_the_profile() -> None:
    state = changed(changed(state_of(profile="startup"), weight_community="40"), weight_community="10")
    assert (state.decision.profile, state.decision.weights) == ("startup", {})


@settings(max_examples=DRAWN)
@given(st.lists(st.tuples(st.sampled_from(list(CATALOGUE.criteria)), st.integers(0, 100)), max_size=12))
def test_sliders_stand_where_they_were_put(moves: list[tuple[str, int]]) -> None:
    state = VIEW.change(CATALOGUE, initial(CATALOGUE), {}, [Change(name=f"weight.{name}", value=str(value)) for name, value in moves])
    values = drawn(state).values()
    shown = {name: values[f"weight.{name}"] for name in CATALOGUE.criteria}
    assert shown | {name: str(value) for name, value in moves} == shown or state.decision.profile
    assert state.rejected == {}


def test_all_sliders_at_zero_is_said_and_nothing_is_lost() -> None:
    state = VIEW.change(CATALOGUE, initial(CATALOGUE), {}, [Change(name=f"weight.{name}", value="0") for name in CATALOGUE.criteria])
    page = drawn(state)
    assert "all weights are zero, so nothing can be ranked" in page.text
    assert "Until then the ranking below is that of the profile Startup." in page.text
    assert {page.values()[f"weight.{name}"] for name in CATALOGUE.criteria} == {"0"}
    assert VIEW.announce(CATALOGUE, state, {}).startswith("weights: all weights are zero")


def test_reset_keeps_what_other_pages_have_filled_in() -> None:
    before = state_of(
        title="Ours", weights={"community": 1}, shortlist=["zenml"], responses=[{"checklist": "production-adoption", "version": "1.0"}], **PRINTED
    )
    after = VIEW.change(CATALOGUE, before, {}, [Change(name="action.reset", value="")])
    assert after.decision == state_of(title="Ours", profile="startup", responses=[{"checklist": "production-adoption", "version": "1.0"}]).decision


@pytest.mark.parametrize("text", ["-1", "abc", "", "NaN", "1e999", "<b>7</b>", "7,5"], ids=repr)
def test_a_weight_that_cannot_be_taken_over_is_kept_and_said(text: str) -> None:
    before = state_of(profile="startup")
    after = changed(before, weight_community=text)
    assert after.decision == before.decision
    assert after.rejected == {"scores:weight.community": text}
    page = drawn(after)
    page.check_that_only_the_templates_speak()
    assert "Community" in page.text
    assert "Write a number from 0 up." in page.text
    assert changed(after, weight_community="7").rejected == {}


@pytest.mark.parametrize("name", ["xyzzy", "weight", "profile.x", "action.", "", "__class__"], ids=repr)
def test_a_change_that_the_page_does_not_know_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="is no field of this page"):
        VIEW.change(CATALOGUE, initial(CATALOGUE), {}, [Change(name=name, value="1")])


@settings(max_examples=DRAWN)
@given(
    st.lists(
        st.tuples(st.sampled_from(["profile", "weight.community", "weight.xyzzy", "action.reset"]), texts() | st.sampled_from(["startup", "7"])),
        max_size=6,
    )
)
def test_any_text_in_a_field_leaves_a_page_that_can_be_drawn(changes: list[tuple[str, str]]) -> None:
    state = VIEW.change(CATALOGUE, initial(CATALOGUE), {}, [Change(name=name, value=value) for name, value in changes])
    drawn(state).check_that_only_the_templates_speak()


# --- decisions that the page cannot show as they are ------------------------------------------------------------------

UNUSABLE: list[tuple[str, PageState]] = [
    ("weights that are all zero", state_of(weights={"community": 0})),
    ("a set of scores that is gone", state_of(profile="startup", scores="published:gone")),
]


def test_where_nothing_is_chosen_the_first_profile_ranks_without_complaint() -> None:
    page = drawn(state_of())
    assert usable(CATALOGUE, state_of().decision)[1] is None
    assert page.text == drawn(state_of(profile="startup")).text


@pytest.mark.parametrize("state", [row[1] for row in UNUSABLE], ids=[row[0] for row in UNUSABLE])
def test_what_cannot_be_ranked_is_said_beside_a_ranking_that_can(state: PageState) -> None:
    page = drawn(state)
    problem = usable(CATALOGUE, state.decision)[1]
    assert problem is not None
    assert str(problem) in page.text
    assert "Until then the ranking below is that of the profile Startup." in page.text


def test_sliders_show_shares_where_they_cannot_show_the_weights() -> None:
    decision = state_of(weights={"community": 1000, "observability": 3000}).decision
    points = slider_points(CATALOGUE, decision, usable(CATALOGUE, decision)[0].weights)
    assert {name: point for name, point in points.items() if point} == {"community": 25, "observability": 75}


# --- what can be taken away -------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN)
@given(states(CATALOGUE))
def test_exports_read_back(state: PageState) -> None:
    ranking, unusable = usable(CATALOGUE, state.decision)
    if unusable:
        for kind in VIEW.exports:
            with pytest.raises(InputError, match=re.escape(str(unusable))):
                VIEW.exports[kind](CATALOGUE, state, {})
        return
    as_csv, as_json = (VIEW.exports[kind](CATALOGUE, state, {}) for kind in ("csv", "json"))
    rows = list(csv.DictReader(io.StringIO(as_csv.text), strict=True))
    assert [row["Tool"] for row in rows] == [CATALOGUE.tools[line.tool].facts.name for line in ranking.ranking]
    assert all(None not in row and None not in row.values() for row in rows)
    data = json.loads(as_json.text, parse_constant=pytest.fail)
    assert [(line["tool"], line["rank"], line["score"]) for line in data["ranking"]] == [
        (line.tool, line.rank, None if line.score is None else float(line.score)) for line in ranking.ranking
    ]
    assert data["dataset_version"] == CATALOGUE.dataset.version


def test_the_csv_says_what_each_criterion_adds() -> None:
    download = VIEW.exports["csv"](CATALOGUE, state_of(profile="startup", shortlist=["metaflow", "prefect"], **PRINTED), {})
    assert (download.filename, download.media_type) == ("ranking.csv", "text/csv")
    first = next(csv.DictReader(io.StringIO(download.text)))
    assert (first["Rank"], first["Tool"], first["Score"]) == ("1", "Metaflow", "4.45")
    assert sorted(list(first.values())[3:]) == ["0.30", "0.60", "0.80", "1.25", "1.50"]
