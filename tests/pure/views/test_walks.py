"""Five published decisions walked through the advisor's page: one answer after another, and what is said on the way.

The contexts are those of `checklists/cases/`. What the page says after the last answer is what the library says to the whole
context, whatever was said in between, and the page without scripts holds every part of it.
"""

from __future__ import annotations

import pytest

from orchkit.advice import advise
from orchkit.views import VIEWS, advice_text
from orchkit.views.place import Place
from orchkit.views.state import PageState, initial
from orchkit.views.view import Change
from tests.article import ARTICLE
from tests.pure.views.rendered import Page

CATALOGUE = ARTICLE
VIEW = VIEWS["advice"]

WALKS = {
    # what stands first, each time that an answer changes it: outcome, and the tool where there is one
    "shopify": ["choose prefect", "stay airflow"],
    "amazon-robotics": ["choose zenml", "choose metaflow"],
    "uuboyscy": ["choose prefect"],
    "twitter": ["choose zenml"],
    "netflix": ["choose prefect", "stay", "choose prefect"],
}


def walked(case: str) -> tuple[list[str], PageState]:
    """Answer question by question; return each new first place, and the last state."""
    state, firsts = initial(CATALOGUE), list[str]()
    for question, answer in CATALOGUE.cases[case].context.items():
        state = VIEW.change(CATALOGUE, state, {}, [Change(name=f"answer.{question}", value=answer)])
        found = advise(CATALOGUE, state.decision.context).recommendation
        said = f"{found.outcome.value} {found.tool or ''}".strip()
        if firsts[-1:] != [said]:
            firsts.append(said)
    return firsts, state


@pytest.mark.parametrize(("case", "firsts"), WALKS.items(), ids=list(WALKS))
def test_a_team_walks_through_the_page(case: str, firsts: list[str]) -> None:
    found, state = walked(case)
    advice = advise(CATALOGUE, CATALOGUE.cases[case].context)
    assert VIEW.announce(CATALOGUE, state, {}) == advice_text.headline(CATALOGUE, advice)
    page = Page(str(VIEW.draw(CATALOGUE, state, Place(), {}, {})))
    page.check_that_only_the_templates_speak()
    assert advice_text.headline(CATALOGUE, advice) in page.text
    assert f"{len(advice.context)} of {advice.questions} questions answered." in page.text
    assert found == firsts
