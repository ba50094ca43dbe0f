"""Two to four tools → one comparison: scores, what they differ by, costs, ways to have them, moves between them, what the advisor says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from orchkit.advice import rulebook
from orchkit.costs import CostEstimate, estimate_cost
from orchkit.decision.compare_features import feature_groups
from orchkit.decision.compare_rows import GROUPS, Asked
from orchkit.decision.comparison import Comparison, Gap
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import read_context
from orchkit.model.input.decision import MOST_COMPARED, DecisionFile, OwnScore
from orchkit.model.input.workload import CostEdits, Workload
from orchkit.scoring import OWN, Matrix, decision_matrix, rank_decision, rank_matrix, resolve_weights, settled

FEWEST_COMPARED = 2

_OWN_SCORES = TypeAdapter(dict[str, dict[str, OwnScore]])


def compare(  # noqa: PLR0913 - everything that a decision file says, part by part
    catalogue: Catalogue,
    tools: Sequence[str],
    weights: Mapping[str, Any] | str | None = None,
    *,
    scores: str = OWN,
    own_scores: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    context: Mapping[str, Any] = MappingProxyType({}),
    advise_by: Literal["context", "own"] = "context",
    shortlist: Collection[str] = (),
    workload: Workload | Mapping[str, Any] | str | None = None,
    cost_edits: CostEdits = MappingProxyType({}),
) -> Comparison:
    """Put two to four tools side by side.

    `weights` is the id of a weight profile or a mapping from criterion to a non-negative number; the first profile when it
    is left out. `own_scores` maps tool to criterion to ``{"value": 1-5, "why": text}``. `context` are answers to the
    advisor's questions as `advise` takes them, `shortlist` the tools that it may choose from, `advise_by` whether it weighs
    by the answers or by `weights`. `workload` and `cost_edits` are as for `estimate_cost`. Money is in the workload's
    currency a year. Raises `InputError` for fewer than two or more than four tools, for an unknown one, for one that
    stands there twice, and where `rank`, `advise` and `estimate_cost` would.

    >>> import orchkit
    >>> printed, weights = "published:engineersofai", {"learning-curve": 3, "community": 1}
    >>> comparison = orchkit.compare(orchkit.load(), ["airflow", "prefect"], weights, scores=printed)
    >>> gap = comparison.gaps[0]
    >>> float(gap.difference[0]), {name: float(part[0]) for name, part in gap.parts.items() if part[0]}
    (-1.25, {'learning-curve': -1.5, 'community': 0.25})
    """
    matrix = _matrix(catalogue, tools, scores, own_scores)
    profile, shares = resolve_weights(catalogue, next(iter(catalogue.profiles)) if weights is None else weights)
    answers = read_context(context, catalogue.advice.bank)
    book = rulebook(catalogue, weights=shares if advise_by == "own" else None, tools=shortlist, scores=scores, own_scores=_values(own_scores))
    judged = book.judge(answers)
    costs = _costs(catalogue, tools, workload, cost_edits)
    asked = Asked(
        catalogue=catalogue,
        tools=tuple(catalogue.tools[name] for name in tools),
        matrix=matrix,
        scores=scores,
        own_scores=_OWN_SCORES.validate_python(own_scores),
        weights=shares,
        costs=costs,
        book=book,
        judged=judged,
        answered=len(answers),
    )
    lines = {line.tool: line for line in rank_matrix(matrix, shares)}
    return Comparison(
        dataset_version=catalogue.dataset.version,
        tools=tuple(tools),
        profile=profile,
        weights=shares,
        scores=scores,
        ranked=len(lines),
        lines={name: lines[name] for name in tools},
        gaps=tuple(_gap(matrix, shares, first, second) for first, second in combinations(tools, 2)),
        groups=(*(group(asked) for group in GROUPS), *feature_groups(asked)),
        costs=costs,
        answered=len(answers),
        advised=judged.first,
    )


def compare_decision(catalogue: Catalogue, decision: DecisionFile) -> Comparison:
    """Compare as a decision file says. Raises `InputError` as `compare` does."""
    return compare(
        catalogue,
        compared_tools(catalogue, decision),
        decision.weights or decision.profile,
        scores=decision.scores,
        own_scores=decision.own_scores,
        context=decision.context,
        advise_by=decision.advise_by,
        shortlist=decision.shortlist,
        workload=decision.workload,
        cost_edits=decision.cost_edits,
    )


def compared_tools(catalogue: Catalogue, decision: DecisionFile) -> tuple[str, ...]:
    """Return the tools that a decision file compares; where it names fewer than two, the first of its ranking make it two.

    Raises `InputError` as `rank_decision` does.
    """
    chosen = decision.compared
    if len(chosen) >= FEWEST_COMPARED:
        return chosen
    weighed = settled(catalogue, decision)
    in_order = [line.tool for line in rank_decision(catalogue, weighed).ranking]
    in_order += [line.tool for line in rank_decision(catalogue, weighed.model_copy(update={"shortlist": ()})).ranking]
    return tuple(dict.fromkeys([*chosen, *in_order]))[:FEWEST_COMPARED]


def check_tools(catalogue: Catalogue, tools: Sequence[str], known: Collection[str] | None = None, place: str = "tools") -> None:
    """Raise `InputError` where tools cannot be compared: too few, too many, unknown, twice."""
    if isinstance(tools, str):
        raise InputError(Problem(place, f"`{tools}` is one name, and a list of names is wanted", f"Write [{tools!r}]"))
    if problems := list(_tool_problems(catalogue, tools, catalogue.ranked_tools if known is None else known, place)):
        raise InputError(problems)


def _tool_problems(catalogue: Catalogue, tools: Sequence[str], known: Collection[str], place: str) -> Iterator[Problem]:
    for name in dict.fromkeys(tools):
        if tools.count(name) > 1:
            yield Problem(place, f"`{name}` stands there {'twice' if tools.count(name) == 2 else 'several times'}", "Name each tool once")  # noqa: PLR2004
        if name in catalogue.tools and name not in known:
            why = catalogue.tools[name].facts.why_not_ranked or "the chosen scores have no line for it"
            yield Problem(place, f"`{name}` cannot be compared: {why.rstrip('.')}", f"Use tools among: {', '.join(known)}")
        elif name not in known:
            yield Problem(place, f"unknown tool `{name}`", nearest(name, known))
    if not FEWEST_COMPARED <= len(tools) <= MOST_COMPARED:
        count = f"{len(tools)} tool{' is' if len(tools) == 1 else 's are'} named"
        yield Problem(place, count, f"Name two to four of: {', '.join(known)}")


def _matrix(catalogue: Catalogue, tools: Sequence[str], scores: str, own_scores: Mapping[str, Mapping[str, Any]]) -> Matrix:
    matrix = decision_matrix(catalogue, scores, _values(own_scores))
    check_tools(catalogue, tools, [name for name in matrix.cells if name in catalogue.tools])
    return matrix


def _values(own_scores: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Return the values alone, as a ranking takes them. Raises `InputError`."""
    try:
        read = _OWN_SCORES.validate_python(own_scores)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = f"own scores: {'.'.join(map(str, first['loc']))}"
        raise InputError(Problem(place, first["msg"], 'Write {"value": 4, "why": "what you saw"}, with a whole number from 1 to 5')) from None
    return {tool: {name: score.value for name, score in row.items()} for tool, row in read.items()}


def _costs(catalogue: Catalogue, tools: Sequence[str], workload: Any, edits: CostEdits) -> CostEstimate | None:
    """Estimate the costed deployments of the tools, and check the workload even where there are none."""
    known = catalogue.costs.deployments
    costed = [name for name, deployment in known.items() if deployment.tool in tools]
    if not known:
        return None
    estimate = estimate_cost(catalogue, workload, deployments=costed or list(known)[:1], edits=edits)
    return estimate if costed else None


def _gap(matrix: Matrix, weights: Mapping[str, Fraction], first: str, second: str) -> Gap:
    ours, theirs = matrix.cells[first], matrix.cells[second]
    parts = {name: (weight * (ours[name].low - theirs[name].high), weight * (ours[name].high - theirs[name].low)) for name, weight in weights.items()}
    ends = sum((part[0] for part in parts.values()), Fraction(0)), sum((part[1] for part in parts.values()), Fraction(0))
    whole = sum((abs(part[0]) for part in parts.values()), Fraction(0))
    known = all(low == high for low, high in parts.values())
    shares = {name: abs(part[0]) / whole for name, part in parts.items()} if known and whole else None
    return Gap(first=first, second=second, difference=ends, parts=parts, shares=shares)
