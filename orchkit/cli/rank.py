"""`orchkit rank`: tools in order of their weighted sum."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.cli.options import decision_of, format_option, pass_session, weighing_options, with_options
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.scoring import rank_decision
from orchkit.views.ranking_table import ranking_rows


@click.command("rank")
@click.argument("decision", type=click.Path(path_type=Path), required=False)
@weighing_options
@click.option("--tool", "tools", multiple=True, metavar="ID", help="Rank only this tool and others so named. Repeat it.")
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
    as_: str,
) -> None:
    """Rank tools by a weight profile or by your own weights.

    DECISION is a decision file (JSON or YAML); its weights, scores and shortlist count where no option overrides them.

    Scores lie on the scale from 1 to 5. `2=` is a tie; a range of ranks or scores is what unknown values leave open.
    """
    catalogue = session.catalogue()
    meant = with_options(catalogue, decision_of(decision, catalogue), profile=profile, weights=weights, scores=scores, tools=tools)
    ranking = rank_decision(catalogue, meant)
    if as_ == "json":
        click.echo(ranking.model_dump_json(indent=2))
        return
    report = Report(as_)
    whose = f"weight profile {ranking.profile}" if ranking.profile else "own weights"
    report.paragraph(f"Ranking by {whose}, scores {ranking.scores}, dataset {ranking.dataset_version}.")
    report.table(*ranking_rows(catalogue, ranking))
