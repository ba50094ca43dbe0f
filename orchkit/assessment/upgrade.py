"""A filled checklist → the same answers on a newer version of it, with a report item by item.

Answers go along `upgrades_from`, a version at a time. One whose item kept its id stays; where the item says that it
`changed`, the answer waits to be confirmed and counts as unknown until then. An answer to an item that another one names
in `was` moves there; several that come together in one item, or one that is split among several, wait to be confirmed
where that is in doubt. What belongs nowhere any more is kept under `retired`. No answer is dropped.

The response that was given is not changed, so its result can be computed again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from orchkit.assessment.join import UNTOUCHED, answer_of, joined_answers, statements
from orchkit.assessment.merge import identity
from orchkit.errors import InputError, Problem
from orchkit.model.base import Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Item, version_order
from orchkit.model.input.decision import DecisionFile, free_handle, refuse_too_many
from orchkit.model.input.reading import response_problems
from orchkit.model.input.responses import Answer, Outcome, Response

_STEM = 60
"""Characters of a handle that are kept when a version is put behind it."""


class Change(StrEnum):
    """What became of an item between two versions of a checklist."""

    KEPT = "kept"
    """It is the same; its answer holds."""
    CHANGED = "changed"
    """It kept its id and asks for something else; its answer is to be confirmed."""
    MOVED = "moved"
    """It has the answers of items that were called otherwise."""
    NEW = "new"
    """Nothing in the older version answers it."""
    RETIRED = "retired"
    """The newer version does not ask it any more; the answer is kept beside the others."""


class UpgradedItem(Record):
    """One item of either version: where its answer came from."""

    item: str
    """By its id in the newer version; a retired one by its last."""
    change: Change
    was: tuple[str, ...]
    """The items of the older version whose answers it has, where they are not itself alone."""
    why: str | None
    """What changed, or why it was retired."""
    outcome: Outcome | None
    """The outcome that was carried over; null where nobody had answered."""
    to_confirm: bool
    """Whether somebody has to look at the answer again; it counts as unknown until then."""


class Upgrade(Record):
    """A response on a newer version."""

    response: Response
    """The upgraded one; the given one itself where it is on that version already."""
    from_version: str
    to_version: str
    items: tuple[UpgradedItem, ...]
    """Every item of the newer version in its order, then the retired ones. Empty where there was nothing to do."""


class _Trace(NamedTuple):
    """Where an item comes from, over all steps."""

    origins: tuple[str, ...]
    """Items of the version that was answered."""
    whys: tuple[str, ...]
    """What changed on the way."""


class _State(NamedTuple):
    answers: Mapping[str, Answer]
    retired: Mapping[str, Answer]
    traces: Mapping[str, _Trace]
    gone: Mapping[str, _Trace]


def upgrade(catalogue: Catalogue, response: Response, to: str | None = None) -> Upgrade:
    """Carry a response over to a newer version of its checklist, the newest when `to` is null.

    The upgraded response has a handle of its own, made of the old one and the version. Raises `InputError` where the
    response cannot be read, where the version is unknown, older, or not reached by upgrades.

    >>> import orchkit
    >>> from orchkit.model.input.responses import Response
    >>> response = Response(checklist="production-adoption", version="1.0")
    >>> orchkit.upgrade(orchkit.load(), response, "1.0").response == response
    True
    """
    if problems := list(response_problems(response, "response", catalogue)):
        raise InputError(problems)
    versions = catalogue.checklists[response.checklist]
    target = to or catalogue.latest_version(response.checklist)
    if target not in versions:
        fact = f"unknown version `{target}` of checklist `{response.checklist}`"
        raise InputError(Problem("version", fact, nearest(target, versions)))
    path = _path(catalogue, response, target)
    if not path:
        return Upgrade(response=response, from_version=response.version, to_version=target, items=())
    old = versions[response.version]
    state = _State(dict(response.answers), dict(response.retired), {item.id: _Trace((item.id,), ()) for item in old.items}, {})
    for version in path:
        state = _step(state, old, versions[version])
        old = versions[version]
    upgraded = response.model_copy(
        update={
            "id": f"{response.id[:_STEM].rstrip('-')}-{target.replace('.', '-')}",
            "version": target,
            "answers": {item.id: state.answers[item.id] for item in old.items if item.id in state.answers},
            "retired": dict(sorted(state.retired.items())),
        }
    )
    return Upgrade(response=upgraded, from_version=response.version, to_version=target, items=tuple(_report(state, old)))


def upgraded_decision(catalogue: Catalogue, decision: DecisionFile, to: str | None = None) -> tuple[DecisionFile, tuple[Upgrade, ...]]:
    """Add to a decision file an upgraded copy of each evaluation that can be upgraded; the old ones stay as they are.

    Where an evaluation was upgraded before, the two are joined, so that nothing answered since is lost. With `to`, only
    evaluations of checklists that have this version are upgraded. Returns the file and what was done, in its order.
    Raises `InputError` as `upgrade` does, and where no evaluation can take part.
    """
    meant = [one for one in decision.responses if to is None or to in catalogue.checklists.get(one.checklist, {})]
    if not meant:
        fact = "there is no filled checklist in it" if not decision.responses else f"no checklist that is filled in here has a version `{to}`"
        repair = "Begin one with `orchkit checklist new`" if not decision.responses else "Leave the version out to take the newest"
        raise InputError(Problem("responses", fact, repair))
    done = tuple(upgrade(catalogue, one, to) for one in meant)
    responses = list(decision.responses)
    for made in (one.response for one in done if one.items):
        before = next((index for index, one in enumerate(responses) if identity(one) == identity(made)), None)
        if before is None:
            taken = {(one.checklist, one.id) for one in responses}
            responses.append(made.model_copy(update={"id": free_handle(made.id, made.checklist, taken)}))
        else:
            earlier = responses[before]
            responses[before] = earlier.model_copy(update=joined_answers(catalogue, earlier.id, (earlier, made)))
    refuse_too_many(responses, "responses", "Remove evaluations that are no longer wanted")
    return decision.model_copy(update={"responses": tuple(responses)}), done


def _path(catalogue: Catalogue, response: Response, target: str) -> list[str]:
    """Return the versions to go through, oldest first; none where the response is on the target already."""
    versions = catalogue.checklists[response.checklist]
    path: list[str] = []
    version: str | None = target
    while version != response.version:
        if version is None or version in path or version not in versions:
            raise InputError(_unreachable(response, target))
        path.insert(0, version)
        version = versions[version].upgrades_from
    return path


def _unreachable(response: Response, target: str) -> Problem:
    if version_order(target) < version_order(response.version):
        fact = f"{target} is older than {response.version}, which this evaluation answers; answers are carried to newer versions only"
        return Problem("version", fact, "Score it as it is, or begin another evaluation with `orchkit checklist new --version`")
    fact = f"no upgrade leads from version {response.version} of checklist `{response.checklist}` to {target}"
    return Problem("version", fact, "Begin another evaluation with `orchkit checklist new`")


def _step(before: _State, old: Checklist, new: Checklist) -> _State:
    """Carry everything from one version to the next."""
    ids = [item.id for item in old.items]
    sources = {item.id: _sources(item, ids) for item in new.items}
    heirs = {name: [item for item, names in sources.items() if name in names] for name in ids}
    answers: dict[str, Answer] = {}
    traces: dict[str, _Trace] = {}
    for item in new.items:
        names = sources[item.id]
        origins = tuple(dict.fromkeys(origin for name in names for origin in before.traces[name].origins))
        whys = tuple(dict.fromkeys(why for name in names for why in before.traces[name].whys))
        traces[item.id] = _Trace(origins, (*whys, item.changed) if item.changed and names else whys)
        carried = _carried(item, {name: before.answers.get(name, UNTOUCHED) for name in names}, heirs)
        if carried != UNTOUCHED or any(name in before.answers for name in names):
            answers[item.id] = carried
    gone = [name for name in ids if not heirs[name]]
    reasons = {name: new.retired.get(name, "The newer version has no item for it.") for name in gone}
    left = {name: _Trace(before.traces[name].origins, (reasons[name],)) for name in gone}
    kept = {name: before.answers[name] for name in gone if before.answers.get(name, UNTOUCHED) != UNTOUCHED}
    retired = {
        name: _together([part[name] for part in (before.retired, kept) if name in part], f"retired.{name}") for name in {**before.retired, **kept}
    }
    return _State(answers, retired, traces, {**before.gone, **left})


def _sources(item: Item, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the items of the version before whose answers belong to an item: those that it names, and its own id."""
    return tuple(name for name in dict.fromkeys((*item.was, item.id)) if name in ids)


def _carried(item: Item, given: Mapping[str, Answer], heirs: Mapping[str, list[str]]) -> Answer:
    """Return the answer of an item from those of its sources."""
    answered = {name: answer for name, answer in given.items() if statements(answer)}
    if not answered:
        return next(iter(given.values()), UNTOUCHED)
    answer = next(iter(given.values())) if len(given) == 1 else _together(answered.values(), f"answers.{item.id}")
    doubts = [answer.to_confirm, item.changed, _put_together(given), *(_split(name, given[name], heirs[name]) for name in answered)]
    why = " ".join(dict.fromkeys(doubt for doubt in doubts if doubt))
    knows = any(one.outcome is not Outcome.UNKNOWN for one in statements(answer))
    return answer.model_copy(update={"to_confirm": why}) if why and knows else answer


def _put_together(given: Mapping[str, Answer]) -> str | None:
    """Say that items which came together were answered differently."""
    outcomes = {name: "/".join(sorted({one.outcome.value for one in statements(answer)})) or "unknown" for name, answer in given.items()}
    if len(set(outcomes.values())) < 2:  # noqa: PLR2004 - one outcome for all
        return None
    parts = ", ".join(f"`{name}` ({outcome.replace('_', ' ')})" for name, outcome in outcomes.items())
    return f"It was put together from items with different answers: {parts}."


def _split(name: str, answer: Answer, heirs: list[str]) -> str | None:
    """Say that an answer short of `met` may hold for one part only of what its item was split into."""
    if len(heirs) < 2 or all(one.outcome is Outcome.MET for one in statements(answer)):  # noqa: PLR2004 - one heir has it all
        return None
    parts = " and ".join(f"`{heir}`" for heir in heirs)
    return f"`{name}` was split into {parts}, and its answer may hold for one of them only."


def _together(answers: Iterable[Answer], place: str) -> Answer:
    """Put answers into one without losing a statement, whatever their revisions."""
    found = list(answers)
    if len(found) == 1:
        return found[0]
    return answer_of([one for answer in found for one in statements(answer)], max(answer.revision for answer in found), place)


def _report(state: _State, new: Checklist) -> Iterator[UpgradedItem]:
    for item in new.items:
        trace, answer = state.traces[item.id], state.answers.get(item.id, UNTOUCHED)
        yield UpgradedItem(
            item=item.id,
            change=_change(item, trace),
            was=() if trace.origins == (item.id,) else trace.origins,
            why=" ".join(trace.whys) or None,
            outcome=answer.outcome if statements(answer) else None,
            to_confirm=answer.to_confirm is not None,
        )
    for name, trace in state.gone.items():
        if not trace.origins:  # it came and went in between
            continue
        answer = state.retired.get(name, UNTOUCHED)
        yield UpgradedItem(
            item=name,
            change=Change.RETIRED,
            was=() if trace.origins == (name,) else trace.origins,
            why=" ".join(trace.whys),
            outcome=answer.outcome if statements(answer) else None,
            to_confirm=False,
        )


def _change(item: Item, trace: _Trace) -> Change:
    if not trace.origins:
        return Change.NEW
    if trace.origins != (item.id,):
        return Change.MOVED
    return Change.CHANGED if trace.whys else Change.KEPT
