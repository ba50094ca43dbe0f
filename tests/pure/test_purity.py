"""The core, once loaded, opens nothing, connects nowhere, starts nothing and reads no clock: it runs under watch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WATCH = '''
import json, os, random, socket, sys, time
import orchkit
from orchkit import bridge
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response
from orchkit.views.badge import badge

ITEM = "task-tested-by-itself"
CHECKLIST = {"view": "checklist", "options": {"checklist": "production-adoption"}}
PAGES = [{"view": "scores"}, {"view": "advice"}, CHECKLIST, {"view": "costs"}, {"view": "compare"}, {"view": "decide"}]


def ask(do, **request):
    reply = json.loads(bridge.handle(json.dumps({"do": do, **request})))
    assert reply["ok"], reply
    return reply


def work(value, outcome, profile):
    """Everything that a page asks for, with other values each time, so that nothing comes from a cache."""
    catalogue = bridge.catalogue()
    orchkit.rank(catalogue, {"community": value, "observability": 1})
    orchkit.rank(catalogue, profile, scores="published:engineersofai", own_scores={"airflow": {"community": value}})
    orchkit.sensitivity(catalogue, {"community": value, "observability": 1}, seed=value, samples=100)
    response = {"checklist": "production-adoption", "version": "1.0", "answers": {ITEM: {"outcome": outcome}}}
    filled = Response.model_validate(response)
    orchkit.evaluate(catalogue, filled)
    ours = DecisionFile(dataset_version=catalogue.dataset.version, responses=(filled,))
    orchkit.merge(catalogue, ours, ours)
    orchkit.upgrade(catalogue, filled)
    badge(catalogue, orchkit.gate(catalogue, filled, min_score_percent=value, no_blockers=True))
    for page in PAGES:
        changes = {
            "scores": {"weight.community": str(value), "profile": profile},
            "advice": {"answer.team-size": str(value), "action.use-weights": ""},
            "checklist": {"first.header.subject": outcome, f"first.answer.{ITEM}.outcome": outcome},
            "compare": {"tool.0": ["airflow", "dagster"][value % 2], "rows": "differences"},
            "costs": {"workload.seats": str(value), "edit.cron.people": f"{value}-9000", "breakeven.first": "cron"},
            "decide": {"choice.option": "choose:airflow", "choice.why": outcome, "choice.status": "accepted", "action.add-dissent": ""},
        }[page["view"]]
        opened = ask("open", **page, fragment=f"profile={profile}")
        changed = ask("change", **page, state=opened["state"], changes=[{"name": name, "value": text} for name, text in changes.items()])
        ask("continue", **page, state=changed["state"])
        exports = {"scores": ["csv", "json"], "advice": ["json"], "checklist": ["decision"], "costs": ["csv", "decision"]}
        exports |= {"compare": ["csv", "markdown", "json"], "decide": ["json", "markdown", "decision"]}
        for kind in exports[page["view"]]:
            made = ask("export", **page, state=changed["state"], **{"as": kind})
        if "decision" in exports[page["view"]]:
            ask("import", **page, text=made["download"]["text"])
    assert not json.loads(bridge.handle("{"))["ok"]


work(3, "met", "growth")

ALLOWED = {"builtins.id", "object.__getattr__", "sys._getframe"}


def watch(event, arguments):
    if event not in ALLOWED:
        raise PermissionError(f"the core must not: {event} {arguments!r}")


def clock(*_):
    raise PermissionError("the core must not: read a clock or draw a random number")


FORBIDDEN = {time: "time time_ns monotonic perf_counter localtime gmtime sleep", random: "random randrange choice", os: "urandom"}
for module, names in FORBIDDEN.items():
    for name in names.split():
        setattr(module, name, clock)
sys.addaudithook(watch)

work(4, "not_met", "enterprise")
print("pure")

SABOTAGE = {
    "a file": lambda: open("README.md"),
    "a socket": lambda: socket.socket(),
    "a module from disk": lambda: __import__("this"),
    "a program": lambda: os.system("true"),
    "a folder": lambda: os.listdir("."),
    "the clock": lambda: time.time(),
    "chance": lambda: random.random(),
}
for name, sabotage in SABOTAGE.items():
    try:
        sabotage()
    except PermissionError:
        print("noticed", name)
'''


def test_the_core_touches_nothing_and_the_watch_would_notice(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WATCH], capture_output=True, text=True, check=False, cwd=root)
    pure, *noticed = done.stdout.splitlines() or [""]
    assert pure == "pure", done.stderr
    assert noticed == [f"noticed {name}" for name in ("a file", "a socket", "a module from disk", "a program", "a folder", "the clock", "chance")]
