"""Before and after each lever: the handbook with one of them switched off, beside the handbook as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from orchkit.site.bench import Lever, Unit
from tests.bench.arithmetic import Pairs, Sample, pairs
from tests.bench.browsing import Switches
from tests.bench.budgets import round_to_four
from tests.bench.checkout import Checkout
from tests.bench.rows.start import MOMENTS, visit_ours
from tests.bench.rows.weight import runtime_files
from tests.bench.served import Served, serving
from tests.bench.unmeasurable import FAILURES, reason
from tests.bench.workshop import Workshop

RUNS = 3


@dataclass(frozen=True, slots=True)
class Switch:
    """How a lever is switched off: names that the build goes without, or how the reader's browser differs."""

    what: str
    without: tuple[str, ...] = ()
    browser: Switches = field(default_factory=dict)


LEVERS = {
    "byte-code": Switch("Byte code in place of source", without=("orchkit.site.runtime:compile_archives",)),
    "trimming": Switch("What the page never imports is left out", without=("orchkit.site.runtime:trim_wheels", "orchkit.site.runtime:trim_library")),
    "packing": Switch(
        "Archives compressed as a whole, unpacked by the browser", without=("orchkit.site.runtime:pack", "orchkit.site.runtime:SUFFIX")
    ),
    "shared-worker": Switch(
        "One worker that outlives its page",
        browser={"script": "Object.defineProperty(globalThis, 'SharedWorker', { value: undefined });"},
    ),
    "service-worker": Switch("A service worker keeps the runtime", browser={"service_workers": "block"}),
}


def wanted(names: list[str]) -> list[str]:
    """Choose levers; `all` is all of them. Raises `KeyError` with an unknown name."""
    for name in names:
        if name != "all" and name not in LEVERS:
            raise KeyError(name)
    return list(LEVERS) if "all" in names else [name for name in LEVERS if name in names]


def measure(workshop: Workshop, names: list[str]) -> Iterator[Lever]:
    """Measure one lever after the other; where one cannot be switched off, say why."""
    for name in names:
        try:
            yield from _measure(workshop, name, LEVERS[name])
        except FAILURES as error:
            workshop.say(f"{name}: not measured: {reason(error)}")
            yield unmeasured(name, reason(error))


def unmeasured(name: str, why: str) -> Lever:
    """Return a lever without values, and the reason."""
    return Lever(lever=name, what=LEVERS[name].what, moment="all", unit="ms", off=None, on=None, ratio=None, low=None, high=None, why=why)


def _measure(workshop: Workshop, name: str, switch: Switch) -> Iterator[Lever]:
    on = workshop.handbook
    if not switch.without:
        yield from _compare(workshop, name, switch, on, on)
        return
    workshop.say(f"{name}: building without it")
    folder = workshop.folder / f"without-{name}"
    Checkout(workshop.root, workshop.folder / f"kept-without-{name}").build(folder, without=switch.without)
    with serving(folder) as off:
        sizes = [served.gzipped(runtime_files(workshop, served)) for served in (on, off)]
        yield _lever(name, switch, "bytes gzipped", "kB", Pairs((sizes[0] / 1000,), (sizes[1] / 1000,)))
        yield from _compare(workshop, name, switch, on, off)


def _compare(workshop: Workshop, name: str, switch: Switch, on: Served, off: Served) -> Iterator[Lever]:
    visits = []
    for run in range(RUNS):
        marked: set[bool] = set()
        visits.append((visit_ours(workshop, on, marked), visit_ours(workshop, off, marked, switch.browser)))
        mine, theirs = visits[-1]
        workshop.say(
            f"{name} {run + 1} of {RUNS}, on/off: " + ", ".join(f"{what} {mine[key]:.0f}/{theirs[key]:.0f} ms" for key, what in MOMENTS.items())
        )
    for moment, what in MOMENTS.items():
        yield _lever(name, switch, f"ready, {what}", "ms", pairs([(mine[moment], theirs[moment]) for mine, theirs in visits]))


def _lever(name: str, switch: Switch, moment: str, unit: Unit, found: Pairs) -> Lever:
    ratio: Sample = found.ratio()
    return Lever(
        lever=name,
        what=switch.what,
        moment=moment,
        unit=unit,
        off=round_to_four(median(found.stock)),
        on=round_to_four(median(found.ours)),
        ratio=round_to_four(ratio.value),
        low=round_to_four(ratio.low),
        high=round_to_four(ratio.high),
        runs=ratio.runs,
    )
