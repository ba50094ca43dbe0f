"""A decision file → ranking, sensitivity, advice, costs and assessments in one record, with where they agree and where they differ.

Nothing is computed here that another module computes: this one asks each of them once and compares what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from orchkit.advice import Advice, advise_decision
from orchkit.assessment import Assessment, evaluate
from orchkit.costs import CostEstimate, default_workload, estimate_decision
from orchkit.decision.stored import Kept, compared, short_result
from orchkit.errors import InputError, Problem
from orchkit.model.advice import OutcomeKind
from orchkit.model.base import Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.choice import Choice
from orchkit.model.input.context import usable_context
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring import Acceptability, Ranking, Sensitivity, matrix_of_decision, rank_decision, settled
from orchkit.scoring.acceptability import SAMPLES, acceptability
from orchkit.scoring.sensitivity import sensitivity_of
from orchkit.scoring.whole import whole_cells
from orchkit.version import __version__


class By(StrEnum):
    """Who put something first."""

    ADVICE = "advice"
    RANKING = "ranking"
    TEAM = "team"


class Option(Record):
    """One thing that a team can do."""

    outcome: OutcomeKind
    tool: str | None = None
    deployment: str | None = None
    by: By


class About(StrEnum):
    """What is held against what."""

    FIRST_PLACE = "first-place"
    """The first place of the ranking against the recommendation of the advice."""
    WEIGHTS = "weights"
    """The weights of the ranking against those that follow from the answers."""
    RULED_OUT = "ruled-out"
    """What is chosen against the constraints."""
    COSTS = "costs"
    """What is chosen against the deployment with the lowest middle of its range."""
    CHOICE = "choice"
    """What is chosen against the computed first place."""


class Comparison(Record):
    """Two results held against each other."""

    about: About
    agree: bool
    names: tuple[str, ...] = ()
    """Ids of what the second of the two names: tools; for costs, deployments."""


class Decision(Record):
    """Everything that follows from a decision file."""

    orchkit_version: str
    dataset_version: str
    title: str
    tools: tuple[str, ...]
    """The tools in question: the shortlist, or all that are ranked."""
    computed: Option | None
    """What the advice recommends or, where no question is answered, who is first in the ranking; null where first place is not one tool's."""
    chosen: Option | None
    """What the team chose; where it chose nothing, what is computed."""
    choice: Choice
    """What the file says of the choice; proposed and otherwise empty where it says nothing."""
    ranking: Ranking
    sensitivity: Sensitivity
    advice: Advice | None
    """Null where no question of the context is answered."""
    costs: CostEstimate | None
    """A year of the deployments of the tools in question; null where the workload cannot be priced, or no such deployment is costed."""
    own_workload: bool
    """Whether the costs are those of the team's own workload, and not of the default one."""
    assessments: tuple[Assessment, ...]
    """What the filled checklists come to."""
    comparisons: tuple[Comparison, ...]
    stored: Kept
    """Whether the result that the file holds is what follows from it."""

    @property
    def fits(self) -> bool:
        """Whether there is anything to do but to look elsewhere."""
        return self.advice is None or self.advice.recommendation.outcome is not OutcomeKind.NONE


def decide(catalogue: Catalogue, decision: DecisionFile, *, samples: int = SAMPLES, seed: int = 0) -> Decision:
    """Compute everything that a decision file asks for.

    Where it has neither weights nor a profile, the first weight profile counts. `samples` and `seed` are those of
    `sensitivity`. Raises `InputError` with all that cannot be used: answers that contradict each other, weights that are all
    zero, a workload that cannot be priced.

    >>> import orchkit
    >>> from orchkit.model.input.decision import DecisionFile
    >>> catalogue = orchkit.load()
    >>> file = DecisionFile(dataset_version=catalogue.dataset.version, context={"process": "none", "pain": "habits"})
    >>> orchkit.decide(catalogue, file, samples=0).chosen.outcome.value
    'process'
    """
    sound, problems = usable(catalogue, decision)
    if problems:
        raise InputError(problems)
    drawn = acceptability(matrix_of_decision(catalogue, sound), samples=samples, seed=seed) if samples else None
    return gather(catalogue, sound, results(catalogue, sound, drawn))


def usable(catalogue: Catalogue, decision: DecisionFile) -> tuple[DecisionFile, list[Problem]]:
    """Return what of a decision file can be computed with, and a problem for each part that cannot.

    Answers that clash are left out; weights that cannot be used give way to the first weight profile, a shortlist and scores
    that do not fit each other to all tools and the catalogue's scores.
    """
    first = next(iter(catalogue.profiles))
    context, problems = usable_context(decision.context, catalogue.advice.bank)
    sound = settled(catalogue, decision).model_copy(update={"context": context})
    for instead in ({"weights": {}, "profile": first}, {"scores": "catalogue", "shortlist": ()}):
        try:
            rank_decision(catalogue, sound)
            break
        except InputError as error:
            problems.extend(error.problems)
            sound = sound.model_copy(update=instead)
    try:
        _costs(catalogue, sound)
    except InputError as error:
        problems.extend(error.problems)
    return sound, list(dict.fromkeys(problems))


@dataclass(frozen=True, slots=True)
class Results:
    """What takes long, and does not depend on what the team chose."""

    ranking: Ranking
    sensitivity: Sensitivity
    advice: Advice | None
    assessments: tuple[Assessment, ...]


def results(catalogue: Catalogue, decision: DecisionFile, drawn: Acceptability | None) -> Results:
    """Ask each module once about a decision that `usable` has found usable; `drawn` may have been counted elsewhere."""
    ranking = rank_decision(catalogue, decision)
    return Results(
        ranking=ranking,
        sensitivity=sensitivity_of(ranking, whole_cells(matrix_of_decision(catalogue, decision)), drawn),
        advice=advise_decision(catalogue, decision) if decision.context else None,
        assessments=tuple(evaluate(catalogue, response) for response in decision.responses),
    )


def gather(catalogue: Catalogue, decision: DecisionFile, found: Results) -> Decision:
    """Put the results beside what the team chose, and hold them against each other."""
    costs, choice = _costs_or_none(catalogue, decision), decision.choice or Choice()
    computed = _computed(found)
    chosen = Option(outcome=choice.meant, tool=choice.tool, deployment=choice.deployment, by=By.TEAM) if choice.meant else computed
    return Decision(
        orchkit_version=__version__,
        dataset_version=catalogue.dataset.version,
        title=decision.title,
        tools=_in_question(catalogue, decision),
        computed=computed,
        chosen=chosen,
        choice=choice,
        ranking=found.ranking,
        sensitivity=found.sensitivity,
        advice=found.advice,
        costs=costs,
        own_workload=decision.workload is not None and decision.workload != default_workload(catalogue),
        assessments=found.assessments,
        comparisons=tuple(_comparisons(catalogue, found, costs, computed, chosen)),
        stored=compared(decision.result, short_result(catalogue, found.ranking, found.advice, costs)),
    )


def _in_question(catalogue: Catalogue, decision: DecisionFile) -> tuple[str, ...]:
    return decision.shortlist or tuple(catalogue.ranked_tools)


def _costed(catalogue: Catalogue, decision: DecisionFile) -> tuple[str, ...]:
    """Name the costed deployments of the tools in question and of the one chosen, those aside that the team has hidden."""
    tools = {*_in_question(catalogue, decision), decision.choice.tool if decision.choice else None}
    known = decision.cost_deployments or tuple(catalogue.costs.deployments)
    return tuple(name for name in known if catalogue.costs.deployments[name].tool in tools and catalogue.costs.deployments[name].tool)


def _costs(catalogue: Catalogue, decision: DecisionFile) -> CostEstimate | None:
    wanted = _costed(catalogue, decision)
    return estimate_decision(catalogue, decision.model_copy(update={"cost_deployments": wanted})) if wanted else None


def _costs_or_none(catalogue: Catalogue, decision: DecisionFile) -> CostEstimate | None:
    try:
        return _costs(catalogue, decision)
    except InputError:  # which `usable` has told
        return None


def _computed(found: Results) -> Option | None:
    if found.advice is not None:
        said = found.advice.recommendation
        return Option(outcome=said.outcome, tool=said.tool, deployment=said.deployment, by=By.ADVICE)
    first = first_ranked(found.ranking)
    return Option(outcome=OutcomeKind.CHOOSE, tool=first[0], by=By.RANKING) if len(first) == 1 else None


def first_ranked(ranking: Ranking) -> tuple[str, ...]:
    """Return the tools that are first, or may be."""
    return tuple(line.tool for line in ranking.ranking if (line.rank or (line.rank_range or (0,))[0]) == 1)


def _comparisons(
    catalogue: Catalogue, found: Results, costs: CostEstimate | None, computed: Option | None, chosen: Option | None
) -> Iterator[Comparison]:
    advice = found.advice
    if advice is not None:
        first = first_ranked(found.ranking)
        yield Comparison(about=About.FIRST_PLACE, agree=advice.recommendation.tool in first, names=first)
        if advice.weights_by == "context":
            yield Comparison(about=About.WEIGHTS, agree=_above_zero(advice.weights) == _above_zero(found.ranking.weights))
        if chosen and chosen.tool:
            gone = tuple(one.deployment for one in advice.excluded if one.tool == chosen.tool)
            yield Comparison(about=About.RULED_OUT, agree=chosen.tool not in advice.fallen and chosen.deployment not in gone, names=gone)
    if costs is not None and chosen and chosen.tool:
        known = catalogue.costs.deployments
        priced = [cost for cost in costs.deployments if not cost.left_out]
        if any(cost.tool == chosen.tool for cost in costs.deployments) and priced:
            least = priced[0].deployment
            mine = known[least].tool == chosen.tool and chosen.deployment in (None, known[least].deployment)
            yield Comparison(about=About.COSTS, agree=mine, names=(least,))
    if chosen and chosen.by is By.TEAM:
        names = (computed.tool,) if computed and computed.tool else ()
        yield Comparison(about=About.CHOICE, agree=computed is not None and _same(computed, chosen), names=names)


def _above_zero(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {name: share for name, share in weights.items() if share}


def _same(computed: Option, chosen: Option) -> bool:
    """Say whether a choice is the computed one; a team that names no deployment leaves it open."""
    return (chosen.outcome, chosen.tool) == (computed.outcome, computed.tool) and chosen.deployment in (None, computed.deployment)
