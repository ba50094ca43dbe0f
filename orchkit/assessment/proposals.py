"""What the documented facts of the assessed deployment, and the lab's records of its tool, say about items that nobody has answered yet.

A proposal is accepted by a person or it is nothing: it never takes the place of an answer, and an accepted one says that it was
documented, or run by the lab, and not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.assessment.join import UNTOUCHED, revised, with_answer
from orchkit.errors import InputError, Problem
from orchkit.model.base import Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Item
from orchkit.model.evidence import Citation, LabPlace
from orchkit.model.input.responses import LONGEST_NOTE, Answer, Ground, Outcome, Response
from orchkit.model.lab import BearsOn, LabPass
from orchkit.model.records import CaseResult, Held
from orchkit.model.tools import Deployment

PROOF_OF_CONCEPT = "proof-of-concept"
"""The checklist that the lab's cases bear on."""

_OPENINGS = {Ground.DOCUMENTED: "Documented:", Ground.LAB: "The handbook's lab:"}


class Proposal(Record):
    """An outcome that a documented fact or a case of the lab comes to."""

    item: str
    outcome: Outcome
    ground: Ground
    why: str
    """The question that the fact answers, the answer, and a word of explanation; or what the lab saw, and what that leaves open."""
    sources: tuple[Citation, ...]
    """Where the fact can be read, or the records of the lab."""


def proposals(catalogue: Catalogue, response: Response) -> tuple[Proposal, ...]:
    """Propose outcomes for the items that nobody has answered, in the checklist's order.

    Nothing documented is proposed where the response names no deployment of the catalogue, where the fact is unknown, and where facts
    that bear on one item come to different outcomes: that needs a person. Nothing of the lab's is proposed where the response names no
    tool that it has run. Raises `InputError` for an unknown checklist or version.
    """
    deployment = _deployment(catalogue, response)
    run = catalogue.lab.get(response.tool) if response.tool and response.checklist == PROOF_OF_CONCEPT else None
    if deployment is None and run is None:
        return ()
    found = (
        (_proposal(catalogue, deployment, item) if deployment else None) or (_of_lab(catalogue, run, item.id) if run else None)
        for item in _items(catalogue, response)
        if is_open(response.answers.get(item.id, UNTOUCHED))
    )
    return tuple(one for one in found if one)


def accept_proposal(catalogue: Catalogue, response: Response, item: str) -> Response:
    """Answer one item as proposed: the ground is `documented` or `lab`, note and evidence name the passage or the record.

    What the note said before stays, and so do owner and day. Raises `InputError` where nothing is proposed for the item, and where
    the note has no room.
    """
    offered = {one.item: one for one in proposals(catalogue, response)}
    if item not in offered:
        place = f"the evaluation `{response.id}` of `{response.checklist}`"
        repair = nearest(item, offered) if offered else "Run the check and answer it"
        raise InputError(Problem(place, f"nothing is proposed for `{item[:80]}`", repair))
    proposal, before = offered[item], response.answers.get(item, UNTOUCHED)
    note = "\n".join(filter(None, (before.note.strip(), note_of(catalogue, proposal))))
    if len(note) > LONGEST_NOTE:
        raise InputError(Problem("Note", f"has no room for what is proposed: it takes {LONGEST_NOTE:,} characters", "Shorten it"))
    address = next((found for one in proposal.sources if (found := _address(catalogue, one))), None)
    answer = before.model_copy(
        update={"outcome": proposal.outcome, "ground": proposal.ground, "note": note, "evidence": before.evidence or address, "others": ()}
    )
    return with_answer(catalogue, response, item, revised(answer))


def is_open(answer: Answer) -> bool:
    """Say whether nobody has begun to answer: no copy has an outcome or a measured value, and nothing waits to be confirmed."""
    return answer.to_confirm is None and all(one.outcome is Outcome.UNKNOWN and not one.measurements for one in (answer, *answer.others))


def note_of(catalogue: Catalogue, proposal: Proposal) -> str:
    """Write what an accepted proposal rests on: the fact and every passage, with the day on which it was read."""
    passages = (f"{_named(catalogue, one)}: {one.shows} (read on {one.read_on})" for one in proposal.sources)
    return f"{_OPENINGS[proposal.ground]} {proposal.why} {'; '.join(passages)}."


def _proposal(catalogue: Catalogue, deployment: Deployment, item: Item) -> Proposal | None:
    stated = list(_stated(catalogue, deployment, item))
    if len({outcome for outcome, _, _ in stated}) != 1:
        return None
    return Proposal(
        item=item.id,
        outcome=stated[0][0],
        ground=Ground.DOCUMENTED,
        why=" ".join(why for _, why, _ in stated),
        sources=tuple(dict.fromkeys(one for _, _, sources in stated for one in sources)),
    )


def _of_lab(catalogue: Catalogue, run: LabPass, item: str) -> Proposal | None:
    """Propose what the lab saw: partly met where the case held in a mode, because it ran another workflow; not met where it held in none."""
    name, case = next(((name, case) for name, case in catalogue.lab_cases.cases.items() if item in case.answers), (None, None))
    if name is None or case is None:
        return None
    bears = case.answers[item]
    seen = {mode: found.cases[name] for mode, found in run.record.modes.items() if name in found.cases}
    seen = {mode: result for mode, result in seen.items() if result.outcome is not Held.NOT_RUN}
    if not seen:
        return None
    against = {mode: _against(result, bears) for mode, result in seen.items()}
    said = "; ".join(f"{run.record.modes[mode].name}: {why or 'it held'}" for mode, why in against.items())
    return Proposal(
        item=item,
        outcome=Outcome.NOT_MET if all(against.values()) else Outcome.PARTLY_MET,
        ground=Ground.LAB,
        why=f"{case.holds}: {said}. What that leaves open: {bears.leaves_open}",
        sources=tuple(
            Citation(
                record=LabPlace(tool=run.record.tool, day=run.name, mode=mode, case=name, outcome=result.outcome),
                shows=case.name,
                read_on=run.record.day,
            )
            for mode, result in seen.items()
        ),
    )


def _against(result: CaseResult, bears: BearsOn) -> str | None:
    """Say what stands against the item in one mode; null where nothing does."""
    if result.outcome is not Held.HELD:
        return f"{'it did not hold' if result.outcome is Held.FAILED else 'the tool does not claim it'} ({result.why})"
    for name, limit in bears.at_most.items():
        value = result.measurements[name].value if name in result.measurements else None
        if value is None or value > limit:
            return f"{name} is {'unknown' if value is None else f'{value:g}'}, and at most {float(limit):g} is wanted"
    return None


def _stated(catalogue: Catalogue, deployment: Deployment, item: Item) -> Iterator[tuple[Outcome, str, tuple[Citation, ...]]]:
    """Yield (outcome, why, sources) for each fact of the item that is known and says something."""
    for documented in item.documented:
        trait = deployment.traits.get(documented.trait)
        if trait is None or trait.value is None:
            continue
        outcome = documented.present if trait.value else documented.absent
        if outcome is None:
            continue
        asked = catalogue.advice.constraints.traits.get(documented.trait)
        question = asked.asks if asked else f"{documented.trait}?"
        words = filter(None, (deployment.name + ".", question, "Yes." if trait.value else "No.", trait.why))
        yield Outcome(outcome), " ".join(words), trait.sources


def _deployment(catalogue: Catalogue, response: Response) -> Deployment | None:
    tool = catalogue.tools.get(response.tool) if response.tool else None
    return tool.deployments.get(response.deployment) if tool and response.deployment else None


def _items(catalogue: Catalogue, response: Response) -> list[Item]:
    versions = catalogue.checklists.get(response.checklist, {})
    if response.version not in versions:
        fact = f"unknown version `{response.version}` of checklist `{response.checklist}`"
        raise InputError(Problem("version", fact, f"Known versions: {', '.join(versions) or 'none'}"))
    return list(versions[response.version].items)


def _named(catalogue: Catalogue, citation: Citation) -> str:
    if citation.source is not None:
        source = catalogue.sources.get(citation.source)
        return source.title if source else citation.source
    return citation.elsewhere


def _address(catalogue: Catalogue, citation: Citation) -> str | None:
    """Return the web address of a passage; null for a released package, which is no page."""
    if citation.source is not None:
        return catalogue.sources[citation.source].url if citation.source in catalogue.sources else None
    return citation.url
