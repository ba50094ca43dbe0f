"""What stands beside an orchestrator: trackers, registries, feature stores and their like."""

from __future__ import annotations

from markupsafe import Markup

from orchkit.model.catalogue import Catalogue
from orchkit.model.companions import Category
from orchkit.views.environment import render
from orchkit.views.place import Place


def companion_table(catalogue: Catalogue, place: Place) -> Markup:
    """Render every companion under what it is for, in the order in which a model meets them."""
    groups = [(category.value, [(id_, one) for id_, one in catalogue.companions.items() if one.category is category]) for category in Category]
    return render("companion_table.html.jinja", catalogue=catalogue, place=place, groups=[group for group in groups if group[1]])
