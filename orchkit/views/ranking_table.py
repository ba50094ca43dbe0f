"""A ranking as rows of text: the one table behind CSV, the terminal and Markdown."""

from __future__ import annotations

from orchkit.model.catalogue import Catalogue
from orchkit.scoring import RankedTool, Ranking
from orchkit.views.numbers import fixed, span


def rank_text(line: RankedTool) -> str:
    """Write a position: ``2``, ``2=`` in a tie, ``2–4`` where unknown values leave it open."""
    if line.rank is not None:
        return f"{line.rank}=" if line.tied_with else str(line.rank)
    assert line.rank_range is not None
    return f"{line.rank_range[0]}–{line.rank_range[1]}"


def score_text(line: RankedTool) -> str:
    """Write a score with two decimals, or its interval."""
    if line.score is not None:
        return fixed(line.score, 2)
    assert line.score_range is not None
    return span(line.score_range, 2)


def ranking_rows(catalogue: Catalogue, ranking: Ranking) -> tuple[list[str], list[list[str]]]:
    """Return headers and rows: rank, tool, score, then the contribution of each criterion that has weight."""
    weighed = [name for name, weight in ranking.weights.items() if weight]
    headers = ["Rank", "Tool", "Score", *(catalogue.criteria[name].short for name in weighed)]
    rows = [
        [
            rank_text(line),
            catalogue.tools[line.tool].facts.name,
            score_text(line),
            *("?" if (part := line.contributions[name]) is None else fixed(part, 2) for name in weighed),
        ]
        for line in ranking.ranking
    ]
    return headers, rows
