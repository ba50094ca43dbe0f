"""Context → advice: the judgement of the rules, explained by the rules that fired."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from orchkit.advice.pivots import by_value, pivots
from orchkit.advice.result import Advice, Candidate, Confidence, Excluded, Fired, Pivot, Recommendation, Standing, Voice
from orchkit.advice.rulebook import Judgement, Rulebook, of_kind
from orchkit.errors import InputError, Problem
from orchkit.model.advice import Condition, Constraint, DeploymentRule, KeepRule, OutcomeKind, OutcomeRule, Row, WeightRule
from orchkit.model.base import Same, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import Context, read_context
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring import OWN, decision_matrix, resolve_weights
from orchkit.scoring.matrix import OwnScores

BASE = "base"

KEPT = 8
"""Rulebooks that are kept: a page asks the same one many times, and making one ready takes as long as an advice."""


def advise(  # noqa: PLR0913 - the context, and what `rank` takes
    catalogue: Catalogue,
    context: Mapping[str, Any],
    *,
    weights: Mapping[str, Any] | str | None = None,
    tools: Collection[str] = (),
    scores: str = OWN,
    own_scores: OwnScores = MappingProxyType({}),
) -> Advice:
    """Advise a team that has answered some of the questions.

    `context` maps question to answer, by the ids of ``catalogue.advice.bank``, or to a number where numbers are counted;
    any question may be absent. `weights` takes the place of the weights that follow from the context: the id of a weight
    profile, or a mapping from criterion to a non-negative number. `tools`, `scores` and `own_scores` are as for `rank`.
    Raises `InputError` for unknown names, for answers that contradict each other, and where `rank` would.

    >>> import orchkit
    >>> catalogue = orchkit.load()
    >>> advice = orchkit.advise(catalogue, {"process": "none", "pain": "habits"})
    >>> advice.recommendation.outcome.value
    'process'
    """
    answers = read_context(context, catalogue.advice.bank)
    book = rulebook(catalogue, weights=weights, tools=tools, scores=scores, own_scores=own_scores)
    return explain(book, answers)


def advise_decision(catalogue: Catalogue, decision: DecisionFile) -> Advice:
    """Advise by a decision file: its context, its shortlist, its scores, and its own weights where it asks for them."""
    own = (decision.weights or decision.profile) if decision.advise_by == "own" else None
    own_scores = {tool: {name: score.value for name, score in row.items()} for tool, row in decision.own_scores.items()}
    return advise(catalogue, decision.context, weights=own, tools=decision.shortlist, scores=decision.scores, own_scores=own_scores)


def rulebook(
    catalogue: Catalogue,
    *,
    weights: Mapping[str, Any] | str | None = None,
    tools: Collection[str] = (),
    scores: str = OWN,
    own_scores: OwnScores = MappingProxyType({}),
) -> Rulebook:
    """Make the rules ready, or return them as they were made ready before. Raises `InputError` as `advise` does."""
    matrix = decision_matrix(catalogue, scores, own_scores)
    known = [name for name in matrix.cells if name in catalogue.ranked_tools]
    if problems := [Problem("tool", f"unknown tool `{name}`", nearest(name, known)) for name in tools if name not in known]:
        raise InputError(problems)
    chosen = tuple(name for name in known if name in tools) if tools else tuple(known)
    own = None if weights is None else tuple(resolve_weights(catalogue, weights)[1].items())
    replaced = tuple(sorted((tool, name, value) for tool, row in own_scores.items() for name, value in row.items()))
    return _made(Same(catalogue), chosen, own, scores, replaced)


@lru_cache(maxsize=KEPT)
def _made(
    same: Same[Catalogue],
    tools: tuple[str, ...],
    own: tuple[tuple[str, Fraction], ...] | None,
    scores: str,
    replaced: tuple[tuple[str, str, int], ...],
) -> Rulebook:
    own_scores: dict[str, dict[str, int]] = {}
    for tool, criterion, value in replaced:
        own_scores.setdefault(tool, {})[criterion] = value
    return Rulebook(same.value, decision_matrix(same.value, scores, own_scores), tools, None if own is None else dict(own))


def explain(book: Rulebook, answers: Context) -> Advice:
    """Judge a context that has been read, and explain the judgement."""
    judged = book.judge(answers)
    found = pivots(book, answers, judged)
    unanswered = by_value([pivot for pivot in found if pivot.question not in answers], book.data.bank.in_order)
    candidates = _candidates(book, judged, answers)
    lead = _lead(judged)
    voices = tuple(_voices(book, judged, answers))
    return Advice(
        dataset_version=book.catalogue.dataset.version,
        context=dict(answers),
        questions=len(book.data.bank.questions),
        recommendation=_recommendation(book, judged, answers, candidates),
        confidence=_confidence(book, judged, lead, unanswered),
        lead=lead,
        margin=book.data.combination.margin,
        candidates=candidates,
        fallen=tuple(tool for tool in book.tools if tool not in judged.tools),
        excluded=tuple(_excluded(book, judged, answers)),
        voices=voices,
        silent=tuple(name for name in book.data.frameworks if name not in {voice.framework for voice in voices}),
        weights_by="context" if book.own is None else "own",
        weights=judged.shares,
        derivation=tuple(_fired_all(of_kind(judged.fired, "weight"), "weight", answers)),
        added=_added(book, judged),
        open_questions=tuple(unanswered),
        would_change=tuple(pivot for pivot in found if pivot.question in answers),
    )


def _confidence(book: Rulebook, judged: Judgement, lead: Fraction | None, unanswered: list[Pivot]) -> Confidence:
    """Apply the margin where the order of the tools decided; a rule that decided has no margin."""
    if judged.outcome is None and lead is not None and lead < book.data.combination.margin:
        return Confidence.OPEN
    return Confidence.PROVISIONAL if unanswered else Confidence.FIRM


def _lead(judged: Judgement) -> Fraction | None:
    if len(judged.tools) < 2:  # noqa: PLR2004 - one tool leads nobody
        return None
    first, *others = judged.tools
    return judged.points[first].low - max(judged.points[tool].high for tool in others)


def _candidates(book: Rulebook, judged: Judgement, answers: Context) -> tuple[Candidate, ...]:
    totals = {tool: (interval.low + interval.high) / 2 for tool, interval in judged.points.items()}
    in_order = sorted(totals.values())
    said = book.said(judged.fired)
    found = []
    for tool in judged.tools:
        voices = {name: voice[tool] for name, voice in judged.voices.items() if tool in voice}
        speaking = [
            _fired("row", f"{name}/{row}", rule, answers)
            for name in voices
            for row, rule in sorted(said[name].rows.items())
            if tool in book.named_by(rule) or voices[name] < 0
        ]
        keeps = list(_fired_all(of_kind(judged.fired, "keep"), "keep", answers)) if judged.kept[tool] else []
        standing = [
            Standing(deployment=name, points=points, reasons=tuple(_fired(*_split(rule), condition, answers) for rule, condition in spoke))
            for name, points, spoke in book.standing(tool, judged)
        ]
        interval, score = judged.points[tool], judged.scores[tool]
        found.append(
            Candidate(
                tool=tool,
                rank=1 + len(in_order) - bisect_right(in_order, totals[tool]),
                points=totals[tool],
                points_range=(interval.low, interval.high),
                score_range=(score.low, score.high),
                values={name: cell.low if cell.known else None for name, cell in book.matrix.cells[tool].items()},
                from_scores=totals[tool] - judged.kept[tool] - sum(voices.values(), Fraction(0)),
                from_voices=voices,
                from_keeping=judged.kept[tool],
                reasons=tuple(speaking + keeps),
                deployments=tuple(standing),
            )
        )
    return tuple(found)


def _recommendation(book: Rulebook, judged: Judgement, answers: Context, candidates: tuple[Candidate, ...]) -> Recommendation:
    first = judged.first
    rule = book.data.outcomes.rules[judged.outcome] if judged.outcome else None
    reasons: list[Fired] = []
    if rule is not None and judged.outcome is not None:
        same = {
            name: other
            for name, other in of_kind(judged.fired, "outcome").items()
            if isinstance(other, OutcomeRule) and other.outcome is rule.outcome
        }
        reasons = list(_fired_all(same, "outcome", answers))
    elif candidates and first.tool == candidates[0].tool:
        reasons = list(candidates[0].reasons)
    elif not candidates:
        reasons = list(_fired_all(of_kind(judged.fired, "constraint"), "constraint", answers))
    line = next((candidate for candidate in candidates if candidate.tool == first.tool), None)
    pointed = {other for name, said in book.said(judged.fired).items() for other in said.other if book.data.frameworks[name]}
    other = rule.other if rule is not None else tuple(sorted(pointed)) if first.outcome is OutcomeKind.NONE else ()
    return Recommendation(
        outcome=first.outcome,
        tool=first.tool,
        deployment=line.deployments[0].deployment if line and line.deployments else None,
        other=other,
        say=rule.say if rule is not None else None,
        reasons=tuple(reasons),
    )


def _excluded(book: Rulebook, judged: Judgement, answers: Context) -> Iterable[Excluded]:
    constraints = of_kind(judged.fired, "constraint")
    for tool in book.tools:
        for deployment in book.catalogue.tools[tool].deployments:
            if names := judged.removed.get((tool, deployment)):
                by = tuple(_fired("constraint", name, constraints[name], answers) for name in names)
                yield Excluded(tool=tool, deployment=deployment, by=by)


def _voices(book: Rulebook, judged: Judgement, answers: Context) -> Iterable[Voice]:
    for name, said in book.said(judged.fired).items():
        outcomes = {row.outcome for row in said.rows.values() if row.outcome is not None}
        agrees = judged.first.tool in said.tools or judged.first.outcome in outcomes
        yield Voice(
            framework=name,
            tools=tuple(tool for tool in book.catalogue.tools if tool in said.tools),
            other=tuple(sorted(said.other)),
            outcomes=tuple(sorted(outcomes)),
            rows=tuple(_fired("row", f"{name}/{row}", said.rows[row], answers) for row in book.data.frameworks[name].rows if row in said.rows),
            dissents=bool(said.tools or said.other or outcomes) and not agrees,
        )


def _added(book: Rulebook, judged: Judgement) -> dict[str, dict[str, int]]:
    if book.own is not None:
        return {}
    rules = {name: dict(rule.adds) for name, rule in sorted(of_kind(judged.fired, "weight").items()) if isinstance(rule, WeightRule)}
    return {BASE: dict(book.data.weights.base), **rules}


def _split(name: str) -> tuple[str, str]:
    kind, _, rule = name.partition(":")
    return kind, rule


def _fired_all(rules: Mapping[str, Condition], kind: str, answers: Context) -> Iterable[Fired]:
    return (_fired(kind, name, rules[name], answers) for name in sorted(rules))


def _fired(kind: str, name: str, rule: Condition, answers: Context) -> Fired:
    """Say that a rule fired, with the answers that it looked at and found as it wants them."""
    used = {question for _, question, allowed in rule.named if answers.get(question) in allowed}
    return Fired(kind=kind, rule=name, text=_text(rule), answers={question: answer for question, answer in answers.items() if question in used})


def _text(rule: Condition) -> str:
    if isinstance(rule, Row):
        return rule.printed
    assert isinstance(rule, Constraint | WeightRule | KeepRule | DeploymentRule | OutcomeRule)
    return rule.reason
