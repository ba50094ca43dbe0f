"""Ways from one tool to another: one in full, and all in a table."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.migrations import Migration
from orchkit.views.environment import render
from orchkit.views.place import Place

SIZES = (1, 10, 50)
"""Numbers of workflows for which the effort is added up."""


def migration(catalogue: Catalogue, place: Place, name: str) -> Markup:
    """Render one migration: when it pays, its steps, effort, parallel run and risks. Raises `InputError` for an unknown one."""
    one = _named(catalogue, name)
    return render("migration.html.jinja", catalogue=catalogue, place=place, id=name, one=one, efforts=[(size, one.days(size)) for size in SIZES])


def migration_days(catalogue: Catalogue, name: str, workflows: int) -> str:
    """Return the range of days that a migration takes for so many workflows. Raises `InputError` for an unknown one."""
    days = _named(catalogue, name).days(workflows)
    return f"{days.low_days:g} and {days.high_days:g}"


def migration_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render one line a migration, with the effort for ten workflows."""
    lines = [(name, one, one.days(10)) for name, one in catalogue.migrations.items()]
    return render("migration_table.html.jinja", catalogue=catalogue, place=place, migrations=lines)


def _named(catalogue: Catalogue, name: str) -> Migration:
    if name not in catalogue.migrations:
        raise InputError(Problem("macro `migration`", f"unknown migration `{name}`", nearest(name, catalogue.migrations)))
    return catalogue.migrations[name]
