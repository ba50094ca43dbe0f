"""`orchkit compare`: two to four tools side by side."""

from __future__ import annotations

from pathlib import Path

import click

from orchkit.cli.options import decision_of, format_option, pass_session, weighing_options, with_options
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.decision.compare import check_tools, compare_decision
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.scoring import decision_matrix
from orchkit.views.compare_text import markdown, sections


@click.command("compare")
@click.argument("tools", nargs=-1, metavar="TOOL TOOL ...")
@click.option("--decision", type=click.Path(path_type=Path), metavar="FILE", help="A decision file (JSON or YAML).")
@weighing_options
@click.option("--differences", is_flag=True, help="Leave out the rows in which the tools agree.")
@format_option
@pass_session
def command(
    session: Session,
    *,
    tools: tuple[str, ...],
    decision: Path | None,
    profile: str | None,
    weights: tuple[str, ...],
    scores: str | None,
    differences: bool,
    as_: str,
) -> None:
    """Put two to four tools side by side: scores, what makes the difference, costs, facts, moves between them.

    With a decision file its tools, weights, scores, answers and workload count where no option overrides them; where it names no
    tools, the first two of its ranking are compared. Without weights the first weight profile is taken.

    What is unknown agrees with nothing, so --differences keeps it.
    """
    catalogue = session.catalogue()
    meant = with_options(catalogue, decision_of(decision, catalogue), profile=profile, weights=weights, scores=scores)
    if tools or decision is None:
        check_tools(catalogue, tools, list(decision_matrix(catalogue, meant.scores).cells), "TOOL")
        meant = meant.model_copy(update={"compared": tools})
    if as_ == "json":
        click.echo(compare_decision(catalogue, meant).model_dump_json(indent=2))
    else:
        _print(catalogue, meant, as_, differences=differences or meant.compare_rows == "differences")


def _print(catalogue: Catalogue, meant: DecisionFile, as_: str, *, differences: bool) -> None:
    comparison = compare_decision(catalogue, meant)
    if as_ == "markdown":
        click.echo(markdown(catalogue, comparison, differences=differences), nl=False)
        return
    report = Report(as_)
    for section in sections(catalogue, comparison, differences=differences):
        report.section(section)
