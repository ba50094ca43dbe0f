"""Options that several commands share, and how they are laid over a decision file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.weights import Weights, read_weight, read_weights
from orchkit.scoring import decision_matrix, scores_available

Function = TypeVar("Function", bound=Callable[..., Any])

FORMATS = ("table", "json", "markdown")

pass_session = click.make_pass_decorator(Session)


def format_option(function: Function) -> Function:
    """Add `--format`."""
    return click.option("--format", "as_", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the result.")(function)


def overwrite_option(function: Function) -> Function:
    """Add `--overwrite`, for a command whose `-o` may name a file with somebody's answers."""
    return click.option("--overwrite", is_flag=True, help="Write to OUT even if it exists.")(function)


def weighing_options(function: Function) -> Function:
    """Add the options that say what to rank by."""
    for option in (
        click.option("--scores", metavar="SET", help="Which scores: `catalogue`, or `published:ID`.  [default: catalogue]"),
        click.option(
            "--weight", "weights", multiple=True, metavar="CRITERION=N", help="Your own weight of one criterion: from 0 up, any sum. Repeat it."
        ),
        click.option("--profile", metavar="ID", help="A weight profile."),
    ):
        function = option(function)
    return function


def with_options(
    catalogue: Catalogue,
    decision: DecisionFile,
    *,
    profile: str | None,
    weights: tuple[str, ...],
    scores: str | None,
    tools: tuple[str, ...] = (),
) -> DecisionFile:
    """Lay options over a decision file. Raises `InputError` naming the option that cannot be used."""
    update: dict[str, object] = {}
    if profile is not None and weights:
        raise InputError(Problem("--weight", "`--profile` and `--weight` are both given", "Keep one: a profile is a set of weights"))
    if profile is not None:
        update |= {"profile": _known("--profile", "weight profile", profile, catalogue.profiles), "weights": {}}
    if weights:
        update |= {"profile": None, "weights": parse_weights(weights, catalogue)}
    if scores is not None:
        update["scores"] = _known("--scores", "set of scores", scores, scores_available(catalogue))
    if tools:
        update["shortlist"] = _rankable(tools, catalogue, str(update.get("scores", decision.scores)))
    return decision.model_copy(update=update)


def parse_weights(given: tuple[str, ...], catalogue: Catalogue) -> Weights:
    """Read `CRITERION=NUMBER`, each criterion once, at least one above zero; as given, not as shares. Raises `InputError`."""
    texts: dict[str, str] = {}
    problems = []
    for text in given:
        name, equals, number = (part.strip() for part in text.partition("="))
        if not equals:
            problems.append(Problem("--weight", f"`{text}` has no `=`", "Write CRITERION=NUMBER, like community=3"))
        elif name in texts:
            problems.append(Problem("--weight", f"the criterion `{name}` is given twice", "Keep one of the two"))
        else:
            texts[name] = number
    try:
        if texts:
            read_weights(texts, catalogue.criteria, "--weight")
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return {name: read_weight(texts[name]) for name in catalogue.criteria if name in texts}


def decision_of(path: Path | None, catalogue: Catalogue) -> DecisionFile:
    """Read the decision file that was named, or begin with an empty one; say so when it was made with another dataset."""
    if path is None:
        return DecisionFile(dataset_version=catalogue.dataset.version)
    from orchkit.store.user import read_decision_file  # noqa: PLC0415 - needs the YAML parser

    decision = read_decision_file(path, catalogue)
    if decision.dataset_version != catalogue.dataset.version:
        note = f"note: {path} was made with dataset {decision.dataset_version}; this is {catalogue.dataset.version}, so numbers may differ."
        click.echo(note, err=True)
    return decision


def _rankable(tools: tuple[str, ...], catalogue: Catalogue, scores: str) -> tuple[str, ...]:
    """Return the tools once each. Raises `InputError` for one that does not exist or has no place among the scores."""
    scored = decision_matrix(catalogue, scores).cells
    for name in tools:
        if _known("--tool", "tool", name, catalogue.tools) not in scored:
            why = catalogue.tools[name].facts.why_not_ranked or f"the scores `{scores}` have no line for it"
            raise InputError(Problem("--tool", f"`{name}` cannot be ranked: {why.rstrip('.')}", f"Use tools among: {', '.join(scored)}"))
    return tuple(dict.fromkeys(tools))


def _known(place: str, kind: str, name: str, names: Any) -> str:
    if name not in names:
        raise InputError(Problem(place, f"unknown {kind} `{name}`", nearest(name, names)))
    return name
