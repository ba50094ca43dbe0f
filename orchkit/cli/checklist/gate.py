"""`orchkit checklist gate`: the filled checklists of a file against what a team asks of them, for CI, with a badge."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from orchkit.assessment import Gate, gate
from orchkit.assessment.gate import standing
from orchkit.cli.checklist.chosen import filled
from orchkit.cli.options import decision_of, format_option, pass_session
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.base import nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.input.responses import Response
from orchkit.store.files import write_over
from orchkit.views.badge import badge, known_score
from orchkit.views.checklist_text import title_of
from orchkit.views.numbers import fixed

FAILED = 1


@click.command("gate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--min-score", metavar="N", help="The score that has to be reached, 0 to 100, by its lower end: unknown counts as not met.")
@click.option("--no-blockers", is_flag=True, help="Fail on a blocker that is not met, partly met or unknown.")
@click.option("--checklist", metavar="ID", help="Only evaluations of this checklist.")
@click.option("--subject", metavar="TEXT", help="Only evaluations of this subject, as it stands in FILE; or of this TOOL or TOOL/DEPLOYMENT.")
@click.option("--evaluator", metavar="TEXT", help="Only evaluations by this evaluator, as it stands in FILE.")
@click.option(
    "--badge", "badge_file", type=click.Path(path_type=Path), metavar="FILE.svg", help="Write a badge of the one evaluation; replaces an SVG."
)
@format_option
@pass_session
@click.pass_context
def command(
    ctx: click.Context,
    session: Session,
    *,
    file: Path,
    min_score: str | None,
    no_blockers: bool,
    checklist: str | None,
    subject: str | None,
    evaluator: str | None,
    badge_file: Path | None,
    as_: str,
) -> None:
    """Test the filled checklists in FILE: exit code 0 when every one passes, 1 when one does not, 2 when something cannot be read.

    Of several states of one evaluation the latest is tested. An item that a MINOR version of a checklist added is not asked for
    until the next MAJOR.
    """
    catalogue = session.catalogue()
    wanted = _score(min_score, no_blockers=no_blockers)
    responses = _chosen(catalogue, file, checklist, subject, evaluator)
    meant, earlier = standing(responses)
    if badge_file is not None:
        _refuse_badge(badge_file, meant)
    gates = [gate(catalogue, response, min_score_percent=wanted, no_blockers=no_blockers) for response in meant]
    if badge_file is not None:
        write_over(badge_file, badge(catalogue, gates[0]))
    if as_ == "json":
        data = {"dataset_version": catalogue.dataset.version, "passed": all(one.passed for one in gates)}
        data |= {"gates": [one.model_dump(mode="json") for one in gates]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _print(catalogue, gates, len(earlier), Report(as_))
    ctx.exit(0 if all(one.passed for one in gates) else FAILED)


def _score(text: str | None, *, no_blockers: bool) -> float | None:
    """Read `--min-score`; the bounds are the gate's."""
    if text is None and not no_blockers:
        raise InputError(Problem("orchkit checklist gate", "nothing is asked for, so everything would pass", "Add --min-score N or --no-blockers"))
    if text is None:
        return None
    try:
        found = float(text.strip().removesuffix("%"))
    except ValueError:
        raise InputError(Problem("--min-score", f"`{text}` is not a number", "Write a number from 0 to 100, like 80")) from None
    if not 0 <= found <= 100:  # noqa: PLR2004 - per cent
        raise InputError(Problem("--min-score", f"`{text}` is not from 0 to 100", "Write a percentage, like 80"))
    return found


def _chosen(catalogue: Catalogue, file: Path, checklist: str | None, subject: str | None, evaluator: str | None) -> list[Response]:
    """Return the evaluations that the options name. Raises `InputError` where there is none: a gate never passes on nothing."""
    if checklist is not None and checklist not in catalogue.checklists:
        raise InputError(Problem("--checklist", f"unknown checklist `{checklist}`", nearest(checklist, catalogue.checklists)))
    left = list(filled(decision_of(file, catalogue), file))
    ways: list[tuple[str, str | None, Callable[[Response], set[str]]]] = [
        ("--checklist", checklist, lambda one: {one.checklist}),
        ("--subject", subject, _subjects),
        ("--evaluator", evaluator, lambda one: {one.evaluator}),
    ]
    for option, value, of in ways:
        if value is not None:
            there = {name for one in left for name in of(one) if name}
            left = [one for one in left if value.strip() in of(one)]
            if not left:
                repair = nearest(value, sorted(there)) if there else f"Leave {option} out"
                raise InputError(Problem(option, f"no evaluation in {file} has `{value}`", repair))
    return left


def _subjects(response: Response) -> set[str]:
    """Return what `--subject` may call the subject."""
    return {response.subject, response.tool or "", f"{response.tool}/{response.deployment}" if response.deployment else ""}


def _refuse_badge(path: Path, meant: list[Response]) -> None:
    """Refuse a badge before any work is done."""
    if len(meant) > 1:
        names = "; ".join(", ".join(part for part in (one.checklist, one.subject, one.evaluator) if part) for one in meant)
        raise InputError(
            Problem("--badge", f"a badge shows one evaluation, and {len(meant)} are tested: {names}", "Choose one with the other options")
        )
    if path.exists():
        try:
            begin = path.read_bytes()[:4]
        except OSError as error:
            raise InputError(Problem(str(path), f"cannot be read: {error.strerror or error}", "Name another file")) from None
        if begin != b"<svg":
            raise InputError(Problem(str(path), "exists already and is no badge", "Name another file"))


def _print(catalogue: Catalogue, gates: list[Gate], earlier: int, report: Report) -> None:
    report.table(["Checklist", "Subject", "Evaluator", "Score", "Coverage", "Gate"], [_row(one) for one in gates])
    for one in gates:
        if one.reasons:
            report.paragraph(f"{_name(catalogue, one)}: {' '.join(one.reasons)}")
    for one in gates:
        if one.later:
            report.paragraph(f"{_name(catalogue, one)}: not asked for until the next MAJOR version: {', '.join(one.later)}.")
    if earlier:
        report.paragraph(
            f"Not tested, because later ones took their place: {earlier} earlier state{'' if earlier == 1 else 's'} of these evaluations."
        )


def _row(one: Gate) -> list[str]:
    coverage = f"{fixed(one.coverage_percent, 0)} %"
    return [f"{one.checklist} {one.version}", one.subject, one.evaluator, known_score(one), coverage, "passed" if one.passed else "failed"]


def _name(catalogue: Catalogue, one: Gate) -> str:
    who = ", ".join(part for part in (one.subject, one.evaluator) if part)
    title = title_of(catalogue, one.checklist, one.version)
    return f"{title}, {who}" if who else title
