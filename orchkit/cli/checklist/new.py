"""`orchkit checklist new`: a decision file that lists every item of a checklist, ready to be filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import ValidationError

from orchkit.cli.options import pass_session
from orchkit.cli.out import wrapped
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.explain import explain
from orchkit.model.input.responses import Outcome, Response
from orchkit.store.files import write_new
from orchkit.version import __version__
from orchkit.views.markdown import plain_text

_YAML = (".yaml", ".yml")
_WIDTH = 120


@click.command("new")
@click.argument("checklist")
@click.option("--version", metavar="V", help="Version of the checklist.  [default: the newest]")
@click.option("--subject", default="", help="What is assessed: a tool in one deployment, or your own platform.")
@click.option("--evaluator", default="", help="Who fills it in.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE; YAML with comments if it ends in .yaml.")
@pass_session
def command(session: Session, *, checklist: str, version: str | None, subject: str, evaluator: str, output: Path | None) -> None:
    """Write a decision file that lists every item of CHECKLIST with the outcome `unknown`.

    It goes to stdout as JSON, or to FILE, which must not exist. Fill it in with an editor or on the handbook's page.
    """
    catalogue = session.catalogue()
    response = _response(catalogue, checklist, version, subject, evaluator)
    found = catalogue.checklists[checklist][response.version]
    if output is None:
        click.echo(as_json(catalogue, found, response), nl=False)
        return
    text = as_yaml(catalogue, found, response) if output.suffix.lower() in _YAML else as_json(catalogue, found, response)
    write_new(output, text, holds="somebody's answers")
    click.echo(f"{output}: {sum(1 for _ in found.items)} items of {checklist} {response.version}. Then: orchkit checklist score {output}")


def _response(catalogue: Catalogue, checklist: str, version: str | None, subject: str, evaluator: str) -> Response:
    if checklist not in catalogue.checklists:
        raise InputError(Problem("CHECKLIST", f"unknown checklist `{checklist}`", nearest(checklist, catalogue.checklists)))
    versions = catalogue.checklists[checklist]
    if version is not None and version not in versions:
        raise InputError(Problem("--version", f"unknown version `{version}` of checklist `{checklist}`", nearest(version, versions)))
    try:
        return Response(checklist=checklist, version=version or catalogue.latest_version(checklist), subject=subject, evaluator=evaluator)
    except ValidationError as error:
        raise InputError(Problem(f"--{path[-1]}", fact, repair) for path, fact, repair in explain(error, Response)) from None


def as_json(catalogue: Catalogue, checklist: Checklist, response: Response) -> str:
    """Write the decision file as JSON."""
    answers = {item.id: {"outcome": Outcome.UNKNOWN.value, "note": ""} for item in checklist.items}
    header = {name: getattr(response, name) for name in ("checklist", "version", "subject", "evaluator", "date")}
    data = {**_identity(catalogue), "responses": [{"schema_version": response.schema_version, **header, "answers": answers}]}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def as_yaml(catalogue: Catalogue, checklist: Checklist, response: Response) -> str:
    """Write the decision file as YAML, each item with its claim and its acceptance above it."""
    return "\n".join(_yaml_lines(catalogue, checklist, response)) + "\n"


def _identity(catalogue: Catalogue) -> dict[str, object]:
    return {"format": "orchkit-decision", "schema_version": 1, "dataset_version": catalogue.dataset.version, "orchkit_version": __version__}


def _yaml_lines(catalogue: Catalogue, checklist: Checklist, response: Response) -> Iterator[str]:
    yield _comment(f"{checklist.title} {response.version}. {checklist.purpose}")
    yield f"# outcome: {', '.join(Outcome)}. An item that is not_applicable needs a note that says why."
    yield "# evidence: the web address of a run, a log or a ticket; leave the line out where there is none."
    for name, value in _identity(catalogue).items():
        yield f"{name}: {json.dumps(value)}"
    yield "responses:"
    yield "  - schema_version: 1"
    for name in ("checklist", "version", "subject", "evaluator", "date"):
        yield f"    {name}: {json.dumps(getattr(response, name), ensure_ascii=False)}"
    yield "    answers:"
    for section in checklist.sections:
        yield f"      # == {section.title} =="
        for item in section.items:
            yield _comment(f"{item.severity}: {item.claim}", indent=6)
            yield _comment(f"met when: {item.acceptance}", indent=6)
            yield f"      {item.id}:"
            yield f"        outcome: {Outcome.UNKNOWN}"
            yield '        note: ""'


def _comment(text: str, indent: int = 0) -> str:
    return wrapped(plain_text(text), _WIDTH, " " * indent + "# ", " " * indent + "#   ")
