"""The costs page: what it draws, what may be changed on it, and what can be taken away from it."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.costs import break_even, default_workload, estimate_cost
from orchkit.errors import InputError
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.workload import Workload
from orchkit.views import VIEWS
from orchkit.views.cost_chart import chart
from orchkit.views.costs import sentences, usable, verdict
from orchkit.views.numbers import amount
from orchkit.views.place import Place
from orchkit.views.state import PageState, follow, from_json, initial, to_fragment, to_json
from orchkit.views.view import Change
from tests.pure.views.rendered import Page
from tests.strategies import break_even_choices, states, texts, workloads

CATALOGUE = orchkit.load()
VIEW = VIEWS["costs"]
DRAWN = 15
"""A whole page takes long to draw: fewer examples."""


def state_of(**decision: object) -> PageState:
    return PageState(decision=DecisionFile.model_validate({"dataset_version": CATALOGUE.dataset.version, **decision}))


def changed(state: PageState, changes: dict[str, str]) -> PageState:
    return VIEW.change(CATALOGUE, state, {}, [Change(name=name, value=value) for name, value in changes.items()])


def drawn(state: PageState) -> Page:
    return Page(str(VIEW.draw(CATALOGUE, state, Place(), {}, VIEW.complaints(CATALOGUE, state, {}))))


# --- what it draws ----------------------------------------------------------------------------------------------------


@settings(max_examples=DRAWN, deadline=None)
@given(states(CATALOGUE), texts())
def test_any_state_is_drawn_whole(state: PageState, refused: str) -> None:
    state = state.model_copy(update={"rejected": {"costs:workload.seats": refused, "costs:edit.cron.people": refused}})
    page = drawn(state)
    page.check_that_only_the_templates_speak()
    rows = [attributes["id"] for tag, attributes in page.elements if tag == "tr" and (attributes.get("id") or "").startswith("cost-")]
    estimate, _ = usable(CATALOGUE, state.decision)
    assert rows == ([f"cost-{cost.deployment}" for cost in estimate.deployments] if estimate else [])


def test_every_line_has_its_amount_its_field_and_its_sources() -> None:
    page = drawn(initial(CATALOGUE))
    fields = {attributes["name"] for tag, attributes in page.elements if tag == "input" and (attributes.get("name") or "").startswith("edit.")}
    assert fields == {f"edit.{name}.{line}" for name, one in CATALOGUE.costs.deployments.items() for line in one.lines}
    assert "USD 0.1361 an hour × 8,760 hours" in page.text
    assert "0.49 an hour × 8,760 hours, read in Japan only" in page.text
    assert "ZenML Pro, 500 runs a month: USD 399 a month × 12 months" in drawn(state_of(workload={"runs_per_day": 4, "pushes_per_month": 0})).text
    assert "ZenML Pro, plan Enterprise: price unknown" in drawn(state_of(workload={"runs_per_day": 1000})).text


def test_bars_are_as_long_as_their_sums() -> None:
    page = drawn(state_of(cost_deployments=["cron"]))
    low, high = estimate_cost(CATALOGUE, deployments=["cron"]).of("cron").per_year
    rects = [one for tag, one in page.elements if tag == "rect" and "x" in one]
    widths = [(one["class"], Fraction(one["x"] or "") + Fraction(one["width"] or "")) for one in rects]
    assert widths[-1][0] == "ok-open"
    assert abs(widths[-1][1] - 500) <= Fraction(1, 50)
    assert abs(widths[-2][1] - 500 * low / high) <= Fraction(1, 50)


def test_the_meter_names_the_day() -> None:
    page = drawn(state_of(workload={"pushes_per_month": 100, "executions_per_push": 50}))
    cells = [text.strip() for text in page.texts if text.strip()]
    start = cells.index("ZenML Pro, 500 runs a month")
    assert cells[start + 1 : start + 6] == ["500 runs", "5,000", "1,000 %", "10", "4"]


VERDICTS: list[tuple[list[str], dict[str, Any], str]] = [
    (["cron"], {}, "One machine with cron: USD {cron} a year."),
    (["cron", "build-your-own"], {}, "One machine with cron costs least whatever the ranges hold: USD {cron} a year."),
    (
        ["prefect-self-hosted", "prefect-cloud"],
        {"seats": 3},
        (
            "Prefect Cloud with your own workers has the lowest middle: USD {prefect-cloud} a year. "
            "The ranges of Prefect on your own machines reach into it, so the order among these is open."
        ),
    ),
    (["zenml-pro"], {"runs_per_day": 1000}, "ZenML Pro on Kubernetes: USD {zenml-pro} a year, and what nobody could read: Plan by runs a month."),
    (
        ["zenml-pro", "prefect-cloud"],
        {"seats": 4, "runs_per_day": 1000},
        "Nothing can be put in order: each deployment has a line whose price nobody could read.",
    ),
]


@pytest.mark.parametrize(("deployments", "fields", "sentence"), VERDICTS, ids=[" ".join(row[0]) for row in VERDICTS])
def test_the_verdict_says_what_the_ranges_allow(deployments: list[str], fields: dict[str, Any], sentence: str) -> None:
    estimate = estimate_cost(CATALOGUE, {"salary_per_year": 100_000, **fields}, deployments=deployments)
    assert verdict(estimate) == sentence.format_map({cost.deployment: amount(cost.per_year) for cost in estimate.deployments})


def test_thousands_are_set_apart() -> None:
    assert verdict(estimate_cost(CATALOGUE, {"salary_per_year": 0}, deployments=["cron"])) == "One machine with cron: USD 1,192 a year."


@settings(max_examples=30, deadline=None)
@given(workloads(rated=False), break_even_choices(CATALOGUE))
def test_a_chart_stays_inside_its_drawing_and_has_what_the_sentences_say(workload: Workload, choice: Any) -> None:
    found = break_even(CATALOGUE, choice.first, choice.second, choice.axis, workload=workload)
    here = Fraction(getattr(workload, choice.axis))
    laid_out = chart(found, ("a", "b"), here)
    assert sentences(CATALOGUE, found, here)
    if laid_out is None:
        assert not found.stretches
        return
    points = [point.split(",") for curve in laid_out.curves for line in (*curve.bands, *curve.middles) for point in line.split()]
    assert all(84 <= float(x) <= 624 and 12 <= float(y) <= 260 for x, y in points)
    assert all(12 <= float(y) <= 260 for _, y in laid_out.crossings)
    assert len(laid_out.crossings) <= len(found.crossings)


# --- what may be changed ----------------------------------------------------------------------------------------------


def test_a_number_moves_the_sum_and_a_default_is_no_number_of_ones_own() -> None:
    state = changed(initial(CATALOGUE), {"workload.seats": "3"})
    assert state.decision.workload is not None
    assert state.decision.workload.seats == 3
    assert changed(state, {"workload.seats": "10"}).decision.workload is None


def test_another_volume_keeps_what_money_means() -> None:
    state = changed(initial(CATALOGUE), {"workload.currency": "eur", "workload.currency_per_usd": "0.9", "preset": "startup"})
    assert state.decision.workload is not None
    assert (state.decision.workload.currency, state.decision.workload.currency_per_usd) == ("EUR", Fraction(9, 10))
    assert state.decision.workload.seats == 3
    back = changed(state, {"workload.currency": "USD", "preset": "growth"})
    assert back.decision.workload is None


def test_a_currency_without_a_rate_shows_no_amount_and_the_rest_stays() -> None:
    state = changed(initial(CATALOGUE), {"workload.currency": "EUR"})
    page = drawn(state)
    assert "no exchange rate is given" in page.text
    assert "CI meter" in page.text
    assert not [1 for tag, attributes in page.elements if (attributes.get("id") or "").startswith("cost-")]


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("workload.seats", "2.5", "People who sign in: 5/2 is not a whole number"),
        ("workload.seats", "-2", "`-2` is negative"),
        ("workload.runs_per_day", "", "Runs: nothing is written there"),
        ("workload.runs_per_day", "1,5", "`1,5` is not a plain number"),
        ("workload.runs_per_day", "1e999", "is not a plain number"),
        ("workload.runs_per_day", "2000000", "is more than 1000000"),
        ("workload.currency", "euros", "does not match"),
        ("workload.currency_per_usd", "0.9", "one US dollar buys one US dollar"),
        ("workload.region", "mars", "is not one of the allowed values"),
        ("workload.salary_per_day", "3", "unknown field"),
        ("preset", "tiny", "unknown workload `tiny`"),
        ("edit.cron.people", "2-1", "the low end 2 is above the high end 1"),
        ("edit.cron.people", "a lot", "`a lot` is no amount"),
        ("edit.cron.nobody", "3", "is no line of a deployment"),
        ("breakeven.first", "crom", "unknown choice `crom`"),
        ("breakeven.axis", "moon", "unknown choice `moon`"),
    ],
)
def test_what_cannot_be_used_is_kept_with_a_message(field: str, text: str, message: str) -> None:
    state = changed(initial(CATALOGUE), {field: text})
    assert state.decision == initial(CATALOGUE).decision
    assert state.rejected == {f"costs:{field}": text}
    assert message in str(VIEW.complaints(CATALOGUE, state, {})[field].problem)


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="is no field of this page"):
        changed(initial(CATALOGUE), {"nothing": "3"})


@pytest.mark.parametrize(("text", "ends"), [("1200", (1200, 1200)), ("1200-2400", (1200, 2400)), (" 1,200 – 2,400 ", (1200, 2400)), ("0", (0, 0))])
def test_an_own_amount(text: str, ends: tuple[int, int]) -> None:
    state = changed(initial(CATALOGUE), {"edit.cron.people": text})
    edit = state.decision.cost_edits["cron"]["people"]
    assert (edit.low, edit.high) == tuple(map(Fraction, ends))
    assert "yours" in drawn(state).text
    assert changed(state, {"edit.cron.people": " "}).decision.cost_edits == {}


def test_choosing_the_other_one_again_exchanges_the_two() -> None:
    state = changed(initial(CATALOGUE), {"breakeven.first": "cron", "breakeven.second": "build-your-own"})
    state = changed(state, {"breakeven.first": "build-your-own"})
    assert state.decision.break_even is not None
    assert (state.decision.break_even.first, state.decision.break_even.second) == ("build-your-own", "cron")


def test_a_deployment_is_hidden_and_shown_again_but_never_the_last() -> None:
    state = changed(initial(CATALOGUE), {"hide.cron": ""})
    assert "cron" not in state.decision.cost_deployments
    assert changed(state, {"action.show-all": ""}).decision.cost_deployments == ()
    alone = state_of(cost_deployments=["cron"])
    assert changed(alone, {"hide.cron": ""}).decision.cost_deployments == ("cron",)


def test_reset_takes_back_costs_and_nothing_else() -> None:
    state = state_of(profile="growth", workload={"seats": 3}, cost_edits={"cron": {"people": {"low": 1, "high": 2}}}, cost_deployments=["cron"])
    assert changed(state, {"workload.seats": "x", "action.reset": ""}) == state_of(profile="growth")


# --- what can be taken away -------------------------------------------------------------------------------------------


def test_the_decision_file_brings_everything_back() -> None:
    state = changed(
        initial(CATALOGUE), {"workload.currency": "EUR", "workload.currency_per_usd": "0.9", "edit.cron.people": "1-2", "breakeven.first": "cron"}
    )
    data = json.loads(VIEW.exports["decision"](CATALOGUE, state, {}).text)
    assert data["result"]["costs"]["currency"] == "EUR"
    decision = DecisionFile.model_validate(data)
    taken = VIEW.take_over(CATALOGUE, initial(CATALOGUE), {}, decision, "file")
    assert usable(CATALOGUE, taken.decision) == usable(CATALOGUE, state.decision)


def test_the_table_has_a_row_a_line() -> None:
    rows = list(csv.DictReader(io.StringIO(VIEW.exports["csv"](CATALOGUE, initial(CATALOGUE), {}).text)))
    assert len(rows) == sum(len(one.lines) for one in CATALOGUE.costs.deployments.values())
    assert {row["read_on"] for row in rows} == {"2026-11-21", "2026-11-22"}
    with pytest.raises(InputError, match="no exchange rate"):
        VIEW.exports["csv"](CATALOGUE, changed(initial(CATALOGUE), {"workload.currency": "EUR"}), {})


@settings(max_examples=60, deadline=None)
@given(workloads(), st.none() | break_even_choices(CATALOGUE))
def test_a_link_carries_workload_and_comparison(workload: Workload, choice: Any) -> None:
    state = initial(CATALOGUE)
    state = state.model_copy(update={"decision": state.decision.model_copy(update={"workload": workload, "break_even": choice})})
    followed, problems = follow(CATALOGUE, initial(CATALOGUE), to_fragment(CATALOGUE, state))
    assert problems == []
    assert followed.decision == state.decision
    assert from_json(to_json(state), "here", CATALOGUE) == state


@pytest.mark.parametrize(
    ("fragment", "message"),
    [
        ("workload=seats:x", "`x` is not a plain number"),
        ("workload=seats:-1", "negative"),
        ("workload=seets:1", "unknown field `seets`"),
        ("workload=seats:1,seats:2", "names a part of the workload twice"),
        ("workload=currency-per-usd:0.9", "one US dollar buys one US dollar"),
        ("deployments=crom", "unknown costed deployment `crom`"),
        ("break-even=cron", "is nothing that can grow"),
        ("break-even=cron,crom,seats", "unknown costed deployment `crom`"),
    ],
)
def test_a_damaged_link_says_what_it_could_not_use(fragment: str, message: str) -> None:
    state, problems = follow(CATALOGUE, initial(CATALOGUE), f"release={CATALOGUE.dataset.version}&{fragment}")
    assert state.decision == initial(CATALOGUE).decision
    assert [message in str(problem) for problem in problems] == [True]


def test_the_default_workload_travels_as_an_empty_one() -> None:
    state = state_of(profile="startup", workload=json.loads(default_workload(CATALOGUE).model_dump_json()))
    assert to_fragment(CATALOGUE, state).endswith("&workload=")
    assert follow(CATALOGUE, initial(CATALOGUE), to_fragment(CATALOGUE, state))[0].decision == state.decision
