"""`orchkit advise`: from a team's context to what to do."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.advice import Advice, Candidate, advise_decision
from orchkit.advice.hits import Comparison, compare_cases
from orchkit.advice.liveness import Liveness, check_liveness
from orchkit.cli.options import decision_of, format_option, pass_session, weighing_options, with_options
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.context import Context, read_answer, read_context
from orchkit.views import advice_text, hits
from orchkit.views.numbers import fixed, percent, span

NOTHING_FITS = 1


@click.command("advise")
@click.argument("decision", type=click.Path(path_type=Path), required=False)
@click.option(
    "--answer", "answers", multiple=True, metavar="QUESTION=ANSWER", help="Answer one question; a number where numbers are counted. Repeat it."
)
@weighing_options
@click.option("--tool", "tools", multiple=True, metavar="ID", help="Consider only this tool and others so named. Repeat it.")
@click.option("--questions", is_flag=True, help="List the questions with their answers, and stop.")
@click.option("--liveness", is_flag=True, help="Check the rules themselves: what can be reached, which questions matter, which rules do nothing.")
@click.option(
    "--cases", is_flag=True, help="Compare the advice with the published decisions of real teams, beside a constant guess, and explain each miss."
)
@format_option
@pass_session
@click.pass_context
def command(
    ctx: click.Context,
    session: Session,
    *,
    decision: Path | None,
    answers: tuple[str, ...],
    profile: str | None,
    weights: tuple[str, ...],
    scores: str | None,
    tools: tuple[str, ...],
    questions: bool,
    liveness: bool,
    cases: bool,
    as_: str,
) -> None:
    """Say what a team should do: which tool, or none, and why.

    DECISION is a decision file (JSON or YAML); its context, scores and shortlist count, and answers given as options are laid over it.
    Without a file and without answers the questions are asked here: five first, the others if you like. An empty line skips one.

    Weights follow from the answers, unless you give a profile or weights. Exit code 1 when nothing fits.
    """
    catalogue = session.catalogue()
    if questions:
        ctx.exit(_print_questions(catalogue, Report(as_)))
    if liveness or cases:
        ctx.exit(_print_liveness(catalogue, as_) if liveness else _print_cases(catalogue, as_))
    meant = with_options(catalogue, decision_of(decision, catalogue), profile=profile, weights=weights, scores=scores, tools=tools)
    given = {**meant.context, **parse_answers(answers, catalogue)}
    if decision is None and not answers:
        given = ask_all(catalogue)
    by = "own" if profile or weights else meant.advise_by
    advice = advise_decision(catalogue, meant.model_copy(update={"context": read_context(given, catalogue.advice.bank), "advise_by": by}))
    if as_ == "json":
        click.echo(advice.model_dump_json(indent=2))
    else:
        print_advice(catalogue, advice, Report(as_))
    ctx.exit(0 if advice.candidates else NOTHING_FITS)


def parse_answers(given: tuple[str, ...], catalogue: Catalogue) -> Context:
    """Read `QUESTION=ANSWER`, each question once. Raises `InputError` naming everything that is wrong."""
    found: Context = {}
    problems = []
    bank = catalogue.advice.bank
    for text in given:
        name, equals, answer = (part.strip() for part in text.partition("="))
        if not equals:
            problems.append(Problem("--answer", f"`{text}` has no `=`", "Write QUESTION=ANSWER, like kubernetes=none"))
        elif name not in bank.questions:
            problems.append(Problem("--answer", f"unknown question `{name}`", nearest(name, bank.questions)))
        elif name in found:
            problems.append(Problem("--answer", f"the question `{name}` is answered twice", "Keep one of the two"))
        else:
            try:
                found[name] = read_answer(bank.questions[name], answer, f"--answer {name}")
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return found


def ask_all(catalogue: Catalogue) -> Context:
    """Ask in the terminal, on stderr so that a result can be redirected: the first questions, then the rest if wanted."""
    bank = catalogue.advice.bank
    context: Context = {}
    for name in bank.first:
        _ask(catalogue, name, context)
    if click.confirm("More questions? They make the answer sharper", default=False, err=True):
        for name in bank.in_order[len(bank.first) :]:
            _ask(catalogue, name, context)
    return context


def _ask(catalogue: Catalogue, name: str, context: Context) -> None:
    question = catalogue.advice.bank.questions[name]
    click.echo(f"\n{question.text}", err=True)
    for number, answer in enumerate(question.answers.values(), 1):
        click.echo(f"  {number}  {answer.label}", err=True)
    while True:
        text = click.prompt("Number, or nothing to skip", default="", show_default=False, err=True).strip()
        if not text:
            return
        if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(question.answers):
            context[name] = list(question.answers)[int(text) - 1]
            return
        if text in question.answers:
            context[name] = text
            return
        click.echo(f"Write a number from 1 to {len(question.answers)}, or nothing.", err=True)


def print_advice(catalogue: Catalogue, advice: Advice, report: Report) -> None:
    """Print an advice: what to do, how sure, why, what is left, what is ruled out, what would change it."""
    report.paragraph(advice_text.headline(catalogue, advice))
    sure = f"{advice.confidence.value.capitalize()}. {advice_text.confidence(catalogue, advice)}"
    report.paragraph(f"{sure} {len(advice.context)} of {advice.questions} questions answered.")
    if advice.recommendation.other:
        report.paragraph(f"Look at: {', '.join(advice.recommendation.other)}.")
    why = [*advice_text.lasting(catalogue, advice.recommendation.reasons), *advice_text.leaders(catalogue, advice)]
    _entries(report, "Why", [(said, [because] if because else []) for said, because in why])
    if advice.candidates:
        report.table(["Rank", "Tool", "Points", "Score", "Deployment"], [_row(catalogue, line) for line in advice.candidates])
    _entries(
        report,
        "Ruled out",
        [
            (f"{one.tool} ({one.deployment})", [f"{fired.text} {advice_text.because(catalogue, fired)}" for fired in one.by])
            for one in advice.excluded
        ],
    )
    _entries(report, "Frameworks", [(sentence, []) for sentence in advice_text.agreement(catalogue, advice)])
    weights = ", ".join(f"{catalogue.criteria[name].short} {percent(share)}" for name, share in advice.weights.items() if share)
    _entries(report, "Weights", [(weights, [])])
    questions = catalogue.advice.bank.questions
    asked = [(f"{pivot.question}: {questions[pivot.question].text}", [advice_text.turns(catalogue, pivot)]) for pivot in advice.open_questions[:3]]
    _entries(report, "Answer next", asked)
    changed = [(f"{pivot.question}, answered otherwise", [advice_text.turns(catalogue, pivot)]) for pivot in advice.would_change]
    _entries(report, "What would change it", changed)


def _entries(report: Report, heading: str, entries: list[tuple[str, list[str]]]) -> None:
    if entries:
        report.heading(heading)
        for text, below in entries:
            report.entry(text, below)


def _row(catalogue: Catalogue, line: Candidate) -> list[str]:
    low, high = line.score_range
    score = fixed(low, 2) if low == high else span(line.score_range, 2)
    deployment = line.deployments[0].deployment if line.deployments else ""
    return [str(line.rank), advice_text.tool_name(catalogue, line.tool), fixed(line.points, 1), score, deployment]


def _print_questions(catalogue: Catalogue, report: Report) -> int:
    bank = catalogue.advice.bank
    rows = [[name, bank.questions[name].text, ", ".join(bank.questions[name].answers)] for name in bank.in_order]
    report.table(["Question", "What is asked", "Answers"], rows, wide=2)
    return 0


def _print_liveness(catalogue: Catalogue, as_: str) -> int:
    found: Liveness = check_liveness(catalogue)
    if as_ == "json":
        click.echo(found.model_dump_json(indent=2))
        return 0 if found.alive else NOTHING_FITS
    report = Report(as_)
    report.heading("Tools that can come first")
    report.table(
        ["Tool", "Lead", "With these answers"],
        [
            [
                one.tool,
                "" if one.lead is None else fixed(one.lead, 1),
                _answers(one.context or {}) or ("none found" if one.weighable else "none: no weights put its scores first"),
            ]
            for one in found.tools
        ],
        wide=2,
    )
    report.heading("Outcomes")
    report.table(["Outcome", "With these answers"], [[kind, _answers(context)] for kind, context in found.outcomes.items()], wide=1)
    report.heading("Questions that change first place")
    teams = catalogue.advice.teams
    report.table(
        ["Question", "For the team", "From", "Answered", "To"],
        [
            [
                one.question,
                teams[one.team].name,
                advice_text.first_text(catalogue, one.before),
                one.turn.answer,
                advice_text.first_text(catalogue, one.turn.first),
            ]
            for one in found.questions
        ],
    )
    report.paragraph(f"Questions that change nothing for any team: {', '.join(found.idle_questions) or 'none'}.")
    report.paragraph(f"Rules without effect: {', '.join(found.dead_rules) or 'none'}.")
    return 0 if found.alive else NOTHING_FITS


def _answers(context: Context) -> str:
    return ", ".join(f"{question}: {answer}" for question, answer in context.items())


def _print_cases(catalogue: Catalogue, as_: str) -> int:
    found: Comparison = compare_cases(catalogue)
    if as_ == "json":
        click.echo(found.model_dump_json(indent=2))
        return 0
    report = Report(as_)
    report.paragraph(hits.verdict(catalogue, found))
    report.table(
        ["Who says it", "What they chose stands first", "among three", "among three, of those held"],
        [
            [
                f"{rate.name} ({rate.what})",
                f"{rate.first} of {rate.cases}, {rate.share(rate.first)}",
                f"{rate.top_three} of {rate.cases}, {rate.share(rate.top_three)}",
                rate.share_of_held(rate.top_three),
            ]
            for rate in hits.rates(catalogue, found)
        ],
        wide=0,
    )
    for title, lines in hits.lines(catalogue, found).items():
        _entries(report, title, [(f"{line.id} chose {line.chose}, advised {line.advised}, place {line.place}", [line.why]) for line in lines])
    return 0
