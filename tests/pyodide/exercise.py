"""Asks the bridge for everything it can do, right and wrong; runs inside Pyodide and answers with what was imported."""

import json
import re
import sys
from typing import Any

from orchkit import bridge
from orchkit.views import VIEWS

PLACE = {"base": "/handbook/", "edit": "https://example.org/edit/"}
DECISION = '{"format": "orchkit-decision", "schema_version": %s}'
WRONG = ["", "{", "[]", "null", '{"a": 1, "a": 2}', "[" * 40, DECISION % 1, DECISION % 99]


def ask(**request: Any) -> dict[str, Any]:
    """One request. The bridge always answers."""
    answer: dict[str, Any] = json.loads(bridge.handle(json.dumps(request)))
    return answer


def exercise(name: str, options: dict[str, str]) -> None:
    """Open a view, change fields of every kind it draws, export every file, import good files and bad ones."""
    about = {"view": name, "options": options, "place": PLACE}
    opened = ask(do="open", **about, fragment="weights=nonsense:1&profile=%00", saved="{damaged", changes=[])
    state = opened["state"]
    kinds = {re.sub(r"\..*\.|\..*", ".", field): field for field in re.findall(r'name="([^"]+)"', opened["html"])}
    for field in kinds.values():  # one of each kind: the rest is taken by the same code
        for value in ("", "met", "50", "NaN", "2026-11-21", "javascript:alert(1)", "x" * 20_000):
            ask(do="change", **about, state=state, changes=[{"name": field, "value": value}])
    ask(do="continue", **about, state=state)
    for kind in (*VIEWS[name].exports, *VIEWS[name].documents, "nonsense"):
        made = ask(do="export", **{**about, "as": kind}, state=state)
        for text in (*WRONG, made.get("download", {}).get("text", "")):
            ask(do="import", **about, state=state, text=text, filename="a.orchkit.json")


def replay(text: str) -> str:
    """Every view, for every checklist named, with the particulars once a view asks for them.

    Returns the names of all modules that are no part of orchkit or of the interpreter, and which views asked.
    """
    given, asking = json.loads(text), []
    for name, view in VIEWS.items():
        for options in [{"checklist": checklist} for checklist in given["checklists"]] if "checklist" in view.required else [{}]:
            first = ask(do="open", view=name, options=options, place=PLACE)
            if "needs" in first:
                damaged = ask(do=first["needs"], text=given["particulars"] + " ")
                brought = ask(do=first["needs"], text=given["particulars"])
                asking.append([name, first["needs"], damaged["problems"], brought["ok"]])
            exercise(name, options)
    ask(do="nonsense")
    bridge.handle("{no request")
    carried = ("/lib/python", "/packages/")
    modules = {name for name, module in sys.modules.items() if (getattr(module, "__file__", None) or "").startswith(carried)}
    own = {"orchkit", *(name for name in modules if name.startswith("orchkit."))}
    return json.dumps({"modules": sorted(modules - own), "builtin": sys.builtin_module_names, "asking": asking})
