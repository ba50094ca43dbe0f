"""A decision made on an older release → whether its stored result still follows there, and what today's dataset changes about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from orchkit.advice import Advice, advise_decision
from orchkit.costs import CostEstimate, estimate_decision, resolve_workload
from orchkit.decision.changes import CostEffect, Move, ScoreChange, cost_effects, first_of, moves, places, score_changes
from orchkit.errors import InputError
from orchkit.model.base import Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import usable_context
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import fitted
from orchkit.scoring import Ranking, matrix_of_decision, rank_decision, settled


class Difference(Record):
    """One place where a stored result is not what follows."""

    part: str
    """`ranking`, `advice` or `costs`, with what it is about: `ranking.airflow.score`."""
    stored: str
    computed: str


class Told(Record):
    """What the advisor tells, as far as a decision hangs on it."""

    outcome: str
    tool: str | None
    deployment: str | None
    confidence: str


class Replay(Record):
    """One decision on the release that it was made on, beside today's dataset."""

    release: str
    today: str
    reproduced: bool | None
    """Whether today's code on the release's data gives what the file stores; null where it stores no result."""
    checked: tuple[str, ...]
    """The parts of the stored result that were compared: `ranking`, `advice`, `costs`."""
    differences: tuple[Difference, ...]
    """Where the stored result is not what follows."""
    scores: tuple[ScoreChange, ...]
    """Scores of the decision's tools that are others today; a team's own scores are the same on both."""
    moves: tuple[Move, ...]
    """Each tool's place on the release and today, with the same weights; in today's order."""
    first_then: tuple[str, ...]
    """Tools that were first, or may have been."""
    first_today: tuple[str, ...]
    """Tools that are first today, or may be."""
    advice_then: Told | None
    """What the advisor said; null where no question was answered."""
    advice_today: Told | None
    costs: tuple[CostEffect, ...]
    """Deployments that the decision looks at and whose yearly cost differs, in the workload's currency."""
    gone: tuple[str, ...]
    """What the decision names and today's dataset does not have, as `question kubernetes`."""

    @property
    def first_changes(self) -> bool:
        """Whether today's data puts something else first."""
        return self.first_then != self.first_today

    @property
    def advice_changes(self) -> bool:
        """Whether the advisor would say something else."""
        then, today = ((told.outcome, told.tool) if told else None for told in (self.advice_then, self.advice_today))
        return then != today


def replay(decision: DecisionFile, released: Catalogue, today: Catalogue) -> Replay:
    """Compute a decision on its release and on today's dataset, and say what differs.

    `released` is the dataset that the file names; `decision` was read against it. What today's dataset does not know is
    left out there, and named in `gone`. Raises `InputError` where the decision cannot be ranked on its release.
    """
    then = settled(released, decision)
    fitting, problems = fitted(decision, today)
    now = settled(today, fitting)
    weights_gone = not fitting.weights and not fitting.profile and (decision.weights or decision.profile)
    ranking = rank_decision(released, then)
    ranking_today = None if weights_gone else _ranking(today, now)
    told, told_today = _told(released, then), _told(today, now)
    differences, checked = _reproduced(decision.result, released, then, ranking)
    return Replay(
        release=released.dataset.version,
        today=today.dataset.version,
        reproduced=not differences if checked else None,
        checked=tuple(checked),
        differences=tuple(differences),
        scores=tuple(score_changes(matrix_of_decision(released, then), matrix_of_decision(today, now))) if ranking_today else (),
        moves=moves(ranking, ranking_today),
        first_then=first_of(places(ranking).items()),
        first_today=first_of(places(ranking_today).items()),
        advice_then=told,
        advice_today=told_today,
        costs=_costs(released, today, decision),
        gone=tuple(problem.fact.removeprefix("unknown ").replace("`", "") for problem in problems),
    )


def _costs(released: Catalogue, today: Catalogue, decision: DecisionFile) -> tuple[CostEffect, ...]:
    """Compare the costs that the decision looks at; the workload is the team's, or the release's default."""
    if not released.costs.deployments:
        return ()
    wanted = decision.cost_deployments or tuple(released.costs.deployments)
    found = cost_effects(released, today, resolve_workload(released, decision.workload), decision.cost_edits)
    return tuple(effect for effect in found if effect.deployment in wanted)


def _ranking(catalogue: Catalogue, decision: DecisionFile) -> Ranking | None:
    try:
        return rank_decision(catalogue, decision)
    except InputError:
        return None


def _told(catalogue: Catalogue, decision: DecisionFile) -> Told | None:
    advice = _advice(catalogue, decision)
    if advice is None:
        return None
    found = advice.recommendation
    return Told(outcome=found.outcome.value, tool=found.tool, deployment=found.deployment, confidence=advice.confidence.value)


def _advice(catalogue: Catalogue, decision: DecisionFile) -> Advice | None:
    """Advise by the answers that can be used; null where there are none."""
    known, _ = usable_context(decision.context, catalogue.advice.bank)
    if not known:
        return None
    try:
        return advise_decision(catalogue, decision.model_copy(update={"context": known}))
    except InputError:
        return None


def _reproduced(result: Any, catalogue: Catalogue, decision: DecisionFile, ranking: Ranking) -> tuple[list[Difference], list[str]]:
    """Compare what a file stores with what follows. Takes anything: a stored result is never input, and any part may be missing."""
    stored = result if isinstance(result, Mapping) else {}
    found: list[Difference] = []
    checked = []
    if isinstance(lines := stored.get("ranking"), Sequence) and not isinstance(lines, str) and lines:
        checked.append("ranking")
        found += _ranking_differences(lines, ranking)
    if isinstance(said := stored.get("advice"), Mapping):
        checked.append("advice")
        told = _told(catalogue, decision)
        found += _field_differences("advice", said, told.model_dump() if told else {})
    if isinstance(costs := stored.get("costs"), Mapping):
        checked.append("costs")
        found += _cost_differences(costs, catalogue, decision)
    return found, checked


def _ranking_differences(lines: Iterable[Any], ranking: Ranking) -> Iterator[Difference]:
    computed = {line.tool: line for line in ranking.ranking}
    stored = {str(line.get("tool")): line for line in lines if isinstance(line, Mapping)}
    for tool in dict.fromkeys([*stored, *computed]):
        if tool not in computed or tool not in stored:
            listed = [_LISTED[tool in lines] for lines in (stored, computed)]
            yield Difference(part=f"ranking.{_short(tool)}", stored=listed[0], computed=listed[1])
            continue
        line, rank, score = computed[tool], stored[tool].get("rank"), stored[tool].get("score")
        if "rank" in stored[tool] and rank != line.rank:
            yield Difference(part=f"ranking.{tool}.rank", stored=_short(rank), computed=_short(line.rank))
        if "score" in stored[tool] and not _equal(score, line.score):
            yield Difference(part=f"ranking.{tool}.score", stored=_short(score), computed=_short(line.score))


def _field_differences(part: str, stored: Mapping[Any, Any], computed: Mapping[str, Any]) -> Iterator[Difference]:
    for name, value in computed.items() if computed else dict.fromkeys(map(str, stored)).items():
        if name in stored and stored[name] != value:
            yield Difference(part=f"{part}.{_short(name)}", stored=_short(stored[name]), computed=_short(value))


def _cost_differences(stored: Mapping[Any, Any], catalogue: Catalogue, decision: DecisionFile) -> Iterator[Difference]:
    listed = stored.get("deployments")
    lines = {str(line.get("deployment")): line for line in listed if isinstance(line, Mapping)} if isinstance(listed, Sequence) else {}
    known = tuple(name for name in lines if name in catalogue.costs.deployments)
    estimate = _estimate(catalogue, decision.model_copy(update={"cost_deployments": known})) if known else None
    computed = {cost.deployment: cost for cost in estimate.deployments} if estimate else {}
    for name, line in lines.items():
        part = f"costs.{_short(name)}"
        if name not in computed:
            yield Difference(part=part, stored="an amount", computed="nothing: it cannot be computed")
            continue
        for end, amount in zip(("low", "high"), computed[name].per_year, strict=True):
            if end in line and not _equal(line[end], amount):
                yield Difference(part=f"{part}.{end}", stored=_short(line[end]), computed=_short(amount))


def _estimate(catalogue: Catalogue, decision: DecisionFile) -> CostEstimate | None:
    try:
        return estimate_decision(catalogue, decision)
    except InputError:
        return None


def _equal(stored: Any, computed: Fraction | None) -> bool:
    """Compare a stored number, an exact fraction as text or a decimal, with an exact one."""
    if stored is None or computed is None:
        return stored is None and computed is None
    if isinstance(stored, str) and len(stored) <= _LONGEST:
        try:
            return Fraction(stored) in (computed, Fraction(repr(float(computed))))
        except (ValueError, ZeroDivisionError):
            return False
    return isinstance(stored, int | float) and not isinstance(stored, bool) and float(stored) == float(computed)


_LONGEST = 60
_LISTED = {True: "in the ranking", False: "not in the ranking"}


def _short(value: Any) -> str:
    text = f"{float(value):g}" if isinstance(value, Fraction) else "nothing" if value is None else str(value)
    return text[:_LONGEST]
