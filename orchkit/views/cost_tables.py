"""Tables that explain costs: the categories, every price with its source, the workloads to begin with, printed sums corrected."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.costs import CorrectedCase, corrected_case
from orchkit.model.catalogue import Catalogue
from orchkit.model.costs import Price
from orchkit.views.cost_lines import REGIONS, UNITS, ends
from orchkit.views.environment import render
from orchkit.views.numbers import fixed, listed
from orchkit.views.place import Place


def categories(catalogue: Catalogue, place: Place) -> Markup:
    """Render the seven categories: what to ask, and what is usually missed."""
    return render("cost_categories.html.jinja", catalogue=catalogue, place=place)


def workloads(catalogue: Catalogue, place: Place) -> Markup:
    """Render the workloads to begin with, and where their numbers come from."""
    return render("cost_workloads.html.jinja", catalogue=catalogue, place=place)


def prices(catalogue: Catalogue, place: Place) -> Markup:
    """Render every price, unknown ones included, with its day and its source."""
    rows = [(provider, [(price, _amounts(price)) for price in record.prices.values()]) for provider, record in catalogue.costs.prices.items()]
    return render("cost_prices.html.jinja", catalogue=catalogue, place=place, rows=rows, units=UNITS)


def _amounts(price: Price) -> str:
    """Write the amounts of a price with their regions."""
    if price.amounts is None:
        return "unknown"
    return "; ".join(f"{ends(span)} {REGIONS[region]}" for region, span in price.amounts.items())


def corrections(catalogue: Catalogue, place: Place, case: str) -> Markup:
    """Render the sums that a source printed: reproduced, with people priced, and corrected."""
    corrected = corrected_case(catalogue, case)
    return render(
        "cost_corrections.html.jinja",
        catalogue=catalogue,
        place=place,
        case=case,
        record=catalogue.costs.cases[case],
        corrected=corrected,
        sentences=sentences(catalogue, corrected),
    )


def sentences(catalogue: Catalogue, corrected: CorrectedCase) -> list[str]:
    """Say in words what the recomputation shows; every number in them is computed."""
    stacks = catalogue.costs.cases[corrected.case].stacks
    right = sum(stack.reproduced for stack in corrected.stacks)
    mostly = [stack.label for stack in corrected.stacks if stack.people_above_the_rest]
    months = fixed(corrected.months_in_the_printed_month, 1)
    found = [
        f"{right} of {len(corrected.stacks)} printed totals are the sum of their own lines: the additions are right.",
        f"{corrected.runs_per_week} runs a week are {corrected.runs_per_year:,} a year and {fixed(corrected.runs_per_month, 0)} a month.",
        f"A price for {corrected.printed_runs_per_year:,} runs a month covers what this team runs in {months} months.",
        f"In {len(mostly)} of {len(corrected.stacks)} stacks the printed share of an engineer costs more than everything that was printed in money.",
    ]
    for stack in corrected.stacks:
        if stack.more_people_than:
            other = stacks[stack.more_people_than]
            people = f"{fixed(stack.printed_fte, 2)} of an engineer, {other.label} with {fixed(other.printed.fte, 2)}"
            found.append(f"{stack.label} is printed with {people}.")
    impossible = [stack.label for stack in corrected.stacks if "stack-that-cannot-exist" in stack.errors]
    return [*found, *([f"It cannot be built as printed: {listed(impossible)}."] if impossible else [])]
