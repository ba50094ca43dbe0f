"""What is counted of a tool: statements, what is unknown, citations and their days."""

from __future__ import annotations

from datetime import date, timedelta

from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Basis, Citation, Confidence, Score
from orchkit.views.freshness import freshness_of, freshness_table
from orchkit.views.place import Place
from tests.pure.views.rendered import Page
from tests.strategies import catalogue_of


def counted(*scores: Score) -> tuple[Catalogue, Catalogue]:
    plain = catalogue_of({"ant": {"alpha": 3}})
    tool = plain.tools["ant"]
    scored = tool.model_copy(update={"scores": {f"c-{number}": score for number, score in enumerate(scores)}})
    bare = tool.model_copy(update={"scores": {}})
    return plain.model_copy(update={"tools": {"ant": scored}}), plain.model_copy(update={"tools": {"ant": bare}})


def score(*days: date, url: str = "https://example.org/a") -> Score:
    cited = tuple(Citation(url=url, shows="section 1", read_on=day) for day in days)
    return Score(value=3, basis=Basis.DOCUMENTED, why="So.", sources=cited, confidence=Confidence.HIGH)


def test_statements_citations_places_and_days_are_counted() -> None:
    new, old = date(2026, 11, 1), date(2026, 10, 1)
    with_scores, bare = counted(score(new, old), score(old, url="https://example.org/b"), Score(value=None, why="Nobody looked."))
    found, before = (freshness_of(one, one.tools["ant"]) for one in (with_scores, bare))
    assert (found.statements - before.statements, found.unknown - before.unknown, found.citations - before.citations) == (3, 1, 3)
    assert found.places - before.places == 2


def test_a_citation_is_stale_the_day_after_its_last() -> None:
    plain, _ = counted()
    dataset = plain.dataset
    last = dataset.released_on - timedelta(days=dataset.stale_after_days)
    base = freshness_of(plain, plain.tools["ant"]).stale
    for day, more in ((last, 0), (last - timedelta(days=1), 1)):
        catalogue, _ = counted(score(day))
        found = freshness_of(catalogue, catalogue.tools["ant"])
        assert found.stale - base == more
        assert found.oldest is not None
        assert found.oldest <= day


def test_the_table_has_a_line_a_tool_the_least_known_first(catalogue: Catalogue) -> None:
    page = Page(str(freshness_table(catalogue, Place())))
    page.check_that_only_the_templates_speak()
    labels = [str(attributes["aria-label"]) for tag, attributes in page.elements if tag == "svg"]
    assert len(labels) == len(catalogue.tools)
    counts = [label.partition(": ")[2].removesuffix(" known").split(" of ") for label in labels]
    shares = [int(known) / int(statements) for known, statements in counts]
    assert shares == sorted(shares)
