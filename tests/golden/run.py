"""Replays the golden cases: every Python must give exactly these fractions. Needs orchkit and the standard library."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import orchkit
from orchkit.assessment import Assessment
from orchkit.assessment.agreement import Scale, alpha_of
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.costs import Costs
from orchkit.model.input.responses import Response
from orchkit.model.input.weights import read_weights
from orchkit.scoring import Interval, Matrix, RankedTool, Ranking, rank_matrix
from orchkit.scoring.sensitivity import sensitivity_of
from orchkit.scoring.whole import whole_cells
from orchkit.views.numbers import fixed

Case = dict[str, Any]


def replay(cases_json: str) -> str:
    """Replay a JSON list of cases; return a summary as one line of JSON: how many ran, and each that differs."""
    cases = json.loads(cases_json)
    failed = [{"name": case["name"], "differs": differs} for case in cases if (differs := list(_differences(case)))]
    return json.dumps({"python": ".".join(map(str, sys.version_info[:3])), "platform": sys.platform, "cases": len(cases), "failed": failed})


def _differences(case: Case) -> Iterator[str]:
    found = next(replayed(case[kind]) for kind, replayed in REPLAYED.items() if kind in case)
    if found != case["expected"]:
        yield f"expected {json.dumps(case['expected'])}, found {json.dumps(found)}"


def _advised(arguments: Case) -> Case:
    advice = orchkit.advise(orchkit.load(), **arguments)
    return {
        "outcome": advice.recommendation.outcome.value,
        "tool": advice.recommendation.tool,
        "open": advice.confidence.value == "open",
        "lead": str(advice.lead),
        "fallen": list(advice.fallen),
    }


def _ranked(arguments: Case) -> list[Case]:
    if "matrix" not in arguments:
        return [_line(line) for line in orchkit.rank(orchkit.load(), **arguments).ranking]
    matrix = _matrix(arguments["matrix"])
    return [_line(line) for line in rank_matrix(matrix, read_weights(arguments["weights"], matrix.criteria))]


def _matrix(rows: dict[str, dict[str, int | None]]) -> Matrix:
    criteria = tuple(next(iter(rows.values())))
    return Matrix(criteria, {tool: {name: _interval(value) for name, value in row.items()} for tool, row in rows.items()})


def _interval(value: int | None) -> Interval:
    return Interval(Fraction(value or 1), Fraction(value or 5))


def _line(line: RankedTool) -> Case:
    found: Case = {"tool": line.tool}
    found |= {"rank": line.rank} if line.rank is not None else {"rank_range": list(line.rank_range or ())}
    found |= {"score": str(line.score)} if line.score is not None else {"score_range": [str(end) for end in line.score_range or ()]}
    return found | ({"tied_with": list(line.tied_with)} if line.tied_with else {})


def _firmness(arguments: Case) -> Case:
    matrix = _matrix(arguments["matrix"])
    weights = read_weights(arguments["weights"], matrix.criteria)
    ranking = Ranking(profile=None, dataset_version="golden", scores="golden", weights=weights, ranking=rank_matrix(matrix, weights))
    found = sensitivity_of(ranking, whole_cells(matrix), None)
    flip = found.weight_flip
    return {
        "standing": found.standing.value,
        "first": list(found.first),
        "lead": None if found.lead is None else str(found.lead),
        "intervals": {one.criterion: [str(one.low), str(one.high)] for one in found.intervals},
        "weight_flip": flip and {"challengers": list(flip.challengers), "moved": str(flip.moved), "given_to": flip.given_to},
        "score_flips": [f"{one.tool}.{one.criterion}: {one.value} to {one.changed_to}" for one in found.score_flips],
        "dominated": {tool: list(others) for tool, others in found.dominance.surely.items()},
    }


def _evaluated(arguments: Case) -> Case:
    prose = dict.fromkeys(("claim", "acceptance", "check", "why", "remedy"), "golden")
    sections = [
        {"id": name, "title": name, "items": [{"id": item, "severity": severity, **prose} for item, severity in items.items()]}
        for name, items in arguments["sections"].items()
    ]
    about = {"title": "Golden", "released_on": "2026-11-21", "purpose": "golden", "subject": "golden"}
    checklist = Checklist.model_validate({**about, "severity_weights": arguments["severity_weights"], "sections": sections})
    catalogue = orchkit.load().model_copy(update={"checklists": {"golden": {"1.0": checklist}}})
    answers = {item: answer if isinstance(answer, dict) else {"outcome": answer} for item, answer in arguments["answers"].items()}
    response = Response.model_validate({"checklist": "golden", "version": "1.0", "answers": answers})
    return _assessed(orchkit.evaluate(catalogue, response))


def _assessed(assessment: Assessment) -> Case:
    total = assessment.total
    found: Case = {"score": None if total.score_percent is None else str(total.score_percent)}
    if total.score_percent_range is not None:
        found = {"score_range": [str(end) for end in total.score_percent_range]}
    return found | {
        "coverage": str(total.coverage_percent),
        "findings": [finding.item for finding in assessment.findings],
        "blockers": list(assessment.blockers),
        "open_blockers": list(assessment.open_blockers),
    }


def _agreed(arguments: Case) -> Case:
    found = alpha_of(list(zip(*arguments["people"], strict=True)), Scale(arguments["scale"]))
    return {
        "alpha": None if found.alpha is None else str(found.alpha),
        "printed": None if found.alpha is None else fixed(found.alpha, 3),
        "undefined": found.undefined and found.undefined.value,
        "units": found.units,
        "values": found.values,
    }


def _costed(arguments: Case) -> Case:
    """Cost one deployment whose lines and prices the case brings."""
    catalogue, name = _shop({"golden": arguments["lines"]}, arguments["prices"]), "golden"
    cost = orchkit.estimate_cost(catalogue, arguments["workload"]).of(name)
    lines = {line.line: None if line.per_year is None else [str(end) for end in line.per_year] for line in cost.lines}
    return {"lines": lines, "per_year": [str(end) for end in cost.per_year], "left_out": list(cost.left_out)}


def _compared(arguments: Case) -> Case:
    catalogue = _shop({"first": arguments["first"], "second": arguments["second"]}, arguments["prices"])
    found = orchkit.break_even(catalogue, "first", "second", arguments["axis"], workload=arguments["workload"])
    return {
        "crossings": [{"at": str(one.at), "kind": one.kind, "cheaper_after": one.cheaper_after} for one in found.crossings],
        "surely": [[str(start), str(end), name] for start, end, name in found.surely],
    }


def _metered(arguments: Case) -> list[Case]:
    meter = orchkit.ci_meter(orchkit.load(), arguments["workload"])
    return [
        {"cap": plan.per_month, "pushes": None if plan.pushes_until_empty is None else str(plan.pushes_until_empty), "day": plan.runs_out_on_day}
        for plan in meter.plans
        if plan.counts == "runs"
    ]


def _shop(deployments: dict[str, Case], prices: dict[str, list[Any]]) -> Catalogue:
    """A catalogue of these deployments; a price is written [unit, amount], an amount null where it is unknown."""
    cited = {"sources": [{"url": "https://example.org/golden", "shows": "golden", "read_on": "2026-11-21"}]}
    known = {"basis": "published", "confidence": "high"} | cited
    about = {"name": "golden", "where": "golden", "why": "golden"}
    costs = {
        "prices": {
            "shop": {
                "provider": "golden",
                "prices": {
                    name: {**about, "unit": unit, "amounts": None}
                    if amount is None
                    else {**about, **known, "unit": unit, "amounts": {"global": amount}}
                    for name, (unit, amount) in prices.items()
                },
            }
        },
        "workloads": {"salary_usd_per_year": 1, "salary_why": "golden", "salary_sources": [], "workloads": {}},
        "deployments": {
            name: {
                "name": name,
                "summary": name,
                "lines": {key: {"name": key, "category": "scaling", "why": "golden", **known, **line} for key, line in lines.items()},
            }
            for name, lines in deployments.items()
        },
    }
    return orchkit.load().model_copy(update={"costs": Costs.model_validate(costs)})


REPLAYED: dict[str, Callable[[Case], Any]] = {
    "rank": _ranked,
    "sensitivity": _firmness,
    "advise": _advised,
    "evaluate": _evaluated,
    "agree": _agreed,
    "cost": _costed,
    "compare": _compared,
    "meter": _metered,
}


def main() -> int:
    """Replay the named files, or all that stand beside this one."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(Path(__file__).parent.glob("*.json"))
    summary = replay(json.dumps([case for file in files for case in json.loads(file.read_text(encoding="utf-8"))]))
    sys.stdout.write(summary + "\n")
    return 1 if json.loads(summary)["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
