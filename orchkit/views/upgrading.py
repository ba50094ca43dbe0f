"""An evaluation of an older version of its checklist: the upgrade is offered with what becomes of each item, and done beside the old one."""

from __future__ import annotations

from orchkit.assessment.merge import identity
from orchkit.assessment.upgrade import Upgrade, upgrade, upgraded_decision
from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import free_handle
from orchkit.model.input.responses import Response
from orchkit.views.evaluations import called, shown, with_response, with_tab
from orchkit.views.state import PageState
from orchkit.views.view import Options


def offered_upgrade(catalogue: Catalogue, response: Response) -> Upgrade | None:
    """Return what an upgrade to the newest version would come to; null where there is none to make."""
    if response.version == catalogue.latest_version(response.checklist):
        return None
    try:
        return upgrade(catalogue, response)
    except InputError:  # no upgrade leads from this version: it is shown and scored as it is
        return None


def claims(catalogue: Catalogue, offer: Upgrade) -> dict[str, str]:
    """Return what the items of the version that an offer leads to claim."""
    return {item.id: item.claim for item in catalogue.checklists[offer.response.checklist][offer.to_version].items}


def take_upgrade(catalogue: Catalogue, state: PageState, options: Options, rest: str, _value: str) -> PageState:
    """Add an upgraded copy of an evaluation, or join it with the one made before, and show that. The old one stays as it was."""
    response = called(catalogue, state, options, rest.partition(".")[0])
    key = identity(upgrade(catalogue, response).response)
    held = tuple(one for one in state.decision.responses if (one.id == response.id and one.checklist == response.checklist) or identity(one) == key)
    decision, _ = upgraded_decision(catalogue, state.decision.model_copy(update={"responses": held}))
    made = next(one for one in decision.responses if identity(one) == key)
    if not any(identity(one) == key for one in held):
        taken = {(one.checklist, one.id) for one in state.decision.responses}
        made = made.model_copy(update={"id": free_handle(made.id, made.checklist, taken)})
    state = shown(with_response(state, made), made.id)
    return with_tab(state, said=f"Upgraded to version {made.version}. The evaluation of version {response.version} is kept as it was.")
