"""Acceptability against pymcdm, which does the same sums one weight vector a call."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import import_module

from orchkit.scoring.matrix import Interval, Matrix
from tests.bench.arithmetic import alternate, pairs
from tests.bench.budgets import Measured, ratio
from tests.bench.unmeasurable import Unmeasurable
from tests.bench.workshop import Workshop

TOOLS, CRITERIA, VECTORS = 20, 10, 10_000
RUNS = 3
SEED = 1
MODULE = "orchkit.scoring.acceptability"


def measure(workshop: Workshop) -> Iterator[Measured]:
    """Compute both in turn on one matrix of known scores."""
    try:
        acceptability = import_module(MODULE).acceptability
    except ModuleNotFoundError as error:
        if error.name != MODULE:
            raise
        raise Unmeasurable(f"{MODULE} does not exist yet") from None
    try:
        import numpy as np  # noqa: PLC0415 - the bench runs without it, too
        from pymcdm.methods import WSM  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise Unmeasurable(f"{error.name} is not installed: run `make setup`") from None
    values = [[1 + byte % 5 for byte in hashlib.sha256(bytes([tool])).digest()[:CRITERIA]] for tool in range(TOOLS)]
    matrix = Matrix(
        tuple(f"criterion-{number}" for number in range(CRITERIA)),
        {
            f"tool-{tool}": {f"criterion-{number}": Interval(Fraction(value), Fraction(value)) for number, value in enumerate(row)}
            for tool, row in enumerate(values)
        },
    )
    workshop.say(f"acceptability: {VECTORS} weight vectors, {RUNS} times")
    scores = np.array(values, dtype=float)
    vectors = np.random.default_rng(SEED).dirichlet(np.ones(CRITERIA), VECTORS)
    higher_is_better = np.ones(CRITERIA)
    weighted_sum = WSM(normalization_function=lambda column, cost: column)  # noqa: ARG005 - pymcdm names it; the scores are on one scale already

    def one_by_one(*, validation: bool) -> None:
        for vector in vectors:
            weighted_sum(scores, vector, higher_is_better, validation=validation)

    runs = list(
        alternate(
            RUNS,
            lambda: _seconds(lambda: acceptability(matrix, samples=VECTORS, seed=SEED)),
            lambda: _seconds(lambda: one_by_one(validation=True)),
        )
    )
    unchecked = _seconds(lambda: one_by_one(validation=False))
    note = f"pymcdm as it is called by default, which checks every call; without its checks it takes {unchecked:.2f} s."
    yield ratio("acceptability", pairs(runs), "s", note=note)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
