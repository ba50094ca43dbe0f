"""The table of cases: one line each, what was before and after, nothing that a text says become markup."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from orchkit.model.catalogue import Catalogue
from orchkit.views.cases import case_count, case_table, story_table
from orchkit.views.place import Place
from tests.pure.views.rendered import Page
from tests.strategies import case_data, catalogue_of, texts


def with_cases(**cases: dict[str, Any]) -> Catalogue:
    data = catalogue_of({"ant": {"alpha": 3}, "bee": {"alpha": 1}}).model_dump(mode="json")
    return Catalogue.model_validate(data | {"cases": cases})


def rows(catalogue: Catalogue) -> list[str]:
    page = Page(str(case_table(catalogue, Place())))
    return [attributes["id"] or "" for tag, attributes in page.elements if tag == "tr" and "id" in attributes]


def test_accounts_stand_by_organisation_and_stories_apart() -> None:
    catalogue = with_cases(
        one=case_data() | {"organisation": "zeta"},
        two=case_data() | {"organisation": "Alpha"},
        three=case_data() | {"organisation": "Beta", "kind": "source_story", "chose": []},
    )
    assert rows(catalogue) == ["two", "one"]
    assert case_count(catalogue) == 2
    assert "not told" in Page(str(story_table(catalogue, Place()))).text


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"moved_from": [{"outcome": "cron-script"}], "chose": [{"tool": "ant"}]}, "cron and scripts → Ant"),
        ({"moved_from": [{"tool": "ant"}], "chose": [{"outcome": "stay"}, {"tool": "ant"}]}, "Ant → stayed"),
        ({"moved_from": [], "chose": [{"other": "Wasp"}]}, "no orchestrator → Wasp"),
        ({"moved_from": None, "chose": [{"tool": "bee", "deployment": "Hive"}, {"outcome": "build-your-own"}]}, "Bee (Hive) and a system of its own"),
    ],
    ids=["from cron", "stayed", "from nothing", "unsaid"],
)
def test_before_and_after(change: dict[str, Any], line: str) -> None:
    text = Page(str(case_table(with_cases(one=case_data() | change), Place()))).text
    assert line in text
    assert ("→ " in text.partition("Before → decided")[2]) == (change["moved_from"] is not None)


@given(texts().filter(str.strip))
def test_a_text_from_outside_stays_text(text: str) -> None:
    data = case_data(context={"focus": "mixed"}, notes={"focus": text}) | dict.fromkeys(("organisation", "author", "title", "story", "note"), text)
    data |= {"reasons": [text] * 3, "moved_from": [{"other": text}], "chose": [{"other": text}]}
    Page(str(case_table(with_cases(one=data), Place()))).check_that_only_the_templates_speak()
