"""First place when one answer changes: what a hundred trials have in common is computed once.

A trial has to give the `first` of `Rulebook.judge`, and nothing else of it. So points are whole numbers, multiplied by a common
denominator and by the sum of the weights, which changes no order; each rule keeps count of what still bars it; and answers that
switch the same rules share one trial. A test holds both ways of counting against each other.
"""

from __future__ import annotations

from operator import mul
from typing import NamedTuple

from orchkit.advice.result import First
from orchkit.advice.rulebook import Rulebook, Rules
from orchkit.advice.scale import Mask
from orchkit.model.advice import Answers, OutcomeKind
from orchkit.model.input.context import clashes

RuleIds = frozenset[str]


class Sum(NamedTuple):
    """What the rules that fire add up to."""

    firing: RuleIds
    weights: tuple[int, ...]
    """Points by criterion, as rules added them up."""
    removed: Mask
    spoken: dict[str, RuleIds]
    """Rows that fired, by framework."""
    kept: int
    """Units that the tool in use gains."""
    outcome: str | None
    """The outcome rule that decides."""


class Trials:
    """One context, and first place for each other answer to one of its questions."""

    def __init__(self, book: Rulebook, answers: Answers, fired: Rules) -> None:
        self.book = book
        self.scale = book.scale
        self.answers = answers
        self._clash = [clash.answers for clash in clashes(answers, book.data.bank)]
        self._counts = self._count()
        self._voices: dict[tuple[RuleIds, Mask], list[tuple[int, int]]] = {}
        self._known: dict[tuple[RuleIds, str | None], First] = {}
        self._in_use = book.in_use(answers)
        self._sum = self._switch(Sum(frozenset(), self.scale.base, 0, {}, 0, None), frozenset(fired))

    def possible(self, question: str, answer: str) -> bool:
        """Say whether the answer contradicts no other."""
        if any(question not in named for named in self._clash):
            return False
        found = self.answers.get
        return not any(all(found(other) in barred for other, barred in others) for others in self.scale.contradictions.get((question, answer), ()))

    def first(self, question: str, answer: str) -> First:
        """Return what stands first once one answer has changed."""
        switched, in_use = self._switched(question, answer), self._tool_named(question, answer)
        key = (switched, in_use)
        if key not in self._known:
            self._known[key] = self._decide(self._switch(self._sum, switched) if switched else self._sum, in_use)
        return self._known[key]

    def _tool_named(self, question: str, answer: str) -> str | None:
        """Return the tool in use; only answers that name one can change it."""
        if question not in self.scale.naming_tools:
            return self._in_use
        return self.book.in_use({**self.answers, question: answer})

    # --- rules ----------------------------------------------------------------------------------------------------

    def _count(self) -> dict[str, tuple[int, int]]:
        """Count what bars each rule that an answer bears on, and its signs."""
        counts = dict.fromkeys(self.book.rules, (0, 0))
        for question, effects in self.scale.effects.items():
            for name, bars, signs in effects[self.answers.get(question, "")]:
                barred, seen = counts[name]
                counts[name] = barred + bars, seen + signs
        return counts

    def _switched(self, question: str, answer: str) -> RuleIds:
        """Return the rules that begin to fire, or cease to."""
        effects, counts = self.scale.effects[question], {}
        for name, bars, signs in effects[self.answers.get(question, "")]:
            barred, seen = self._counts[name]
            counts[name] = barred - bars, seen - signs
        for name, bars, signs in effects[answer]:
            barred, seen = counts[name] if name in counts else self._counts[name]
            counts[name] = barred + bars, seen + signs
        needed, firing = self.scale.needed, self._sum.firing
        return frozenset(name for name, (barred, seen) in counts.items() if (barred == 0 and seen >= needed[name]) != (name in firing))

    def _switch(self, before: Sum, switched: RuleIds) -> Sum:
        """Return the sum with some rules switched: added or taken away, and only what cannot be is gathered anew."""
        scale, firing = self.scale, before.firing ^ switched
        weights, spoken, kept, kinds = before.weights, dict(before.spoken), before.kept, set()
        for name in switched:
            kind, sign = scale.kinds[name], 1 if name in firing else -1
            kinds.add(kind)
            if kind == "weight":
                weights = tuple(points + sign * more for points, more in zip(weights, scale.adds[name], strict=True))
            elif kind == "keep":
                kept += sign * scale.keeps[name]
            elif kind == "row":
                framework = scale.framework_of[name]
                spoken[framework] = spoken.get(framework, frozenset()) ^ {name}
        removed = scale.removed_by(firing) if "constraint" in kinds else before.removed
        outcome = next((name for name in scale.outcomes if name in firing), None) if "outcome" in kinds else before.outcome
        return Sum(firing, weights, removed, spoken, kept, outcome)

    # --- first place ----------------------------------------------------------------------------------------------

    def _decide(self, found: Sum, in_use: str | None) -> First:
        kind = OutcomeKind.CHOOSE if found.outcome is None else self.scale.outcomes[found.outcome]
        if kind is not OutcomeKind.CHOOSE:
            return First(outcome=kind, tool=in_use if kind is OutcomeKind.STAY else None)
        ahead = self._ahead(found, in_use)
        if ahead is None:
            return First(outcome=OutcomeKind.NONE)
        return First(outcome=OutcomeKind.STAY if ahead == in_use else OutcomeKind.CHOOSE, tool=ahead)

    def _ahead(self, found: Sum, in_use: str | None) -> str | None:
        """Return the tool with the most points among those that are left, of equal ones the first by id."""
        scale = self.scale
        weights = scale.own or tuple([max(points, 0) for points in found.weights])
        if not any(weights):
            weights = (1,) * len(weights)
        gained = [0] * len(scale.tools)
        for rows in found.spoken.values():
            for index, units in self._voice(rows, found.removed):
                gained[index] += units
        if in_use in scale.places:
            gained[scale.places[in_use]] += found.kept
        twice, ahead, most = 2 * sum(weights), None, 0
        for index in scale.by_id:
            deployments = scale.deployments[index]
            if not deployments or deployments & ~found.removed:
                points = scale.step * sum(map(mul, weights, scale.middles[index])) + twice * gained[index]
                if ahead is None or points > most:
                    ahead, most = scale.tools[index], points
        return ahead

    def _voice(self, rows: RuleIds, removed: Mask) -> list[tuple[int, int]]:
        """Return what a framework gives and takes as (tool, units); kept, because one answer leaves most frameworks as they are."""
        key = (rows, removed)
        if key not in self._voices:
            self._voices[key] = self.scale.voice(rows, removed)
        return self._voices[key]
