"""`orchkit diff`: what a change of the data does to every ranking, to the advice and to the costs."""

from __future__ import annotations

import click

from orchkit.cli.options import format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.revision import catalogue_of
from orchkit.cli.session import Session
from orchkit.decision.diff import Answer, Diff, ProfileEffect, diff
from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.views.advice_text import OUTCOMES
from orchkit.views.numbers import listed
from orchkit.views.replay import deployment_name, first_text, move_rows, name_in, score_line, year_text


@click.command("diff")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="HEAD", required=False)
@format_option
@pass_session
def command(session: Session, base: str, head: str | None, as_: str) -> None:
    """Say what the dataset HEAD changes against the dataset BASE: first places first, then every place, advice and cost that moves.

    Each of the two is a dataset folder, a compiled dataset, a frozen release, or a revision of git in the checkout around
    the current folder. Without HEAD it is the dataset that the other commands would use.

    Rankings are those of every weight profile, advice that to the listed example teams, costs those of the default
    workload. The exit code is 0 whatever the effect is.
    """
    old = catalogue_of(session, base, "BASE")
    new = session.current() if head is None else catalogue_of(session, head, "HEAD")
    found = diff(old, new)
    if as_ == "json":
        click.echo(found.model_dump_json(indent=2))
    else:
        _print(found, old, new, Report(as_))


def _print(found: Diff, old: Catalogue, new: Catalogue, report: Report) -> None:
    report.paragraph(_headline(found))
    if found.quiet:
        return
    for what, tools in (("Ranked now", found.tools_added), ("Ranked no longer", found.tools_gone)):
        if tools:
            report.paragraph(f"{what}: {listed([name_in(tool, new, old) for tool in tools])}.")
    if found.scores:
        report.heading("Scores")
        report.gap()
        for change in found.scores:
            report.entry(score_line(change, new, old))
    for effect in found.profiles:
        if effect.moves:
            report.heading(f"Profile {effect.profile}")
            report.paragraph(_first(effect, old, new))
            report.table(["Tool", "Rank before", "Score", "Rank after", "Score"], move_rows(effect.moves, new, old))
    told = [effect for effect in found.teams if effect.changes]
    if told:
        report.heading("Advice to the example teams")
        rows = [[new.advice.teams[one.team].name, _said(one.old, old), _said(one.new, new)] for one in told]
        report.table(["Team", "Before", "After"], rows)
    if found.costs:
        report.heading("A year of the default workload, USD")
        report.table(
            ["Deployment", "Before", "After"],
            [[deployment_name(one.deployment, new, old), year_text(one.old), year_text(one.new)] for one in found.costs],
        )


def _headline(found: Diff) -> str:
    between = f"dataset {found.base}" if found.base == found.head else f"dataset {found.base} → {found.head}"
    if found.quiet:
        return f"No ranking, no advice and no cost changes ({between})."
    first = [effect.profile for effect in found.profiles if effect.first_changes]
    moved = sum(bool(effect.moves) for effect in found.profiles)
    told = sum(effect.changes for effect in found.teams)
    firsts = f"First place changes in {listed(first)}" if first else "First place changes in no profile"
    numbers = (
        f"places or scores move in {moved} of {len(found.profiles)} profiles, {told} of {len(found.teams)} example teams are told something else, "
        f"{len(found.costs)} costs differ"
    )
    return f"{firsts}; {numbers} ({between})."


def _first(effect: ProfileEffect, old: Catalogue, new: Catalogue) -> str:
    before, after = first_text(effect.first_old, new, old), first_text(effect.first_new, new, old)
    return f"First place changes: {before} → {after}." if effect.first_changes else f"First place stays: {after}."


def _said(answer: Answer | None, catalogue: Catalogue) -> str:
    if answer is None:
        return "no answer"
    name = f"{catalogue.tools[answer.tool].facts.name}: " if answer.tool else ""
    deployment = f", as {catalogue.tools[answer.tool].deployments[answer.deployment].name}" if answer.tool and answer.deployment else ""
    return f"{name}{OUTCOMES[OutcomeKind(answer.outcome)]}{deployment} ({answer.confidence.value})"
