"""Everything that follows from a decision file: that it is what the parts say, how they are compared, and what bad input does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

import orchkit
from orchkit.decision.decide import About, By, Decision, decide, gather, results, usable
from orchkit.decision.stored import PARTS, Follows, compared, short_result, stored_result
from orchkit.errors import InputError, NewerError
from orchkit.model.advice import OutcomeKind
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.reading import read_decision
from tests.article import ARTICLE
from tests.strategies import catalogue_of, decisions, json_values

CATALOGUE = ARTICLE
VERSION = CATALOGUE.dataset.version
TEAM = next(iter(CATALOGUE.advice.teams.values()))


def file(**parts: object) -> DecisionFile:
    return DecisionFile.model_validate({"dataset_version": VERSION, **parts})


def decided(**parts: object) -> Decision:
    return decide(CATALOGUE, file(**parts), samples=0)


# --- the parts --------------------------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(decisions(CATALOGUE))
def test_each_part_is_what_its_own_function_says(decision: DecisionFile) -> None:
    sound, _ = usable(CATALOGUE, decision)
    found = gather(CATALOGUE, sound, results(CATALOGUE, sound, None))
    own = {tool: {name: score.value for name, score in row.items()} for tool, row in sound.own_scores.items()}
    assert found.ranking == orchkit.rank(CATALOGUE, sound.weights or sound.profile or "", tools=sound.shortlist, scores=sound.scores, own_scores=own)
    assert found.sensitivity.acceptability is None
    assert (found.advice is None) == (not sound.context)
    assert found.assessments == tuple(orchkit.evaluate(CATALOGUE, response) for response in sound.responses)
    for cost in found.costs.deployments if found.costs else ():
        assert cost == orchkit.estimate_cost(CATALOGUE, sound.workload, deployments=[cost.deployment], edits=sound.cost_edits).of(cost.deployment)
        assert cost.tool in {*found.tools, found.choice.tool}
    assert Decision.model_validate_json(found.model_dump_json()).chosen == found.chosen


@settings(max_examples=10)
@given(decisions(CATALOGUE))
def test_what_is_usable_can_be_decided_and_the_rest_is_named_once(decision: DecisionFile) -> None:
    sound, problems = usable(CATALOGUE, decision)
    assert len(set(problems)) == len(problems)
    gather(CATALOGUE, sound, results(CATALOGUE, sound, None))
    if problems:
        with pytest.raises(InputError) as refused:
            decide(CATALOGUE, decision, samples=0)
        assert list(refused.value.problems) == problems


def test_shares_of_all_weights_are_seeded() -> None:
    one, again, other = (decide(CATALOGUE, file(), samples=200, seed=seed).sensitivity.acceptability for seed in (1, 1, 2))
    assert one == again != other


# --- what is computed, what is chosen ---------------------------------------------------------------------------------


def test_the_advice_is_computed_where_a_question_is_answered_and_the_ranking_where_none_is() -> None:
    advised, ranked = decided(context=TEAM.answers).computed, decided(profile="startup").computed
    found = orchkit.advise(CATALOGUE, TEAM.answers).recommendation
    assert advised is not None
    assert (advised.tool, advised.deployment, advised.by) == (found.tool, found.deployment, By.ADVICE)
    assert ranked is not None
    assert (ranked.tool, ranked.by) == (orchkit.rank(CATALOGUE, "startup").ranking[0].tool, By.RANKING)


def test_of_several_in_first_place_none_is_proposed() -> None:
    catalogue = catalogue_of({"ant": {"speed": 3}, "bee": {"speed": 3}})
    found = decide(catalogue, DecisionFile(dataset_version="2026.11.0"), samples=0)
    assert (found.computed, found.chosen) == (None, None)


def test_nothing_that_fits_is_said() -> None:
    context = {"kubernetes": "none", "cloud": "aws"}
    assert not decided(context=context, shortlist=["kubeflow-pipelines"]).fits
    assert decided(context=context, shortlist=["kubeflow-pipelines", "metaflow"]).fits


def agreement(found: Decision, about: About) -> bool:
    return next(one.agree for one in found.comparisons if one.about is about)


def test_a_choice_is_held_against_what_is_computed() -> None:
    assert agreement(decided(profile="startup", choice={"tool": "metaflow"}), About.CHOICE)
    assert not agreement(decided(profile="startup", choice={"tool": "airflow"}), About.CHOICE)
    assert not agreement(decided(profile="startup", choice={"outcome": "cron"}), About.CHOICE)
    assert all(one.about is not About.CHOICE for one in decided(profile="startup").comparisons)


def test_a_choice_is_held_against_constraints_and_costs() -> None:
    found = decided(context={"kubernetes": "none", "cloud": "aws"}, choice={"tool": "kubeflow-pipelines"})
    assert not agreement(found, About.RULED_OUT)
    assert agreement(decided(choice={"tool": "metaflow"}, cost_deployments=["metaflow-aws-batch"]), About.COSTS)
    assert not agreement(decided(choice={"tool": "airflow"}, cost_deployments=["metaflow-aws-batch", "airflow-self-hosted"]), About.COSTS)


def test_the_weights_of_the_answers_agree_with_themselves() -> None:
    added = orchkit.advise(CATALOGUE, TEAM.answers).added.values()
    derived = {name: max(sum(points.get(name, 0) for points in added), 0) for name in CATALOGUE.criteria}
    assert agreement(decided(context=TEAM.answers, weights=derived), About.WEIGHTS)
    assert not agreement(decided(context=TEAM.answers, profile="startup"), About.WEIGHTS)


def test_costs_are_those_of_the_tools_in_question_and_of_the_chosen_one() -> None:
    found = decided(shortlist=["metaflow", "prefect"], choice={"tool": "zenml"})
    assert found.costs is not None
    assert {cost.tool for cost in found.costs.deployments} == {"metaflow", "prefect", "zenml"}


# --- bad input --------------------------------------------------------------------------------------------------------

UNUSABLE: list[tuple[dict[str, Any], str]] = [
    ({"weights": {"community": 0}}, "weights: all weights are zero"),
    ({"workload": {"currency": "EUR"}}, "no exchange rate is given"),
    ({"context": {clash: answers[0] for clash, answers in CATALOGUE.advice.bank.contradictions[0].answers.items()}}, "cannot both be so"),
]


@pytest.mark.parametrize(("parts", "message"), UNUSABLE, ids=[row[1] for row in UNUSABLE])
def test_what_cannot_be_used_is_one_message_and_the_rest_is_computed(parts: dict[str, Any], message: str) -> None:
    sound, problems = usable(CATALOGUE, file(**parts))
    assert len(problems) == 1
    assert message in str(problems[0])
    found = gather(CATALOGUE, sound, results(CATALOGUE, sound, None))
    assert found.ranking.ranking
    assert found.chosen is not None


def test_everything_that_cannot_be_used_is_named_together() -> None:
    together = {name: value for parts, _ in UNUSABLE for name, value in parts.items()}
    _, problems = usable(CATALOGUE, file(**together))
    assert [message for _, message in UNUSABLE if any(message in str(problem) for problem in problems)] == [message for _, message in UNUSABLE]


BAD_CHOICES: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown tool", {"tool": "airflw"}, "f: choice.tool: unknown tool `airflw`. Did you mean `airflow`?"),
    (
        "a deployment of another tool",
        {"tool": "airflow", "deployment": "vertex-ai-pipelines"},
        "unknown deployment of `airflow` `vertex-ai-pipelines`.",
    ),
    ("a deployment of no tool", {"deployment": "mwaa"}, "f: choice: `deployment` names a deployment of a tool: name the `tool` too."),
    (
        "a review before the decision",
        {"tool": "airflow", "decided_on": "2026-11-21", "review_on": "2026-11-20"},
        "is before the decision on 2026-11-21",
    ),
    ("no tool to choose", {"outcome": "choose"}, "the outcome `choose` needs `tool`"),
    ("a tool with cron", {"outcome": "cron", "tool": "airflow"}, "the outcome `cron` takes no tool"),
    ("an unknown outcome", {"outcome": "wait"}, "f: choice.outcome: 'wait' is not one of the allowed values."),
    ("an unknown status", {"tool": "airflow", "status": "done"}, "f: choice.status: 'done' is not one of the allowed values."),
    ("nothing that was accepted", {"status": "accepted"}, "nothing is named that was chosen: add `tool` or `outcome`"),
    ("a day that is none", {"decided_on": "soon"}, "f: choice.decided_on: 'soon' is not a day. Write it as 2026-11-21."),
    ("a book", {"why": "x" * 2_001}, "is longer than 2000 characters. Shorten it."),
    ("a crowd", {"dissent": [{"who": "x"}] * 21}, "f: choice.dissent: "),
    ("an unknown field", {"reason": "x"}, "f: choice.reason: unknown field `reason`."),
]


@pytest.mark.parametrize(("choice", "message"), [row[1:] for row in BAD_CHOICES], ids=[row[0] for row in BAD_CHOICES])
def test_a_choice_that_cannot_be_read_says_one_clear_thing(choice: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_decision({"format": "orchkit-decision", "dataset_version": VERSION, "choice": choice}, "f", CATALOGUE)
    (problem,) = refused.value.problems
    assert message in str(problem)


def test_a_file_of_a_future_format_is_newer_and_not_wrong() -> None:
    with pytest.raises(NewerError, match="is the format of a newer release"):
        read_decision({"format": "orchkit-decision", "schema_version": 2, "dataset_version": VERSION, "choice": {"tool": 7}}, "f", CATALOGUE)


# --- the stored result ------------------------------------------------------------------------------------------------


def stored(found: Decision) -> dict[str, Any]:
    return stored_result(CATALOGUE, found.ranking, found.advice, found.costs)


def test_a_stored_result_follows_from_its_file() -> None:
    first = decided(context=TEAM.answers)
    assert first.stored.follows is Follows.NOTHING_STORED
    assert decided(context=TEAM.answers, result=stored(first)).stored.follows is Follows.SAME


@pytest.mark.parametrize("part", PARTS)
def test_a_tampered_result_is_said_and_not_refused(part: str) -> None:
    kept = {**stored(decided(context=TEAM.answers)), part: [{"tool": "mine"}]}
    found = decided(context=TEAM.answers, result=kept)
    assert (found.stored.follows, found.stored.differing) == (Follows.OTHER, (part,))


def test_a_result_of_another_release_accuses_nobody() -> None:
    kept = {**stored(decided(profile="growth")), "dataset_version": "2025.1.0"}
    found = decided(profile="startup", result=kept)
    assert (found.stored.follows, found.stored.dataset_version) == (Follows.OTHER_RELEASE, "2025.1.0")


@given(json_values())
def test_anything_may_stand_where_a_result_should(value: Any) -> None:
    found = decided()
    assert compared(value, short_result(CATALOGUE, found.ranking, found.advice, found.costs)).follows in {
        Follows.NOTHING_STORED,
        Follows.OTHER_RELEASE,
    }


def test_the_outcome_of_the_advice_is_computed_too() -> None:
    found = decided(context={"process": "none", "pain": "habits"})
    assert found.chosen is not None
    assert (found.chosen.outcome, found.chosen.tool) == (OutcomeKind.PROCESS, None)
