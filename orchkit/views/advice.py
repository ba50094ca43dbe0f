"""The advisor's page: answer questions about the team, and see what follows, from which rules, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from orchkit.advice import BASE, Advice, Candidate, advise, advise_decision
from orchkit.errors import InputError, Problem
from orchkit.model.advice import Question
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import read_answer, usable_context
from orchkit.model.input.decision import DecisionFile
from orchkit.views import advice_text
from orchkit.views.decided import file_text
from orchkit.views.environment import render
from orchkit.views.latest import latest
from orchkit.views.numbers import fixed, span
from orchkit.views.place import Place
from orchkit.views.state import PageState
from orchkit.views.view import Complaint, Download, Options, View, take_over, with_decision

BAR_WIDTH = 500
FULL = Fraction(100)
"""Points across a bar."""


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate as the template draws it."""

    candidate: Candidate
    name: str
    rank: str
    points: str
    deployment: str | None
    parts: tuple[tuple[str, str, Fraction, Fraction], ...]
    """(class, label, x, width) in units of the drawing."""


@latest
def usable(catalogue: Catalogue, decision: DecisionFile) -> tuple[Advice, tuple[Problem, ...]]:
    """Advise by what can be used of a decision, and say what cannot."""
    context, problems = usable_context(decision.context, catalogue.advice.bank, "your answers")
    sound = decision.model_copy(update={"context": context})
    try:
        return advise_decision(catalogue, sound), tuple(problems)
    except InputError as error:
        return advise(catalogue, context), (*problems, *error.problems)


def draw(catalogue: Catalogue, state: PageState, place: Place, _options: Options, complaints: Mapping[str, Complaint]) -> Markup:
    """Render the questions and the advice beside them."""
    advice, problems = usable(catalogue, state.decision)
    bank = catalogue.advice.bank
    groups = [
        (name, group, [(key, question) for key, question in bank.questions.items() if question.group == name and question.first is None])
        for name, group in bank.groups.items()
    ]
    return render(
        "advice.html.jinja",
        catalogue=catalogue,
        place=place,
        decision=state.decision,
        advice=advice,
        problems=problems,
        complaints=complaints,
        first=[(name, bank.questions[name]) for name in bank.first],
        groups=[group for group in groups if group[2]],
        answered={name: sum(key in state.decision.context for key, _ in questions) for name, _, questions in groups},
        text=advice_text,
        lines=[_line(catalogue, candidate) for candidate in advice.candidates],
        width=BAR_WIDTH,
        matrix_tools=[candidate.tool for candidate in advice.candidates] + list(advice.fallen),
        weights=_weights(catalogue, advice),
        next_question=_question(catalogue, advice.open_questions[0].question) if advice.open_questions else None,
        taken=_taken(advice, state.decision),
    )


def _question(catalogue: Catalogue, name: str) -> Question:
    return catalogue.advice.bank.questions[name]


def _line(catalogue: Catalogue, candidate: Candidate) -> Line:
    unit, x = BAR_WIDTH / FULL, Fraction(0)
    parts = []
    voices = sum(candidate.from_voices.values(), Fraction(0))
    for series, label, points in (
        ("ok-s1", "scores", candidate.from_scores),
        ("ok-s2", "frameworks", voices),
        ("ok-s4", "in use already", candidate.from_keeping),
    ):
        if points > 0:
            parts.append((series, f"{label}: {fixed(points, 1)}", x * unit, points * unit))
            x += points
    low, high = candidate.points_range
    deployment = candidate.deployments[0].deployment if candidate.deployments else None
    return Line(
        candidate,
        advice_text.tool_name(catalogue, candidate.tool),
        str(candidate.rank),
        fixed(candidate.points, 1) if low == high else span((low, high), 1),
        catalogue.tools[candidate.tool].deployments[deployment].name if deployment else None,
        tuple(parts),
    )


def _weights(catalogue: Catalogue, advice: Advice) -> list[tuple[str, Fraction, list[tuple[int, str]]]]:
    """Return (criterion, share, [(points, why)]), the heaviest first."""
    texts = {fired.rule: fired.text for fired in advice.derivation} | {BASE: "Every criterion begins with this."}
    order = list(catalogue.criteria)
    return [
        (name, advice.weights[name], [(added[name], texts[rule]) for rule, added in advice.added.items() if added.get(name)])
        for name in sorted(advice.weights, key=lambda name: (-advice.weights[name], order.index(name)))
    ]


def _taken(advice: Advice, decision: DecisionFile) -> bool:
    """Say whether the scores page already ranks by these weights."""
    total = sum(decision.weights.values(), Fraction(0))
    return bool(total) and {name: weight / total for name, weight in decision.weights.items() if weight} == {
        name: share for name, share in advice.weights.items() if share
    }


def draw_teams(catalogue: Catalogue, place: Place) -> Markup:
    """Render what each example team is advised: what a reader without scripts can compare with."""
    teams = [(team, advise(catalogue, team.answers)) for team in catalogue.advice.teams.values()]
    return render("advice_teams.html.jinja", catalogue=catalogue, place=place, teams=teams, text=advice_text)


def draw_frameworks(catalogue: Catalogue, place: Place) -> Markup:
    """Render each framework: where it stands, what it is worth, every row, what we think of it."""
    return render("advice_frameworks.html.jinja", catalogue=catalogue, place=place, text=advice_text)


def announce(catalogue: Catalogue, state: PageState, _options: Options) -> str:
    """Say the recommendation."""
    advice, problems = usable(catalogue, state.decision)
    return str(problems[0]) if problems else advice_text.headline(catalogue, advice)


def _take_answer(catalogue: Catalogue, state: PageState, _options: Options, question: str, value: str) -> PageState:
    questions = catalogue.advice.bank.questions
    if question not in questions:
        raise InputError(Problem(question[:80], "is no question of this page", nearest(question, questions)))
    context = {name: answer for name, answer in state.decision.context.items() if name != question}
    if value:
        context[question] = read_answer(questions[question], value, question)
    return with_decision(state, context={name: context[name] for name in questions if name in context})


def _take_team(catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    if value not in catalogue.advice.teams:
        raise InputError(Problem("team", f"unknown team `{value[:60]}`", nearest(value, catalogue.advice.teams)))
    answers = catalogue.advice.teams[value].answers
    return with_decision(state, context={name: answers[name] for name in catalogue.advice.bank.questions if name in answers})


def _clear(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    return with_decision(state, context={})


def _use_weights(catalogue: Catalogue, state: PageState, _options: Options, _rest: str, _value: str) -> PageState:
    """Put the weights that follow from the context where the other pages look for weights, as whole points."""
    context, _ = usable_context(state.decision.context, catalogue.advice.bank)
    derived = advise(catalogue, context)
    points = {name: sum(added.get(name, 0) for added in derived.added.values()) for name in catalogue.criteria}
    return with_decision(state, profile=None, weights={name: Fraction(max(value, 0)) for name, value in points.items()})


def _weigh_by(_catalogue: Catalogue, state: PageState, _options: Options, _rest: str, value: str) -> PageState:
    if value not in ("context", "own"):
        raise InputError(Problem("weigh-by", f"unknown choice `{value[:60]}`", nearest(value, ("context", "own"))))
    return with_decision(state, advise_by=value)


def _json(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    advice, _ = usable(catalogue, state.decision)
    return Download(filename="advice.json", media_type="application/json", text=advice.model_dump_json(indent=2) + "\n")


def _decision_file(catalogue: Catalogue, state: PageState, _options: Options) -> Download:
    return Download(filename="decision.orchkit.json", media_type="application/json", text=file_text(catalogue, state.decision))


VIEW = View(
    name="advice",
    draw=draw,
    announce=announce,
    takes={
        "answer.": _take_answer,
        "team": _take_team,
        "weigh-by": _weigh_by,
        "action.use-weights": _use_weights,
        "action.clear": _clear,
    },
    exports={"json": _json, "decision": _decision_file},
    take_over=take_over,
    linked=True,
)
