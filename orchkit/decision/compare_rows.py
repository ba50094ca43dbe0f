"""The rows of a comparison, in groups. Each group is one function in one table: whoever adds one adds it to page, files and command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from orchkit.advice.rulebook import Judgement, Rulebook
from orchkit.costs import CostEstimate
from orchkit.decision.comparison import Entry, Group, Row, Unit, agree
from orchkit.model.advice import Constraint
from orchkit.model.cases import Case, CaseKind, Choice
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Basis, Citation
from orchkit.model.input.decision import OwnScore
from orchkit.model.tools import IDENTITY, Operator, Point, Tool
from orchkit.scoring import OWN, Matrix

LOCK_IN_CRITERIA = ("cloud-portability",)
LOCK_IN_TRAITS = ("runs-on-own-machines", "runs-on-aws", "runs-on-google-cloud", "runs-on-azure", "control-plane-elsewhere")
"""What of the catalogue bears on leaving a tool or a provider. One that a catalogue does not have is passed over."""

OPERATORS = {Operator.SELF_HOSTED: "Run by your own team", Operator.MANAGED: "Run by a provider"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows are made from."""

    catalogue: Catalogue
    tools: tuple[Tool, ...]
    matrix: Matrix
    scores: str
    own_scores: Mapping[str, Mapping[str, OwnScore]]
    weights: Mapping[str, Fraction]
    costs: CostEstimate | None
    book: Rulebook
    judged: Judgement
    answered: int

    def row(self, name: str, title: str, unit: Unit, entries: Callable[[Tool], Iterable[Entry]], *, asks: str | None = None) -> Row:
        """Make a row by asking every tool the same."""
        cells = {tool.id: tuple(entries(tool)) for tool in self.tools}
        return Row(id=name, name=title, unit=unit, asks=asks, cells=cells, agrees=agree(cells.values()))


def score_rows(asked: Asked) -> Group:
    """What each criterion gives each tool, and who is ahead on it."""
    rows = tuple(_score_row(asked, "scores", name) for name in asked.catalogue.criteria)
    return Group(id="scores", name="Scores", rows=rows)


def _score_row(asked: Asked, group: str, criterion: str) -> Row:
    record = asked.catalogue.criteria[criterion]
    row = asked.row(f"{group}.{criterion}", record.name, Unit.SCORE, lambda tool: [_score(asked, tool, criterion)], asks=record.question)
    cells = {tool.id: asked.matrix.cells[tool.id][criterion] for tool in asked.tools}
    bar = max(cell.high for cell in cells.values())
    ahead = tuple(sorted(name for name, cell in cells.items() if cell.low >= bar))
    return row.model_copy(update={"weight": asked.weights.get(criterion, Fraction(0)), "ahead": ahead})


def _score(asked: Asked, tool: Tool, criterion: str) -> Entry:
    if own := asked.own_scores.get(tool.id, {}).get(criterion):
        return Entry(value=own.value, why=own.why, own=True)
    if asked.scores == OWN:
        score = tool.scores.get(criterion)
        if score is None:
            return Entry(value=None, why="The tool's record has no score for it.")
        return Entry(value=score.value, why=score.why, basis=score.basis, confidence=score.confidence, sources=score.sources)
    printed = asked.catalogue.published[asked.scores.partition(":")[2]]
    value = printed.matrix.get(tool.id, {}).get(criterion)
    if value is None:
        return Entry(value=None, why="The source prints no score for it.")
    source = asked.catalogue.sources[printed.source]
    place = f"the printed matrix, line {tool.facts.name}, criterion {asked.catalogue.criteria[criterion].name}"
    cited = Citation(source=printed.source, shows=place, read_on=source.read_on)
    return Entry(value=value, why="As printed, without a reason.", basis=Basis.PUBLISHED, sources=(cited,))


def advice_rows(asked: Asked) -> Group:
    """What the advisor's rules say of each tool for the reader's answers."""
    notes = () if asked.answered else ("No question of the advisor is answered, so its points follow from equal weights and nothing is ruled out.",)
    rows = (
        asked.row("advice.place", "Place in the advice", Unit.WORDS, lambda tool: [_place(asked, tool)]),
        asked.row("advice.points", "Points", Unit.POINTS, lambda tool: [_points(asked, tool)], asks="Of about 100"),
        asked.row("advice.ruled-out", "Ruled out", Unit.WORDS, lambda tool: _ruled_out(asked, tool)),
        asked.row("advice.frameworks", "Frameworks that name it", Unit.WORDS, lambda tool: _frameworks(asked, tool)),
    )
    return Group(id="advice", name="What the advisor says", notes=notes, rows=rows)


def _place(asked: Asked, tool: Tool) -> Entry:
    if tool.id not in asked.book.tools:
        return Entry(value=None, why="It is not on your shortlist, so the advisor was not asked about it.")
    if tool.id not in asked.judged.tools:
        return Entry(value="ruled out", why="Your answers rule out every way to have it.")
    middle = _middle(asked.judged, tool.id)
    rank = 1 + sum(_middle(asked.judged, other) > middle for other in asked.judged.tools)
    return Entry(value=f"{rank} of {len(asked.judged.tools)}")


def _middle(judged: Judgement, tool: str) -> Fraction:
    return judged.points[tool].low + judged.points[tool].high


def _points(asked: Asked, tool: Tool) -> Entry:
    if tool.id not in asked.judged.points:
        return Entry(value=None, why="What is ruled out or was not asked about gets no points.")
    interval = asked.judged.points[tool.id]
    return Entry(value=(interval.low, interval.high))


def _ruled_out(asked: Asked, tool: Tool) -> Iterator[Entry]:
    if tool.id not in asked.book.tools:
        yield Entry(value=None, why="The advisor was not asked about it.")
        return
    removed = {place[1]: names for place, names in asked.judged.removed.items() if place[0] == tool.id}
    for name in (name for name in tool.deployments if name in removed):
        rules = [asked.judged.fired[f"constraint:{rule}"] for rule in removed[name]]
        why = " ".join(rule.reason for rule in rules if isinstance(rule, Constraint))
        yield Entry(of=tool.deployments[name].name, value="ruled out", why=why)
    if not removed:
        yield Entry(value="nothing")


def _frameworks(asked: Asked, tool: Tool) -> Iterator[Entry]:
    said = asked.book.said(asked.judged.fired)
    if not said:
        yield Entry(value=None, why="None of them has anything to say about what you have answered.")
        return
    named = False
    for name, one in said.items():
        rows = [row.printed for row in one.rows.values() if tool.id in asked.book.named_by(row)]
        if tool.id in one.tools:
            named = True
            yield Entry(value=asked.catalogue.advice.frameworks[name].name, why=" ".join(dict.fromkeys(rows)))
    if not named:
        yield Entry(value="none of those that speak")


def cost_rows(asked: Asked) -> Group:
    """What a year of each costed way to have a tool comes to, for the reader's workload."""
    rows = [asked.row(f"costs.{operator}", title, Unit.MONEY, partial(_costs, asked, operator)) for operator, title in OPERATORS.items()]
    return Group(id="costs", name="A year of your workload", rows=tuple(rows))


def _costs(asked: Asked, operator: Operator, tool: Tool) -> Iterator[Entry]:
    found = [cost for cost in asked.costs.deployments if cost.tool == tool.id] if asked.costs else []
    of = {cost.deployment: asked.catalogue.costs.deployments[cost.deployment].deployment for cost in found}
    ways = {name for name, deployment in tool.deployments.items() if deployment.operator is operator}
    here = [cost for cost in found if of[cost.deployment] in ways]
    for cost in sorted(here, key=lambda cost: (bool(cost.left_out), cost.middle, cost.deployment)):
        edited = any(line.edited for line in cost.lines)
        yield Entry(of=cost.name, value=cost.per_year, own=edited, leaves_out=tuple(line.name for line in cost.lines if line.line in cost.left_out))
    if not here:
        why = "Nobody has costed one yet." if ways else "No such way to have it is recorded."
        yield Entry(value=None, why=why)


def deployment_rows(asked: Asked) -> Group:
    """The ways to have each tool, and what each can and cannot."""
    vocabulary = asked.catalogue.advice.constraints.traits
    traits = [name for name in _recorded(asked) if name not in LOCK_IN_TRAITS]
    rows = (
        asked.row("deployments.ways", "Can be had as", Unit.WORDS, _ways),
        asked.row("deployments.kubernetes", "Kubernetes of your own", Unit.YES_NO, _kubernetes, asks="Does it need a cluster that you run?"),
        *(_trait_row(asked, "deployments", name, vocabulary[name].asks if name in vocabulary else name) for name in traits),
        asked.row("deployments.limits", "Limits", Unit.WORDS, _limits),
    )
    return Group(id="deployments", name="Ways to have it", rows=rows)


def _recorded(asked: Asked) -> list[str]:
    """Name the traits that at least one way to have one of the tools records, in the order of the vocabulary."""
    found = {name for tool in asked.tools for deployment in tool.deployments.values() for name in deployment.traits}
    vocabulary = asked.catalogue.advice.constraints.traits
    return [name for name in vocabulary if name in found] + sorted(found - vocabulary.keys())


def _trait_row(asked: Asked, group: str, trait: str, asks: str) -> Row:
    return asked.row(f"{group}.{trait}", asks, Unit.YES_NO, lambda tool: _trait(tool, trait))


def _trait(tool: Tool, trait: str) -> Iterator[Entry]:
    for deployment in tool.deployments.values():
        if found := deployment.traits.get(trait):
            yield Entry(of=deployment.name, value=found.value, why=found.why, sources=found.sources)
    silent = [deployment.name for deployment in tool.deployments.values() if trait not in deployment.traits]
    if silent or not tool.deployments:
        yield Entry(of=", ".join(silent) or None, value=None, why="Nobody has recorded it.")


def _ways(tool: Tool) -> Iterator[Entry]:
    for deployment in tool.deployments.values():
        yield Entry(value=deployment.name, why=f"Run by {deployment.provider}. {deployment.summary}", sources=deployment.sources)
    if not tool.deployments:
        yield Entry(value=None, why="No deployment is recorded yet.")


def _kubernetes(tool: Tool) -> Iterator[Entry]:
    for deployment in tool.deployments.values():
        why = "Its limits say why." if deployment.kubernetes_required is None else None
        yield Entry(of=deployment.name, value=deployment.kubernetes_required, why=why)
    if not tool.deployments:
        yield Entry(value=None, why="No deployment is recorded yet.")


def _limits(tool: Tool) -> Iterator[Entry]:
    for deployment in tool.deployments.values():
        for limit in deployment.limits:
            yield Entry(of=deployment.name, value=limit.text, sources=limit.sources)
    if not any(deployment.limits for deployment in tool.deployments.values()):
        yield Entry(value=None, why="No limit is recorded yet.")


def lock_in_rows(asked: Asked) -> Group:
    """What bears on leaving a provider or the tool."""
    vocabulary = asked.catalogue.advice.constraints.traits
    rows = [_score_row(asked, "lock-in", name) for name in LOCK_IN_CRITERIA if name in asked.catalogue.criteria]
    rows += [_trait_row(asked, "lock-in", name, vocabulary[name].asks) for name in LOCK_IN_TRAITS if name in vocabulary]
    return Group(id="lock-in", name="Lock-in", rows=tuple(rows))


def moving_rows(asked: Asked) -> Group:
    """What a move from one of the tools to another takes, and which teams made it, as they published it."""
    rows = [row for tool in asked.tools for row in (*_planned(asked, tool), *_moves(asked, tool))]
    if any(one.to_tool is None and one.from_tool in asked.matrix.cells for one in asked.catalogue.migrations.values()):
        rows.append(asked.row("moving.leaving", "Leaving it", Unit.DAYS, partial(_days, asked, None), asks=_FOR))
    named = asked.row("moving.alternatives", "Named as an alternative to", Unit.WORDS, lambda tool: _alternative_to(asked, tool))
    notes = (
        "Days are ranges of our own; the page of each move says where they come from. Leaving a tool is counted without the new one.",
        "Where no account is recorded, nobody whose text we read has written of such a move. It says nothing about how hard it is.",
    )
    return Group(id="moving", name="Moving between them", notes=notes, rows=(*rows, named))


WORKFLOWS = 10
"""For how many workflows the days of a move are given."""
_FOR = f"Working days of one engineer, for {WORKFLOWS} workflows"


def _planned(asked: Asked, start: Tool) -> Iterator[Row]:
    """Yield what a move takes, where the steps to one of the other tools are written down."""
    others = {tool.id for tool in asked.tools} - {start.id}
    if any(one.from_tool == start.id and one.to_tool in others for one in asked.catalogue.migrations.values()):
        title = f"Moving here from {start.facts.short}"
        yield asked.row(f"moving.days-{start.id}", title, Unit.DAYS, lambda tool: [] if tool.id == start.id else _days(asked, tool, start), asks=_FOR)


def _days(asked: Asked, end: Tool | None, start: Tool) -> Iterator[Entry]:
    found = [(name, one) for name, one in asked.catalogue.migrations.items() if (one.from_tool, one.to_tool) == (start.id, end.id if end else None)]
    for name, one in found:
        days = one.days(WORKFLOWS)
        yield Entry(value=(Fraction(days.low_days), Fraction(days.high_days)), basis=one.basis, migration=name)
    if not found:
        yield Entry(value=None, why="Its steps are not written down.")


def _moves(asked: Asked, start: Tool) -> Iterator[Row]:
    accounts = {name: case for name, case in asked.catalogue.cases.items() if case.kind is CaseKind.ACCOUNT}
    moved = {name: case for name, case in accounts.items() if start.id in _names(case.moved_from or ()) and start.id not in _names(case.chose)}
    weighed = {name: case for name, case in accounts.items() if start.id in _names(case.considered) and start.id not in _names(case.chose)}
    weighed = {name: case for name, case in weighed.items() if name not in moved}
    short = start.facts.short
    yield _case_row(asked, start, f"moving.from-{start.id}", f"Teams that moved here from {short}", moved)
    yield _case_row(asked, start, f"moving.over-{start.id}", f"Teams that chose it where {short} was considered", weighed)


def _case_row(asked: Asked, start: Tool, name: str, title: str, cases: Mapping[str, Case]) -> Row:
    def entries(tool: Tool) -> Iterator[Entry]:
        if tool.id == start.id:
            return
        found = {key: case for key, case in cases.items() if tool.id in _names(case.chose) and tool.id not in _names(case.moved_from or ())}
        for key, case in found.items():
            said = f"{case.organisation}, {case.year}" if case.year else case.organisation
            yield Entry(value=said, why=" ".join(case.reasons[:1]) or None, case=key, sources=case.sources[:1])
        if not found:
            yield Entry(value=None, why="No account is recorded.")

    return asked.row(name, title, Unit.CASES, entries)


def _names(choices: Iterable[Choice]) -> set[str]:
    return {choice.tool for choice in choices if choice.tool}


def _alternative_to(asked: Asked, tool: Tool) -> Iterator[Entry]:
    naming = [other.facts.name for other in asked.tools if tool.id in other.facts.alternatives]
    yield from (Entry(value=name) for name in sorted(naming))
    if not naming:
        yield Entry(value="none of these")


def identity_rows(asked: Asked) -> Group:
    """Who owns each tool, under which licence, in which version."""
    kind = asked.row("facts.kind", "Kind", Unit.WORDS, lambda tool: [Entry(value=tool.facts.kind.value)])
    rows = [asked.row(f"facts.{field}", name, Unit.WORDS, partial(_fact, field)) for field, name in IDENTITY.items()]
    return Group(id="facts", name="Facts", rows=(kind, *rows))


def _fact(field: str, tool: Tool) -> Iterator[Entry]:
    fact = getattr(tool.facts.identity, field)
    yield Entry(value=fact.value, why=fact.why, sources=fact.sources)


def word_rows(asked: Asked) -> Group:
    """How each tool thinks, whom it fits, what it does well and what hurts."""
    rows = (
        asked.row("words.model", "How it thinks", Unit.WORDS, lambda tool: [Entry(value=tool.facts.mental_model)]),
        asked.row("words.choose", "Choose it when", Unit.WORDS, lambda tool: _lines(tool.facts.choose_when)),
        asked.row("words.avoid", "Avoid it when", Unit.WORDS, lambda tool: _lines(tool.facts.avoid_when)),
        asked.row("words.strengths", "Strengths", Unit.WORDS, lambda tool: _statements(tool.facts.strengths)),
        asked.row("words.weaknesses", "Weaknesses", Unit.WORDS, lambda tool: _statements(tool.facts.weaknesses)),
    )
    return Group(id="words", name="In words", rows=rows)


def _lines(texts: tuple[str, ...]) -> Iterator[Entry]:
    yield from (Entry(value=text) for text in texts)
    if not texts:
        yield Entry(value=None, why="Nothing is recorded yet.")


def _statements(points: tuple[Point, ...]) -> Iterator[Entry]:
    yield from (Entry(value=point.text, sources=point.sources) for point in points)
    if not points:
        yield Entry(value=None, why="Nothing is recorded yet.")


GROUPS: tuple[Callable[[Asked], Group], ...] = (
    score_rows,
    advice_rows,
    cost_rows,
    deployment_rows,
    lock_in_rows,
    moving_rows,
    identity_rows,
    word_rows,
)
"""Every group, in the order in which it is shown."""
