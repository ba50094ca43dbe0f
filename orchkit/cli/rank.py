"""`orchkit rank`: tools in order of their weighted sum."""

from __future__ import annotations

import json
from pathlib import Path

import click

from orchkit.cli.options import decision_of, format_option, pass_session, weighing_options, with_options
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.model.catalogue import Catalogue
from orchkit.scoring import Sensitivity, Standing, rank_decision, sensitivity_of_decision
from orchkit.scoring.acceptability import SAMPLES
from orchkit.views.firmness import acceptability_rows, drawn_text, firmness_sentences, flip_text, interval_rows, standing_text
from orchkit.views.own_scores import own_line_text, own_lines
from orchkit.views.ranking_table import ranking_rows


@click.command("rank")
@click.argument("decision", type=click.Path(path_type=Path), required=False)
@weighing_options
@click.option("--tool", "tools", multiple=True, metavar="ID", help="Rank only this tool and others so named. Repeat it.")
@click.option("--sensitivity", "firm", is_flag=True, help="Say how firm first place is.")
@format_option
@pass_session
def command(
    session: Session,
    *,
    decision: Path | None,
    profile: str | None,
    weights: tuple[str, ...],
    scores: str | None,
    tools: tuple[str, ...],
    firm: bool,
    as_: str,
) -> None:
    """Rank tools by a weight profile or by your own weights.

    DECISION is a decision file (JSON or YAML); its weights, scores and shortlist count where no option overrides them, and so do its
    own scores, each listed with its reason.

    Scores lie on the scale from 1 to 5. `2=` is a tie; a range of ranks or scores is what unknown values leave open.

    With --sensitivity also: how far each weight can move before first place changes, the smallest changes that flip it,
    and the share of all weights under which each tool takes each rank.
    """
    catalogue = session.catalogue()
    meant = with_options(catalogue, decision_of(decision, catalogue), profile=profile, weights=weights, scores=scores, tools=tools)
    ranking = rank_decision(catalogue, meant)
    found = sensitivity_of_decision(catalogue, meant) if firm else None
    if as_ == "json":
        both = {**ranking.model_dump(mode="json"), "sensitivity": found.model_dump(mode="json")} if found else None
        click.echo(json.dumps(both, ensure_ascii=False, indent=2) if both else ranking.model_dump_json(indent=2))
        return
    report = Report(as_)
    whose = f"weight profile {ranking.profile}" if ranking.profile else "own weights"
    report.paragraph(f"Ranking by {whose}, scores {ranking.scores}, dataset {ranking.dataset_version}.")
    report.table(*ranking_rows(catalogue, ranking))
    if own := own_lines(catalogue, meant):
        report.heading("Own scores")
        report.gap()
        for line in own:
            report.entry(own_line_text(line))
    if found:
        _print(catalogue, found, report)


def _print(catalogue: Catalogue, found: Sensitivity, report: Report) -> None:
    report.heading("How firm is first place?")
    report.paragraph(standing_text(catalogue, found))
    if found.standing is Standing.ALONE:
        return
    report.gap()
    for sentence in firmness_sentences(catalogue, found):
        report.entry(sentence)
    if found.score_flips:
        report.heading("One point on one score")
        report.gap()
        for flip in found.score_flips:
            report.entry(flip_text(catalogue, found, flip))
    report.heading("How far each weight can move, the others sharing the rest as they do now")
    report.table(*interval_rows(catalogue, found))
    if found.acceptability:
        report.heading("Share of all weightings under which a tool takes a rank")
        report.table(*acceptability_rows(catalogue, found.acceptability))
        report.paragraph(drawn_text(found.acceptability, SAMPLES))
