"""What pages may call: every table, number and verdict of the handbook comes from one of these macros."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup

from orchkit.advice.hits import Comparison, compare_cases
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.site import agreement, bench, lab, reference, speed
from orchkit.store import load
from orchkit.views import (
    VIEWS,
    advice,
    cases,
    companions,
    corrections,
    cost_tables,
    features,
    freshness,
    heat_map,
    hits,
    migrations,
    scores,
    tables,
    tools,
)
from orchkit.views.environment import render
from orchkit.views.markdown import block_text
from orchkit.views.place import Place
from orchkit.views.state import initial


class MacroEnvironment(Protocol):
    """What the macros plugin hands to `define_env`."""

    conf: Any

    def macro(self, function: Any, name: str = "") -> Any:
        """Make a function callable from pages."""


def define_env(env: MacroEnvironment) -> None:
    """Register the macros. Zensical calls this once a page, so whatever is costly is cached."""
    place = place_of(str(env.conf["site_url"]), str(env.conf["repo_url"] or ""))
    catalogue = dataset()
    tables_by_name = {
        "criteria_table": tables.criteria_table,
        "profile_table": tables.profile_table,
        "checklist_table": tables.checklist_table,
        "source_table": tables.source_table,
        "tool_table": tools.tool_table,
        "heat_map": heat_map.heat_map,
        "freshness_table": freshness.freshness_table,
        "advice_teams": advice.draw_teams,
        "advice_frameworks": advice.draw_frameworks,
        "cost_categories": cost_tables.categories,
        "cost_prices": cost_tables.prices,
        "cost_workloads": cost_tables.workloads,
        "lab_runs": lab.lab_runs,
        "lab_matrix": lab.lab_matrix,
        "lab_failures": lab.lab_failures,
        "lab_not_run": lab.lab_not_run,
        "lab_agreement": agreement.lab_agreement,
        "lab_judgements": lab.lab_judgements,
        "lab_replay": lab.lab_replay,
        "migration_table": migrations.migration_table,
        "case_table": cases.case_table,
        "story_table": cases.story_table,
        "hit_table": lambda catalogue, _: hits.hit_table(catalogue, comparison()),
        "hit_verdict": lambda catalogue, _: block_text(hits.verdict(catalogue, comparison())),
        "hits_since": lambda catalogue, _: block_text(catalogue.hits.since or "No rule was changed since the first run."),
        "miss_table": lambda catalogue, place: hits.miss_table(catalogue, place, comparison()),
    }
    for name, draw in tables_by_name.items():
        env.macro(lambda draw=draw: str(draw(catalogue, place)), name)
    env.macro(lambda name, **options: str(live_view(catalogue, place, name, options)), "view")
    env.macro(lambda tool, part: str(tools.tool_part(catalogue, place, tool, part)), "tool_part")
    env.macro(lambda: companions.companion_groups(catalogue), "companion_groups")
    env.macro(lambda name: str(companions.companion(catalogue, place, name)), "companion")
    env.macro(lambda name: str(migrations.migration(catalogue, place, name)), "migration")
    env.macro(lambda name, workflows: migrations.migration_days(catalogue, name, workflows), "migration_days")
    env.macro(lambda number: str(lab.lab_chart(catalogue, place, number)), "lab_chart")
    env.macro(lambda tool: str(lab.tool_lab(catalogue, place, tool)), "tool_lab")
    env.macro(lambda: features.feature_groups(catalogue), "feature_groups")
    env.macro(lambda group: str(features.feature_table(catalogue, place, group)), "feature_table")
    env.macro(lambda group: str(features.feature_rows(catalogue, place, group)), "feature_rows")
    env.macro(lambda published: str(corrections.corrections(catalogue, place, published)), "corrections")
    env.macro(lambda case: str(cost_tables.corrections(catalogue, place, case)), "cost_corrections")
    env.macro(lambda: str(cases.case_count(catalogue)), "case_count")
    env.macro(place.page, "url")
    env.macro(lambda: catalogue.dataset.version, "dataset_version")
    env.macro(lambda: catalogue.dataset.stale_after_days, "stale_after")
    env.macro(lambda: len(catalogue.ranked_tools), "tools_ranked")
    env.macro(reference.command_reference, "command_reference")
    env.macro(reference.library_reference, "library_reference")
    env.macro(lambda: str(reference.schema_table(place)), "schema_table")
    env.macro(lambda: str(reference.api_table(place)), "api_table")
    env.macro(lambda: str(speed.bench_table(bench.read_results())), "bench_table")
    env.macro(lambda: str(speed.lever_table(bench.read_levers())), "lever_table")


@cache
def dataset() -> Catalogue:
    """Return the dataset of this checkout, read once per build."""
    return load(Path("checklists"))


@cache
def comparison() -> Comparison:
    """Return what the advice of today says to the cases, computed once per build."""
    return compare_cases(dataset())


def place_of(site_url: str, repository_url: str) -> Place:
    """Return where the site stands: links begin with the path of its address."""
    return Place.at(site_url, f"{repository_url.rstrip('/')}/edit/main/" if repository_url else None)


def live_view(catalogue: Catalogue, place: Place, name: str, options: dict[str, str]) -> Markup:
    """Render a view in its default state, in the frame that the page script makes live."""
    if name not in VIEWS:
        raise InputError(Problem("macro `view`", f"unknown view `{name}`", nearest(name, VIEWS)))
    view = VIEWS[name]
    if missing := [option for option in view.required if option not in options]:
        raise InputError(
            Problem(f"macro `view`: {name}", f"the option `{missing[0]}` is missing", f'Write {{{{ view("{name}", {missing[0]}="…") }}}}')
        )
    return render(
        "frame.html.jinja",
        name=name,
        options=json.dumps(options, sort_keys=True),
        place=place.model_dump_json(),
        body=view.draw(catalogue, initial(catalogue), place, options, {}),
        instead=scores.draw_profiles(catalogue, place) if name == "scores" else Markup(),
    )
