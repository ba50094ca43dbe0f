"""The rules over one catalogue, made ready to be tried on many contexts: answers in, judgement out, nothing explained yet.

A judgement is pure bookkeeping. Constraints remove deployments; a tool falls when all of its deployments are removed.
Each tool that is left gets points: ``score_points · (score - 1) / 4`` from its weighted score on the 1-5 scale, each
framework's points in equal shares for whatever it points at, and what the tool in use gains or loses by being in use.
Every rule is tried by itself and sums do not depend on an order, so neither does the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from orchkit.advice.facts import meets
from orchkit.advice.result import First
from orchkit.advice.scale import Scale
from orchkit.model.advice import (
    AdviceData,
    Answers,
    Condition,
    Constraint,
    DeploymentRule,
    FactTest,
    KeepRule,
    OutcomeKind,
    OutcomeRule,
    Row,
    WeightRule,
)
from orchkit.model.catalogue import Catalogue
from orchkit.model.criteria import HIGHEST, LOWEST
from orchkit.scoring import Interval, Matrix, rank

NOTHING = Fraction(0)

Place = tuple[str, str]
"""(tool, deployment)."""

Rules = dict[str, Condition]
"""Rules by kind and id, written ``kind:id``."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one framework says: the rows that fired, and what each points at."""

    rows: dict[str, Row]
    tools: frozenset[str]
    other: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a context comes to."""

    fired: Rules
    removed: dict[Place, tuple[str, ...]]
    """The constraints that removed each deployment."""
    tools: tuple[str, ...]
    """Tools that are left, the one with the most points first, equal ones by id."""
    shares: dict[str, Fraction]
    scores: dict[str, Interval]
    voices: dict[str, dict[str, Fraction]]
    """Points by framework and tool."""
    kept: dict[str, Fraction]
    points: dict[str, Interval]
    outcome: str | None
    """The outcome rule that decided."""
    first: First


def of_kind(fired: Rules, kind: str) -> dict[str, Condition]:
    """Return the rules of one kind by their id."""
    return {name.partition(":")[2]: rule for name, rule in fired.items() if name.startswith(f"{kind}:")}


@dataclass(frozen=True)
class Rulebook:
    """Rules, scores and tools. `own` are weights that were given, which then take the place of derived ones."""

    catalogue: Catalogue
    matrix: Matrix
    tools: tuple[str, ...]
    own: Mapping[str, Fraction] | None = None
    _winners: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @property
    def data(self) -> AdviceData:
        """The rules as authored."""
        return self.catalogue.advice

    @cached_property
    def rules(self) -> Rules:
        """Every rule."""
        return {f"{kind}:{name}": rule for kind, name, rule in self.data.rules}

    @cached_property
    def naming(self) -> dict[str, frozenset[str]]:
        """The rules that name each question: no other rule can notice its answer."""
        found: dict[str, set[str]] = {}
        for name, rule in self.rules.items():
            for _, question, _ in rule.named:
                found.setdefault(question, set()).add(name)
        return {question: frozenset(names) for question, names in found.items()}

    @cached_property
    def removes(self) -> dict[str, frozenset[Place]]:
        """The deployments that each constraint removes when it fires."""
        return {
            name: frozenset(
                (tool, deployment)
                for tool in self.tools
                for deployment, record in self.catalogue.tools[tool].deployments.items()
                if meets(record, constraint.excludes)
            )
            for name, constraint in self.data.constraints.constraints.items()
        }

    @cached_property
    def wanted(self) -> dict[str, dict[str, frozenset[str]]]:
        """For each row that asks for deployments or warns of some, those of each tool that it would accept."""
        rows = {name.partition(":")[2]: rule for name, rule in self.rules.items() if isinstance(rule, Row) and (rule.prefers or rule.avoids)}
        return {name: {tool: self._acceptable(tool, row) for tool in self.tools} for name, row in rows.items()}

    def _acceptable(self, tool: str, row: Row) -> frozenset[str]:
        return frozenset(
            name
            for name, record in self.catalogue.tools[tool].deployments.items()
            if (row.prefers is None or meets(record, row.prefers)) and not (row.avoids is not None and meets(record, row.avoids))
        )

    @cached_property
    def cells(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Scores as whole numbers, (lowest, highest) in the order of the criteria."""
        return {tool: tuple((int(row[name].low), int(row[name].high)) for name in self.matrix.criteria) for tool, row in self.matrix.cells.items()}

    @cached_property
    def own_points(self) -> dict[str, int] | None:
        """Given weights in whole points, so that sums stay whole numbers."""
        if self.own is None:
            return None
        common = lcm(*(weight.denominator for weight in self.own.values()))
        return {name: int(weight * common) for name, weight in self.own.items()}

    @cached_property
    def scale(self) -> Scale:
        """All of it in whole numbers, for trials of single answers."""
        return Scale(self)

    def fire(self, answers: Answers) -> Rules:
        """Return the rules that fire."""
        return {name: rule for name, rule in self.rules.items() if rule.holds(answers)}

    def refire(self, fired: Rules, question: str, answers: Answers) -> Rules:
        """Return the rules that fire once `question` alone has changed."""
        touched = self.naming.get(question, frozenset())
        kept = {name: rule for name, rule in fired.items() if name not in touched}
        return kept | {name: self.rules[name] for name in touched if self.rules[name].holds(answers)}

    def judge(self, answers: Answers, fired: Rules | None = None) -> Judgement:
        """Judge a context."""
        fired = self.fire(answers) if fired is None else fired
        removed = self._removed(fired)
        left = [tool for tool in self.tools if self._stands(tool, removed)]
        weights = self.weight_points(fired)
        total = sum(weights.values())
        scores = {tool: self._score(tool, weights, total) for tool in left}
        voices = {name: self._voice(name, said, left, removed) for name, said in self.said(fired).items()}
        in_use = self.in_use(answers)
        gained = sum((rule.points for rule in fired.values() if isinstance(rule, KeepRule)), NOTHING)
        kept = {tool: gained if tool == in_use else NOTHING for tool in left}
        points = {
            tool: _plus(self._from_score(scores[tool]), sum((voice[tool] for voice in voices.values() if tool in voice), kept[tool])) for tool in left
        }
        order = tuple(sorted(left, key=lambda tool: (-(points[tool].low + points[tool].high), tool)))
        outcome = self.outcome_of(fired)
        shares = {name: Fraction(weight, total) for name, weight in weights.items()}
        return Judgement(fired, removed, order, shares, scores, voices, kept, points, outcome, self._first(outcome, order, in_use))

    def in_use(self, answers: Answers) -> str | None:
        """Return the tool that the answers say is in use, if it is one of the catalogue's."""
        questions = self.data.bank.questions
        named = (questions[name].answers[answer].tool for name, answer in answers.items() if name in questions)
        return next((tool for tool in named if tool is not None), None)

    def said(self, fired: Rules) -> dict[str, Said]:
        """Return what each framework says of which a row fired."""
        rows: dict[str, dict[str, Row]] = {}
        for name, rule in fired.items():
            if isinstance(rule, Row):
                framework, _, row = name.removeprefix("row:").partition("/")
                rows.setdefault(framework, {})[row] = rule
        return {
            name: Said(
                rows[name],
                frozenset(tool for row in rows[name].values() for tool in self.named_by(row)),
                frozenset(other for row in rows[name].values() for other in row.other),
            )
            for name in self.data.frameworks
            if name in rows
        }

    def named_by(self, row: Row) -> frozenset[str]:
        """Return the tools that a row points at, an archetype's being those that its own scores put first."""
        if row.profile is None or row.scores is None:
            return frozenset(row.tools)
        key = (row.profile, row.scores)
        if key not in self._winners:
            lines = rank(self.catalogue, row.profile, scores=row.scores).ranking
            self._winners[key] = frozenset(line.tool for line in lines if (line.rank or (line.rank_range or (0,))[0]) == 1)
        return self._winners[key] | frozenset(row.tools)

    def _removed(self, fired: Rules) -> dict[Place, tuple[str, ...]]:
        removed: dict[Place, tuple[str, ...]] = {}
        for name in sorted(name.removeprefix("constraint:") for name, rule in fired.items() if isinstance(rule, Constraint)):
            for place in self.removes[name]:
                removed[place] = (*removed.get(place, ()), name)
        return removed

    def _stands(self, tool: str, removed: Mapping[Place, object]) -> bool:
        deployments = self.catalogue.tools[tool].deployments
        return not deployments or any((tool, name) not in removed for name in deployments)

    def weight_points(self, fired: Rules) -> dict[str, int]:
        """Return the points of every criterion, none below zero and not all zero."""
        if self.own_points is not None:
            return self.own_points
        points = {name: self.data.weights.base.get(name, 0) for name in self.matrix.criteria}
        for rule in fired.values():
            if isinstance(rule, WeightRule):
                for name, value in rule.adds.items():
                    points[name] += value
        positive = {name: max(value, 0) for name, value in points.items()}
        return positive if any(positive.values()) else dict.fromkeys(points, 1)

    def _score(self, tool: str, points: Mapping[str, int], total: int) -> Interval:
        weighted = [(weight, cell) for weight, cell in zip(points.values(), self.cells[tool], strict=True) if weight]
        low, high = sum(weight * cell[0] for weight, cell in weighted), sum(weight * cell[1] for weight, cell in weighted)
        return Interval(Fraction(low, total), Fraction(high, total))

    def _from_score(self, score: Interval) -> Interval:
        unit = self.data.combination.score_points / (HIGHEST - LOWEST)
        low = (score.low - LOWEST) * unit
        return Interval(low, low if score.known else (score.high - LOWEST) * unit)

    def _voice(self, framework: str, said: Said, left: Iterable[str], removed: Mapping[Place, object]) -> dict[str, Fraction]:
        """Share a framework's points among what it points at; take them from a tool of which it accepts no deployment that is left."""
        points = self.data.frameworks[framework].points
        named = len(said.tools) + len(said.other)
        wants = [self.wanted[f"{framework}/{row}"] for row in said.rows if f"{framework}/{row}" in self.wanted]
        voice = {}
        for tool in left:
            share = points / named if tool in said.tools else NOTHING
            deployments = self.catalogue.tools[tool].deployments
            if any(all((tool, name) in removed or name not in accepted[tool] for name in deployments) for accepted in wants if deployments):
                share -= points
            if share:
                voice[tool] = share
        return voice

    def standing(self, tool: str, judgement: Judgement) -> list[tuple[str, Fraction, list[tuple[str, Condition]]]]:
        """Return the deployments that are left as (id, points, what speaks for or against it), the preferred one first."""
        asked: list[tuple[str, Condition, FactTest, Fraction]] = []
        for name, rule in judgement.fired.items():
            if isinstance(rule, DeploymentRule):
                asked.append((name, rule, rule.prefers, rule.points))
            elif isinstance(rule, Row):
                worth = self.data.frameworks[name.partition(":")[2].partition("/")[0]].points
                asked += [(name, rule, rule.prefers, worth)] if rule.prefers else []
                asked += [(name, rule, rule.avoids, -worth)] if rule.avoids else []
        found = []
        for deployment, record in self.catalogue.tools[tool].deployments.items():
            if (tool, deployment) not in judgement.removed:
                met = [(name, rule, worth) for name, rule, test, worth in asked if meets(record, test)]
                total = sum((worth for _, _, worth in met), NOTHING)
                found.append((deployment, total, sorted([(name, rule) for name, rule, _ in met], key=lambda pair: pair[0])))
        return sorted(found, key=lambda entry: -entry[1])

    def outcome_of(self, fired: Rules) -> str | None:
        """Return the outcome rule that decides: the earliest kind by precedence, then the first id."""
        rules = {name.removeprefix("outcome:"): rule for name, rule in fired.items() if isinstance(rule, OutcomeRule)}
        precedence = self.data.outcomes.precedence
        return min(rules, key=lambda name: (precedence.index(rules[name].outcome), name), default=None)

    def _first(self, outcome: str | None, order: tuple[str, ...], in_use: str | None) -> First:
        kind = OutcomeKind.CHOOSE if outcome is None else self.data.outcomes.rules[outcome].outcome
        if kind is OutcomeKind.STAY:
            return First(outcome=kind, tool=in_use)
        if kind is not OutcomeKind.CHOOSE:
            return First(outcome=kind)
        if not order:
            return First(outcome=OutcomeKind.NONE)
        return First(outcome=OutcomeKind.STAY if order[0] == in_use else OutcomeKind.CHOOSE, tool=order[0])


def _plus(interval: Interval, more: Fraction) -> Interval:
    return Interval(interval.low + more, interval.high + more)


__all__ = ["Judgement", "Place", "Rulebook", "Rules", "Said", "of_kind"]
