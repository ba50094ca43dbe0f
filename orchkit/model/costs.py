"""What things cost: prices, each once and dated; the lines of a deployment; default workloads; the sums that others printed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from orchkit.model.base import Day, Exact, Id, Record, Text
from orchkit.model.evidence import Basis, Citation, Confidence
from orchkit.model.input.workload import Workload


class Category(StrEnum):
    """What a cost is for: the seven categories of the comparison that names them all."""

    LICENCE = "licence"
    INFRASTRUCTURE = "infrastructure"
    MANAGED = "managed"
    PEOPLE = "people"
    UPGRADES = "upgrades"
    MIGRATION = "migration"
    SCALING = "scaling"


class CategoryRecord(Record):
    """A category explained."""

    name: Text
    question: Text
    """What to ask to find such a cost."""
    explained: Text
    """What belongs to it, and how it is usually missed."""


class CategoriesRecord(Record):
    """The authored file `categories.yaml`."""

    categories: dict[Category, CategoryRecord]
    sources: tuple[Citation, ...]


class Region(StrEnum):
    """Where a price holds. `global` is one price everywhere."""

    GLOBAL = "global"
    US = "us"
    EU = "eu"
    JAPAN = "japan"


class Unit(StrEnum):
    """What an amount of money is paid for."""

    USD_PER_HOUR = "usd_per_hour"
    USD_PER_MONTH = "usd_per_month"
    USD_PER_SEAT_MONTH = "usd_per_seat_month"
    USD_PER_RUN = "usd_per_run"
    USD_PER_TASK_RUN = "usd_per_task_run"
    USD_PER_TASK_MINUTE = "usd_per_task_minute"
    USD_PER_CI_MINUTE = "usd_per_ci_minute"


class Driver(StrEnum):
    """What a line grows with. Hours and months pass whatever the workload is."""

    HOURS = "hours"
    MONTHS = "months"
    SEAT_MONTHS = "seat_months"
    RUNS = "runs"
    TASK_RUNS = "task_runs"
    TASK_HOURS = "task_hours"
    TASK_MINUTES = "task_minutes"
    CI_MINUTES = "ci_minutes"


UNIT_OF = {
    Driver.HOURS: Unit.USD_PER_HOUR,
    Driver.MONTHS: Unit.USD_PER_MONTH,
    Driver.SEAT_MONTHS: Unit.USD_PER_SEAT_MONTH,
    Driver.RUNS: Unit.USD_PER_RUN,
    Driver.TASK_RUNS: Unit.USD_PER_TASK_RUN,
    Driver.TASK_HOURS: Unit.USD_PER_HOUR,
    Driver.TASK_MINUTES: Unit.USD_PER_TASK_MINUTE,
    Driver.CI_MINUTES: Unit.USD_PER_CI_MINUTE,
}
"""The unit of a price that each driver multiplies."""

NonNegative = Annotated[Exact, Field(ge=0)]
Positive = Annotated[Exact, Field(gt=0)]


class Span(Record):
    """A range of non-negative numbers, both ends included."""

    low: NonNegative
    high: NonNegative

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            msg = f"the low end {float(self.low):g} is above the high end {float(self.high):g}"
            raise ValueError(msg)
        return self


def _point(value: Any) -> Any:
    """Read a single number as a range of no width."""
    return {"low": value, "high": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


Amount = Annotated[
    Span,
    BeforeValidator(_point),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {
                    "type": "object",
                    "properties": {"low": {"type": "number", "minimum": 0}, "high": {"type": "number", "minimum": 0}},
                    "required": ["low", "high"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A range, or a single number that stands for both its ends."""

PriceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=160)]
"""A price by its file and its name in it: `aws/database`."""


class Included(Record):
    """What a plan includes each month. A number that is absent is no limit."""

    runs_per_month: Annotated[int, Field(gt=0, strict=True)] | None = None
    minutes_per_month: Annotated[int, Field(gt=0, strict=True)] | None = None
    seats: Annotated[int, Field(gt=0, strict=True)] | None = None
    overage: PriceId | None = None
    """What each run or minute beyond the limit costs, where the plan goes on."""


class Price(Record):
    """One price: how much, for what, where, since when, and who says so."""

    name: Text
    unit: Unit
    amounts: dict[Region, Amount] | None
    """Amount by region, in US dollars; null when nobody could read it, and `why` says so."""
    where: Text
    """The region as the provider names it, or the scope of the price."""
    includes: Included | None = None
    """For a plan: what it covers."""
    basis: Basis | None = None
    """How the amount is known. Absent only when it is null."""
    confidence: Confidence | None = None
    """How sure a second reader would be of the same number. Absent only when it is null."""
    text_from: Day | None = None
    """The day of the text itself, where it shows one. The price is at least as old."""
    why: Text
    """What the number is, or why it is unknown."""
    sources: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _supported(self) -> Self:
        if self.amounts is None:
            if self.basis is not None or self.confidence is not None:
                msg = "an unknown price has neither `basis` nor `confidence`; `why` says why it is unknown"
                raise ValueError(msg)
            return self
        missing = [name for name in ("amounts", "basis", "confidence", "sources") if not getattr(self, name)]
        if missing:
            msg = f"a price needs {', '.join(f'`{name}`' for name in missing)}: how much, how it is known and where that can be read"
            raise ValueError(msg)
        return self

    def at(self, region: Region) -> tuple[Region, Span] | None:
        """Return the amount in a region, or, where none is recorded, the first recorded one with its own region."""
        if self.amounts is None:
            return None
        for wanted in (region, Region.GLOBAL):
            if wanted in self.amounts:
                return wanted, self.amounts[wanted]
        return next(iter(self.amounts.items()))


class PricesRecord(Record):
    """The authored file of one provider: its prices by id."""

    provider: Text
    """Who charges, or who printed the numbers."""
    prices: dict[Id, Price]


class Line(Record):
    """One line of a deployment's bill. It says in exactly one way how it is computed."""

    name: Text
    category: Category
    price: PriceId | None = None
    """A price, multiplied by `quantity` and by what `per` counts."""
    per: Driver | None = None
    quantity: Amount | None = None
    """How many of them; one when absent."""
    included_per_month: Positive | None = None
    """How much of what `per` counts is free each month."""
    plans: tuple[PriceId, ...] = ()
    """Plans in ascending order: the first whose limits hold the workload is paid."""
    fte: Amount | None = None
    """People: full-time equivalents, paid with the salary of the workload."""
    person_days_per_year: Amount | None = None
    person_days_per_workflow: Amount | None = None
    """Once, for each workflow that is moved, spread over the horizon of the workload."""
    basis: Basis
    """How the quantity is known. The price has a basis of its own."""
    confidence: Confidence
    why: Text
    sources: tuple[Citation, ...]

    @model_validator(mode="after")
    def _computed_in_one_way(self) -> Self:
        ways = ("price", "plans", "fte", "person_days_per_year", "person_days_per_workflow")
        given = [name for name in ways if getattr(self, name) not in (None, ())]
        if len(given) != 1:
            msg = f"a line has exactly one of {', '.join(f'`{name}`' for name in ways)}"
            raise ValueError(msg)
        if (self.price is None) != (self.per is None):
            msg = "`price` and `per` stand together: a price says how much, `per` of what"
            raise ValueError(msg)
        if self.price is None and (self.quantity is not None or self.included_per_month is not None):
            msg = "`quantity` and `included_per_month` belong to a line with a `price`"
            raise ValueError(msg)
        if not self.sources:
            msg = "a line needs `sources`: where its quantity can be read"
            raise ValueError(msg)
        return self


class CostedDeployment(Record):
    """A way to run workflows and every line of its bill. It may be no ranked tool at all."""

    name: Text
    tool: Id | None = None
    """The tool it runs, where the tool has a record."""
    deployment: Id | None = None
    """The deployment of that tool that is costed."""
    summary: Text
    """What is costed: which parts, at which size."""
    not_in_it: tuple[Text, ...] = ()
    """What a reader might expect in the sum and does not find there."""
    lines: dict[Id, Line]

    @model_validator(mode="after")
    def _deployment_of_a_tool(self) -> Self:
        if self.deployment is not None and self.tool is None:
            msg = "`deployment` names a deployment of a tool: name the `tool` too"
            raise ValueError(msg)
        return self


class NamedWorkload(Record):
    """A workload to begin with."""

    name: Text
    why: Text
    """Where the numbers come from."""
    sources: tuple[Citation, ...] = ()
    workload: Workload


class WorkloadsRecord(Record):
    """The authored file `workloads.yaml`: workloads to begin with, the default one first."""

    salary_usd_per_year: Positive
    """What an engineer is paid where the reader gives no salary."""
    salary_why: Text
    salary_sources: tuple[Citation, ...]
    workloads: dict[Id, NamedWorkload]


class PrintedSum(Record):
    """A total as printed."""

    usd_per_year: Amount
    fte: NonNegative


class PrintedStack(Record):
    """One stack of a source: its lines as printed, its printed total, and the deployment that corrects it."""

    label: Text
    """The heading as printed."""
    operator: Annotated[str, StringConstraints(pattern="^(managed|self_hosted)$")]
    """Who runs the control plane: `managed` or `self_hosted`."""
    same_tool_as: Id | None = None
    """For a managed stack: the stack of the same tool that the source has self-hosted."""
    lines: dict[Id, Line]
    printed: PrintedSum
    corrected_by: Id
    """The costed deployment that stands for it today."""
    errors: tuple[Id, ...] = ()
    """Which errors of the source touch this stack."""


class PrintedError(Record):
    """Something wrong with a source's sums that arithmetic or a fact shows."""

    name: Text
    fact: Text
    """What is printed."""
    correction: Text
    """What holds instead."""
    sources: tuple[Citation, ...]


class CostCase(Record):
    """The sums that one source printed, errors included."""

    source: Id
    note: Text
    runs_per_week: Annotated[int, Field(gt=0, strict=True)]
    """The workload that the source assumes."""
    printed_runs_per_year: Annotated[int, Field(gt=0, strict=True)]
    stacks: dict[Id, PrintedStack]
    errors: dict[Id, PrintedError]


class Costs(Record):
    """Everything recorded about money."""

    categories: CategoriesRecord | None = None
    prices: dict[Id, PricesRecord] = {}
    workloads: WorkloadsRecord | None = None
    deployments: dict[Id, CostedDeployment] = {}
    cases: dict[Id, CostCase] = {}

    def price(self, name: str) -> Price:
        """Return a price by `provider/name`. Raises `KeyError`."""
        provider, _, price = name.partition("/")
        return self.prices[provider].prices[price]
