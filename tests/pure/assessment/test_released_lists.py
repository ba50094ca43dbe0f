"""What the checklists of the dataset say, held against what they promise."""

from __future__ import annotations

import pytest

import orchkit
from orchkit.assessment import proposals
from orchkit.model.checklist import Checklist, Severity
from orchkit.model.input.responses import Response

CATALOGUE = orchkit.load()
ADOPTION = CATALOGUE.checklists["production-adoption"]
TRIAL = CATALOGUE.checklists["proof-of-concept"]


def test_answers_to_the_first_version_are_kept_moved_or_retired_with_a_reason() -> None:
    old, new = {item.id: item for item in ADOPTION["1.0"].items}, {item.id: item for item in ADOPTION["2.0"].items}
    moved = {name for item in new.values() for name in item.was}
    assert ADOPTION["2.0"].upgrades_from == "1.0"
    assert set(old) == (set(old) & set(new)) | (moved - set(new)) | set(ADOPTION["2.0"].retired)
    for name in set(old) & set(new):
        same = all(getattr(old[name], field) == getattr(new[name], field) for field in ("claim", "acceptance", "severity"))
        assert same != bool(new[name].changed), f"{name}: an answer holds where nothing decisive changed, and is to be confirmed where it did"
    assert {name for name, item in new.items() if item.was} == {
        "upgrade-can-be-taken-back",
        "rotated-secret-reaches-next-run",
        "somebody-answers-when-it-breaks",
    }


@pytest.mark.parametrize("checklist", [ADOPTION["2.0"], TRIAL["1.0"]], ids=["production adoption 2.0", "proof of concept 1.0"])
def test_every_item_says_how_long_it_takes_and_names_measurements_that_exist(checklist: Checklist) -> None:
    for item in checklist.items:
        assert item.check_effort is not None, item.id
        assert item.remedy_effort is not None, item.id
        assert item.sources, item.id
        assert set(item.measurements) <= set(CATALOGUE.measurements), item.id
        assert {one.trait for one in item.documented} <= set(CATALOGUE.advice.constraints.traits), item.id


def test_the_first_version_is_what_was_released() -> None:
    assert len(list(ADOPTION["1.0"].items)) == 24
    assert not any(item.check_effort or item.measurements or item.documented or item.was or item.changed for item in ADOPTION["1.0"].items)


def test_the_proof_of_concept_measures_what_its_tests_ask_for() -> None:
    measured = {name for item in TRIAL["1.0"].items for name in item.measurements}
    assert {
        "hours-to-port-reference-workflow",
        "minutes-from-failure-to-cause",
        "tasks-repeated-on-resume",
        "minutes-to-resume",
        "minutes-to-add-task",
        "minutes-to-change-resources",
        "minutes-to-list-failed-runs",
        "minutes-to-old-metric",
        "seconds-to-first-run-cold",
        "overhead-per-task-seconds",
    } <= measured
    assert any(CATALOGUE.measurements[name][1].bounds for name in measured), "some of them imply scores"
    assert [section.id for section in TRIAL["1.0"].sections] == [
        "no-toy",
        "realistic-workflow",
        "failure-at-five",
        "operational-overhead",
        "observability",
    ]
    assert {item.id for item in TRIAL["1.0"].sections[0].items if item.severity is Severity.BLOCKER} == {
        "own-ml-code-runs",
        "tasks-run-on-two-machines",
    }


@pytest.mark.parametrize(
    ("tool", "deployment", "item", "outcome", "host"),
    [
        ("prefect", "self-hosted", "everybody-signs-in-by-name", "not_met", "https://github.com/PrefectHQ/"),
        ("kubeflow-pipelines", "vertex-ai-pipelines", "idle-week-costs-what-was-said", "partly_met", "https://"),
    ],
)
def test_documented_facts_of_real_deployments_propose_answers(tool: str, deployment: str, item: str, outcome: str, host: str) -> None:
    assert deployment in CATALOGUE.tools[tool].deployments
    response = Response(checklist="production-adoption", version="2.0", tool=tool, deployment=deployment)
    found = {one.item: one for one in proposals(CATALOGUE, response)}
    assert found[item].outcome == outcome
    assert any((source.url or "").startswith(host) for source in found[item].sources)
