"""A comparison in words: one set of texts behind the page, its files and the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from orchkit.decision.comparison import Comparison, Entry, Gap, Row, Unit
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Citation
from orchkit.views.advice_text import first_text
from orchkit.views.numbers import amount, fixed, listed, percent, plain, span
from orchkit.views.ranking_table import rank_text, score_text
from orchkit.views.sections import Section, markdown_of

SHORT = 48
"""Characters of a cell that still fits beside three others; longer ones stand in a list below the table."""

Span = tuple[Fraction, Fraction]


def name_of(catalogue: Catalogue, tool: str) -> str:
    """Name a tool as people do."""
    return catalogue.tools[tool].facts.name


def short_of(catalogue: Catalogue, tool: str) -> str:
    """Name a tool for a narrow column."""
    return catalogue.tools[tool].facts.short


def value_text(entry: Entry, unit: Unit, currency: str) -> str:
    """Write a value by itself; nothing for one that is unknown."""
    value = entry.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        if unit is Unit.POINTS:
            return fixed(value[0], 1) if value[0] == value[1] else span(value, 1)
        if unit is Unit.DAYS:
            return f"{plain(value[0])} to {plain(value[1])} days"
        return f"{currency} {amount(value)}" + (" + ?" if entry.leaves_out else "")
    return "" if value is None else str(value)


def entry_text(entry: Entry, unit: Unit, currency: str) -> str:
    """Write one entry with the way to have the tool that it holds for."""
    said = value_text(entry, unit, currency) or "?"
    return f"{entry.of}: {said}" if entry.of else said


def cell_text(row: Row, tool: str, currency: str) -> str:
    """Write a cell on one line; a dash where the row does not apply."""
    return "; ".join(entry_text(entry, row.unit, currency) for entry in row.cells[tool]) or "–"


def reason_text(catalogue: Catalogue, entry: Entry, *, cited: bool = True) -> str:
    """Say why a value stands there, how it is known, and, where `cited`, where that can be read."""
    own = "Your own." if entry.own else ""
    left_out = f"Unknown, and not in it: {listed(entry.leaves_out)}." if entry.leaves_out else ""
    sure = f", {entry.confidence.value} confidence" if entry.confidence else ""
    known = f"{entry.basis.value.capitalize()}{sure}." if entry.basis else ""
    places = f"[{'; '.join(_cited(catalogue, one) for one in entry.sources)}]" if entry.sources and cited else ""
    return " ".join(part for part in (own, entry.why or "", left_out, known, places) if part)


def _cited(catalogue: Catalogue, citation: Citation) -> str:
    place = catalogue.sources[citation.source].title if citation.source else citation.package or citation.elsewhere
    return f"{place}, read {citation.read_on}"


def signed(value: Span) -> str:
    """Write a difference with its sign, or as far as it is known."""
    low, high = (("+" if end > 0 else "") + fixed(end, 2).replace("-", "−") for end in value)  # noqa: RUF001 - the sign of a number
    return low if low == high else f"{low} to {high}"


def gap_between(comparison: Comparison, first: str, second: str) -> Gap:
    """Return how a tool differs from another, whichever of the two stands first."""
    found = next(gap for gap in comparison.gaps if {gap.first, gap.second} == {first, second})
    if found.first == first:
        return found
    parts = {name: (-high, -low) for name, (low, high) in found.parts.items()}
    return Gap(first=first, second=second, difference=(-found.difference[1], -found.difference[0]), parts=parts, shares=found.shares)


def in_order(comparison: Comparison) -> list[str]:
    """Return the tools by their scores, the highest first, equal ones by id: the order in which they were named does not count."""

    def key(tool: str) -> tuple[Fraction, Fraction, str]:
        line = comparison.lines[tool]
        low, high = line.score_range or (line.score or Fraction(0), line.score or Fraction(0))
        return -(low + high), -low, tool

    return sorted(comparison.tools, key=key)


def headline(catalogue: Catalogue, comparison: Comparison) -> str:
    """Say who is ahead under the reader's weights, and by how much."""
    order = in_order(comparison)
    leader = order[0]
    said = [f"{name_of(catalogue, tool)} {score_text(comparison.lines[tool])}" for tool in order]
    gaps = [gap_between(comparison, leader, other) for other in order[1:]]
    if any(gap.difference[0] < 0 for gap in gaps):
        return f"Unknown values leave open which is ahead: {listed(said)}."
    level = [name_of(catalogue, gap.second) for gap in gaps if gap.difference[0] == 0]
    if any(gap.difference[0] == 0 != gap.difference[1] for gap in gaps):
        return f"{name_of(catalogue, leader)} is ahead; the unknown values could let {listed(level)} draw level: {listed(said)}."
    if level:
        return f"{listed([name_of(catalogue, leader), *level])} have the same score: {listed(said)}."
    low, high = gaps[0].difference
    by = fixed(low, 2) if low == high else f"between {fixed(low, 2)} and {fixed(high, 2)}"
    return f"{name_of(catalogue, leader)} is {by} ahead of {name_of(catalogue, order[1])}: {listed(said)}."


def weighed_by(catalogue: Catalogue, comparison: Comparison) -> str:
    """Say by which weights and scores."""
    whose = f"the profile {catalogue.profiles[comparison.profile].name}" if comparison.profile else "your own"
    scores = "the catalogue’s" if comparison.scores == "catalogue" else f"those of {comparison.scores}"  # noqa: RUF001 - an apostrophe
    return f"Weights: {whose}. Scores: {scores}. Dataset {comparison.dataset_version}."


def gap_sentences(catalogue: Catalogue, comparison: Comparison) -> list[str]:
    """Say what each criterion adds to the distance of every tool from the one that is ahead."""
    leader, *others = in_order(comparison)
    return [_gap_sentence(catalogue, gap_between(comparison, leader, other)) for other in others]


def _gap_sentence(catalogue: Catalogue, gap: Gap) -> str:
    names = [name_of(catalogue, gap.first), name_of(catalogue, gap.second)]
    order = sorted((name for name, part in gap.parts.items() if any(part)), key=lambda name: (-abs(sum(gap.parts[name])), name))
    for_: list[str] = []
    against: list[str] = []
    open_: list[str] = []
    for name in order:
        low, high = gap.parts[name]
        title = catalogue.criteria[name].name
        if low != high:
            open_.append(f"{title} {signed((low, high))}")
        else:
            share = f" ({percent(gap.shares[name])})" if gap.shares else ""
            (for_ if low > 0 else against).append(f"{title} {fixed(abs(low), 2)}{share}")
    parts = [f"for {names[0]}: {listed(for_)}"] if for_ else []
    parts += [f"for {names[1]}: {listed(against)}"] if against else []
    parts += [f"open: {listed(open_)}"] if open_ else []
    beginning = f"{names[0]} against {names[1]}, {signed(gap.difference)}"
    return f"{beginning}: {'; '.join(parts)}." if parts else f"{beginning}: they have the same value wherever there is weight."


def advised_text(catalogue: Catalogue, comparison: Comparison) -> str:
    """Say what the advisor puts first, among all that it may choose from."""
    if not comparison.answered:
        return "Answer the questions of the advisor, and this says what its rules make of each tool for your team."
    count = f"{comparison.answered} question{'' if comparison.answered == 1 else 's'} answered"
    return f"{count}. First in the advice, of all tools that it may choose from: {first_text(catalogue, comparison.advised)}."


def currency_of(comparison: Comparison) -> str:
    """Return the currency of every amount."""
    return comparison.costs.currency if comparison.costs else ""


def sections(catalogue: Catalogue, comparison: Comparison, *, differences: bool) -> Iterator[Section]:
    """Yield the comparison part by part."""
    yield _scores_section(catalogue, comparison)
    currency = currency_of(comparison)
    for group, rows in comparison.rows(differences=differences):
        notes = (*group.notes, *([advised_text(catalogue, comparison)] if group.id == "advice" else []))
        short = [row for row in rows if _fits(row, comparison.tools, currency)]
        explain = _reasons if group.id == "scores" else _gaps_in_knowledge
        entries = list(explain(catalogue, comparison.tools, short))
        entries += [entry for row in rows if row not in short for entry in _long(catalogue, comparison.tools, row, currency)]
        yield Section(
            heading=group.name,
            paragraphs=notes,
            headers=("", *(short_of(catalogue, tool) for tool in comparison.tools)) if short else (),
            rows=tuple((_title(row), *(cell_text(row, tool, currency) for tool in comparison.tools)) for row in short),
            entries=tuple(entries),
        )
    left_out = [agreeing_text(comparison)] if differences and comparison.agreeing else []
    yield Section(heading="Not here", paragraphs=(*left_out, "The sources of facts and statements stand on each tool’s page, and in the CSV file."))  # noqa: RUF001 - an apostrophe


def agreeing_text(comparison: Comparison) -> str:
    """Say how many rows agree."""
    count = comparison.agreeing
    return f"In {count} row{'' if count == 1 else 's'} the tools agree." if count else "The tools agree in no row."


def _scores_section(catalogue: Catalogue, comparison: Comparison) -> Section:
    names = [name for name, weight in comparison.weights.items() if weight]
    lines = comparison.lines
    adds = tuple(
        (
            catalogue.criteria[name].name,
            percent(comparison.weights[name]),
            *("?" if (part := lines[tool].contributions[name]) is None else fixed(part, 2) for tool in comparison.tools),
        )
        for name in names
    )
    total = ("Score", "100 %", *(score_text(lines[tool]) for tool in comparison.tools))
    rank = (f"Rank of {comparison.ranked}", "", *(rank_text(lines[tool]) for tool in comparison.tools))
    return Section(
        heading=" · ".join(name_of(catalogue, tool) for tool in comparison.tools),
        paragraphs=(headline(catalogue, comparison), *gap_sentences(catalogue, comparison), weighed_by(catalogue, comparison)),
        headers=("What each criterion adds", "Weight", *(short_of(catalogue, tool) for tool in comparison.tools)),
        rows=(*adds, total, rank),
    )


def _title(row: Row) -> str:
    return f"{row.name} ({percent(row.weight)})" if row.weight is not None else row.name


def _fits(row: Row, tools: Sequence[str], currency: str) -> bool:
    return all(len(cell_text(row, tool, currency)) <= SHORT for tool in tools)


def _reasons(catalogue: Catalogue, tools: Sequence[str], rows: Iterable[Row]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the reason for every score."""
    for row in rows:
        said = [
            f"{short_of(catalogue, tool)}, {entry_text(entry, row.unit, '')}. {reason_text(catalogue, entry)}"
            for tool in tools
            for entry in row.cells[tool]
        ]
        yield row.name, tuple(said)


def _gaps_in_knowledge(catalogue: Catalogue, tools: Sequence[str], rows: Iterable[Row]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say why something is unknown, the tools with the same reason together."""
    for row in rows:
        missing: dict[str, list[str]] = {}
        for tool in tools:
            for why in dict.fromkeys(reason_text(catalogue, entry, cited=False) for entry in row.cells[tool] if not entry.known):
                missing.setdefault(why, []).append(short_of(catalogue, tool))
        if missing:
            yield f"{row.name}, where unknown", tuple(f"{listed(names)}: {why}" for why, names in missing.items())


def _long(catalogue: Catalogue, tools: Sequence[str], row: Row, currency: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Write out the cells that fit into no table."""
    for tool in tools:
        if row.cells[tool]:
            said = tuple(_said(catalogue, entry, row.unit, currency) for entry in row.cells[tool])
            yield f"{row.name}, {short_of(catalogue, tool)}", said


def _said(catalogue: Catalogue, entry: Entry, unit: Unit, currency: str) -> str:
    text = entry_text(entry, unit, currency)
    return f"{text if text.endswith(('.', '?')) else text + '.'} {reason_text(catalogue, entry, cited=False)}".strip()


def markdown(catalogue: Catalogue, comparison: Comparison, *, differences: bool) -> str:
    """Write the comparison as Markdown, with a line at its end."""
    return markdown_of(sections(catalogue, comparison, differences=differences))


def csv_rows(catalogue: Catalogue, comparison: Comparison, *, differences: bool) -> list[list[str]]:
    """Return headers and rows: a row of the comparison a line, each tool's value, then each tool's reasons and sources."""
    currency, tools = currency_of(comparison), comparison.tools
    names = [name_of(catalogue, tool) for tool in tools]
    found = [["group", "row", "weight", "agree", *names, *(f"{name}: why" for name in names)]]
    for group, rows in comparison.rows(differences=differences):
        for row in rows:
            weight = "" if row.weight is None else fixed(row.weight, 4)
            reasons = ["; ".join(filter(None, (reason_text(catalogue, entry) for entry in row.cells[tool]))) for tool in tools]
            values = [cell_text(row, tool, currency) for tool in tools]
            found.append([group.name, row.name, weight, "yes" if row.agrees else "", *values, *reasons])
    return found
