"""The views that explain the data: whole HTML, every link to where a value can be corrected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markupsafe import Markup

from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.scoring import corrected_rankings
from orchkit.views import cost_tables
from orchkit.views.cases import case_table, story_table
from orchkit.views.corrections import consequence, corrections
from orchkit.views.heat_map import heat_map
from orchkit.views.place import Place
from orchkit.views.tables import ChecklistLine, check_time, checklist_table, criteria_table, profile_table, source_table
from orchkit.views.tools import PARTS, tool_part, tool_table
from tests.pure.views.rendered import Page
from tests.strategies import Cells, catalogue_of

HERE = Place(base="/handbook/", edit="https://git.example.org/edit/main/")

Drawing = Callable[[Catalogue, Place], Markup]

TABLES: list[tuple[str, Drawing, str | None]] = [
    ("heat map", heat_map, None),
    ("criteria", criteria_table, "checklists/criteria.yaml"),
    ("profiles", profile_table, "checklists/profiles/startup.yaml"),
    ("checklists", checklist_table, None),
    ("sources", source_table, "checklists/sources/engineersofai.yaml"),
    ("tools", tool_table, None),
    ("cases", case_table, "checklists/cases/spotify.yaml"),
    ("stories", story_table, "checklists/cases/story-marcus.yaml"),
    ("corrections", lambda catalogue, place: corrections(catalogue, place, "engineersofai"), "checklists/published/engineersofai.yaml"),
    ("cost categories", cost_tables.categories, "checklists/costs/categories.yaml"),
    ("cost prices", cost_tables.prices, "checklists/costs/prices/aws.yaml"),
    ("cost workloads", cost_tables.workloads, "checklists/costs/workloads.yaml"),
    (
        "printed sums",
        lambda catalogue, place: cost_tables.corrections(catalogue, place, "engineersofai"),
        "checklists/costs/cases/engineersofai.yaml",
    ),
    *((f"tool {part}", lambda catalogue, place, part=part: tool_part(catalogue, place, "airflow", part), None) for part in PARTS),
]


@pytest.mark.parametrize(("draw", "file"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_a_table_is_whole_and_stays_on_the_site(catalogue: Catalogue, draw: Drawing, file: str | None) -> None:
    page = Page(str(draw(catalogue, HERE)))
    page.check_that_only_the_templates_speak()
    links = [(attributes["href"] or "", attributes.get("rel")) for tag, attributes in page.elements if tag == "a"]
    assert all(link.startswith(("/handbook/", HERE.edit or "", "#")) or rel == "external" for link, rel in links)
    if file:
        assert f"https://git.example.org/edit/main/{file}" in [link for link, _ in links]


def test_without_a_repository_correcting_leads_to_the_page_that_explains_it() -> None:
    assert Place(base="/x/").correct("checklists/criteria.yaml") == "/x/contribute/correct-a-fact/"


def test_the_heat_map_has_every_score_and_a_sign_for_what_is_unknown() -> None:
    matrix: Cells = {"ant": {"alpha": 1, "beta": None}, "bee": {"alpha": 5, "beta": 3}}
    page = Page(str(heat_map(catalogue_of(matrix), Place())))
    cells = [text for text in page.texts if text in {"1", "2", "3", "4", "5", "?"}]
    assert cells == ["1", "?", "5", "3"]


def test_the_corrected_table_says_eleven_and_what_becomes_of_first_place(catalogue: Catalogue) -> None:
    text = Page(str(corrections(catalogue, Place(), "engineersofai"))).text
    assert "Of 18 printed totals, eleven differ from their own weights and matrix by more than 0.05" in text
    assert [consequence(ranking) for ranking in corrected_rankings(catalogue, "engineersofai")] == [
        "First place holds: Metaflow.",
        "First place holds: KFP.",
        "First place falls: Dagster and KFP (Vertex AI) tie for first place; the printed winner Airflow (managed) is fourth.",
    ]
    assert "\N{MINUS SIGN}0.25" in text
    assert text.count("wrong") == 11


def test_the_printed_sums_say_what_the_arithmetic_says(catalogue: Catalogue) -> None:
    text = Page(str(cost_tables.corrections(catalogue, Place(), "engineersofai"))).text
    for sentence in (
        "6 of 6 printed totals are the sum of their own lines",
        "200 runs a week are 10,400 a year and 867 a month.",
        "A price for 10,000 runs a month covers what this team runs in 11.5 months.",
        "Apache Airflow (Astronomer managed) is printed with 0.50 of an engineer, Apache Airflow (self-hosted on EC2) with 0.25.",
        "It cannot be built as printed: ZenML (OSS server + Prefect orchestrator).",
    ):
        assert sentence in text


def test_an_unknown_price_is_called_unknown(catalogue: Catalogue) -> None:
    unknown = sum(price.amounts is None for record in catalogue.costs.prices.values() for price in record.prices.values())
    assert Page(str(cost_tables.prices(catalogue, Place()))).texts.count("unknown") == unknown > 0


@pytest.mark.parametrize(
    ("tool", "part", "message"),
    [("airflw", "header", "Did you mean `airflow`"), ("airflow", "haeder", "Did you mean `header`")],
    ids=["tool", "part"],
)
def test_an_unknown_tool_or_part_fails_loudly(catalogue: Catalogue, tool: str, part: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        tool_part(catalogue, Place(), tool, part)


def checklist_with(*efforts: str | None) -> Checklist:
    """Make a checklist with one item for each effort of its check."""
    text = dict.fromkeys(("claim", "acceptance", "check", "why", "remedy"), "…")
    items = [{"id": f"item-{n}", "severity": "minor", **text, **({"check_effort": effort} if effort else {})} for n, effort in enumerate(efforts)]
    return Checklist.model_validate(
        {
            "title": "Made up",
            "released_on": "2026-11-21",
            "purpose": "Decides version 1.0 of nothing. The checks use a stick.",
            "subject": "…",
            "severity_weights": {"blocker": 5, "major": 3, "minor": 1},
            "sections": [{"id": "section", "title": "…", "items": items}],
        }
    )


@pytest.mark.parametrize(
    ("efforts", "said"),
    [
        (("hour",), "up to 1 day"),
        (("hour",) * 8, "up to 1 day"),
        (("hour",) * 9, "up to 2 days"),
        (("hour", "day", "week"), "up to 7 days"),
        (("day", "month"), "over 6 days"),
        (("hour", None), "not stated"),
    ],
)
def test_the_time_of_all_checks_is_the_sum_of_the_upper_ends(efforts: tuple[str | None, ...], said: str) -> None:
    assert check_time(checklist_with(*efforts)) == said


def test_the_table_of_checklists_says_what_one_decides_in_a_sentence() -> None:
    assert ChecklistLine.of("made-up", "1.0", checklist_with("hour")).decides == "Decides version 1.0 of nothing."


def test_the_table_of_checklists_counts_blockers(catalogue: Catalogue) -> None:
    newest = catalogue.latest_version("lock-in-and-exit")
    line = ChecklistLine.of("lock-in-and-exit", newest, catalogue.checklists["lock-in-and-exit"][newest])
    assert line.length == len(list(catalogue.checklists["lock-in-and-exit"][newest].items))
    assert 0 < line.blockers < line.length
    assert line.decides.startswith("Decides whether you could leave")
    assert Page(str(checklist_table(catalogue, HERE))).text.count(line.decides) == 1
