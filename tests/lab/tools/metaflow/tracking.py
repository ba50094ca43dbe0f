"""Keeps numbers of what each step made as an artifact of its task: ``python workflow.py run --with tracking.numbers``."""

from metaflow import user_step_decorator
from ml_pipeline import steps

MADE = {
    "start": "raw",
    "validate": "validated",
    "split": "parts",
    "features": "scaled",
    "train": "model",
    "evaluate": "metrics",
    "compare": "decision",
    "register": "entry",
    "package": "packed",
    "end": "written",
}
"""The artifact with the path of what a step made, by step."""


@user_step_decorator
def numbers(step_name, flow, _inputs=None, _attributes=None):
    yield
    flow.numbers = steps.numbers(getattr(flow, MADE[step_name]))
