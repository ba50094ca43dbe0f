"""The costs page: say what you run and pay; see a year's cost of each deployment, its lines, the CI meter, and where two break even."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, get_args

from markupsafe import Markup
from pydantic import ValidationError

from orchkit.costs import (
    BreakEven,
    CostEstimate,
    CostLine,
    DeploymentCost,
    at_axis,
    break_even,
    ci_meter,
    default_workload,
    engineer_per_year,
    estimate_decision,
    resolve_workload,
)
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Category
from orchkit.model.explain import explain
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.workload import Axis, BreakEvenChoice, CostEdit, Workload, changed, read_amount, read_field
from orchkit.views.cost_chart import HEIGHT, WIDTH, Chart, chart
from orchkit.views.cost_lines import how
from orchkit.views.decided import file_text
from orchkit.views.environment import render
from orchkit.views.numbers import amount, fixed, grouped, listed, percent, plain
from orchkit.views.place import Place
from orchkit.views.spreadsheet import csv_text
from orchkit.views.state import PageState
from orchkit.views.view import Complaint, Download, Options, View, take_over_afresh, with_decision

BAR_WIDTH = 500

MONEY = ("salary_per_year", "overhead_percent", "currency", "currency_per_usd", "region", "horizon_years")
"""What a workload says of money: it stays when another volume is chosen."""

AXES: dict[Axis, str] = {
    "runs_per_day": "runs a day",
    "tasks_per_run": "tasks a run",
    "minutes_per_task": "minutes a task",
    "pushes_per_month": "pushes a month",
    "executions_per_push": "executions a push",
    "seats": "seats",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form."""

    name: str
    label: str
    unit: str
    hint: str = ""


FIELDS = (
    Field("runs_per_day", "Runs", "a day", "Scheduled and triggered, without CI"),
    Field("tasks_per_run", "Tasks", "a run"),
    Field("minutes_per_task", "Time", "minutes a task"),
    Field("pushes_per_month", "Pushes that start CI", "a month"),
    Field("executions_per_push", "Runs that CI executes", "a push"),
    Field("seats", "People who sign in", "seats"),
    Field("workflows_to_move", "Workflows to bring over", "once", "0 if you begin anew"),
    Field("horizon_years", "Spread over", "years"),
)
MONEY_FIELDS = (
    Field("salary_per_year", "An engineer's pay", "a year", "Empty: a US median"),
    Field("overhead_percent", "On top of the pay", "%", "Contributions, desk, hardware"),
    Field("currency", "Currency", "three letters"),
    Field("currency_per_usd", "Price of one US dollar", "in that currency", "Wanted when the currency is not USD"),
)
LABELS = {field.name: field.label for field in (*FIELDS, *MONEY_FIELDS)} | {"region": "Region"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar, in units of its drawing."""

    series: int
    label: str
    x: Fraction
    width: Fraction


@dataclass(frozen=True, slots=True)
class Bar:
    """One deployment as the template draws it."""

    cost: DeploymentCost
    range: str
    described: str
    segments: tuple[Segment, ...]
    open: Segment
    lines: tuple[tuple[CostLine, str, str], ...]
    """Each line with how its amount comes about and what stands in its field."""


def usable(catalogue: Catalogue, decision: DecisionFile) -> tuple[CostEstimate | None, Problem | None]:
    """Estimate, or say what cannot be used."""
    try:
        return estimate_decision(catalogue, decision), None
    except InputError as error:
        return None, error.problems[0]


def choice(catalogue: Catalogue, decision: DecisionFile) -> BreakEvenChoice:
    """Return the comparison that the reader chose, or one to begin with: a service with a meter, and the first that has none."""
    if decision.break_even:
        return decision.break_even
    names = list(catalogue.costs.deployments)
    preferred = [name for name in ("airflow-self-hosted", "vertex-ai-pipelines") if name in names]
    first, second = (preferred + [name for name in names if name not in preferred])[:2]
    return BreakEvenChoice(first=first, second=second)


def compared(catalogue: Catalogue, decision: DecisionFile) -> tuple[BreakEven | None, Problem | None]:
    """Compare the two chosen deployments, or say why that cannot be done."""
    chosen = choice(catalogue, decision)
    try:
        return break_even(catalogue, chosen.first, chosen.second, chosen.axis, workload=decision.workload, edits=decision.cost_edits), None
    except InputError as error:
        return None, error.problems[0]


def draw(catalogue: Catalogue, state: PageState, place: Place, _options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the whole page: form, yearly ranges, lines, CI meter, break-even."""
    decision = state.decision
    workload = resolve_workload(catalogue, decision.workload)
    estimate, unusable = usable(catalogue, decision)
    comparison, incomparable = compared(catalogue, decision)
    return render(
        "costs.html.jinja",
        catalogue=catalogue,
        place=place,
        decision=decision,
        workload=workload,
        fields=FIELDS,
        money_fields=MONEY_FIELDS,
        shown=shown_fields(workload),
        preset=preset_of(catalogue, workload),
        complaints=complaints,
        estimate=estimate,
        unusable=unusable,
        engineer=engineer_per_year(catalogue, workload) if estimate else None,
        verdict=verdict(estimate) if estimate else "",
        bars=bars(catalogue, estimate, state) if estimate else [],
        hidden=len(catalogue.costs.deployments) - len(estimate.deployments) if estimate else 0,
        series={category: number for number, category in enumerate(Category, 1)},
        width=BAR_WIDTH,
        meter=ci_meter(catalogue, workload),
        choice=choice(catalogue, decision),
        axes=AXES,
        comparison=comparison,
        incomparable=incomparable,
        sentences=sentences(catalogue, comparison, at_axis(workload, choice(catalogue, decision).axis)) if comparison else [],
        chart=_chart(catalogue, comparison, workload),
        chart_width=WIDTH,
        chart_height=HEIGHT,
    )


def _chart(catalogue: Catalogue, comparison: BreakEven | None, workload: Workload) -> Chart | None:
    if comparison is None:
        return None
    known = catalogue.costs.deployments
    return chart(comparison, (known[comparison.first].name, known[comparison.second].name), at_axis(workload, comparison.axis))


def shown_fields(workload: Workload) -> dict[str, str]:
    """Write each field of a workload as its input shows it."""
    return {name: "" if value is None else value if isinstance(value, str) else plain(Fraction(value)) for name, value in workload}


def preset_of(catalogue: Catalogue, workload: Workload) -> str | None:
    """Return the workload of the catalogue whose volume this one has."""
    listed = catalogue.costs.workloads.workloads if catalogue.costs.workloads else {}
    return next((name for name, one in listed.items() if _volume(one.workload) == _volume(workload)), None)


def _volume(workload: Workload) -> dict[str, Any]:
    return {name: value for name, value in workload if name not in MONEY}


def verdict(estimate: CostEstimate) -> str:
    """Say what the ranges allow to say of the order, and what people make of them."""
    whole = [cost for cost in estimate.deployments if not cost.left_out]
    if len(estimate.deployments) == 1:
        (only,) = estimate.deployments
        unknown = listed([line.name for line in only.lines if line.line in only.left_out]) if only.left_out else ""
        return f"{only.name}: {estimate.currency} {amount(only.per_year)} a year{f', and what nobody could read: {unknown}' if unknown else ''}."
    if not whole:
        return "Nothing can be put in order: each deployment has a line whose price nobody could read."
    first, others = whole[0], whole[1:]
    reach = [cost.name for cost in others if cost.per_year[0] <= first.per_year[1]]
    money = f"{estimate.currency} {amount(first.per_year)} a year"
    if not others:
        return f"{first.name}: {money}."
    if not reach:
        return f"{first.name} costs least whatever the ranges hold: {money}."
    count = f"{len(reach)} of the {len(others)} others" if len(others) > 1 else reach[0]
    return f"{first.name} has the lowest middle: {money}. The ranges of {count} reach into it, so the order among these is open."


def bars(catalogue: Catalogue, estimate: CostEstimate, state: PageState) -> list[Bar]:
    """Lay each deployment's categories end to end at their low ends, then reach to the high end of the sum."""
    top = max((cost.per_year[1] for cost in estimate.deployments), default=Fraction(1)) or Fraction(1)
    unit = BAR_WIDTH / top
    series = {category: number for number, category in enumerate(Category, 1)}
    found = []
    for cost in estimate.deployments:
        segments, x = [], Fraction(0)
        for category, (low, _) in cost.by_category.items():
            if low:
                segments.append(Segment(series[category], category_name(catalogue, category), x * unit, low * unit))
                x += low
        low, high = cost.per_year
        lines = catalogue.costs.deployments[cost.deployment].lines
        own = state.decision.cost_edits.get(cost.deployment, {})
        rows = tuple((line, how(catalogue, lines[line.line], line, estimate.workload), _own(own.get(line.line))) for line in cost.lines)
        reach = Segment(0, "up to the high end", low * unit, (high - low) * unit)
        found.append(Bar(cost, range_text(cost), _described(catalogue, cost, estimate.currency), tuple(segments), reach, rows))
    return found


def category_name(catalogue: Catalogue, category: Category) -> str:
    """Return what a category is called."""
    listed = catalogue.costs.categories
    return listed.categories[category].name if listed and category in listed.categories else category.value.capitalize()


def range_text(cost: DeploymentCost) -> str:
    """Write a deployment's range; with a plus where an unknown line comes on top."""
    return amount(cost.per_year) + (" + ?" if cost.left_out else "")


def _described(catalogue: Catalogue, cost: DeploymentCost, currency: str) -> str:
    parts = [f"{category_name(catalogue, category)} {amount(span)}" for category, span in cost.by_category.items()]
    unknown = f"; unknown: {listed([line.name for line in cost.lines if line.line in cost.left_out])}" if cost.left_out else ""
    return f"{cost.name}: {amount(cost.per_year)} {currency} a year. {', '.join(parts)}{unknown}"


def _own(edit: CostEdit | None) -> str:
    if edit is None:
        return ""
    return plain(edit.low) if edit.low == edit.high else f"{plain(edit.low)}-{plain(edit.high)}"


def sentences(catalogue: Catalogue, comparison: BreakEven, here: Fraction) -> list[str]:
    """Say where the order of two deployments changes, and where it is certain."""
    names = {key: catalogue.costs.deployments[key].name for key in (comparison.first, comparison.second)}
    unit, found = AXES[comparison.axis], []
    if not comparison.stretches:
        return ["One of the two outgrows its plans at once: there is nothing to compare."]
    for one in comparison.crossings:
        where = f"{_number(one.at)} {unit}"
        if one.kind == "equal":
            found.append(
                f"At {where} the middles of both ranges are equal. Below, {names[one.cheaper_before]} costs less; above, {names[one.cheaper_after]}."
            )
        else:
            found.append(
                f"Up to {where} {names[one.cheaper_before]} costs less; beyond, a plan's limit is passed, and {names[one.cheaper_after]} does."
            )
    if not comparison.crossings:
        found.append(_no_crossing(comparison, names, unit))
    for start, end, name in comparison.surely:
        found.append(f"Whatever the ranges hold, {names[name]} costs less {_between(comparison, start, end, unit)}.")
    if not comparison.surely:
        found.append("The two ranges overlap everywhere, so either may cost less.")
    found += [f"{names[name]}: {listed(_line_names(catalogue, name, lines))} is unknown and left out." for name, lines in comparison.left_out.items()]
    if comparison.ends_at is not None:
        found.append(f"Beyond {_number(comparison.ends_at)} {unit} one of the two outgrows the plans whose price is known.")
    return [*found, f"You are at {_number(here)} {unit}."]


def _line_names(catalogue: Catalogue, name: str, lines: tuple[str, ...]) -> list[str]:
    return [catalogue.costs.deployments[name].lines[line].name.lower() for line in lines]


def _no_crossing(comparison: BreakEven, names: dict[str, str], unit: str) -> str:
    first, second = (sum(side[0], Fraction(0)) for side in (comparison.stretches[0].first, comparison.stretches[0].second))
    if first == second:
        return f"The middles of both ranges are equal from the start, whatever the {unit}."
    return f"The middle of {names[comparison.first if first < second else comparison.second]} stays lower, however many {unit}."


def _between(comparison: BreakEven, start: Fraction, end: Fraction, unit: str) -> str:
    first, last = comparison.stretches[0].start, comparison.stretches[-1].end
    if (start, end) == (first, last):
        return "everywhere"
    if start == first:
        return f"below {_number(end)} {unit}"
    return f"above {_number(start)} {unit}" if end == last else f"between {_number(start)} and {_number(end)} {unit}"


def _number(value: Fraction) -> str:
    return grouped(value, 0 if value.denominator == 1 or value >= 100 else 1)  # noqa: PLR2004 - a tenth says nothing beside a hundred


def announce(catalogue: Catalogue, state: PageState, _options: Options) -> str:
    """Say the new order."""
    estimate, unusable = usable(catalogue, state.decision)
    return verdict(estimate) if estimate else str(unusable)


def _take_field(catalogue: Catalogue, state: PageState, _options: Options, name: str, value: str) -> PageState:
    if name not in LABELS:
        raise InputError(Problem("workload", f"unknown field `{name[:60]}`", nearest(name, LABELS)))
    before = resolve_workload(catalogue, state.decision.workload)
    try:
        update = {name: read_field(name, value)}
        if update.get("currency") == "USD":
            update["currency_per_usd"] = None
        return _with_workload(catalogue, state, changed(before, **update))
    except InputError as error:
        raise InputError(Problem(LABELS[name], error.problems[0].fact, error.problems[0].repair)) from None
    except ValidationError as error:
        _, fact, repair = next(explain(error, Workload))
        raise InputError(Problem(LABELS[name], fact, repair)) from None


def _take_preset(catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    before = resolve_workload(catalogue, state.decision.workload)
    money = {name: value for name, value in before if name in MONEY}
    return _with_workload(catalogue, state, changed(resolve_workload(catalogue, value), **money))


def _with_workload(catalogue: Catalogue, state: PageState, workload: Workload) -> PageState:
    return with_decision(state, workload=None if workload == default_workload(catalogue) else workload)


def _take_edit(catalogue: Catalogue, state: PageState, _options: Options, rest: str, value: str) -> PageState:
    name, _, line = rest.partition(".")
    known = catalogue.costs.deployments
    if name not in known or line not in known[name].lines:
        raise InputError(Problem("amount", f"`{rest[:80]}` is no line of a deployment", "Reload the page"))
    read = read_amount(value)
    edits = {key: dict(lines) for key, lines in state.decision.cost_edits.items()}
    if read is None:
        edits.get(name, {}).pop(line, None)
    else:
        try:
            edits.setdefault(name, {})[line] = CostEdit(low=read[0], high=read[1])
        except ValidationError as error:
            _, fact, repair = next(explain(error, CostEdit))
            raise InputError(Problem(known[name].lines[line].name, fact, repair)) from None
    ordered = {key: {one: edits[key][one] for one in known[key].lines if one in edits[key]} for key in known if edits.get(key)}
    return with_decision(state, cost_edits=ordered)


def _hide(catalogue: Catalogue, state: PageState, _options: Options, name: str, _value: str) -> PageState:
    shown = state.decision.cost_deployments or tuple(catalogue.costs.deployments)
    left = tuple(one for one in shown if one != name)
    if not left:
        raise InputError(Problem("deployments", "the last one cannot be hidden", "Show all of them first"))
    return with_decision(state, cost_deployments=left)


def _show_all(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    return with_decision(state, cost_deployments=())


def _take_choice(catalogue: Catalogue, state: PageState, _options: Options, field: str, value: str) -> PageState:
    known = {"first": list(catalogue.costs.deployments), "second": list(catalogue.costs.deployments), "axis": list(get_args(Axis))}
    if field not in known or value not in known[field]:
        raise InputError(Problem("break-even", f"unknown choice `{value[:60]}`", nearest(value, known.get(field, known["first"]))))
    before = choice(catalogue, state.decision).model_dump()
    after = {**before, field: value}
    if after["first"] == after["second"]:  # choosing the other one again exchanges the two
        after["second" if field == "first" else "first"] = before[field]
    return with_decision(state, break_even=BreakEvenChoice.model_validate(after))


def _reset(_catalogue: Catalogue, state: PageState, options: Options, _rest: str, _value: str) -> PageState:
    rejected = {key: text for key, text in state.rejected.items() if not key.startswith(VIEW.prefix(options))}
    fresh = state.model_copy(update={"rejected": rejected})
    return with_decision(fresh, workload=None, cost_edits={}, cost_deployments=(), break_even=None)


def cost_rows(estimate: CostEstimate) -> tuple[list[str], list[list[str]]]:
    """Return headers and rows: a row a deployment. The one table behind CSV, the terminal and Markdown."""
    shown = [category for category in Category if any(category in cost.by_category for cost in estimate.deployments)]
    headers = ["Deployment", f"{estimate.currency} a year", "People", *(category.value.capitalize() for category in shown), "Left out"]
    rows = []
    for cost in estimate.deployments:
        people = cost.by_category.get(Category.PEOPLE)
        share = percent(sum(people, Fraction(0)) / 2 / cost.middle) if people and cost.middle else ""
        spans = [amount(cost.by_category[category]) if category in cost.by_category else "" for category in shown]
        rows.append([cost.name, range_text(cost), share, *spans, ", ".join(cost.left_out)])
    return headers, rows


def line_rows(catalogue: Catalogue, estimate: CostEstimate) -> tuple[list[str], list[list[str]]]:
    """Return headers and rows: a row a line."""
    headers = ["deployment", "line", "category", "low", "high", "currency", "own", "how", "basis", "confidence", "read_on", "sources"]
    rows = []
    for cost in estimate.deployments:
        for line in cost.lines:
            low, high = (fixed(end, 2) for end in line.per_year) if line.per_year else ("", "")
            record = catalogue.costs.deployments[cost.deployment].lines[line.line]
            cited = " ".join(one.place for one in line.sources)
            read = max(one.read_on for one in line.sources).isoformat()
            own = "yes" if line.edited else ""
            text = how(catalogue, record, line, estimate.workload)
            rows.append(
                [cost.deployment, line.line, line.category, low, high, estimate.currency, own, text, line.basis, line.confidence, read, cited]
            )
    return headers, rows


def _csv(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    estimate, unusable = usable(catalogue, state.decision)
    if estimate is None:
        assert unusable is not None
        raise InputError(unusable)
    headers, rows = line_rows(catalogue, estimate)
    return Download(filename="costs.csv", media_type="text/csv", text=csv_text([headers, *rows]))


def _decision_file(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    """Write the whole decision file, with what it comes to today."""
    decision = state.decision.model_copy(update={"workload": resolve_workload(catalogue, state.decision.workload)})
    return Download(filename="costs.orchkit.json", media_type="application/json", text=file_text(catalogue, decision))


VIEW = View(
    name="costs",
    draw=draw,
    announce=announce,
    takes={
        "workload.": _take_field,
        "preset": _take_preset,
        "edit.": _take_edit,
        "hide.": _hide,
        "breakeven.": _take_choice,
        "action.show-all": _show_all,
        "action.reset": _reset,
    },
    exports={"csv": _csv, "decision": _decision_file},
    take_over=take_over_afresh,
    linked=True,
)
