"""A record of the lab, made up: of a tool in two modes, for tests that read records and start nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DIGEST = "0" * 64
STEPS = ("load", "validate", "split", "features", "train", "evaluate", "compare", "register", "package", "report")


def number(value: float, unit: str = "count") -> dict[str, Any]:
    """Measure something once."""
    return {"value": value, "unit": unit, "low": value, "high": value}


def trace(*, failing: bool, resumed: bool) -> list[dict[str, Any]]:
    """Write down ten steps, a second each; the first command may fail in `train`, and a second one may go on there."""
    lines, first = [], STEPS[:5] if failing else STEPS
    for at, step in enumerate(first):
        lines.append({"step": step, "event": "start", "seconds": at, "command": 1})
        lines.append({"step": step, "event": "fail" if failing and step == "train" else "end", "seconds": at + 0.8, "command": 1})
    for at, step in enumerate(STEPS[4:] if resumed else ()):
        lines.append({"step": step, "event": "start", "seconds": at, "command": 2})
        lines.append({"step": step, "event": "end", "seconds": at + 0.8, "command": 2})
    return lines


AGAIN = "4 of the 4 steps that had ended well were repeated"


def held(repeats: int = 1, **more: Any) -> dict[str, Any]:
    """Return a case that held."""
    return {"outcome": "held", "repeats": repeats, **more}


def started(*, services: int, cold: float) -> dict[str, Any]:
    """Return what every mode begins with: the installation and the first run."""
    installed = {"services": number(services), "distributions": number(12), "installed": number(80.5, "MB")}
    runs = {"cold-run": number(cold, "s"), "warm-run": number(1.25, "s")}
    return {"install": held(measurements=installed), "first-run": held(3, measurements=runs)}


FAILURE = held(
    measurements={"seconds-to-know": number(0.4, "s"), "exit-code": number(1), "facts-told": number(2)},
    trace=trace(failing=True, resumed=False),
    log=["[1] exit code 1", "train failed: <b>the licence</b> of the solver has expired"],
)
RESUME = held(
    measurements={"steps-repeated": number(0), "resume-start": number(0.5, "s"), "resume-run": number(6.0, "s")},
    trace=trace(failing=True, resumed=True),
    log=["[1] exit code 1", "train failed", "[2] exit code 0", "done"],
)
WHOLE: dict[str, Any] = {**started(services=0, cold=4.5), "failure": FAILURE, "resume": RESUME}
LACKING: dict[str, Any] = {
    **started(services=1, cold=75.0),
    "failure": FAILURE,
    "resume": {"outcome": "failed", "repeats": 1, "why": AGAIN, "measurements": {"steps-repeated": number(4)}},
    "retry": {"outcome": "unsupported", "repeats": 0, "why": "Ants try once."},
    "offline": {"outcome": "not_run", "repeats": 0, "why": "it could not be played"},
}


def record(tool: str = "ant", day: str = "2026-11-20", version: str = "1.2.0") -> dict[str, Any]:
    """Return a record as data: of one mode in which everything held, and of one that lacks some."""
    data = json.dumps(
        {
            "tool": tool,
            "day": day,
            "machine": {"processor": "an abacus", "cores": 2, "memory_gb": 4.0, "system": "Linux", "load_before": 0.1},
            "python": "3.12.1",
            "package": tool,
            "lock_sha256": DIGEST,
            "source_sha256": DIGEST,
            "versions": {tool: version, "scikit-learn": "1.7.0"},
            "modes": {
                "script": {"name": "a script", "what": "One process.", "cases": WHOLE},
                "server": {"name": "with a server", "what": "A server is running.", "cases": LACKING},
            },
        }
    )
    copied: dict[str, Any] = json.loads(data)  # so that the two modes share nothing
    return copied


def write(folder: Path, data: dict[str, Any], name: str | None = None) -> Path:
    """Write a record where a dataset folder keeps it."""
    path: Path = folder / "evidence" / data["tool"] / f"{name or data['day']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
