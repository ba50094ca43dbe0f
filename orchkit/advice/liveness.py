"""Whether the rules are alive: which tools can come first, which questions matter to which team, which rules do nothing.

A tool's context is searched from several starting points the most promising first, by always giving the one answer that brings the
tool furthest ahead, until its lead reaches the margin; nothing is drawn at random, so the same rules give the same contexts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from orchkit.advice.advise import rulebook
from orchkit.advice.result import First, Turn
from orchkit.advice.rulebook import Judgement, Rulebook
from orchkit.model.advice import Answers, Condition, OutcomeKind
from orchkit.model.base import Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import clashes
from orchkit.scoring import decision_matrix
from orchkit.scoring.acceptability import acceptability

FAR = Fraction(1000)
"""Further behind than any number of points."""
STEPS = 12
"""Answers after which a search gives up."""


class Reached(Record):
    """A context in which a tool is the one to choose."""

    tool: str
    context: dict[str, str] | None
    """None where the search found none."""
    lead: Exact | None
    """How far the tool is ahead there."""
    weighable: bool = True
    """Whether some of the sampled weights put its scores first. No rule can do much for a tool that others outdo under all weights."""


class Turned(Record):
    """A team for which another answer to a question changes first place."""

    question: str
    team: str
    before: First
    turn: Turn


class Liveness(Record):
    """What a check of the rules found."""

    tools: tuple[Reached, ...]
    outcomes: dict[str, dict[str, str]]
    """For every outcome that was reached, a context in which it is advised."""
    questions: tuple[Turned, ...]
    """For every question that matters to one of the example teams, one of them: a turn from tool to tool where there is one."""
    idle_questions: tuple[str, ...]
    """Questions whose answers change first place for none of them."""
    dead_rules: tuple[str, ...]
    """Rules that cannot fire without a contradiction, or that change nothing when they do; ``kind:id``."""

    @property
    def alive(self) -> bool:
        """Whether every tool that some weights put first can be reached, and nothing is idle or dead."""
        return all(reached.context is not None or not reached.weighable for reached in self.tools) and not self.idle_questions and not self.dead_rules


def check_liveness(catalogue: Catalogue) -> Liveness:
    """Check the rules of a catalogue."""
    book = rulebook(catalogue)
    outdone = {line.tool for line in acceptability(decision_matrix(catalogue)).tools if line.ranks[0] == 0}
    tools = tuple(reach(book, tool).model_copy(update={"weighable": tool not in outdone}) for tool in book.tools)
    turned = dict(_turned(book))
    return Liveness(
        tools=tools,
        outcomes={kind.value: context for kind in OutcomeKind for context in [_outcome_context(book, tools, kind)] if context is not None},
        questions=tuple(turned.values()),
        idle_questions=tuple(name for name in book.data.bank.questions if name not in turned),
        dead_rules=tuple(dead_rules(book)),
    )


# --- tools ------------------------------------------------------------------------------------------------------------


def reach(book: Rulebook, tool: str) -> Reached:
    """Search a context in which the tool is the one to choose, and not because it is in use."""
    starts = sorted(_starts(book, tool), key=lambda context: (-_ahead(tool, book.judge(context)), len(context)))
    for start in starts:
        lead, context = _climb(book, tool, start)
        if lead > 0:
            return Reached(tool=tool, context={name: context[name] for name in book.data.bank.in_order if name in context}, lead=lead)
    return Reached(tool=tool, context=None, lead=None)


def _starts(book: Rulebook, tool: str) -> Iterator[dict[str, str]]:
    """Yield no answers at all, and those of every row that points at the tool."""
    yield {}
    for framework in book.data.frameworks.values():
        for row in framework.rows.values():
            if tool in book.named_by(row):
                yield from firing(book, row)


def _climb(book: Rulebook, tool: str, context: dict[str, str]) -> tuple[Fraction, dict[str, str]]:
    reached = _ahead(tool, book.judge(context))
    for _ in range(STEPS):
        if reached >= book.data.combination.margin:
            break
        step = max(_steps(book, tool, context), key=lambda found: found[0], default=None)
        if step is None or step[0] <= reached:
            break
        reached, context = step
    return reached, context


def _steps(book: Rulebook, tool: str, context: dict[str, str]) -> Iterator[tuple[Fraction, dict[str, str]]]:
    fired = book.fire(context)
    for question, record in book.data.bank.questions.items():
        for answer, choice in record.answers.items():
            changed = {**context, question: answer}
            if context.get(question) != answer and choice.tool is None and not clashes(changed, book.data.bank):
                yield _ahead(tool, book.judge(changed, book.refire(fired, question, changed))), changed


def _ahead(tool: str, judged: Judgement) -> Fraction:
    """Say by how much a tool leads, or how far it is from being the one to choose."""
    if tool not in judged.tools:
        return -FAR
    others = [judged.points[other] for other in judged.tools if other != tool]
    own = judged.points[tool]
    lead = (own.low + own.high) / 2 - max((other.low + other.high for other in others), default=Fraction(0)) / 2
    return lead if judged.first.outcome is OutcomeKind.CHOOSE else lead - FAR / 2


# --- outcomes and questions -------------------------------------------------------------------------------------------


def _outcome_context(book: Rulebook, tools: tuple[Reached, ...], kind: OutcomeKind) -> dict[str, str] | None:
    contexts = [team.answers for team in book.data.teams.values()]
    contexts += [context for rule in book.data.outcomes.rules.values() for context in firing(book, rule)]
    contexts += [reached.context for reached in tools if reached.context is not None]
    return next((dict(context) for context in contexts if book.judge(context).first.outcome is kind), None)


def _turned(book: Rulebook) -> Iterator[tuple[str, Turned]]:
    judged = {name: book.judge(team.answers) for name, team in book.data.teams.items()}
    for question in book.data.bank.questions:
        found = [
            Turned(question=question, team=name, before=judged[name].first, turn=turn)
            for name, team in book.data.teams.items()
            if (turn := _turn(book, team.answers, judged[name], question)) is not None
        ]
        if found:
            yield question, max(found, key=_telling)


def _telling(found: Turned) -> int:
    """Prefer a turn from one tool to another, then one with a tool at one end, to a turn of outcomes alone."""
    return sum(first.outcome is OutcomeKind.CHOOSE for first in (found.before, found.turn.first))


def _turn(book: Rulebook, answers: Mapping[str, str], judged: Judgement, question: str) -> Turn | None:
    for answer in book.data.bank.questions[question].answers:
        changed = {**answers, question: answer}
        if not clashes(changed, book.data.bank):
            first = book.judge(changed, book.refire(judged.fired, question, changed)).first
            if first != judged.first:
                return Turn(answer=answer, first=first)
    return None


# --- rules ------------------------------------------------------------------------------------------------------------


def firing(book: Rulebook, rule: Condition) -> Iterator[dict[str, str]]:
    """Yield a context in which the rule fires and which names nothing else; nothing where each would contradict itself.

    Every answer that `when` allows is tried in turn, the other questions keeping the first that they allow.
    """
    signs = dict(list(rule.among.items())[: rule.count or 0])
    wanted = {**rule.when, **signs}
    least = {question: answers[0] for question, answers in wanted.items()}
    for question, answers in wanted.items():
        for answer in answers:
            context = {**least, question: answer}
            if rule.holds(context) and not clashes(context, book.data.bank):
                yield context


def dead_rules(book: Rulebook) -> Iterator[str]:
    """Yield each rule that cannot fire, or without which every context in which it fires alone is judged the same."""
    for name, rule in book.rules.items():
        if not any(_matters(book, name, context) for context in _tried(book, rule)):
            yield name


def _tried(book: Rulebook, rule: Condition) -> Iterator[Answers]:
    yield from firing(book, rule)
    in_use = [(question, answer) for question, record in book.data.bank.questions.items() for answer, choice in record.answers.items() if choice.tool]
    for context in firing(book, rule):
        for question, answer in in_use:  # what a tool gains by being in use needs one that is
            changed = {**context, question: answer}
            if rule.holds(changed) and not clashes(changed, book.data.bank):
                yield changed
    for team in book.data.teams.values():
        if rule.holds(team.answers):
            yield team.answers


def _matters(book: Rulebook, name: str, context: Answers) -> bool:
    fired = book.fire(context)
    without = {other: rule for other, rule in fired.items() if other != name}
    judged, bare = book.judge(context, fired), book.judge(context, without)
    return _seen(book, judged) != _seen(book, bare)


def _seen(book: Rulebook, judged: Judgement) -> object:
    """Return everything of a judgement that an advice shows."""
    shown = replace(judged, fired={}, tools=tuple(sorted(judged.tools)))
    said = {name: (sorted(voice.tools), sorted(voice.other), sorted(voice.rows)) for name, voice in book.said(judged.fired).items()}
    standing = {tool: [(name, points) for name, points, _ in book.standing(tool, judged)] for tool in judged.tools}
    return shown, said, standing
