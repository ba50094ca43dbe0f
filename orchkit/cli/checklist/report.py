"""`orchkit checklist report`: a filled checklist as a report to read, to file or to compute with."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from orchkit.cli.checklist.chosen import chosen
from orchkit.cli.options import decision_of, pass_session
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Response
from orchkit.store.files import write_new

_FORMATS = ("markdown", "csv", "json", "xlsx")


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "as_", type=click.Choice(_FORMATS), default="markdown", show_default=True, help="What to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write to OUT, which must not exist, in place of stdout.")
@click.option("--checklist", metavar="ID", help="Which checklist, where FILE has answers to several.")
@click.option("--evaluation", metavar="ID", help="Which evaluation of it.  [default: the first]")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Mark findings that were due before DAY as overdue.")
@pass_session
def command(
    session: Session,
    file: Path,
    *,
    as_: str,
    output: Path | None,
    checklist: str | None,
    evaluation: str | None,
    as_of: datetime | None,
) -> None:
    """Write a report on an evaluation in FILE: a decision file or a single response, JSON or YAML.

    Other evaluations of the same version stand beside it: who disagrees on what, subjects side by side, the trend over dated states. CSV
    has a row for each item and evaluation. XLSX needs `-o` and the package XlsxWriter, which `orchkit[xlsx]` brings.
    """
    if as_ == "xlsx" and output is None:
        raise InputError(Problem("--format", "xlsx is no text for a terminal", "Name a file with -o"))
    catalogue = session.catalogue()
    decision = decision_of(file, catalogue)
    content = _content(catalogue, decision, chosen(decision, file, checklist, evaluation), as_, as_of.date() if as_of else None)
    if output is None:
        click.echo(content, nl=False)
    else:
        write_new(output, content)


def _content(catalogue: Catalogue, decision: DecisionFile, response: Response, as_: str, as_of: date | None) -> bytes:
    from orchkit.views import checklist_report as reports  # noqa: PLC0415 - the templates' modules, when there is something to write

    if as_ == "xlsx":
        from orchkit.cli.checklist.workbook import workbook  # noqa: PLC0415 - as above

        parts = reports.report_sections(catalogue, decision, response, as_of)
        return workbook(parts, reports.COLUMNS, reports.answer_rows(catalogue, decision, response), as_of or response.date)
    if as_ == "csv":
        return reports.report_csv(catalogue, decision, response).text.encode()
    made = reports.report_markdown if as_ == "markdown" else reports.report_json
    return made(catalogue, decision, response, as_of).text.encode()
