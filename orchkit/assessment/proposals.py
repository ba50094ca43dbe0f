"""What the documented facts of the assessed deployment say about items that nobody has answered yet.

A proposal is accepted by a person or it is nothing: it never takes the place of an answer, and an accepted one says that it was
documented and not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from orchkit.assessment.join import UNTOUCHED, revised, with_answer
from orchkit.errors import InputError, Problem
from orchkit.model.base import Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Item
from orchkit.model.evidence import Citation
from orchkit.model.input.responses import LONGEST_NOTE, Answer, Ground, Outcome, Response
from orchkit.model.tools import Deployment


class Proposal(Record):
    """An outcome that a documented fact comes to."""

    item: str
    outcome: Outcome
    why: str
    """The question that the fact answers, the answer, and a word of explanation where the dataset has one."""
    sources: tuple[Citation, ...]
    """Where the fact can be read."""


def proposals(catalogue: Catalogue, response: Response) -> tuple[Proposal, ...]:
    """Propose outcomes for the items that nobody has answered, in the checklist's order.

    Nothing is proposed where the response names no deployment of the catalogue, where the fact is unknown, and where facts that
    bear on one item come to different outcomes: that needs a person. Raises `InputError` for an unknown checklist or version.
    """
    deployment = _deployment(catalogue, response)
    if deployment is None:
        return ()
    items = _items(catalogue, response)
    found = (_proposal(catalogue, deployment, item) for item in items if is_open(response.answers.get(item.id, UNTOUCHED)))
    return tuple(one for one in found if one)


def accept_proposal(catalogue: Catalogue, response: Response, item: str) -> Response:
    """Answer one item as proposed: the ground is `documented`, note and evidence name the passage.

    What the note said before stays, and so do owner and day. Raises `InputError` where nothing is proposed for the item, and where
    the note has no room.
    """
    offered = {one.item: one for one in proposals(catalogue, response)}
    if item not in offered:
        place = f"the evaluation `{response.id}` of `{response.checklist}`"
        repair = nearest(item, offered) if offered else "Run the check and answer it"
        raise InputError(Problem(place, f"nothing documented is proposed for `{item[:80]}`", repair))
    proposal, before = offered[item], response.answers.get(item, UNTOUCHED)
    note = "\n".join(filter(None, (before.note.strip(), note_of(catalogue, proposal))))
    if len(note) > LONGEST_NOTE:
        raise InputError(Problem("Note", f"has no room for what is documented: it takes {LONGEST_NOTE:,} characters", "Shorten it"))
    address = next((found for one in proposal.sources if (found := _address(catalogue, one))), None)
    answer = before.model_copy(
        update={"outcome": proposal.outcome, "ground": Ground.DOCUMENTED, "note": note, "evidence": before.evidence or address, "others": ()}
    )
    return with_answer(catalogue, response, item, revised(answer))


def is_open(answer: Answer) -> bool:
    """Say whether nobody has begun to answer: no copy has an outcome or a measured value, and nothing waits to be confirmed."""
    return answer.to_confirm is None and all(one.outcome is Outcome.UNKNOWN and not one.measurements for one in (answer, *answer.others))


def note_of(catalogue: Catalogue, proposal: Proposal) -> str:
    """Write what an accepted proposal rests on: the fact and every passage, with the day on which it was read."""
    passages = (f"{_named(catalogue, one)}: {one.shows} (read on {one.read_on})" for one in proposal.sources)
    return f"Documented: {proposal.why} {'; '.join(passages)}."


def _proposal(catalogue: Catalogue, deployment: Deployment, item: Item) -> Proposal | None:
    stated = list(_stated(catalogue, deployment, item))
    if len({outcome for outcome, _, _ in stated}) != 1:
        return None
    return Proposal(
        item=item.id,
        outcome=stated[0][0],
        why=" ".join(why for _, why, _ in stated),
        sources=tuple(dict.fromkeys(one for _, _, sources in stated for one in sources)),
    )


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
    return citation.url or f"the package {citation.package}"


def _address(catalogue: Catalogue, citation: Citation) -> str | None:
    """Return the web address of a passage; null for a released package, which is no page."""
    if citation.source is not None:
        return catalogue.sources[citation.source].url if citation.source in catalogue.sources else None
    return citation.url
