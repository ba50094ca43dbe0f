"""Two datasets: what the newer one does to every ranking, to the advice and to the costs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

import orchkit
from orchkit.decision.changes import Place, first_of
from orchkit.model.catalogue import Catalogue
from orchkit.scoring import RankedTool
from tests.releases import older
from tests.strategies import Cells, catalogue_of, cells


def test_nothing_changed_is_quiet(catalogue: Catalogue) -> None:
    found = orchkit.diff(catalogue, older(catalogue))
    assert found.quiet
    assert (found.base, found.head) == (catalogue.dataset.version, "2026.10.0")
    assert [effect.profile for effect in found.profiles] == list(catalogue.profiles)


def test_one_score_moves_what_hangs_on_it_and_nothing_else(catalogue: Catalogue) -> None:
    ranking = orchkit.rank(catalogue, "startup").ranking
    first = ranking[0].tool
    base = older(catalogue, {(first, "learning-curve"): 1})
    value = catalogue.tools[first].scores["learning-curve"].value
    found = orchkit.diff(base, catalogue)
    assert [(one.tool, one.criterion, one.old, one.new) for one in found.scores] == [(first, "learning-curve", 1, value)]
    assert found.costs == ()
    for effect in found.profiles:
        before, now = orchkit.rank(base, effect.profile), orchkit.rank(catalogue, effect.profile)
        for move in effect.moves:
            for place, whole in ((move.old, before), (move.new, now)):
                assert place is not None
                line = whole.of(move.tool)
                assert (place.rank, place.score, place.tied_with) == (line.rank, line.score, line.tied_with)
        moved = {move.tool for move in effect.moves}
        for line in now.ranking:
            same = before.of(line.tool)
            assert (line.tool in moved) == (standing(line) != standing(same))


def standing(line: RankedTool) -> tuple[object, ...]:
    return line.rank, line.rank_range, line.score, line.score_range, line.tied_with


def test_a_profile_whose_first_place_changes_stands_before_the_others(catalogue: Catalogue) -> None:
    first = orchkit.rank(catalogue, "startup").ranking[0].tool
    scores = {(first, name): 1 for name in catalogue.criteria}
    found = orchkit.diff(older(catalogue, scores), catalogue)
    assert found.profiles[0].first_changes
    assert first in found.profiles[0].first_new
    assert first not in found.profiles[0].first_old
    flags = [effect.first_changes for effect in found.profiles]
    assert flags == sorted(flags, reverse=True)


def test_a_tie_at_the_top_names_all_who_share_it() -> None:
    place = Place(rank=1, score=3, tied_with=("b",))  # type: ignore[arg-type]
    assert first_of([("b", place), ("a", place), ("c", Place(rank=3, score=1))]) == ("a", "b")  # type: ignore[arg-type]


def test_tools_profiles_and_costs_that_come_and_go(catalogue: Catalogue) -> None:
    data: dict[str, Any] = catalogue.model_dump(mode="json")
    data["tools"]["airflow"]["facts"] |= {"ranked": False, "why_not_ranked": "for a test"}
    del data["profiles"]["growth"]
    price = next(iter(data["costs"]["deployments"]))
    del data["costs"]["deployments"][price]
    base = Catalogue.model_validate(data)
    found = orchkit.diff(base, catalogue)
    assert (found.tools_added, found.tools_gone) == (("airflow",), ())
    growth = next(effect for effect in found.profiles if effect.profile == "growth")
    assert (growth.first_old, growth.first_changes) == ((), True)
    assert [one.deployment for one in found.costs] == [price]
    assert found.costs[0].old is None
    back = orchkit.diff(catalogue, base)
    assert back.tools_gone == ("airflow",)
    assert back.costs[0].new is None


def test_a_dataset_without_questions_gives_no_answer(catalogue: Catalogue) -> None:
    data = catalogue.model_dump(mode="json", exclude={"advice", "costs", "cases"})
    found = orchkit.diff(Catalogue.model_validate(data), catalogue)
    assert {effect.old for effect in found.teams} == {None}
    assert all(effect.new for effect in found.teams)


@given(cells(), cells())
def test_any_two_datasets_can_be_compared(base: Cells, head: Cells) -> None:
    old, new = catalogue_of(base), catalogue_of(head)
    found = orchkit.diff(old, new)
    assert orchkit.diff(old, old).quiet
    assert {one.tool for one in found.scores} <= set(old.ranked_tools) & set(new.ranked_tools)


@pytest.mark.parametrize("quiet", [True, False])
def test_a_result_is_json(catalogue: Catalogue, *, quiet: bool) -> None:
    base = older(catalogue, {} if quiet else {("airflow", "community"): 1})
    assert f'"base":"{base.dataset.version}"' in orchkit.diff(base, catalogue).model_dump_json()
