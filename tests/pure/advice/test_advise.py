"""What holds of every advice: nothing excludes unasked, nothing depends on an order, and every number adds up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orchkit
from orchkit.advice import Advice, Confidence, advise, advise_decision, explain, rulebook
from orchkit.errors import InputError
from orchkit.model.advice import AdviceData, OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Score
from orchkit.model.input.context import read_context
from orchkit.model.input.decision import DecisionFile
from tests.strategies import sound_contexts

CATALOGUE = orchkit.load()
QUESTIONS = CATALOGUE.advice.bank.questions
FEW = settings(max_examples=25)


def with_advice(**parts: Any) -> Catalogue:
    return CATALOGUE.model_copy(update={"advice": CATALOGUE.advice.model_copy(update=parts)})


def shuffled(catalogue: Catalogue, dice: Random) -> Catalogue:
    """The same rules, in another order everywhere."""

    def mixed(entries: dict[str, Any]) -> dict[str, Any]:
        items = list(entries.items())
        dice.shuffle(items)
        return dict(items)

    data = catalogue.advice
    return catalogue.model_copy(
        update={
            "advice": AdviceData(
                bank=data.bank,
                constraints=data.constraints.model_copy(update={"constraints": mixed(data.constraints.constraints)}),
                frameworks={name: record.model_copy(update={"rows": mixed(record.rows)}) for name, record in data.frameworks.items()},
                weights=data.weights.model_copy(update={"rules": mixed(data.weights.rules)}),
                outcomes=data.outcomes.model_copy(update={"rules": mixed(data.outcomes.rules)}),
                combination=data.combination.model_copy(
                    update={"keeps": mixed(data.combination.keeps), "deployments": mixed(data.combination.deployments)}
                ),
                teams=data.teams,
            )
        }
    )


def order_of(advice: Advice) -> list[tuple[str, Fraction]]:
    return [(line.tool, line.points) for line in advice.candidates]


# --- order ------------------------------------------------------------------------------------------------------------


@FEW
@given(sound_contexts(CATALOGUE), st.integers(0, 2**32))
def test_the_order_of_answers_and_of_rules_does_not_matter(context: dict[str, str], seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - any order will do
    answers = list(context.items())
    dice.shuffle(answers)
    plain, mixed = advise(CATALOGUE, context), advise(shuffled(CATALOGUE, dice), dict(answers))
    assert mixed.recommendation == plain.recommendation
    assert (order_of(mixed), mixed.confidence, mixed.weights) == (order_of(plain), plain.confidence, plain.weights)
    assert (mixed.open_questions, mixed.would_change, mixed.fallen) == (plain.open_questions, plain.would_change, plain.fallen)


# --- constraints ------------------------------------------------------------------------------------------------------


def test_nothing_answered_excludes_nothing_and_lets_no_framework_speak() -> None:
    advice = advise(CATALOGUE, {})
    assert (advice.excluded, advice.fallen, advice.voices, advice.derivation) == ((), (), (), ())
    assert {line.tool for line in advice.candidates} == set(CATALOGUE.ranked_tools)
    assert len(set(advice.weights.values())) == 1


@FEW
@given(sound_contexts(CATALOGUE))
def test_an_unanswered_question_never_excludes(context: dict[str, str]) -> None:
    before = advise(CATALOGUE, context)
    for one in before.excluded:
        for fired in one.by:
            assert fired.answers
            assert fired.answers.items() <= context.items()
    for question in context:
        fewer = advise(CATALOGUE, {name: answer for name, answer in context.items() if name != question})
        gone = {(one.tool, one.deployment) for one in fewer.excluded}
        assert gone <= {(one.tool, one.deployment) for one in before.excluded}


@FEW
@given(sound_contexts(CATALOGUE))
def test_a_tool_falls_when_all_of_its_deployments_fall_and_not_before(context: dict[str, str]) -> None:
    advice = advise(CATALOGUE, context)
    gone = {(one.tool, one.deployment) for one in advice.excluded}
    for tool, record in CATALOGUE.ranked_tools.items():
        assert (tool in advice.fallen) == all((tool, name) in gone for name in record.deployments)
    for line in advice.candidates:
        assert {standing.deployment for standing in line.deployments} == {
            name for name in CATALOGUE.tools[line.tool].deployments if (line.tool, name) not in gone
        }
    assert {line.tool for line in advice.candidates} | set(advice.fallen) == set(CATALOGUE.ranked_tools)


def test_a_fact_that_nobody_knows_excludes_nothing() -> None:
    blind = CATALOGUE.model_copy(
        update={
            "tools": {
                name: tool.model_copy(
                    update={
                        "deployments": {
                            key: record.model_copy(update={"traits": {}, "kubernetes_required": None}) for key, record in tool.deployments.items()
                        }
                    }
                )
                for name, tool in CATALOGUE.tools.items()
            }
        }
    )
    for team in CATALOGUE.advice.teams.values():
        assert advise(blind, team.answers).excluded == ()


def test_one_deployment_falls_and_the_other_stands() -> None:
    on_google = advise(CATALOGUE, {"kubernetes": "none", "cloud": "google-cloud"})
    (line,) = [line for line in on_google.candidates if line.tool == "kubeflow-pipelines"]
    assert [standing.deployment for standing in line.deployments] == ["vertex-ai-pipelines"]
    assert advise(CATALOGUE, {"kubernetes": "none", "cloud": "aws"}).fallen == ("argo-workflows", "azure-data-factory", "kubeflow-pipelines")


def test_none_of_these_when_everything_has_fallen() -> None:
    tools = ["prefect", "dagster", "kubeflow-pipelines"]
    advice = advise(CATALOGUE, {"kubernetes": "none", "cloud": "own-machines", "hosting": "no-outbound", "operations": "nobody"}, tools=tools)
    assert (advice.recommendation.outcome, advice.recommendation.tool, advice.candidates) == (OutcomeKind.NONE, None, ())
    assert {fired.kind for fired in advice.recommendation.reasons} == {"constraint"}
    assert set(advice.fallen) == set(tools)


# --- points and weights -----------------------------------------------------------------------------------------------


@FEW
@given(sound_contexts(CATALOGUE))
def test_points_are_the_sum_of_what_is_shown(context: dict[str, str]) -> None:
    advice = advise(CATALOGUE, context)
    assert sum(advice.weights.values()) == 1
    for line in advice.candidates:
        assert line.points == line.from_scores + sum(line.from_voices.values(), Fraction(0)) + line.from_keeping
        middle = sum(line.score_range, Fraction(0)) / 2
        assert line.from_scores == CATALOGUE.advice.combination.score_points * (middle - 1) / 4
        assert line.score_range[0] <= line.score_range[1]
    points = [line.points for line in advice.candidates]
    assert points == sorted(points, reverse=True)
    for name, framework in CATALOGUE.advice.frameworks.items():
        given_away = sum((max(line.from_voices.get(name, Fraction(0)), Fraction(0)) for line in advice.candidates), Fraction(0))
        assert given_away <= framework.points


@FEW
@given(sound_contexts(CATALOGUE))
def test_weights_are_the_points_that_are_shown_with_their_rules(context: dict[str, str]) -> None:
    advice = advise(CATALOGUE, context)
    points = {name: max(sum(added.get(name, 0) for added in advice.added.values()), 0) for name in CATALOGUE.criteria}
    total = sum(points.values())
    assert advice.weights == {name: Fraction(value, total) for name, value in points.items()}
    assert set(advice.added) == {"base", *(fired.rule for fired in advice.derivation)}


@FEW
@given(sound_contexts(CATALOGUE))
def test_every_reason_stands_on_answers_that_were_given(context: dict[str, str]) -> None:
    advice = advise(CATALOGUE, context)
    shown = [*advice.recommendation.reasons, *advice.derivation]
    shown += [row for voice in advice.voices for row in voice.rows] + [fired for one in advice.excluded for fired in one.by]
    shown += [fired for line in advice.candidates for fired in (*line.reasons, *(reason for one in line.deployments for reason in one.reasons))]
    for fired in shown:
        assert fired.text
        assert fired.answers
        assert fired.answers.items() <= context.items()


def test_own_weights_take_the_place_of_derived_ones() -> None:
    decision = DecisionFile(
        dataset_version=CATALOGUE.dataset.version, context={"focus": "ml-first"}, weights={"community": Fraction(2)}, scores="published:engineersofai"
    )
    derived, own = advise_decision(CATALOGUE, decision), advise_decision(CATALOGUE, decision.model_copy(update={"advise_by": "own"}))
    assert (derived.weights_by, own.weights_by) == ("context", "own")
    assert own.weights["community"] == 1
    assert own.candidates[0].tool == "airflow"


def test_unknown_scores_stay_an_interval_and_can_hide_the_winner() -> None:
    unknown = Score(value=None, why="nobody has looked")
    tools = {name: tool.model_copy(update={"scores": dict.fromkeys(tool.scores, unknown)}) for name, tool in CATALOGUE.tools.items()}
    advice = advise(CATALOGUE.model_copy(update={"tools": tools}), {"long-running": "agents"})
    assert advice.confidence is Confidence.OPEN
    assert all(line.score_range == (Fraction(1), Fraction(5)) for line in advice.candidates)


# --- confidence and pivots --------------------------------------------------------------------------------------------


@FEW
@given(sound_contexts(CATALOGUE))
def test_confidence_is_what_the_margin_and_the_open_questions_say(context: dict[str, str]) -> None:
    advice = advise(CATALOGUE, context)
    by_rule = advice.recommendation.say is not None
    if not by_rule and advice.lead is not None and advice.lead < advice.margin:
        assert advice.confidence is Confidence.OPEN
    else:
        assert advice.confidence is (Confidence.PROVISIONAL if advice.open_questions else Confidence.FIRM)


@settings(max_examples=8)
@given(sound_contexts(CATALOGUE, max_size=6))
def test_trying_answers_one_by_one_gives_the_pivots(context: dict[str, str]) -> None:
    book = rulebook(CATALOGUE)
    advice = explain(book, context)
    found = {(pivot.question, turn.answer): turn.first for pivot in (*advice.open_questions, *advice.would_change) for turn in pivot.turns}
    for name, question in QUESTIONS.items():
        for answer in question.answers:
            changed = {**context, name: answer}
            try:
                first = book.judge(read_context(changed, CATALOGUE.advice.bank)).first
            except InputError:
                assert (name, answer) not in found
                continue
            here = (advice.recommendation.outcome, advice.recommendation.tool)
            assert ((name, answer) in found) == ((first.outcome, first.tool) != here)


def test_the_question_worth_most_comes_first() -> None:
    advice = advise(CATALOGUE, CATALOGUE.advice.teams["two-models"].answers)
    worth = [Fraction(len(pivot.turns), pivot.tried) for pivot in advice.open_questions]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > 0


# --- the house --------------------------------------------------------------------------------------------------------


def test_the_advisors_code_does_not_know_a_tool(root: Path) -> None:
    names = {name for tool in CATALOGUE.tools.values() for name in (tool.id, tool.facts.short.lower(), tool.facts.name.lower())}
    for path in sorted((root / "orchkit/advice").glob("*.py")):
        text = path.read_text(encoding="utf-8").lower()
        assert [name for name in names if name in text] == [], path.name


@pytest.mark.parametrize(
    ("context", "outcome"),
    [
        ({"pain": "habits"}, OutcomeKind.PROCESS),
        ({"pain": "data-quality"}, OutcomeKind.PROCESS),
        ({"workflows": 3, "scheduling": "simple-times", "existing": "cron"}, OutcomeKind.CRON),
        ({"workflows": 3, "scheduling": "simple-times", "existing": "cron", "sign-failures-unseen": "unseen"}, OutcomeKind.CHOOSE),
        ({"existing": "other", "timing": "mid-project"}, OutcomeKind.STAY),
        ({"existing": "airflow", "estate": 200}, OutcomeKind.STAY),
        ({"platform": "databricks", "operations": "nobody", "existing": "nothing"}, OutcomeKind.NONE),
        ({"platform": "databricks", "operations": "nobody", "existing": "nothing", "pain": "habits"}, OutcomeKind.NONE),
        ({"existing": "airflow", "timing": "mid-project", "pain": "habits"}, OutcomeKind.PROCESS),
    ],
)
def test_outcomes_that_are_no_tool_to_adopt(context: dict[str, object], outcome: OutcomeKind) -> None:
    assert advise(CATALOGUE, context).recommendation.outcome is outcome


def test_a_clash_is_refused_with_both_answers() -> None:
    with pytest.raises(InputError, match=r"`support: required` and `budget: nothing` cannot both be so"):
        advise(CATALOGUE, {"support": "required", "budget": "nothing"})


def test_a_catalogue_without_rules_still_ranks() -> None:
    advice = advise(CATALOGUE.model_copy(update={"advice": AdviceData()}), {})
    assert len(advice.candidates) == len(CATALOGUE.ranked_tools)
