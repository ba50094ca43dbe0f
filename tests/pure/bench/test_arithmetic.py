"""The bench's arithmetic: what is said of several runs follows from them, and what slows both sides falls out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.arithmetic import Pairs, alternate, growth, pairs, percentile, sample
from tests.bench.unmeasurable import Unmeasurable

SECONDS = st.floats(0.001, 1000)


@given(st.lists(SECONDS, min_size=1, max_size=50), st.integers(1, 100))
def test_what_is_said_lies_between_the_smallest_and_the_largest_run(runs: list[float], percent: int) -> None:
    for found in (sample(runs), percentile(runs, percent)):
        assert found.low == min(runs) <= found.value <= max(runs) == found.high
        assert found.runs == len(runs)


@given(st.lists(SECONDS, min_size=1, max_size=50), st.integers(1, 100))
def test_a_percentile_is_the_smallest_run_that_so_many_do_not_exceed(runs: list[float], percent: int) -> None:
    found = percentile(runs, percent).value
    assert 100 * sum(run <= found for run in runs) >= percent * len(runs)
    assert 100 * sum(run < found for run in runs) < percent * len(runs)


@pytest.mark.parametrize(("percent", "value"), [(50, 100), (95, 190), (100, 200)])
def test_percentiles_of_two_hundred_events(percent: int, value: int) -> None:
    assert percentile(list(range(200, 0, -1)), percent).value == value


@given(st.lists(st.tuples(SECONDS, st.floats(1, 50)), min_size=1, max_size=9), st.floats(0.01, 10))
def test_what_slows_the_machine_slows_both_and_falls_out(runs: list[tuple[float, float]], share: float) -> None:
    found = pairs([(share * seconds * slowed, seconds * slowed) for seconds, slowed in runs]).ratio()
    assert (found.value, found.low, found.high) == pytest.approx((share, share, share))


def test_a_ratio_is_that_of_neighbours_not_of_medians() -> None:
    found = Pairs(ours=(1, 6, 2), stock=(2, 3, 4)).ratio()
    assert (found.value, found.low, found.high) == (0.5, 0.5, 2)


def test_the_sides_take_turns() -> None:
    order: list[str] = []

    def side(name: str) -> float:
        order.append(name)
        return len(order)

    runs = list(alternate(3, lambda: side("A"), lambda: side("B")))
    assert "".join(order) == "ABABAB"
    assert pairs(runs) == Pairs(ours=(1, 3, 5), stock=(2, 4, 6))


@given(st.floats(0, 100), st.floats(0.001, 10))
def test_growth_is_one_where_every_tool_costs_the_same_whatever_the_start_costs(start: float, each: float) -> None:
    sizes = (10, 100, 1000)
    found = growth(sizes, ([start + 10 * each], [start + 100 * each], [start + 1000 * each]))
    assert found.value == pytest.approx(1)


def test_growth_shows_what_grows_with_the_square() -> None:
    sizes = (10, 100, 1000)
    found = growth(sizes, ([1.0], [100.0], [10_000.0]))
    assert found.value == pytest.approx(10)


def test_growth_ranges_over_all_combinations_of_runs() -> None:
    found = growth((10, 100, 1000), ([0.0], [90.0, 100.0], [990.0]))
    assert found.runs == 2
    assert (found.low, found.high) == pytest.approx(((890 / 900) / (100 / 90), 1.0))


def test_growth_is_not_told_from_a_machine_that_was_too_busy() -> None:
    with pytest.raises(Unmeasurable, match="a smaller size took longer"):
        growth((10, 100, 1000), ([5.0], [4.0], [40.0]))
