"""An evaluation → whether it passes what a team asks of it, for a build to stop or go on.

A gate asks what is known, not what may turn out: a score is tested by its lower end, which counts every unknown item as
not met, and a blocker that nobody has answered is not passed. An item that a MINOR version added is shown and not asked
for until the next MAJOR (`Item.since`), so that no build fails because a checklist was widened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from orchkit.assessment.evaluate import Assessment, ends_of, evaluate
from orchkit.assessment.merge import identity
from orchkit.errors import InputError, Problem
from orchkit.model.base import Day, Exact, Record
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, version_order
from orchkit.model.input.responses import Response
from orchkit.model.input.weights import read_weight

_LOWEST, _HIGHEST = 0, 100


class Gate(Record):
    """What a gate found in one evaluation."""

    checklist: str
    version: str
    subject: str
    evaluator: str
    date: Day | None
    passed: bool
    reasons: tuple[str, ...]
    """Why it did not pass, a sentence each; empty where it did."""
    min_score_percent: Exact | None
    """The score asked for; null where none was."""
    no_blockers: bool
    """Whether blockers were asked for."""
    score_percent: Exact | None
    """The score over the items that gate; null when it is an interval or when nothing applies."""
    score_percent_range: tuple[Exact, Exact] | None
    """Its ends while items are unknown; null when the score is known or nothing applies."""
    coverage_percent: Exact
    """Share of the items that gate which are answered."""
    blockers: tuple[str, ...]
    """Items of severity blocker that are not met or only partly met."""
    open_blockers: tuple[str, ...]
    """Items of severity blocker whose outcome is unknown."""
    later: tuple[str, ...]
    """Items that were added since the MAJOR version, are not met or not known to be, and will be asked for in the next one."""


def gate(catalogue: Catalogue, response: Response, *, min_score_percent: float | Fraction | None = None, no_blockers: bool = False) -> Gate:
    """Test an evaluation: `min_score_percent`, from 0 to 100, against the lower end of its score; `no_blockers` against its blockers.

    Raises `InputError` where nothing is asked for, where the score is no percentage, and as `orchkit.evaluate` does.

    >>> import orchkit
    >>> from orchkit.model.input.responses import Response
    >>> found = orchkit.gate(orchkit.load(), Response(checklist="production-adoption", version="1.0"), min_score_percent=80)
    >>> found.passed, found.reasons
    (False, ('The score is at least 0 %, and 80 % is asked for.',))
    """
    wanted = None if min_score_percent is None else _percent(min_score_percent)
    if wanted is None and not no_blockers:
        raise InputError(
            Problem("gate", "asks for nothing, so everything would pass", "Give a lowest score, or ask that no blocker is open, or both")
        )
    assessment = evaluate(*_asked(catalogue, response))
    whole = evaluate(catalogue, response)
    asked = {item.id for item in _checklist(catalogue, response).items if item.gates_in(response.version)}
    reasons = tuple(_reasons(assessment, wanted, no_blockers=no_blockers))
    return Gate(
        checklist=response.checklist,
        version=response.version,
        subject=response.subject,
        evaluator=response.evaluator,
        date=response.date,
        passed=not reasons,
        reasons=reasons,
        min_score_percent=wanted,
        no_blockers=no_blockers,
        score_percent=assessment.total.score_percent,
        score_percent_range=assessment.total.score_percent_range,
        coverage_percent=assessment.total.coverage_percent,
        blockers=assessment.blockers,
        open_blockers=assessment.open_blockers,
        later=tuple(finding.item for finding in whole.findings if finding.item not in asked),
    )


def standing(responses: Iterable[Response]) -> tuple[list[Response], list[Response]]:
    """Part evaluations into those that stand and those that a later one took the place of, each in the order given.

    Of evaluations of one checklist by one evaluator about one subject, the one of the latest day stands, and of those of
    one day the one on the newest version of the checklist.
    """
    given = list(responses)
    latest: dict[tuple[object, ...], tuple[date, tuple[int, int]]] = {}
    for response in given:
        latest[_series(response)] = max(latest.get(_series(response), _state(response)), _state(response))
    stand = [response for response in given if _state(response) == latest[_series(response)]]
    return stand, [response for response in given if _state(response) != latest[_series(response)]]


def _series(response: Response) -> tuple[object, ...]:
    """Return what the states of one evaluation over time share."""
    return tuple(identity(response)._replace(version="", date=None))


def _state(response: Response) -> tuple[date, tuple[int, int]]:
    return response.date or date.min, version_order(response.version)


def _checklist(catalogue: Catalogue, response: Response) -> Checklist:
    return catalogue.checklists[response.checklist][response.version]


def _asked(catalogue: Catalogue, response: Response) -> tuple[Catalogue, Response]:
    """Return catalogue and response without the items that do not gate yet."""
    versions = catalogue.checklists.get(response.checklist, {})
    checklist = versions.get(response.version)
    if checklist is None or all(item.gates_in(response.version) for item in checklist.items):
        return catalogue, response
    sections = [
        section.model_copy(update={"items": tuple(item for item in section.items if item.gates_in(response.version))})
        for section in checklist.sections
    ]
    asked = checklist.model_copy(update={"sections": tuple(sections)})
    later = {item.id for item in checklist.items} - {item.id for item in asked.items}
    lists = {**catalogue.checklists, response.checklist: {**versions, response.version: asked}}
    return (
        catalogue.model_copy(update={"checklists": lists}),
        response.model_copy(update={"answers": {name: answer for name, answer in response.answers.items() if name not in later}}),
    )


def _reasons(assessment: Assessment, wanted: Fraction | None, *, no_blockers: bool) -> Iterator[str]:
    total = assessment.total
    ends = ends_of(total)
    if wanted is not None and ends is None:
        yield "Nothing applies, so there is no score."
    elif wanted is not None and ends is not None and ends[0] < wanted:
        known = "is" if total.score_percent_range is None else "is at least"
        yield f"The score {known} {_shown(ends[0])} %, and {float(wanted):g} % is asked for."
    if no_blockers and assessment.blockers:
        yield f"Blockers not met: {', '.join(assessment.blockers)}."
    if no_blockers and assessment.open_blockers:
        yield f"Blockers not known: {', '.join(assessment.open_blockers)}."


def _shown(percent: Fraction) -> str:
    """Write a percentage rounded down to a tenth: one that falls short must not be shown as one that does not."""
    tenths = percent * 10 // 1
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _percent(given: float | Fraction) -> Fraction:
    try:
        found = read_weight(given)
    except ValueError as error:
        raise InputError(Problem("min_score_percent", str(error), f"Write a number from {_LOWEST} to {_HIGHEST}")) from None
    if found > _HIGHEST:
        raise InputError(Problem("min_score_percent", f"`{given}` is more than {_HIGHEST}", f"Write a number from {_LOWEST} to {_HIGHEST}"))
    return found
