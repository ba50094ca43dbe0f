"""What the advisor knows: its questions, and the rules that turn answers into constraints, votes, weights and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from orchkit.model.base import Exact, Id, Record, Text

Answers = Mapping[str, str]
"""Answer by question: what a context is once it has been read."""


class QuestionKind(StrEnum):
    """How the answers to a question relate to each other."""

    CHOICE = "choice"
    ORDINAL = "ordinal"
    NUMBER = "number"


class AnswerChoice(Record):
    """One allowed answer."""

    label: Text
    at_least: Annotated[int, Field(ge=0, strict=True)] | None = None
    """The smallest number that falls into this band, for a question of kind `number`; the next band ends it."""
    tool: Id | None = None
    """The tool that this answer says is in use."""


class Group(Record):
    """Questions that belong together: one of the factors that decide."""

    name: Text
    asks: Text
    """What the questions of the group are about."""


class Question(Record):
    """One question of the bank. Its id and those of its answers are stable for ever: saved contexts hang on them."""

    text: Text
    why: Text
    """What depends on the answer."""
    group: Id
    first: Annotated[int, Field(ge=1, strict=True)] | None = None
    """Place among the questions that are asked first; null for the rest."""
    kind: QuestionKind
    unit: Text | None = None
    """What is counted, for a question of kind `number`."""
    answers: Annotated[dict[Id, AnswerChoice], Field(min_length=2)]
    """In ascending order, unless the kind is `choice`."""

    @model_validator(mode="after")
    def _bands_ascend(self) -> Self:
        ends = [answer.at_least for answer in self.answers.values()]
        if self.kind is not QuestionKind.NUMBER:
            if any(end is not None for end in ends) or self.unit is not None:
                msg = "`at_least` and `unit` belong to questions of kind `number`"
                raise ValueError(msg)
            return self
        known = [end for end in ends if end is not None]
        if self.unit is None or len(known) < len(ends) or any(a >= b for a, b in pairwise(known)):
            msg = "a question of kind `number` needs `unit`, and `at_least` on every answer, ascending"
            raise ValueError(msg)
        return self


class Contradiction(Record):
    """Answers that cannot all be true. They clash when each of the questions has one of the answers named."""

    answers: Annotated[dict[Id, tuple[Id, ...]], Field(min_length=2)]
    fact: Text
    repair: Text


class QuestionBank(Record):
    """The authored file `advice/questions.yaml`."""

    groups: dict[Id, Group] = {}
    questions: dict[Id, Question] = {}
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def first(self) -> list[str]:
        """The questions that are asked first, in order."""
        placed = [(question.first, name) for name, question in self.questions.items() if question.first is not None]
        return [name for _, name in sorted(placed)]

    @property
    def in_order(self) -> list[str]:
        """All questions: those asked first, then the rest as they stand."""
        return [*self.first, *(name for name, question in self.questions.items() if question.first is None)]


class Condition(Record):
    """When a rule fires. An unanswered question never makes one fire and never blocks one."""

    when: dict[Id, tuple[Id, ...]] = {}
    """Every question has to have one of the answers named."""
    unless: dict[Id, tuple[Id, ...]] = {}
    """No question may have one of the answers named."""
    count: Annotated[int, Field(ge=1, strict=True)] | None = None
    """How many of `among` have to hold."""
    among: dict[Id, tuple[Id, ...]] = {}
    """Signs to count: a question with the answers that are a sign."""

    @model_validator(mode="after")
    def _can_fire(self) -> Self:
        if not self.when and not self.among:
            msg = "a rule needs `when` or `among`: with neither it would fire for nobody in particular"
            raise ValueError(msg)
        if (self.count is None) != (not self.among) or (self.count or 0) > len(self.among):
            msg = "`count` and `among` go together, and `count` is at most the number of signs"
            raise ValueError(msg)
        return self

    def holds(self, answers: Answers) -> bool:
        """Say whether the rule fires."""
        for name, allowed in self.when.items():
            if answers.get(name) not in allowed:
                return False
        for name, barred in self.unless.items():
            if answers.get(name) in barred:
                return False
        return self.count is None or sum(answers.get(name) in signs for name, signs in self.among.items()) >= self.count

    @property
    def named(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Each (field, question, answers) that the condition names."""
        for field in ("when", "unless", "among"):
            for name, answers in getattr(self, field).items():
                yield field, name, answers


FactTest = Annotated[dict[str, StrictBool | str], Field(min_length=1)]
"""Facts of a deployment that all have to be so: `operator`, `kubernetes-required`, or a trait. What is unknown is never so."""


class Trait(Record):
    """A fact about a deployment that rules test; the value is true, false or unknown."""

    asks: Text
    """The question that the value answers."""


class Constraint(Condition):
    """A requirement that removes deployments, with the reason that is shown."""

    excludes: FactTest
    reason: Text


class Constraints(Record):
    """The authored file `advice/constraints.yaml`."""

    traits: dict[Id, Trait] = {}
    constraints: dict[Id, Constraint] = {}


class OutcomeKind(StrEnum):
    """What a team may be told to do."""

    CHOOSE = "choose"
    STAY = "stay"
    PROCESS = "process"
    CRON = "cron"
    NONE = "none"


class Row(Condition):
    """One row of a source's framework: when it applies, and what it says then."""

    printed: Text
    """What the source says, in our words, with the names as it printed them."""
    tools: tuple[Id, ...] = ()
    """The tools of the catalogue that it points at."""
    other: tuple[Text, ...] = ()
    """What else it points at, which the catalogue does not rank."""
    profile: Id | None = None
    """The archetype that it is: it points at whatever the source's own scores put first under this weight profile."""
    scores: Text | None = None
    """With `profile`: the set of scores, `published:ID`."""
    outcome: OutcomeKind | None = None
    """What to do instead of choosing, where it says that."""
    prefers: FactTest | None = None
    """Deployments that it asks for."""
    avoids: FactTest | None = None
    """Deployments that it warns of."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any((self.tools, self.other, self.profile, self.outcome, self.prefers, self.avoids)):
            msg = "a row says something: `tools`, `other`, `profile`, `outcome`, `prefers` or `avoids`"
            raise ValueError(msg)
        if (self.profile is None) != (self.scores is None):
            msg = "`profile` and `scores` go together"
            raise ValueError(msg)
        return self


class Framework(Record):
    """One framework of a source, as data: every row applies by itself, so their order means nothing."""

    name: Text
    source: Id
    order: Annotated[int, Field(ge=1, strict=True)]
    """Place in tables."""
    passage: Text
    """Where in the source it stands."""
    ours: StrictBool = False
    """Whether we put it together from the source's text, because the source does not print it."""
    points: Annotated[Exact, Field(ge=0)]
    """What its voice is worth, out of the 100 of a perfect tool; shared among the tools that it points at."""
    weighed: Text
    """Why it is worth that much."""
    opinion: Text
    """What we think of it."""
    rows: dict[Id, Row]


class WeightRule(Condition):
    """An answer that makes criteria matter more or less."""

    adds: Annotated[dict[Id, int], Field(min_length=1)]
    """Points by criterion, added to the criterion's base; a sum below zero counts as zero."""
    reason: Text


class DerivedWeights(Record):
    """The authored file `advice/weights.yaml`."""

    base: dict[Id, Annotated[int, Field(ge=0, strict=True)]] = {}
    """Points of a criterion before any answer."""
    rules: dict[Id, WeightRule] = {}


class OutcomeRule(Condition):
    """When the advice is something other than a tool to adopt."""

    outcome: OutcomeKind
    say: Text
    """What to do, in one sentence."""
    reason: Text
    other: tuple[Text, ...] = ()
    """What to look at that this catalogue does not rank."""


class Outcomes(Record):
    """The authored file `advice/outcomes.yaml`."""

    precedence: tuple[OutcomeKind, ...] = (OutcomeKind.NONE, OutcomeKind.PROCESS, OutcomeKind.CRON, OutcomeKind.STAY)
    """Which outcome is said where several rules fire."""
    rules: dict[Id, OutcomeRule] = {}


class KeepRule(Condition):
    """What the tool in use gains because it is in use, or loses."""

    points: Exact
    reason: Text


class DeploymentRule(Condition):
    """Which ways to have a tool are to be preferred."""

    prefers: FactTest
    points: Annotated[Exact, Field(gt=0)]
    reason: Text


class Combination(Record):
    """The authored file `advice/combination.yaml`: how everything comes to one order."""

    score_points: Annotated[Exact, Field(ge=0)] = Fraction(60)
    """Points of a tool that is 5 on every weighted criterion; a 1 everywhere gives 0."""
    margin: Annotated[Exact, Field(ge=0)] = Fraction(5)
    """A lead smaller than this is no lead."""
    margin_why: Text = "Fixed beforehand."
    keeps: dict[Id, KeepRule] = {}
    deployments: dict[Id, DeploymentRule] = {}


class Team(Record):
    """A team that somebody could be: an example to start from, and a context in which the rules are tried."""

    name: Text
    about: Text
    answers: dict[Id, Id]


class Teams(Record):
    """The authored file `advice/teams.yaml`."""

    teams: dict[Id, Team] = {}


class AdviceData(Record):
    """Everything under `checklists/advice/`."""

    bank: QuestionBank = QuestionBank()
    constraints: Constraints = Constraints()
    frameworks: dict[Id, Framework] = {}
    weights: DerivedWeights = DerivedWeights()
    outcomes: Outcomes = Outcomes()
    combination: Combination = Combination()
    teams: dict[Id, Team] = {}

    @property
    def rules(self) -> Iterator[tuple[str, str, Condition]]:
        """Every rule as (kind, id, rule); a row's id is `framework/row`."""
        for name, constraint in self.constraints.constraints.items():
            yield "constraint", name, constraint
        for framework, record in self.frameworks.items():
            for name, row in record.rows.items():
                yield "row", f"{framework}/{name}", row
        for name, weight in self.weights.rules.items():
            yield "weight", name, weight
        for name, outcome in self.outcomes.rules.items():
            yield "outcome", name, outcome
        for name, keep in self.combination.keeps.items():
            yield "keep", name, keep
        for name, deployment in self.combination.deployments.items():
            yield "deployment", name, deployment
