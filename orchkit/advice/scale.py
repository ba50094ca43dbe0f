"""The rules of one book in whole numbers: what every trial of an answer needs, computed once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from orchkit.model.advice import KeepRule, OutcomeKind, OutcomeRule, Row, WeightRule
from orchkit.model.criteria import HIGHEST, LOWEST

if TYPE_CHECKING:
    from orchkit.advice.rulebook import Rulebook

Mask = int
"""A set of deployments, a bit each."""


class Effect(NamedTuple):
    """What an answer does to one rule."""

    rule: str
    bars: int
    """Reasons not to fire: a `when` that it fails, an `unless` that it meets."""
    signs: int
    """Signs that it is."""


class Aim(NamedTuple):
    """What a framework's row points at."""

    tools: frozenset[int]
    """Places of tools among those of the book."""
    elsewhere: frozenset[str]
    """Tools that the book leaves out, and things outside the catalogue: they take their share all the same."""
    accepted: tuple[Mask, ...] | None
    """By tool, the deployments that it accepts; null where it asks for none and warns of none."""


class Scale:
    """Computed from one book, used for every context."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.tools = book.tools
        self.places = {tool: index for index, tool in enumerate(book.tools)}
        self.by_id = sorted(self.places.values(), key=lambda index: book.tools[index])
        self.own = None if book.own_points is None else tuple(book.own_points.values())
        self.base = tuple(book.data.weights.base.get(name, 0) for name in book.matrix.criteria)
        self.kinds = {name: name.partition(":")[0] for name in book.rules}
        self.needed = {name: rule.count or 0 for name, rule in book.rules.items()}
        self.framework_of = {name: name[4:].partition("/")[0] for name, kind in self.kinds.items() if kind == "row"}
        self.naming_tools = frozenset(
            name for name, question in book.data.bank.questions.items() if any(answer.tool is not None for answer in question.answers.values())
        )

    # --- rules ----------------------------------------------------------------------------------------------------

    @cached_property
    def adds(self) -> dict[str, tuple[int, ...]]:
        """What each weight rule adds, in the order of the criteria."""
        rules = {name: rule for name, rule in self.book.rules.items() if isinstance(rule, WeightRule)}
        return {name: tuple(rule.adds.get(criterion, 0) for criterion in self.book.matrix.criteria) for name, rule in rules.items()}

    @cached_property
    def keeps(self) -> dict[str, int]:
        """Units that each keep rule gives to the tool in use."""
        return {name: int(rule.points * self.unit) for name, rule in self.book.rules.items() if isinstance(rule, KeepRule)}

    @cached_property
    def outcomes(self) -> dict[str, OutcomeKind]:
        """Outcome rules, the one that goes before the others first."""
        precedence = self.book.data.outcomes.precedence
        rules = {name: rule.outcome for name, rule in self.book.rules.items() if isinstance(rule, OutcomeRule)}
        return dict(sorted(rules.items(), key=lambda item: (precedence.index(item[1]), item[0])))

    def removed_by(self, rules: Iterable[str]) -> Mask:
        """Return the deployments that the constraints among some rules remove."""
        removed = 0
        for name in rules:
            removed |= self.removes.get(name, 0)
        return removed

    # --- deployments and voices -----------------------------------------------------------------------------------

    @cached_property
    def bits(self) -> dict[tuple[str, str], Mask]:
        """A bit for each deployment."""
        pairs = [(tool, name) for tool in self.tools for name in self.book.catalogue.tools[tool].deployments]
        return {pair: 1 << index for index, pair in enumerate(pairs)}

    def mask(self, tool: str, names: Iterable[str]) -> Mask:
        """Return a set of one tool's deployments."""
        return sum(self.bits[tool, name] for name in names)

    @cached_property
    def deployments(self) -> tuple[Mask, ...]:
        """All deployments of each tool; 0 where none is recorded, and such a tool cannot fall."""
        return tuple(self.mask(tool, self.book.catalogue.tools[tool].deployments) for tool in self.tools)

    @cached_property
    def removes(self) -> dict[str, Mask]:
        """What each constraint removes."""
        return {f"constraint:{name}": sum(self.bits[place] for place in places) for name, places in self.book.removes.items()}

    @cached_property
    def aims(self) -> dict[str, Aim]:
        """What each row points at."""
        found = {}
        for name, rule in self.book.rules.items():
            if isinstance(rule, Row):
                named = self.book.named_by(rule)
                wanted = self.book.wanted.get(name.removeprefix("row:"))
                found[name] = Aim(
                    frozenset(self.places[tool] for tool in named if tool in self.places),
                    frozenset(f"tool:{tool}" for tool in named if tool not in self.places) | frozenset(f"other:{other}" for other in rule.other),
                    None if wanted is None else tuple(self.mask(tool, wanted[tool]) for tool in self.tools),
                )
        return found

    @cached_property
    def unit(self) -> int:
        """Common denominator of everything that is added up."""
        data = self.book.data
        found = [self._per_step.denominator] + [rule.points.denominator for rule in data.combination.keeps.values()]
        for framework, record in data.frameworks.items():
            aims = [aim for name, aim in self.aims.items() if name.startswith(f"row:{framework}/")]
            most = len(frozenset[object]().union(*(aim.tools | aim.elsewhere for aim in aims)))
            found += [(record.points / shared).denominator for shared in range(1, most + 1)] + [record.points.denominator]
        return lcm(*found)

    @property
    def _per_step(self) -> Fraction:
        return self.book.data.combination.score_points / (HIGHEST - LOWEST)

    @cached_property
    def step(self) -> int:
        """What one point of the 1-5 scale is worth, in units."""
        return int(self._per_step * self.unit)

    @cached_property
    def worth(self) -> dict[str, int]:
        """Units of each framework."""
        return {name: int(framework.points * self.unit) for name, framework in self.book.data.frameworks.items()}

    def voice(self, rows: frozenset[str], removed: Mask) -> list[tuple[int, int]]:
        """Return (place of a tool, units) for what one framework gives and takes when some of its rows fire."""
        aims = [self.aims[row] for row in rows]
        tools = frozenset[int]().union(*(aim.tools for aim in aims))
        shared = len(tools) + len(frozenset[str]().union(*(aim.elsewhere for aim in aims)))
        worth = next((self.worth[self.framework_of[row]] for row in rows), 0)
        found = [(index, worth // shared) for index in tools]
        wants = [aim.accepted for aim in aims if aim.accepted is not None]
        for index, deployments in enumerate(self.deployments if wants else ()):
            if deployments and any(not deployments & ~removed & accepted[index] for accepted in wants):
                found.append((index, -worth))
        return found

    @cached_property
    def middles(self) -> tuple[tuple[int, ...], ...]:
        """Twice the middle of each cell above the lowest score, by tool, in the order of the criteria."""
        return tuple(tuple(low + high - 2 * LOWEST for low, high in self.book.cells[tool]) for tool in self.tools)

    # --- answers --------------------------------------------------------------------------------------------------

    @cached_property
    def effects(self) -> dict[str, dict[str, tuple[Effect, ...]]]:
        """What each answer does, by question, with `""` for none; a rule that it does nothing to is left out."""
        found: dict[str, dict[str, tuple[Effect, ...]]] = {}
        questions = self.book.data.bank.questions
        for question in {**questions, **self.book.naming}:  # a rule that names no question of the bank is barred for good
            answers = questions[question].answers if question in questions else {}
            rules = sorted(self.book.naming.get(question, ()))
            effects = {answer: [self._effect(name, question, answer) for name in rules] for answer in ("", *answers)}
            found[question] = {answer: tuple(effect for effect in of if effect.bars or effect.signs) for answer, of in effects.items()}
        return found

    def _effect(self, name: str, question: str, answer: str) -> Effect:
        rule = self.book.rules[name]
        bars = (question in rule.when and answer not in rule.when[question]) + (answer in rule.unless.get(question, ()))
        return Effect(name, bars, int(answer in rule.among.get(question, ())))

    @cached_property
    def contradictions(self) -> dict[tuple[str, str], list[list[tuple[str, tuple[str, ...]]]]]:
        """For each (question, answer) the others, as (question, answers), that cannot all stand beside it."""
        found: dict[tuple[str, str], list[list[tuple[str, tuple[str, ...]]]]] = {}
        for clash in self.book.data.bank.contradictions:
            for question, answers in clash.answers.items():
                others = [(other, barred) for other, barred in clash.answers.items() if other != question]
                for answer in answers:
                    found.setdefault((question, answer), []).append(others)
        return found
