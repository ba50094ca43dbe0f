"""One evaluation in the address of a page, behind `#`, where no server sees it: canonical JSON, compressed, as base64url. Read within bounds."""

from __future__ import annotations

import base64
import re
import zlib
from functools import lru_cache

from orchkit.errors import InputError, Problem
from orchkit.model.base import Same
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.reading import parse_json, read_decision
from orchkit.model.input.responses import Response
from orchkit.views.evaluations import response_of
from orchkit.views.place import Place
from orchkit.views.state import PageState, to_json
from orchkit.views.view import Download, Options

KEY = "evaluation"
LONGEST_LINK = 6_000
"""Characters behind `#`: about what chat programs and mail still pass on whole."""
LONGEST_TEXT = 200_000
"""Characters that a link may unfold into: far more than one evaluation has that fits into a link."""

_PLACE = "the link"
_CODED = re.compile(r"[A-Za-z0-9_-]*")


def to_link(response: Response) -> str:
    """Write an evaluation for an address. Raises `InputError` where it would be too long."""
    text = to_json(response.model_copy(update={"id": "linked"}))
    coded = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(coded) > LONGEST_LINK or len(text) > LONGEST_TEXT:
        fact = f"this evaluation would need {len(coded):,} characters, more than the {LONGEST_LINK:,} that programs pass on whole"
        raise InputError(Problem(_PLACE, fact, "Export the file and send that instead"))
    return f"{KEY}={coded}"


def _unfolded(coded: str) -> str | None:
    """Return the text that was compressed; null where it was not all of one, or more than is read."""
    if not _CODED.fullmatch(coded):  # b64decode would leave out what is none of its letters
        return None
    unfolding = zlib.decompressobj()
    try:
        plain = unfolding.decompress(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)), LONGEST_TEXT)
        return plain.decode() if unfolding.eof and not unfolding.unused_data else None
    except (ValueError, zlib.error):
        return None


@lru_cache(maxsize=4)
def _read(same: Same[Catalogue], coded: str) -> Response:
    catalogue = same.value
    if len(coded) > LONGEST_LINK:
        raise InputError(Problem(_PLACE, f"is longer than {LONGEST_LINK:,} characters", "It was ignored; ask for the file"))
    text = _unfolded(coded)
    if text is None:
        raise InputError(Problem(_PLACE, "is cut off or damaged: it holds no evaluation", "It was ignored; ask for it again"))
    data = parse_json(text, _PLACE)
    decision = read_decision(
        {"format": "orchkit-decision", "schema_version": 1, "dataset_version": catalogue.dataset.version, "responses": [data]}, _PLACE, catalogue
    )
    return decision.responses[0]


def visit(catalogue: Catalogue, state: PageState, options: Options, fragment: str) -> PageState:
    """Show the evaluation that an address carries. Raises `InputError` where it carries none, or one to another checklist."""
    name, _, coded = fragment.partition("=")
    if name != KEY:
        raise InputError(Problem(_PLACE, "carries nothing that this page understands", "It was ignored"))
    response = _read(Same(catalogue), coded)
    if response.checklist != options["checklist"]:
        fact = f"carries an evaluation of another checklist, `{response.checklist}`"
        raise InputError(Problem(_PLACE, fact, f"Open it on the page checklists/{response.checklist}/"))
    return state.model_copy(update={"visited": response})


def link(catalogue: Catalogue, state: PageState, options: Options, place: Place) -> Download:
    """Write the address that carries the shown evaluation."""
    page = place.address(f"checklists/{options['checklist']}/")
    text = f"{page}#{to_link(response_of(catalogue, state, options))}"
    return Download(filename="link.txt", media_type="text/plain", text=text)
