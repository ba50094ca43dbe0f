"""How often the advice is what teams chose, beside what a constant guess would have reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from orchkit.advice.advise import explain, rulebook
from orchkit.advice.result import Advice, Candidate, Confidence
from orchkit.model.advice import OutcomeKind
from orchkit.model.base import Exact, Record
from orchkit.model.cases import Case, CaseKind, Instead
from orchkit.model.catalogue import Catalogue
from orchkit.model.hits import FirstRun, MissKind
from orchkit.model.input.context import read_context

TOP = 3

OUTCOME_OF = {Instead.STAY: OutcomeKind.STAY, Instead.CRON_SCRIPT: OutcomeKind.CRON, Instead.BUILD_YOUR_OWN: OutcomeKind.NONE}
"""What the advice would have to say to a team that decided without naming a tool."""

Advised = tuple[str, ...]
"""What an advice says, in order: an outcome or a tool's id, ``stay:TOOL`` where it says to stay with a tool; then the other tools."""


class Hit(Record):
    """One team's choice beside the advice that its context gets."""

    case: str
    chosen: tuple[str, ...]
    """Tools and outcomes of which each would be a hit; empty where the team chose what the dataset does not hold."""
    advised: Advised
    place: int | None
    """Where a choice of theirs stands in it, from 1; null where none does."""


class Compared(Record):
    """One case and the advice that its context gets today."""

    hit: Hit
    clear: bool
    """Whether the advice says that there is a clear winner, or that something else than a tool is to be done."""
    behind: Exact | None
    """Points by which the tool that they chose is behind the tool that is ahead; null where no tool of theirs is left, or a rule decided."""
    kind: MissKind | None
    """Why it misses; null for a hit, and where nobody has said why."""
    why: str | None
    """The reason in a sentence, where it does not follow from the numbers."""


class HitRates(Record):
    """Numbers of cases."""

    cases: int
    held: int
    """Those whose choice the dataset holds; the others can be no hit."""
    first: int
    """Their choice is our first."""
    top_three: int
    """Their choice is among our first three."""
    guess: tuple[str, ...]
    """The three commonest choices, the commonest first: what a constant guess would say that knows all the choices."""
    guess_first: int
    """How often the first of them is right."""
    guess_top_three: int
    """How often one of the three is."""


class Comparison(Record):
    """The advice of today beside what teams decided, and the first run as it was."""

    dataset_version: str
    today: HitRates
    first_run: HitRates | None
    """Null where none is recorded."""
    clear: int
    """How many cases get a clear answer today."""
    clear_first: int
    """In how many of these that answer is their choice."""
    cases: tuple[Compared, ...]
    """Every account, by id."""

    @property
    def misses(self) -> tuple[Compared, ...]:
        """Those whose choice is not our first."""
        return tuple(one for one in self.cases if one.hit.place != 1)


def compare_cases(catalogue: Catalogue) -> Comparison:
    """Advise every account among the catalogue's cases, and compare.

    Raises `InputError` where a context cannot be read, which names the case.
    """
    cases = tuple(_compared(catalogue))
    first_run = catalogue.hits.first_run
    return Comparison(
        dataset_version=catalogue.dataset.version,
        today=tally(one.hit for one in cases),
        first_run=None if first_run is None else tally(_recorded(first_run)),
        clear=sum(one.clear for one in cases),
        clear_first=sum(one.clear and one.hit.place == 1 for one in cases),
        cases=cases,
    )


def _compared(catalogue: Catalogue) -> Iterator[Compared]:
    book = rulebook(catalogue)
    accounts = {name: case for name, case in catalogue.cases.items() if case.kind is CaseKind.ACCOUNT}
    contexts = {name: read_context(case.context, catalogue.advice.bank, name) for name, case in accounts.items()}
    for name, case in accounts.items():
        advice = explain(book, contexts[name])
        hit = hit_of(name, chosen(case), advised(advice))
        clear, behind = advice.confidence is not Confidence.OPEN, _behind(advice, hit)
        miss = catalogue.hits.misses.get(name)
        kind, why = None, None
        if hit.place == 1:
            pass
        elif not hit.chosen:
            kind = MissKind.NOT_HELD
        elif miss is not None:
            kind, why = miss.kind, miss.why
        elif not clear and behind is not None and behind < advice.margin:
            kind = MissKind.NEAR
        yield Compared(hit=hit, clear=clear, behind=behind, kind=kind, why=why)


def _behind(advice: Advice, hit: Hit) -> Fraction | None:
    theirs: list[Candidate] = [candidate for candidate in advice.candidates if candidate.tool in hit.chosen]
    if not theirs or advice.recommendation.say is not None:
        return None
    return advice.candidates[0].points - theirs[0].points


def _recorded(run: FirstRun) -> Iterator[Hit]:
    return (hit_of(name, names, run.advised[name]) for name, names in run.chosen.items())


def hit_of(case: str, names: Sequence[str], said: Advised) -> Hit:
    """Look for what a team chose in what it is advised."""
    place = next((place for place, one in enumerate(said, 1) if set(one.split(":")) & set(names)), None)
    return Hit(case=case, chosen=tuple(names), advised=said, place=place)


def chosen(case: Case) -> tuple[str, ...]:
    """Return what counts as a hit.

    A team that took two tools chose both; one that stayed is hit by `stay` and by the tool it stayed with; a tool that the
    dataset does not hold is never one.
    """
    found = (OUTCOME_OF[choice.outcome].value if choice.outcome is not None else choice.tool for choice in case.chose)
    return tuple(dict.fromkeys(name for name in found if name is not None))


def advised(advice: Advice) -> Advised:
    """Return what an advice says, in order."""
    found = advice.recommendation
    stays = found.outcome is OutcomeKind.STAY
    said = found.outcome.value if found.tool is None else f"{OutcomeKind.STAY}:{found.tool}" if stays else found.tool
    return (said, *(candidate.tool for candidate in advice.candidates if candidate.tool != found.tool))


def tally(found: Iterable[Hit]) -> HitRates:
    """Count hits.

    The guess is made with knowledge of all the choices, which no guess has, so it is as good as a constant one can be.
    """
    hits = tuple(found)
    counted = Counter(name for hit in hits for name in hit.chosen)
    guess = tuple(sorted(counted, key=lambda name: (-counted[name], name))[:TOP])
    return HitRates(
        cases=len(hits),
        held=sum(bool(hit.chosen) for hit in hits),
        first=sum(hit.place == 1 for hit in hits),
        top_three=sum(hit.place is not None and hit.place <= TOP for hit in hits),
        guess=guess,
        guess_first=sum(bool({*guess[:1]} & {*hit.chosen}) for hit in hits),
        guess_top_three=sum(bool({*guess} & {*hit.chosen}) for hit in hits),
    )
