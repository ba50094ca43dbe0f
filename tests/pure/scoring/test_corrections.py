"""The eighteen printed totals of one article, recomputed from its own matrix and weights."""

from __future__ import annotations

from fractions import Fraction

import pytest

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import CorrectedLine, corrected_rankings
from tests.strategies import catalogue_of

# engineersofai, "Comparison Matrix" and "Weighted Scores for Three Team Archetypes", archetypes A, B and C: the printed
# total, and what the printed matrix and the printed weights give (recomputed by hand).
PRINTED = [
    # profile, tool, printed, recomputed, printed rank, rank, tied with, wrong
    ("startup", "metaflow", "4.3", "4.45", 1, 1, [], True),
    ("startup", "prefect", "4.1", "4.20", 2, 2, [], True),
    ("startup", "zenml", "3.4", "3.70", 3, 3, [], True),
    ("startup", "dagster", "3.2", "3.25", 4, 4, [], False),
    ("startup", "airflow", "2.8", "2.75", 5, 5, [], False),
    ("startup", "kubeflow-pipelines", "1.9", "2.55", 6, 6, [], True),
    ("growth", "kubeflow-pipelines", "4.0", "3.95", 1, 1, [], False),
    ("growth", "zenml", "3.9", "3.90", 2, 2, [], False),
    ("growth", "dagster", "3.6", "3.65", 3, 3, [], False),
    ("growth", "prefect", "3.3", "3.55", 4, 4, ["metaflow"], True),
    ("growth", "metaflow", "3.2", "3.55", 5, 4, ["prefect"], True),
    ("growth", "airflow", "2.3", "2.00", 6, 6, [], True),
    ("enterprise", "airflow", "4.0", "3.75", 1, 4, [], True),
    ("enterprise", "zenml", "3.8", "3.80", 2, 3, [], False),
    ("enterprise", "kubeflow-pipelines", "3.7", "3.90", 3, 1, ["dagster"], True),
    ("enterprise", "dagster", "3.6", "3.90", 4, 1, ["kubeflow-pipelines"], True),
    ("enterprise", "prefect", "3.4", "3.45", 5, 5, [], False),
    ("enterprise", "metaflow", "2.9", "3.15", 6, 6, [], True),
]


def line_of(catalogue: Catalogue, profile: str, tool: str) -> CorrectedLine:
    ranking = next(one for one in corrected_rankings(catalogue, "engineersofai") if one.profile == profile)
    return next(line for line in ranking.lines if line.tool == tool)


@pytest.mark.parametrize(
    ("profile", "tool", "printed", "recomputed", "printed_rank", "rank", "tied", "wrong"), PRINTED, ids=[f"{row[0]}-{row[1]}" for row in PRINTED]
)
def test_a_printed_total_is_recomputed_exactly(
    catalogue: Catalogue, profile: str, tool: str, printed: str, recomputed: str, printed_rank: int, rank: int, tied: list[str], *, wrong: bool
) -> None:
    line = line_of(catalogue, profile, tool)
    assert (line.printed_total, line.total) == (Fraction(printed), Fraction(recomputed))
    assert (line.printed_rank, line.rank, list(line.tied_with)) == (printed_rank, rank, tied)
    assert line.difference == Fraction(recomputed) - Fraction(printed)
    assert line.wrong is wrong


def test_nothing_printed_is_missing_from_the_table_above(catalogue: Catalogue) -> None:
    lines = [(ranking.profile, line.tool) for ranking in corrected_rankings(catalogue, "engineersofai") for line in ranking.lines]
    assert sorted(lines) == sorted((row[0], row[1]) for row in PRINTED)


def test_eleven_of_eighteen_printed_totals_are_wrong(catalogue: Catalogue) -> None:
    lines = [line for ranking in corrected_rankings(catalogue, "engineersofai") for line in ranking.lines]
    assert (len(lines), sum(line.wrong for line in lines)) == (18, 11)


def test_the_printed_enterprise_winner_is_fourth_behind_a_tie_of_two(catalogue: Catalogue) -> None:
    ranking = next(one for one in corrected_rankings(catalogue, "engineersofai") if one.profile == "enterprise")
    assert [(line.tool, line.label, line.rank) for line in ranking.printed_winners] == [("airflow", "Airflow (managed)", 4)]
    assert [line.tool for line in ranking.winners] == ["dagster", "kubeflow-pipelines"]


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [(3.0, False), (3.05, False), (2.95, False), (3.06, True), (2.94, True)],
    ids=["as computed", "0.05 above", "0.05 below", "0.06 above", "0.06 below"],
)
def test_a_total_is_wrong_when_it_differs_by_more_than_a_twentieth(printed: float, *, wrong: bool) -> None:
    matrix = {"ant": {"alpha": 3}, "bee": {"alpha": 1}}
    totals = [{"tool": "ant", "label": "Ant", "total": printed}, {"tool": "bee", "label": "Bee", "total": 1.0}]
    data = catalogue_of({"ant": {"alpha": 5}, "bee": {"alpha": 5}}).model_dump(mode="json")
    data["published"] = {
        "paper": {"source": "paper", "note": "made up", "matrix": matrix, "rankings": [{"profile": "first", "label": "F", "totals": totals}]}
    }
    lines = corrected_rankings(Catalogue.model_validate(data), "paper")[0].lines
    assert [line.wrong for line in lines] == [wrong, False]
