"""What an advice is: the recommendation, everything it was computed from, and what would change it."""

from __future__ import annotations

from enum import StrEnum

from orchkit.model.advice import OutcomeKind
from orchkit.model.base import Exact, Record


class Confidence(StrEnum):
    """How far the first place can be relied on."""

    FIRM = "firm"
    """The lead reaches the margin, and no single answer that is still open would change first place."""
    PROVISIONAL = "provisional"
    """The lead reaches the margin, but the answer to one open question could change first place."""
    OPEN = "open"
    """The lead is below the margin: there is no clear winner."""


class Fired(Record):
    """A rule that fired, and on which answers."""

    kind: str
    """`constraint`, `row`, `weight`, `keep`, `deployment` or `outcome`."""
    rule: str
    """The rule's id; a row's is `framework/row`."""
    text: str
    """The reason that the rule gives."""
    answers: dict[str, str]
    """The answers on which it fired, by question."""


class First(Record):
    """What stands in first place: an outcome, and the tool where the outcome is one."""

    outcome: OutcomeKind
    tool: str | None = None


class Excluded(Record):
    """A deployment that a constraint removed."""

    tool: str
    deployment: str
    by: tuple[Fired, ...]


class Standing(Record):
    """A deployment that is left, and what speaks for it."""

    deployment: str
    points: Exact
    reasons: tuple[Fired, ...] = ()


class Candidate(Record):
    """A tool that no constraint removed, with where its points come from."""

    tool: str
    rank: int
    """Position by points, ties sharing the better one."""
    points: Exact
    """Out of about 100; the middle of the interval while scores are unknown."""
    points_range: tuple[Exact, Exact]
    """Least and most points that unknown scores allow."""
    score_range: tuple[Exact, Exact]
    """Weighted score on the 1-5 scale; both ends alike where every score is known."""
    values: dict[str, Exact | None]
    """Score by criterion; null where it is unknown."""
    from_scores: Exact
    """Points from the weighted score, in the middle of the interval."""
    from_voices: dict[str, Exact]
    """Points by framework; negative where it warns of every way to have the tool."""
    from_keeping: Exact
    """Points because it is in use."""
    reasons: tuple[Fired, ...]
    """Rules that spoke for it or against it."""
    deployments: tuple[Standing, ...]
    """The ways to have it that are left, the preferred one first."""


class Voice(Record):
    """What one framework says in this context."""

    framework: str
    tools: tuple[str, ...]
    other: tuple[str, ...]
    outcomes: tuple[OutcomeKind, ...]
    rows: tuple[Fired, ...]
    dissents: bool
    """Whether it points at something and the recommendation is not among it."""


class Turn(Record):
    """Another answer, and what would then be first."""

    answer: str
    first: First


class Pivot(Record):
    """A question of which some other answer would change first place."""

    question: str
    tried: int
    """How many answers were tried."""
    turns: tuple[Turn, ...]


class Recommendation(Record):
    """The one thing to do."""

    outcome: OutcomeKind
    tool: str | None
    """The tool to adopt or to stay with; null where the outcome is neither or the tool in use is not in the catalogue."""
    deployment: str | None
    """The way to have it that speaks most for itself."""
    other: tuple[str, ...] = ()
    """What to look at that the catalogue does not rank."""
    say: str | None = None
    """What to do, where a rule and not the order of the tools decided."""
    reasons: tuple[Fired, ...]


class Advice(Record):
    """The answer to a context."""

    dataset_version: str
    context: dict[str, str]
    questions: int
    """How many the bank has."""
    recommendation: Recommendation
    confidence: Confidence
    lead: Exact | None
    """Points by which first place leads whatever the unknown scores are; null where fewer than two tools are left."""
    margin: Exact
    candidates: tuple[Candidate, ...]
    """The tools that are left, in order."""
    fallen: tuple[str, ...]
    """Tools all of whose deployments were removed."""
    excluded: tuple[Excluded, ...]
    voices: tuple[Voice, ...]
    """The frameworks that have something to say."""
    silent: tuple[str, ...]
    """Those that have not, because their questions are unanswered or none of their rows applies."""
    weights_by: str
    """`context` where the weights follow from the answers, `own` where they were given."""
    weights: dict[str, Exact]
    """Share by criterion; they sum to 1."""
    derivation: tuple[Fired, ...]
    """The rules that made the weights what they are."""
    added: dict[str, dict[str, int]]
    """Points by rule and criterion; the rule `base` is where every criterion begins."""
    open_questions: tuple[Pivot, ...]
    """Unanswered questions whose answer could change first place, the one that could change it most before the others."""
    would_change: tuple[Pivot, ...]
    """Answered questions of which another answer would change first place."""
