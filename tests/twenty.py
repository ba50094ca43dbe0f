"""Twenty decision files, each unlike the others: for whoever computes the same thing in two places. The same on every run."""

from __future__ import annotations

from random import Random
from typing import Any

from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import usable_context
from orchkit.model.input.responses import Outcome
from orchkit.scoring import OWN, decision_matrix
from tests.strategies import HOSTILE, TRIED

WORDS = ("Übergröße, in allen Teams", "日本語の理由", "one line\nand another", "# 1. *not* a list | <b>", *HOSTILE[:40:5])


def twenty(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Files of teams that answered nothing, little and all; that weigh by a profile or themselves; that chose, stayed or did neither."""
    dice = Random(20261124)  # noqa: S311 - the same files on every run
    return [_file(catalogue, dice, index) for index in range(20)]


def _file(catalogue: Catalogue, dice: Random, index: int) -> dict[str, Any]:
    criteria, questions = list(catalogue.criteria), catalogue.advice.bank.questions
    file: dict[str, Any] = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": catalogue.dataset.version}
    if index % 3:
        given = {name: dice.choice(list(question.answers)) for name, question in questions.items() if dice.random() < index / 20}
        file["context"] = usable_context(given, catalogue.advice.bank)[0]
    if index % 2:
        file["weights"] = {name: dice.choice([0, 1, 7.5, 0.1, 33]) for name in criteria} | {criteria[0]: 1}
    elif index:
        file["profile"] = dice.choice(list(catalogue.profiles))
    return file | _own(catalogue, dice, index)


def _own(catalogue: Catalogue, dice: Random, index: int) -> dict[str, Any]:
    """What only some teams bring."""
    file: dict[str, Any] = {}
    if index % 6 == 5:
        file["scores"] = f"published:{next(iter(catalogue.published))}"
    tools, criteria = list(decision_matrix(catalogue, file.get("scores", OWN)).cells), list(catalogue.criteria)
    if index % 4 == 1:
        file["shortlist"] = dice.sample(tools, dice.randint(2, len(tools)))
    if index % 5 == 2:
        file["own_scores"] = {dice.choice(tools): {dice.choice(criteria): {"value": dice.randint(1, 5), "why": dice.choice(WORDS)}}}
    if index % 3 == 2:
        file["workload"] = {"runs_per_day": dice.randint(0, 400), "seats": dice.randint(1, 40), "currency": "EUR", "currency_per_usd": 0.9}
    if index % 4 == 3:
        name = dice.choice(list(catalogue.costs.deployments))
        file["cost_edits"] = {name: {dice.choice(list(catalogue.costs.deployments[name].lines)): {"low": 1.5, "high": 9_000}}}
    if index % 5 == 4:
        file["responses"] = [_response(catalogue, dice, name) for name in TRIED]
    if index % 4:
        file |= {"title": dice.choice(WORDS)[:200], "choice": _choice(catalogue, dice, index)}
    return file


def _response(catalogue: Catalogue, dice: Random, name: str) -> dict[str, Any]:
    version = catalogue.latest_version(name)
    items = [item.id for item in catalogue.checklists[name][version].items]
    answers = {item: {"outcome": dice.choice(list(Outcome)).value, "note": dice.choice(WORDS)} for item in items if dice.random() < 0.6}
    return {"checklist": name, "version": version, "subject": dice.choice(WORDS)[:200], "answers": answers}


def _choice(catalogue: Catalogue, dice: Random, index: int) -> dict[str, Any]:
    tool = dice.choice(list(catalogue.tools))
    what: dict[str, Any] = (
        {"outcome": dice.choice([OutcomeKind.CRON, OutcomeKind.PROCESS, OutcomeKind.NONE]).value} if index % 7 == 0 else {"tool": tool}
    )
    if "tool" in what and index % 2:
        what["deployment"] = dice.choice(list(catalogue.tools[tool].deployments))
    days = {"decided_on": "2026-11-20", "review_on": "2027-05-20"} if index % 3 else {}
    words = {name: dice.choice(WORDS)[:200] for name in ("why", "consequences", "deciders", "consulted", "informed") if dice.random() < 0.5}
    dissent = [{"who": "Jo", "what": dice.choice(WORDS)}] if index % 3 == 0 else []
    return {**what, "status": dice.choice(["proposed", "accepted"]), **days, **words, "dissent": dissent}
