"""State → HTML, CSV and JSON: one renderer for the built site and for the reader's browser."""

from orchkit.views import advice, checklist, compare, costs, decide, scores
from orchkit.views.view import View

VIEWS: dict[str, View] = {view.name: view for view in (scores.VIEW, checklist.VIEW, advice.VIEW, costs.VIEW, compare.VIEW, decide.VIEW)}
"""Every interactive page by name."""

__all__ = ["VIEWS", "View"]
