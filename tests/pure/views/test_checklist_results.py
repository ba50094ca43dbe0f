"""Results of a checklist as pictures, tables and files."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchkit.assessment import ChecklistReport
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Answer, Outcome, Response
from orchkit.views.checklist_report import COLUMNS, report_csv, report_json, report_markdown, report_of, stem
from orchkit.views.checklist_results import findings, group_results, print_header, results, section_bars
from orchkit.views.place import Place
from tests.pure.views.rendered import Page
from tests.strategies import CHECKLIST, VERSION, Cells, catalogue_of, checklist_of, groups, texts

Group = tuple[Checklist, list[Response]]

ONE_CELL: Cells = {"ant": {"alpha": 3}}
THREE = checklist_of([["blocker", "major"], ["minor"]])
CATALOGUE = catalogue_of(ONE_CELL, THREE)
ITEMS = ("item-1-1", "item-1-2", "item-2-1")
TODAY = date(2026, 11, 21)
DRAWN = 25


def said(name: str, evaluator: str, *outcomes: str, day: str | None = None, subject: str = "Our ant", note: str = "so") -> Response:
    answers = {item: Answer(outcome=Outcome(outcome), note=note) for item, outcome in zip(ITEMS, outcomes, strict=False)}
    made = date.fromisoformat(day) if day else None
    return Response(id=name, checklist=CHECKLIST, version=VERSION, subject=subject, evaluator=evaluator, date=made, answers=answers)


def file_of(*responses: Response) -> DecisionFile:
    return DecisionFile(dataset_version="2026.11.0", responses=responses)


def drawn(*responses: Response, catalogue: Catalogue = CATALOGUE, as_of: date | None = None) -> Page:
    return Page(str(results(catalogue, report_of(catalogue, file_of(*responses), responses[0], as_of), responses[0], Place())))


ANN = said("a", "Ann", "met", "not_met", "unknown", day="2026-01-01")
ANN_LATER = said("c", "Ann", "met", "met", "met", day="2026-11-01")
BO = said("b", "Bo", "not_met", "not_met", "met", day="2026-06-01")
BEE = said("d", "Ann", "met", "met", "partly_met", subject="bee")


# --- the page ---------------------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN)
@given(groups(), st.booleans())
def test_any_group_is_drawn_whole(group: Group, dated: bool) -> None:  # noqa: FBT001 - drawn
    checklist, responses = group
    page = drawn(*responses, catalogue=catalogue_of(ONE_CELL, checklist), as_of=TODAY if dated else None)
    page.check_that_only_the_templates_speak()
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(attributes.get("aria-label") for _, attributes in page.elements if attributes.get("role") in {"img", "region"})
    assert not [attributes for _, attributes in page.elements if "style" in attributes]


@settings(max_examples=DRAWN)
@given(texts(100), texts(100))
def test_nobodys_words_become_markup(subject: str, note: str) -> None:
    one, two = said("a", subject, "met", subject=subject, note=note), said("b", "Bo", "not_met", subject=subject, note=note)
    page = drawn(one, two.model_copy(update={"date": TODAY}), one.model_copy(update={"id": "c", "date": TODAY}))
    page.check_that_only_the_templates_speak()


def test_bars_show_score_and_coverage_of_each_section_and_the_target() -> None:
    aimed = ANN.model_copy(update={"target_percent": Fraction(80)})
    page = Page(str(section_bars(report_of(CATALOGUE, file_of(aimed), aimed))))
    labels = [attributes["aria-label"] for tag, attributes in page.elements if tag == "svg" and "aria-label" in attributes]
    assert labels == [
        "Section 1: 62 %, 2 of 2 answered",
        "Section 2: 0–100 %, 0 of 1 answered",
        "Total: 56–67 %, 2 of 3 answered",
    ]
    assert "Between 13.3 and 24.4 points are missing to the target of 80 %, depending on the unknown items." in page.text


def test_findings_name_owner_and_day_and_what_is_overdue_only_where_the_day_is_known() -> None:
    answer = Answer(outcome=Outcome.NOT_MET, owner="Eve", due_on=date(2026, 11, 1))
    one = ANN.model_copy(update={"answers": {"item-1-1": answer}})
    text = Page(str(findings(report_of(CATALOGUE, file_of(one), one, TODAY), Place()))).text
    assert "Owner: Eve." in text
    assert "Due: 2026-11-01, overdue." in text
    assert "overdue" not in Page(str(findings(report_of(CATALOGUE, file_of(one), one), Place()))).text
    assert "2 items still unknown, blockers first" in text
    assert "blocker, to mend" in text


def test_one_evaluation_alone_has_no_group() -> None:
    assert str(group_results(CATALOGUE, report_of(CATALOGUE, file_of(ANN), ANN).group, ANN)).strip() == ""


def test_two_evaluators_stand_beside_each_other_with_alpha() -> None:
    page = Page(str(group_results(CATALOGUE, report_of(CATALOGUE, file_of(ANN, BO), ANN).group, ANN)))
    assert "Evaluators of Our ant" in page.text
    assert "Krippendorff's α is 0.000 over 2 items that two or more evaluators rated" in page.text
    assert [text for text in page.texts if text in {"Met", "Not met"}] == ["Met", "Not met"]
    assert "Side by side" not in page.text


def test_subjects_and_states_are_drawn() -> None:
    page = Page(str(group_results(CATALOGUE, report_of(CATALOGUE, file_of(ANN, ANN_LATER, BO, BEE), ANN).group, ANN)))
    assert "Side by side" in page.text
    chart = next(attributes for tag, attributes in page.elements if tag == "svg" and attributes.get("class") == "ok-chart")
    label = chart["aria-label"] or ""
    assert label == "Our ant over time. 2026-01-01, Ann: 56–67 %. 2026-06-01, Bo: 11 %. 2026-11-01, Ann: 100 %."
    assert "Ann, from 2026-01-01 to 2026-11-01: 1 better, 1 otherwise changed." in page.text
    assert sum(tag == "polyline" for tag, _ in page.elements) == 2


def test_many_evaluators_of_one_day_stay_inside_the_chart() -> None:
    many = [said(f"e-{number}", f"E{number}", "met", "not_met", "met", day="2026-11-21") for number in range(20)]
    page = Page(str(group_results(CATALOGUE, report_of(CATALOGUE, file_of(*many), many[0]).group, many[0])))
    marks = [float(attributes["x"] or "") for tag, attributes in page.elements if tag == "rect" and attributes.get("width") == "8"]
    assert len(marks) == 20
    assert 52 <= min(marks) < max(marks) <= 616


def test_paper_says_what_it_shows() -> None:
    text = Page(str(print_header(CATALOGUE, report_of(CATALOGUE, file_of(ANN), ANN), ANN))).text
    for part in ("Generated 1.0 (generated)", "Our ant", "Ann", "2026-01-01", "56–67 %", "2 of 3, 67 %", "dataset 2026.11.0, orchkit "):
        assert part in text


# --- files ------------------------------------------------------------------------------------------------------------


def test_the_report_says_what_it_is() -> None:
    text = report_markdown(CATALOGUE, file_of(ANN, BO), ANN).text
    assert text.startswith("# Generated 1.0: Our ant\n\nNo blocker is known to be unmet.\n")
    for line in (
        "| Checklist | Generated 1.0 (generated) |",
        "| By | Ann |",
        "| On | 2026-01-01 |",
        "| Answered | 2 of 3, 67 % |",
        "| Total | 56–67 % | 2 of 3, 67 % |",
        "- claim of item-1-2 (major, not met)",
        "| item-1-1 | blocker | met: Ann; not met: Bo |",
    ):
        assert line in text.splitlines()
    assert re.search(r"\| Computed with \| dataset 2026\.11\.0, orchkit \d+\.\d+\.\d+ \|", text)


@settings(max_examples=DRAWN)
@given(texts(100), texts(60))
def test_a_report_has_the_headings_and_tables_of_the_report_and_no_others(note: str, subject: str) -> None:
    def shape(*responses: Response) -> list[str]:
        return [re.match(r"#* |\||- |  - |", line)[0] for line in report_markdown(CATALOGUE, file_of(*responses), responses[0]).text.splitlines()]  # type: ignore[index]

    hostile = (
        said("a", "Ann", "met", "not_met", note="x" + note, subject="x" + subject),
        said("b", "Bo", "not_met", note="x" + note, subject="x" + subject),
    )
    plain = said("a", "Ann", "met", "not_met", note="x", subject="x"), said("b", "Bo", "not_met", note="x", subject="x")
    assert shape(*hostile) == shape(*plain)
    assert "<script" not in report_markdown(CATALOGUE, file_of(*hostile), hostile[0]).text


@settings(max_examples=DRAWN)
@given(groups(), texts(60))
def test_csv_has_a_row_for_each_item_and_evaluation_and_no_formula(group: Group, note: str) -> None:
    checklist, responses = group
    items = list(checklist.items)
    first = responses[0].model_copy(update={"answers": {items[0].id: Answer(outcome=Outcome.MET, note=note)}})
    decision = file_of(first, *responses[1:])
    rows = list(csv.DictReader(io.StringIO(report_csv(catalogue_of(ONE_CELL, checklist), decision, first).text, newline="")))
    assert [(row["evaluation"], row["item"]) for row in rows] == [(one.id, item.id) for one in decision.responses for item in items]
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "@"))]
    assert rows[0]["outcome"] == "met"
    assert {row["dataset"] for row in rows} == {"2026.11.0"}


def test_csv_tells_what_was_said_from_what_counts() -> None:
    unexplained = said("a", "Ann", "not_applicable", note="")
    row = next(csv.DictReader(io.StringIO(report_csv(CATALOGUE, file_of(unexplained), unexplained).text)))
    assert (row["outcome"], row["counts_as"], row["coverage_percent"]) == ("not_applicable", "unknown", "0")
    assert tuple(row) == COLUMNS


def test_json_is_the_report_as_its_schema_has_it() -> None:
    data = json.loads(report_json(CATALOGUE, file_of(ANN, BO), ANN, TODAY).text)
    assert (data["schema_version"], data["evaluation"], data["as_of"]) == (1, "a", "2026-11-21")
    assert data["group"]["subjects"][0]["agreement"]["alpha"] == 0.0
    assert set(data) == set(ChecklistReport.model_fields)


NAMES = [("Our ant", "2026-01-01", "generated-our-ant-2026-01-01"), ("", None, "generated"), ("../../etc/passwd", None, "generated-etc-passwd")]


@pytest.mark.parametrize(("subject", "day", "name"), NAMES)
def test_a_file_is_named_after_what_it_is_about(subject: str, day: str | None, name: str) -> None:
    assert stem(said("a", "Ann", day=day, subject=subject)) == name
