"""`orchkit decide`: everything that follows from a decision file, and the record of it."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import click

from orchkit.cli.options import decision_of, format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.decision.decide import usable
from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.releases import dataset_digest
from orchkit.store.files import write_new
from orchkit.store.user import store_fields
from orchkit.views.decide import record_markdown, result_json
from orchkit.views.decided import found, with_result
from orchkit.views.place import Place
from orchkit.views.record import RecordText, record_text
from orchkit.views.state import PageState, to_fragment

NOTHING_FITS = 1
STATED = 3


@click.command("decide")
@click.argument("decision", type=click.Path(path_type=Path))
@format_option
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, which must not exist, in place of stdout.")
@click.option("--save", is_flag=True, help="Store the result in DECISION. All else in the file stays as it is.")
@click.option("--site", metavar="URL", envvar="SITE_URL", default="", help="Address of the handbook, for the link that replays the decision.")
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, decision: Path, *, as_: str, output: Path | None, save: bool, site: str) -> None:
    """Say what a decision comes to: ranking, how firm it is, advice, costs, checklists, where they agree, and the choice.

    DECISION is a decision file (JSON or YAML). Without a choice in it, the computed first place is proposed. The table is a summary;
    Markdown is a decision record in the form of MADR 4, and JSON is everything. Exit code 1 when nothing fits.
    """
    catalogue = session.catalogue()
    place = Place.at(site)
    meant = decision_of(decision, catalogue)
    _, problems = usable(catalogue, meant)
    if problems:
        raise InputError(Problem(f"{decision}: {problem.place}", problem.fact, problem.repair) for problem in problems)
    text = _text(catalogue, meant, place, as_)
    if save:
        saved = with_result(catalogue, meant, digest=dataset_digest(catalogue))
        store_fields(decision, {"dataset_version": saved.dataset_version, "orchkit_version": saved.orchkit_version, "result": saved.result})
    if output is None:
        click.echo(text, nl=False)
    else:
        write_new(output, text, holds="somebody's words")
    ctx.exit(0 if found(catalogue, meant).decision.fits else NOTHING_FITS)


def _text(catalogue: Catalogue, meant: DecisionFile, place: Place, as_: str) -> str:
    if as_ == "json":
        return result_json(catalogue, meant)
    if as_ == "markdown":
        return record_markdown(catalogue, meant, place)
    seen = found(catalogue, meant)
    with redirect_stdout(io.StringIO()) as caught:
        _summarise(record_text(catalogue, seen.file, seen.decision, place, to_fragment(catalogue, PageState(decision=meant))))
    return caught.getvalue()


def _summarise(text: RecordText) -> None:
    report = Report("table")
    report.paragraph(f"{text.title} ({text.status})")
    report.paragraph(f"Chosen: {text.chosen}.")
    report.gap()
    for one in [*text.why.splitlines()[:STATED], *text.because[:STATED], *text.outcome]:
        if one.strip():
            report.entry(one)
    report.heading("Options")
    report.gap()
    for one in [*text.options, *(f"left out: {one}" for one in text.excluded)]:
        report.entry(one)
    report.heading("Consequences")
    report.gap()
    for argument in text.consequences:
        report.entry(f"{argument.kind}, because {argument.text.partition('. ')[0].removesuffix('.')}. {argument.words}")
    report.heading("What would change it")
    report.gap()
    for one in [*text.confirmation, *text.more]:
        report.entry(one)
    for who, what in text.dissent:
        report.entry(f"{who} disagrees: {what}")
