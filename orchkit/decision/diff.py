"""Two datasets → what the newer one changes: every profile's ranking, the advice to the listed teams, the costs of the default workload."""

from __future__ import annotations

from collections.abc import Mapping

from orchkit.advice import Confidence, advise
from orchkit.costs import default_workload
from orchkit.decision.changes import CostEffect, Move, ScoreChange, cost_effects, first_of, moves, places, score_changes
from orchkit.errors import OrchkitError
from orchkit.model.advice import OutcomeKind
from orchkit.model.base import Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import usable_context
from orchkit.scoring import decision_matrix, rank


class ProfileEffect(Record):
    """What becomes of one profile's ranking."""

    profile: str
    first_old: tuple[str, ...]
    """Tools that were first, or may have been; several in a tie or where unknown values left it open. None where the profile is new."""
    first_new: tuple[str, ...]
    """Tools that are first now, or may be; none where the profile is gone."""
    first_changes: bool
    moves: tuple[Move, ...]
    """Tools whose place or score differs, in the newer order."""


class Answer(Record):
    """What a team is told."""

    outcome: OutcomeKind
    tool: str | None
    deployment: str | None
    confidence: Confidence


class TeamEffect(Record):
    """What becomes of the advice to one listed team."""

    team: str
    old: Answer | None
    """Null where the older dataset cannot answer."""
    new: Answer | None
    """Null where the newer dataset cannot answer."""

    @property
    def changes(self) -> bool:
        """Whether the team is told something else."""
        return self.old != self.new


class Diff(Record):
    """What the newer of two datasets changes."""

    base: str
    """Version of the older dataset."""
    head: str
    """Version of the newer dataset."""
    scores: tuple[ScoreChange, ...]
    tools_added: tuple[str, ...]
    """Tools that are ranked now and were not."""
    tools_gone: tuple[str, ...]
    """Tools that were ranked and are not."""
    profiles: tuple[ProfileEffect, ...]
    """Every profile, those whose first place changes before the others, then those in which anything moves."""
    teams: tuple[TeamEffect, ...]
    """Every listed team, those that are told something else before the others."""
    costs: tuple[CostEffect, ...]
    """The deployments whose cost differs, in US dollars."""

    @property
    def quiet(self) -> bool:
        """Whether nothing that is computed here differs."""
        return not (
            self.scores
            or self.tools_added
            or self.tools_gone
            or self.costs
            or any(profile.moves for profile in self.profiles)
            or any(team.changes for team in self.teams)
        )


def diff(base: Catalogue, head: Catalogue) -> Diff:
    """Say what `head` changes against `base`.

    The listed teams are those of `head`, with the answers that each dataset knows; costs are those of its default workload,
    priced by each dataset.

    >>> import orchkit
    >>> catalogue = orchkit.load()
    >>> orchkit.diff(catalogue, catalogue).quiet
    True
    """
    profiles = [_profile(base, head, name) for name in dict.fromkeys([*head.profiles, *base.profiles])]
    teams = [_team(base, head, name) for name in head.advice.teams]
    return Diff(
        base=base.dataset.version,
        head=head.dataset.version,
        scores=tuple(score_changes(decision_matrix(base), decision_matrix(head))),
        tools_added=tuple(name for name in head.ranked_tools if name not in base.ranked_tools),
        tools_gone=tuple(name for name in base.ranked_tools if name not in head.ranked_tools),
        profiles=tuple(sorted(profiles, key=lambda effect: (not effect.first_changes, not effect.moves))),
        teams=tuple(sorted(teams, key=lambda effect: not effect.changes)),
        costs=cost_effects(base, head, default_workload(head)),
    )


def _profile(base: Catalogue, head: Catalogue, name: str) -> ProfileEffect:
    old = rank(base, name) if name in base.profiles else None
    new = rank(head, name) if name in head.profiles else None
    first_old, first_new = first_of(places(old).items()), first_of(places(new).items())
    moved = tuple(move for move in moves(old, new) if move.old != move.new)
    return ProfileEffect(profile=name, first_old=first_old, first_new=first_new, first_changes=first_old != first_new, moves=moved)


def _team(base: Catalogue, head: Catalogue, name: str) -> TeamEffect:
    answers = head.advice.teams[name].answers
    return TeamEffect(team=name, old=_answer(base, answers), new=_answer(head, answers))


def _answer(catalogue: Catalogue, answers: Mapping[str, str]) -> Answer | None:
    """Advise by the answers that this dataset knows; null where it has no questions or nothing can be ranked."""
    known, _ = usable_context(answers, catalogue.advice.bank)
    if not known:
        return None
    try:
        advice = advise(catalogue, known)
    except OrchkitError:
        return None
    found = advice.recommendation
    return Answer(outcome=found.outcome, tool=found.tool, deployment=found.deployment, confidence=advice.confidence)
