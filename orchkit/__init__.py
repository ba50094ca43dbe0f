"""orchkit: choose, evaluate and compare ML pipeline orchestrators from cited data.

>>> import orchkit
>>> catalogue = orchkit.load()
>>> orchkit.rank(catalogue, {"learning-curve": 3, "community": 1}, tools=["airflow", "prefect"]).ranking[0].tool
'prefect'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from orchkit.version import __version__

if TYPE_CHECKING:
    from orchkit.advice import advise
    from orchkit.assessment import evaluate, evaluate_group, gate, merge, upgrade
    from orchkit.costs import break_even, ci_meter, estimate_cost
    from orchkit.decision.compare import compare
    from orchkit.decision.decide import decide
    from orchkit.decision.diff import diff
    from orchkit.decision.replay import replay
    from orchkit.errors import DataError, InputError, OrchkitError, Problem
    from orchkit.scoring import rank
    from orchkit.scoring.sensitivity import sensitivity
    from orchkit.store import load

__all__ = [
    "DataError",
    "InputError",
    "OrchkitError",
    "Problem",
    "__version__",
    "advise",
    "break_even",
    "ci_meter",
    "compare",
    "decide",
    "diff",
    "estimate_cost",
    "evaluate",
    "evaluate_group",
    "gate",
    "load",
    "merge",
    "rank",
    "replay",
    "sensitivity",
    "upgrade",
]

_HOMES = {
    "DataError": "errors",
    "InputError": "errors",
    "OrchkitError": "errors",
    "Problem": "errors",
    "advise": "advice",
    "break_even": "costs",
    "ci_meter": "costs",
    "compare": "decision.compare",
    "decide": "decision.decide",
    "diff": "decision.diff",
    "estimate_cost": "costs",
    "evaluate": "assessment",
    "evaluate_group": "assessment",
    "gate": "assessment",
    "load": "store",
    "merge": "assessment",
    "rank": "scoring",
    "replay": "decision.replay",
    "sensitivity": "scoring.sensitivity",
    "upgrade": "assessment",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that ``orchkit --help`` need not load the models."""
    if name not in _HOMES:
        msg = f"module 'orchkit' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"orchkit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
