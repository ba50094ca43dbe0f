"""Workload → yearly cost of each deployment, line by line, as ranges; break-even of two; CI against run caps; printed sums corrected."""

from orchkit.costs.breakeven import BOUNDS, BreakEven, Crossing, Stretch, at_axis, break_even
from orchkit.costs.cases import CorrectedCase, CorrectedStack, corrected_case
from orchkit.costs.estimate import (
    CostEstimate,
    CostLine,
    DeploymentCost,
    default_workload,
    estimate_cost,
    estimate_decision,
    resolve_workload,
)
from orchkit.costs.meter import CiMeter, MeteredPlan, ci_meter
from orchkit.costs.quantities import engineer_per_year, runs_per_year

__all__ = [
    "BOUNDS",
    "BreakEven",
    "CiMeter",
    "CorrectedCase",
    "CorrectedStack",
    "CostEstimate",
    "CostLine",
    "Crossing",
    "DeploymentCost",
    "MeteredPlan",
    "Stretch",
    "at_axis",
    "break_even",
    "ci_meter",
    "corrected_case",
    "default_workload",
    "engineer_per_year",
    "estimate_cost",
    "estimate_decision",
    "resolve_workload",
    "runs_per_year",
]
