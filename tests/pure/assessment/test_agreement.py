"""Krippendorff's α: what it must be whatever the values are. The published examples are golden cases."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orchkit.assessment.agreement import Scale, Undefined, alpha_of

Units = list[list[int | None]]

SCALES = st.sampled_from(Scale)


@st.composite
def units(draw: st.DrawFn) -> Units:
    """Values of one to four people for up to six units, some missing."""
    people = draw(st.integers(1, 4))
    row = st.lists(st.none() | st.integers(0, 3), min_size=people, max_size=people)
    return draw(st.lists(row, max_size=6))


@given(st.lists(st.integers(0, 4), min_size=2, max_size=8), st.integers(2, 5), SCALES)
def test_who_agree_throughout_where_values_vary_agree_wholly(values: list[int], people: int, scale: Scale) -> None:
    assume(len(set(values)) > 1)
    assert alpha_of([[value] * people for value in values], scale).alpha == 1


@given(units(), SCALES, st.randoms(use_true_random=False))
def test_the_order_of_people_and_units_changes_nothing(given_units: Units, scale: Scale, dice: Random) -> None:
    people = list(range(len(given_units[0]) if given_units else 0))
    dice.shuffle(people)
    shuffled = [[unit[person] for person in people] for unit in given_units]
    dice.shuffle(shuffled)
    assert alpha_of(shuffled, scale) == alpha_of(given_units, scale)


@given(units(), SCALES)
def test_alpha_is_at_most_1_and_is_1_where_nobody_differs(given_units: Units, scale: Scale) -> None:
    found = alpha_of(given_units, scale)
    if found.alpha is None:
        assert found.undefined is not None
    else:
        assert found.alpha <= 1
        assert (found.alpha == 1) == all(len({value for value in unit if value is not None}) < 2 for unit in given_units)


@given(units(), SCALES)
def test_a_unit_that_one_person_valued_changes_nothing(given_units: Units, scale: Scale) -> None:
    people = len(given_units[0]) if given_units else 2
    assert alpha_of([*given_units, [3, *[None] * (people - 1)]], scale) == alpha_of(given_units, scale)


@given(units())
def test_names_may_be_other_names_and_ranks_other_numbers_in_their_order(given_units: Units) -> None:
    def renamed(names: dict[int | None, int | None]) -> Units:
        return [[names[value] for value in unit] for unit in given_units]

    swapped, stretched = renamed({None: None, 0: 3, 1: 0, 2: 1, 3: 2}), renamed({None: None, 0: -7, 1: 0, 2: 1, 3: 50})
    assert alpha_of(swapped, Scale.NOMINAL) == alpha_of(given_units, Scale.NOMINAL)
    assert alpha_of(stretched, Scale.ORDINAL) == alpha_of(given_units, Scale.ORDINAL)


UNDEFINED: list[tuple[str, Units, Undefined]] = [
    ("no unit", [], Undefined.NOTHING_TO_PAIR),
    ("one person", [[1], [2]], Undefined.NOTHING_TO_PAIR),
    ("nobody valued what another did", [[1, None], [None, 2]], Undefined.NOTHING_TO_PAIR),
    ("one value, agreed on", [[2, 2], [2, 2]], Undefined.NO_VARIATION),
]


@pytest.mark.parametrize(("found_in", "why"), [row[1:] for row in UNDEFINED], ids=[row[0] for row in UNDEFINED])
def test_where_nothing_can_be_shown_alpha_is_null_and_never_1(found_in: Units, why: Undefined) -> None:
    found = alpha_of(found_in)
    assert (found.alpha, found.undefined) == (None, why)


def test_alpha_is_exact() -> None:
    found = alpha_of([[0, 0], [0, 1], [1, 2], [2, 2]])
    assert isinstance(found.alpha, Fraction)
    assert (found.scale, found.units, found.values) == (Scale.ORDINAL, 4, 8)
