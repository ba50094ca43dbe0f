"""What was measured while filling in a checklist → own scores of the assessed tool, and what taking them over would change.

A measured value implies a score only where the descriptions of its criterion name a number, and it tests one part of them. So
what comes out is a proposal that a reader takes over or not, and each own score says what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from orchkit.assessment.evaluate import is_contested
from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile, OwnScore
from orchkit.model.input.reading import response_problems
from orchkit.model.input.responses import Answer, Ground, Response


class Measured(Record):
    """One measured value that implies a score."""

    item: str
    """The item of the checklist under which it was measured."""
    measurement: str
    name: str
    unit: str
    value: Exact
    """In the unit of the measurement."""
    scores: tuple[int, int]
    """The lowest and the highest score that the value allows."""


class ProposedScore(Record):
    """What the measured values say of one criterion."""

    criterion: str
    value: int
    """The score to take over: the lower end of what is possible."""
    scores: tuple[int, int]
    """The lowest and the highest score that the values allow together."""
    measured: tuple[Measured, ...]
    why: str
    """The reason that an own score carries: values, units, checklist and version, by whom and when."""


class ScoreChange(Record):
    """What taking one proposal over would change."""

    tool: str
    proposed: ProposedScore
    own_before: OwnScore | None
    """The own score that it would replace; null where there is none."""
    catalogue_score: int | None
    """What the catalogue says; null where it is unknown."""

    @property
    def changes(self) -> bool:
        """Whether anything would be another than it is."""
        return self.own_before != OwnScore(value=self.proposed.value, why=self.proposed.why)


def proposed_scores(catalogue: Catalogue, response: Response) -> tuple[ProposedScore, ...]:
    """Return what a response's measurements imply, one entry for each criterion that they bear on, in the order of the criteria.

    Values that allow a score in common leave what they have in common; where they allow none in common, everything from the
    lowest to the highest is possible. Left out are answers that still have to be confirmed or settled, and what was taken from
    documentation: nobody measured it. Raises `InputError` as `evaluate` does, where anything was measured.
    """
    found: dict[str, list[Measured]] = {}
    for criterion, measured in _measured(catalogue, response):
        found.setdefault(criterion, []).append(measured)
    if found and (problems := list(response_problems(response, "response", catalogue))):
        raise InputError(problems)
    return tuple(_proposed(catalogue, response, name, tuple(found[name])) for name in catalogue.criteria if name in found)


def score_changes(catalogue: Catalogue, decision: DecisionFile, response: Response) -> tuple[ScoreChange, ...]:
    """Say what taking over the scores that a response implies would change. Nothing where it names no tool that is ranked."""
    if response.tool not in catalogue.ranked_tools:
        return ()
    tool = catalogue.tools[response.tool]
    before = decision.own_scores.get(tool.id, {})
    return tuple(
        ScoreChange(
            tool=tool.id,
            proposed=one,
            own_before=before.get(one.criterion),
            catalogue_score=score.value if (score := tool.scores.get(one.criterion)) else None,
        )
        for one in proposed_scores(catalogue, response)
    )


def take_own_scores(catalogue: Catalogue, decision: DecisionFile, response: Response) -> DecisionFile:
    """Put the scores that a response implies among the decision's own scores of the assessed tool; all others stay.

    Raises `InputError` where the response names no ranked tool, or nothing in it implies a score.
    """
    place = f"the evaluation `{response.id}` of `{response.checklist}`"
    if response.tool is None:
        raise InputError(Problem(place, "names no tool of the catalogue, so no score can be its own", "Say which tool was assessed"))
    if response.tool not in catalogue.ranked_tools:
        raise InputError(Problem(place, f"`{response.tool}` is not ranked, so it has no scores", nearest(response.tool, catalogue.ranked_tools)))
    changes = score_changes(catalogue, decision, response)
    if not changes:
        raise InputError(Problem(place, "holds no measured value that implies a score", "Fill in a measurement whose values do"))
    row = {**decision.own_scores.get(response.tool, {}), **{one.proposed.criterion: _own(one.proposed) for one in changes}}
    ordered = {name: row[name] for name in catalogue.criteria if name in row}
    return decision.model_copy(update={"own_scores": {**decision.own_scores, response.tool: ordered}})


def without_own_score(decision: DecisionFile, tool: str, criterion: str) -> DecisionFile:
    """Return the decision without one own score: the catalogue's counts again. One that is not there is no error."""
    rows = {name: {key: score for key, score in row.items() if (name, key) != (tool, criterion)} for name, row in decision.own_scores.items()}
    return decision.model_copy(update={"own_scores": {name: row for name, row in rows.items() if row}})


def _own(proposed: ProposedScore) -> OwnScore:
    return OwnScore(value=proposed.value, why=proposed.why)


def _measured(catalogue: Catalogue, response: Response) -> Iterator[tuple[str, Measured]]:
    """Yield (criterion, measured value) for each value that implies a score; where copies differ in a value, each of them."""
    known = catalogue.measurements
    for item, answer in response.answers.items():
        for name, value in _values(answer):
            criterion, measurement = known.get(name, (None, None))
            if criterion is None or measurement is None or measurement.problem(value):
                continue
            if scores := measurement.implied(value):
                yield (
                    criterion,
                    Measured(item=item, measurement=name, name=measurement.name, unit=measurement.unit, value=value, scores=scores),
                )


def _values(answer: Answer) -> list[tuple[str, Fraction]]:
    """Return what counts as measured in one answer: (measurement, value), each pair once."""
    if answer.to_confirm is not None or is_contested(answer):
        return []
    statements = [one for one in (answer, *answer.others) if one.ground is Ground.CHECKED]
    return list(dict.fromkeys((name, value) for one in statements for name, value in one.measurements.items()))


def _proposed(catalogue: Catalogue, response: Response, criterion: str, measured: tuple[Measured, ...]) -> ProposedScore:
    lows, highs = [one.scores[0] for one in measured], [one.scores[1] for one in measured]
    common = max(lows), min(highs)
    scores = common if common[0] <= common[1] else (min(lows), max(highs))
    return ProposedScore(criterion=criterion, value=scores[0], scores=scores, measured=measured, why=_why(catalogue, response, scores, measured))


def _why(catalogue: Catalogue, response: Response, scores: tuple[int, int], measured: tuple[Measured, ...]) -> str:
    values = "; ".join(f"{one.name}: {value_text(one.value, one.unit)}" for one in measured)
    title = catalogue.checklists[response.checklist][response.version].title
    tool = catalogue.tools.get(response.tool or "")
    deployment = tool.deployments.get(response.deployment or "") if tool else None
    on = f" on {deployment.name}" if deployment else ""
    who = response.evaluator or "somebody who gave no name"
    when = f"on {response.date}" if response.date else "on a day that was not given"
    low, high = scores
    allows = f" Possible are {low} to {high}; the lower end counts." if low != high else ""
    return f"Measured{on}: {values}.{allows} {title} {response.version}, by {who}, {when}."


def value_text(value: Fraction, unit: str) -> str:
    """Write a measured value with its unit, at most ten digits.

    >>> value_text(Fraction(7, 2), "h"), value_text(Fraction(3), "count of 4"), value_text(Fraction(12), "count")
    ('3.5 h', '3 of 4', '12')
    """
    number = f"{float(value):.10g}"
    return number + unit.removeprefix("count") if unit.startswith("count") else f"{number} {unit}"
