"""`orchkit explain`: every score of one tool, what it adds to the sum, why it stands there and where that can be read."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from orchkit.cli.options import decision_of, format_option, pass_session, weighing_options, with_options
from orchkit.cli.out import Report
from orchkit.cli.session import Session
from orchkit.errors import InputError, Problem
from orchkit.model.base import Exact, Record, nearest
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Basis, Citation, Confidence
from orchkit.model.input.decision import DecisionFile, OwnScore
from orchkit.scoring import OWN, RankedTool, Ranking, rank_decision
from orchkit.views.numbers import fixed, percent
from orchkit.views.ranking_table import rank_text, score_text


class ExplainedScore(Record):
    """One criterion: the value, what it adds, how it is known."""

    criterion: str
    name: str
    value: int | None
    weight: Exact | None
    """Share of the sum; null when nothing is weighed."""
    contribution: Exact | None
    """Weight × value; null when it is unknown or nothing is weighed."""
    own: bool
    """Whether it is an own score of the decision file; `why` is then the team's, and nothing else supports it."""
    basis: Basis | None
    confidence: Confidence | None
    why: str
    sources: tuple[Citation, ...]


class Explanation(Record):
    """Everything behind one tool's line in a ranking."""

    tool: str
    name: str
    dataset_version: str
    scores: str
    profile: str | None
    """The weight profile; null when the weights are the user's own or nothing is weighed."""
    line: RankedTool | None
    """The tool's line in the ranking of all tools; null when nothing is weighed or the tool is not ranked."""
    note: str | None
    """Why the tool is not ranked."""
    criteria: tuple[ExplainedScore, ...]


@click.command("explain")
@click.argument("tool")
@click.argument("decision", type=click.Path(path_type=Path), required=False)
@weighing_options
@format_option
@pass_session
def command(
    session: Session, *, tool: str, decision: Path | None, profile: str | None, weights: tuple[str, ...], scores: str | None, as_: str
) -> None:
    """Show every score of TOOL: value, basis, reason and sources.

    With a weight profile or weights also what each adds to the sum. DECISION is a decision file (JSON or YAML): its weights, scores
    and own scores count where no option overrides them.
    """
    catalogue = session.catalogue()
    if tool not in catalogue.tools:
        raise InputError(Problem("TOOL", f"unknown tool `{tool}`", nearest(tool, catalogue.tools)))
    meant = with_options(catalogue, decision_of(decision, catalogue), profile=profile, weights=weights, scores=scores)
    found = explanation(catalogue, tool, meant.model_copy(update={"shortlist": ()}))
    if as_ == "json":
        click.echo(found.model_dump_json(indent=2))
    else:
        _print(catalogue, found, Report(as_))


def explanation(catalogue: Catalogue, tool: str, meant: DecisionFile) -> Explanation:
    """Gather what is known of a tool's scores, weighed as a decision file says where it says so."""
    ranking = rank_decision(catalogue, meant) if meant.weights or meant.profile else None
    own = meant.own_scores.get(tool, {})
    facts = catalogue.tools[tool].facts
    return Explanation(
        tool=tool,
        name=facts.name,
        dataset_version=catalogue.dataset.version,
        scores=meant.scores,
        profile=meant.profile,
        line=next((line for line in ranking.ranking if line.tool == tool), None) if ranking else None,
        note=None if facts.ranked else facts.why_not_ranked,
        criteria=tuple(_explained(catalogue, tool, name, meant.scores, ranking, own.get(name)) for name in catalogue.criteria),
    )


def _explained(catalogue: Catalogue, tool: str, criterion: str, scores: str, ranking: Ranking | None, own: OwnScore | None) -> ExplainedScore:
    known = (own.value, None, None, own.why, ()) if own else (_catalogued if scores == OWN else _printed)(catalogue, tool, criterion, scores)
    value, basis, confidence, why, sources = known
    weight = ranking.weights.get(criterion, Fraction(0)) if ranking else None
    return ExplainedScore(
        criterion=criterion,
        name=catalogue.criteria[criterion].name,
        value=value,
        weight=weight,
        contribution=_contribution(weight, value),
        own=own is not None,
        basis=basis,
        confidence=confidence,
        why=why,
        sources=sources,
    )


def _contribution(weight: Fraction | None, value: int | None) -> Fraction | None:
    """Return weight × value. What weighs nothing adds nothing, also when it is unknown."""
    if weight is None or weight == 0:
        return weight
    return None if value is None else weight * value


Known = tuple[int | None, Basis | None, Confidence | None, str, tuple[Citation, ...]]


def _catalogued(catalogue: Catalogue, tool: str, criterion: str, _scores: str) -> Known:
    score = catalogue.tools[tool].scores.get(criterion)
    if score is None:
        return None, None, None, "The tool's record has no score for it.", ()
    return score.value, score.basis, score.confidence, score.why, score.sources


def _printed(catalogue: Catalogue, tool: str, criterion: str, scores: str) -> Known:
    """Return what a published set prints. Its note is the reason: a matrix gives no other."""
    printed = catalogue.published[scores.partition(":")[2]]
    value = printed.matrix.get(tool, {}).get(criterion)
    if value is None:
        return None, None, None, "The source prints no score for it.", ()
    source = catalogue.sources[printed.source]
    place = f"the printed matrix, line {catalogue.tools[tool].facts.name}, criterion {catalogue.criteria[criterion].name}"
    return value, Basis.PUBLISHED, None, printed.note, (Citation(source=printed.source, shows=place, read_on=source.read_on),)


def _print(catalogue: Catalogue, found: Explanation, report: Report) -> None:
    report.heading(found.name)
    report.paragraph(_summary(found))
    weighed = any(score.weight is not None for score in found.criteria)
    headers = ["Criterion", "Score", *(["Weight", "Adds"] if weighed else []), "Basis", "Confidence"]
    report.table(headers, [_row(score, weighed=weighed) for score in found.criteria])
    report.heading("Why")
    report.gap()
    for score in found.criteria:
        cited = [f"{_cited(catalogue, citation)}: {citation.shows} (read {citation.read_on})" for citation in score.sources]
        report.entry(f"{score.name}, {'unknown' if score.value is None else score.value}. {score.why}", cited)


def _summary(found: Explanation) -> str:
    data = f"Scores {found.scores}, dataset {found.dataset_version}."
    if found.line is not None:
        by = f"the weight profile {found.profile}" if found.profile else "your own weights"
        return f"Rank {rank_text(found.line)} with {score_text(found.line)} by {by}. {data}"
    return f"Not ranked: {found.note} {data}" if found.note else data


def _row(score: ExplainedScore, *, weighed: bool) -> list[str]:
    row = [score.name, "?" if score.value is None else str(score.value)]
    if weighed:
        row += ["" if score.weight is None else percent(score.weight), "?" if score.contribution is None else fixed(score.contribution, 2)]
    return [*row, "your own" if score.own else score.basis or "unknown", score.confidence or ""]


def _cited(catalogue: Catalogue, citation: Citation) -> str:
    if citation.source is None:
        return citation.elsewhere
    source = catalogue.sources.get(citation.source)
    return f"{source.publisher}, “{source.title}”" if source else citation.source
