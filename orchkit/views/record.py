"""A decision as the texts of a record, in the parts of MADR 4: one set of texts behind the page and the Markdown file.

Source of the form: Markdown Architectural Decision Records 4.0.0, template/adr-template.md in github.com/adr/madr, read on
2026-11-21. The front matter and the headings are the template's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from orchkit.advice import Advice
from orchkit.assessment import Assessment
from orchkit.costs import DeploymentCost
from orchkit.decision.decide import About, By, Comparison, Decision, Option, first_ranked
from orchkit.decision.stored import Follows
from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.model.evidence import Citation
from orchkit.model.input.choice import Status
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Outcome
from orchkit.scoring import WeightInterval
from orchkit.views import advice_text, checklist_text
from orchkit.views.costs import range_text
from orchkit.views.firmness import beyond_text, firmness_sentences, holds_text, share_text, standing_text
from orchkit.views.markdown import block_text, document, front_matter, lines_of, plain_text
from orchkit.views.numbers import grouped, listed, percent, plain
from orchkit.views.place import Place
from orchkit.views.ranking_table import rank_text, score_text
from orchkit.views.scores import verdict

HIGH, LOW = 4, 2
"""From here up a score is a strength, from here down a weakness: either side of the middle of the 1-5 scale."""

STATED = 3
"""Strengths and weaknesses that are stated with their reasons: those that move the sum most."""

SET_OUT = 4
"""Options whose pros and cons are set out. More do not fit on a page, and nobody reads them."""
LISTED = 8
"""Options that have a line of their own, with rank and score; of the others the names are enough."""

FINDINGS = 4
"""Findings of a checklist that are named; the others are counted."""

OUTCOMES = {
    OutcomeKind.STAY: "Stay with what is there",
    OutcomeKind.PROCESS: "Mend the process first",
    OutcomeKind.CRON: "A cron script",
    OutcomeKind.NONE: "None of these",
}
"""What an outcome without a tool is called as an option."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One line for or against."""

    kind: str
    """`Good`, `Neutral` or `Bad`."""
    text: str
    """What follows `because`."""
    words: str = ""
    """What somebody of the team wrote to it."""


@dataclass(frozen=True, slots=True)
class OptionText:
    """One option with its pros and cons."""

    name: str
    about: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """One source: what it is, and where."""

    name: str
    url: str | None
    read_on: str


@dataclass(frozen=True, slots=True)
class RecordText:
    """Everything that a record says, as text without markup. What a team wrote stands as it was written."""

    title: str
    status: str
    front: dict[str, str]
    """The front matter, by MADR's keys."""
    context: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    drivers: tuple[str, ...]
    options: tuple[str, ...]
    excluded: tuple[str, ...]
    chosen: str
    because: tuple[str, ...]
    """Computed reasons, where the team gives none of its own."""
    why: str
    """The team's own."""
    outcome: tuple[str, ...]
    consequences: tuple[Argument, ...]
    accepted: str
    confirmation: tuple[str, ...]
    pros: tuple[OptionText, ...]
    more: tuple[str, ...]
    dissent: tuple[tuple[str, str], ...]
    link: str
    left_out: bool
    """Whether the link leaves words of the team out, which travel in the decision file alone."""
    sources: tuple[SourceText, ...]


def record_text(catalogue: Catalogue, file: DecisionFile, decision: Decision, place: Place, fragment: str) -> RecordText:
    """Put a decision into words. `fragment` is what the link that replays it carries."""
    choice = decision.choice
    name = option_name(catalogue, decision.chosen) if decision.chosen else "none yet"
    status = f"{choice.status} by {choice.superseded_by}" if choice.status is Status.SUPERSEDED and choice.superseded_by else str(choice.status)
    front = {
        "status": status,
        "date": choice.decided_on.isoformat() if choice.decided_on else "",
        "decision-makers": choice.deciders,
        "consulted": choice.consulted,
        "informed": choice.informed,
    }
    return RecordText(
        title=decision.title or _title(catalogue, decision.chosen),
        status=status,
        front={key: value for key, value in front.items() if value},
        context=tuple(_context(catalogue, decision)),
        answers=tuple(_answers(catalogue, decision.advice)),
        drivers=tuple(_drivers(catalogue, decision)),
        options=tuple(_options(catalogue, decision)),
        excluded=tuple(_excluded(catalogue, decision)),
        chosen=name,
        because=() if choice.why.strip() else tuple(_because(catalogue, decision)),
        why=choice.why.strip(),
        outcome=tuple(_outcome(catalogue, decision)),
        consequences=tuple(_consequences(catalogue, file, decision)),
        accepted=choice.consequences.strip(),
        confirmation=tuple(_confirmation(catalogue, decision)),
        pros=tuple(_pros(catalogue, file, decision)),
        more=tuple(_more(catalogue, decision)),
        dissent=tuple((one.who.strip(), one.what.strip()) for one in choice.dissent if one.who.strip() or one.what.strip()),
        link=place.address(f"decide/#{fragment}"),
        left_out=_left_out(file),
        sources=tuple(_sources(catalogue, file, decision)),
    )


def option_name(catalogue: Catalogue, option: Option) -> str:
    """Name an option as a heading does."""
    if option.tool is None:
        return OUTCOMES.get(option.outcome, "")
    name = catalogue.tools[option.tool].facts.name
    deployment = f", as {catalogue.tools[option.tool].deployments[option.deployment].name}" if option.deployment else ""
    return f"Stay with {name}{deployment}" if option.outcome is OutcomeKind.STAY else f"{name}{deployment}"


def _title(catalogue: Catalogue, chosen: Option | None) -> str:
    if chosen is None:
        return "Which orchestrator to take"
    return f"Take {option_name(catalogue, chosen)}" if chosen.outcome is OutcomeKind.CHOOSE else option_name(catalogue, chosen)


def _left_out(file: DecisionFile) -> bool:
    """Say whether a file holds words or judgements that no link carries."""
    choice = file.choice
    written = choice is not None and choice.model_dump(exclude={"outcome", "tool", "deployment", "status"}, exclude_defaults=True)
    return bool(file.title or written or file.own_scores or file.responses or file.cost_edits)


# --- context and drivers ----------------------------------------------------------------------------------------------


def _context(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    yield "Which orchestrator fits this team, and is one needed at all?"
    if decision.advice is None:
        yield f"No question about the team is answered, so all that follows rests on {_whose(catalogue, decision)}."
    else:
        yield f"{len(decision.advice.context)} of {decision.advice.questions} questions about the team are answered:"
    if decision.costs and decision.own_workload:
        work = decision.costs.workload
        yield (
            f"It starts {grouped(decision.costs.runs_per_year)} runs a year, CI included, each of {plain(work.tasks_per_run)} tasks of "
            f"{plain(work.minutes_per_task)} minutes, and has {work.seats} {'seat' if work.seats == 1 else 'seats'}."
        )


def _answers(catalogue: Catalogue, advice: Advice | None) -> Iterator[tuple[str, str]]:
    questions = catalogue.advice.bank.questions
    for name, answer in advice.context.items() if advice else ():
        yield questions[name].text, questions[name].answers[answer].label


def _whose(catalogue: Catalogue, decision: Decision) -> str:
    profile = decision.ranking.profile
    return f"the weight profile {catalogue.profiles[profile].name}" if profile else "the team's own weights"


def _drivers(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    weights = decision.ranking.weights
    order = sorted((name for name, share in weights.items() if share), key=lambda name: -weights[name])
    shares = listed([f"{catalogue.criteria[name].name} {percent(weights[name])}" for name in order])
    yield f"What counts, by {_whose(catalogue, decision)}: {shares}."
    if decision.advice:
        texts = dict.fromkeys(fired.text for one in decision.advice.excluded for fired in one.by)
        for text in texts:
            yield f"A constraint: {text}"


def _options(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    lines, chosen = decision.ranking.ranking, decision.chosen.tool if decision.chosen else None
    own = [line for place, line in enumerate(lines) if place < LISTED or len(lines) == LISTED + 1 or line.tool == chosen]
    for line in own:
        name, advised = catalogue.tools[line.tool].facts.name, _by_advice(decision.advice, line.tool)
        yield f"{name}: rank {rank_text(line)}, score {score_text(line)} of 5{advised}"
    if behind := [catalogue.tools[line.tool].facts.name for line in lines if line not in own]:
        yield f"Behind them: {listed(behind)}"
    if decision.chosen and decision.chosen.tool not in {line.tool for line in lines}:
        yield f"{option_name(catalogue, decision.chosen)}: not among the ranked"


def _by_advice(advice: Advice | None, tool: str) -> str:
    line = next((one for one in advice.candidates if one.tool == tool), None) if advice else None
    if advice and line is None:
        return ", ruled out"
    return f", advised {line.rank} of {len(advice.candidates)}" if advice and line else ""


def _excluded(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    """Say what was ruled out and why; ways to have a tool together where they fell for the same reasons."""
    if decision.advice:
        fallen: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for one in decision.advice.excluded:
            name = catalogue.tools[one.tool].deployments[one.deployment].name
            fallen.setdefault((one.tool, tuple(fired.text for fired in one.by)), []).append(name)
        for (tool, texts), names in fallen.items():
            whole = "" if tool in decision.advice.fallen else ", other ways to have it remain"
            yield f"{catalogue.tools[tool].facts.name} as {listed(names)}{whole}: {' '.join(texts)}"
    others = [catalogue.tools[tool].facts.name for tool in catalogue.ranked_tools if tool not in decision.tools]
    if others:
        yield f"{listed(others)}: not on the team's shortlist."


# --- outcome ----------------------------------------------------------------------------------------------------------


def _because(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    """Give the computed reasons of what is computed; a team's own choice has only the team's own."""
    if decision.chosen is None:
        yield verdict(catalogue, decision.ranking)
    elif decision.chosen.by is By.ADVICE and decision.advice:
        yield from _advised(catalogue, decision.advice)
    elif decision.chosen.by is By.RANKING:
        yield verdict(catalogue, decision.ranking)
    elif any(one.about is About.CHOICE and one.agree for one in decision.comparisons):
        yield from _advised(catalogue, decision.advice) if decision.advice else [verdict(catalogue, decision.ranking)]


def _advised(catalogue: Catalogue, advice: Advice) -> Iterator[str]:
    yield f"The advice from the team's answers: {advice_text.headline(catalogue, advice)} {advice_text.confidence(catalogue, advice)}"
    for text, answers in islice(advice_text.lasting(catalogue, advice.recommendation.reasons), STATED):
        yield f"{text} It rests on {answers}." if answers else text


def _outcome(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    if decision.chosen is None:
        yield "Nobody has chosen, and no single tool comes first, so nothing is proposed."
    elif decision.chosen.by is not By.TEAM:
        yield "Nobody has chosen yet. This is what the computation puts first, as a proposal."
    for one in decision.comparisons:
        yield _compared(catalogue, decision, one)


def _compared(catalogue: Catalogue, decision: Decision, one: Comparison) -> str:
    """Say where two results agree and where they do not."""
    tools = [catalogue.tools[name].facts.name for name in one.names if name in catalogue.tools]
    match one.about:
        case About.CHOICE:
            return _against_computed(catalogue, decision, agree=one.agree)
        case About.FIRST_PLACE:
            if one.agree:
                return (
                    f"The ranking puts {listed(tools)} first too." if len(tools) == 1 else f"The ranking leaves first place between {listed(tools)}."
                )
            return f"Advice and ranking differ: the ranking puts {listed(tools)} first."
        case About.WEIGHTS:
            return (
                "The ranking uses the weights that follow from the answers."
                if one.agree
                else f"The two weigh differently: the advice by the answers, the ranking by {_whose(catalogue, decision)}."
            )
        case About.RULED_OUT:
            return _ruled_out(catalogue, decision, one)
        case About.COSTS:
            name = catalogue.costs.deployments[one.names[0]].name
            return f"The lowest middle of all yearly costs compared is that of {name}" + (
                ", the chosen one." if one.agree else ", not of what is chosen."
            )


def _against_computed(catalogue: Catalogue, decision: Decision, *, agree: bool) -> str:
    if agree:
        return "This is the computed first place."
    if decision.computed is None:
        return "No single tool comes first by computation, so the choice is the team's alone."
    first = option_name(catalogue, decision.computed)
    reason = "The reason above is the team's." if decision.choice.why.strip() else "The team gives no reason for that."
    return f"This is not the computed first place, which is “{first}”. {reason}"


def _ruled_out(catalogue: Catalogue, decision: Decision, one: Comparison) -> str:
    assert decision.chosen is not None
    assert decision.chosen.tool is not None
    tool = catalogue.tools[decision.chosen.tool]
    names = [tool.deployments[name].name for name in one.names]
    if not one.agree:
        return f"The team's own answers rule it out: a constraint excludes {listed(names)}."
    return (
        f"No constraint excludes it; of its deployments {listed(names)} {'is' if len(names) == 1 else 'are'} ruled out."
        if names
        else "No constraint excludes it."
    )


def _consequences(catalogue: Catalogue, file: DecisionFile, decision: Decision) -> Iterator[Argument]:
    tool = decision.chosen.tool if decision.chosen else None
    if tool:
        for kind, name, value in _marked(catalogue, file, decision, tool, STATED):
            own = file.own_scores.get(tool, {}).get(name)
            why = "" if own else _reason(catalogue, file, tool, name)
            yield Argument(kind, f"{_scored(catalogue, decision, name, value)}. {why}".strip(), own.why if own else "")
    for cost in costs_of(catalogue, decision, decision.chosen):
        yield Argument("Neutral", _cost_text(decision, cost))
    if decision.advice and decision.advice.recommendation.other and (decision.chosen is None or decision.chosen.tool is None):
        yield Argument("Neutral", f"something outside this catalogue is worth a look: {', '.join(decision.advice.recommendation.other)}.")
    for assessment in decision.assessments:
        yield from _findings(catalogue, assessment)


def costs_of(catalogue: Catalogue, decision: Decision, option: Option | None) -> list[DeploymentCost]:
    """Return the costed deployments of an option: of the one deployment it names, or of its tool."""
    if decision.costs is None or option is None or option.tool is None:
        return []
    known = catalogue.costs.deployments
    return [
        cost for cost in decision.costs.deployments if cost.tool == option.tool and option.deployment in (None, known[cost.deployment].deployment)
    ]


def _cost_text(decision: Decision, cost: DeploymentCost) -> str:
    assert decision.costs is not None
    whose = "the team's workload" if decision.own_workload else "the default workload"
    unknown = ", with a line left out whose price nobody could read" if cost.left_out else ""
    return f"{cost.name} comes to {decision.costs.currency} {range_text(cost)} a year for {whose}, people included{unknown}."


def _findings(catalogue: Catalogue, assessment: Assessment) -> Iterator[Argument]:
    title = catalogue.checklists[assessment.checklist][assessment.version].title
    found = [one for one in assessment.findings if one.outcome is not Outcome.UNKNOWN]
    score = checklist_text.score_text(assessment.total)
    answered = f"{assessment.total.answered} of {assessment.total.items} answered"
    kind = "Bad" if assessment.blockers else "Neutral"
    yield Argument(
        kind, f"{title}: {score}, {answered}; blockers not met: {len(assessment.blockers)}, open findings: {len(found)}.", assessment.subject
    )
    for one in found[:FINDINGS]:
        yield Argument("Bad", f"{one.severity}, {one.outcome.replace('_', ' ')}: {one.claim}")


def _marked(catalogue: Catalogue, file: DecisionFile, decision: Decision, tool: str, most: int) -> list[tuple[str, str, Fraction]]:
    """Return (kind, criterion, value) of a tool's high and low scores that have weight, what moves the sum most in front."""
    weights = decision.ranking.weights
    values = {name: value for name, value in _values(catalogue, file, decision, tool).items() if weights.get(name)}
    high = sorted((name for name, value in values.items() if value >= HIGH), key=lambda name: -weights[name] * (values[name] - 3))
    low = sorted((name for name, value in values.items() if value <= LOW), key=lambda name: -weights[name] * (3 - values[name]))
    return [("Good", name, values[name]) for name in high[:most]] + [("Bad", name, values[name]) for name in low[:most]]


def _values(catalogue: Catalogue, file: DecisionFile, decision: Decision, tool: str) -> dict[str, Fraction]:
    """Return the known scores of a tool: those that the ranking was made with, or the catalogue's where it is not ranked."""
    for line in decision.ranking.ranking:
        if line.tool == tool:
            weights = decision.ranking.weights
            return {name: part / weights[name] for name, part in line.contributions.items() if part is not None}
    if file.scores != "catalogue":
        return {}
    return {name: Fraction(score.value) for name, score in catalogue.tools[tool].scores.items() if score.value is not None}


def _scored(catalogue: Catalogue, decision: Decision, criterion: str, value: Fraction) -> str:
    weight = decision.ranking.weights[criterion]
    return f"it has {plain(value)} of 5 on {catalogue.criteria[criterion].name}, which weighs {percent(weight)}"


def _reason(catalogue: Catalogue, file: DecisionFile, tool: str, criterion: str) -> str:
    """Return why a score of the catalogue is what it is; of a printed set of scores nobody here knows."""
    known = catalogue.tools[tool].scores.get(criterion)
    return known.why or "" if file.scores == "catalogue" and known else ""


# --- confirmation, pros and cons, more --------------------------------------------------------------------------------


def _confirmation(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    review = decision.choice.review_on
    yield f"It is looked at again on {review.isoformat()}." if review else "No day is set on which it is looked at again."
    found = decision.sensitivity
    if found.weight_flip:
        yield next(iter(firmness_sentences(catalogue, found)))
    moved = [one for one in found.intervals if one.below or one.above]
    if moved and len(found.first) == 1:
        tight = min(moved, key=_room)
        name, beyond = catalogue.criteria[tight.criterion].name, beyond_text(catalogue, tight)
        yield f"The weight that may move least: {name} at {percent(tight.weight)}; first place holds {holds_text(tight)} ({beyond})."
    advice = decision.advice
    if advice and advice.open_questions:
        pivot = advice.open_questions[0]
        yield f"The question to answer next: {catalogue.advice.bank.questions[pivot.question].text} {advice_text.turns(catalogue, pivot)}."
    if advice and advice.would_change:
        texts = [catalogue.advice.bank.questions[pivot.question].text for pivot in advice.would_change[:STATED]]
        yield f"Another answer to one of these changes it: {' '.join(texts)}"


def _room(one: WeightInterval) -> Fraction:
    """Return how far a weight can move to the nearer end at which first place changes."""
    return min([one.weight - one.low] * bool(one.below) + [one.high - one.weight] * bool(one.above))


def _pros(catalogue: Catalogue, file: DecisionFile, decision: Decision) -> Iterator[OptionText]:
    """Set out the chosen tool and those next in order."""
    advised = [one.tool for one in decision.advice.candidates] if decision.advice else []
    order = [
        *([decision.chosen.tool] if decision.chosen and decision.chosen.tool else []),
        *advised,
        *(line.tool for line in decision.ranking.ranking),
    ]
    for tool in list(dict.fromkeys(order))[:SET_OUT]:
        arguments = [Argument(kind, f"{_brief(catalogue, name, value)}.") for kind, name, value in _marked(catalogue, file, decision, tool, STATED)]
        costs = costs_of(catalogue, decision, Option(outcome=OutcomeKind.CHOOSE, tool=tool, by=By.RANKING))
        if costs:
            assert decision.costs is not None
            spans = listed([f"{decision.costs.currency} {range_text(cost)} ({cost.name})" for cost in costs])
            arguments.append(Argument("Neutral", f"a year comes to {spans}."))
        yield OptionText(catalogue.tools[tool].facts.name, catalogue.tools[tool].facts.summary, tuple(arguments))


def _brief(catalogue: Catalogue, criterion: str, value: Fraction) -> str:
    return f"{catalogue.criteria[criterion].name} is {plain(value)} of 5"


def _more(catalogue: Catalogue, decision: Decision) -> Iterator[str]:
    found = decision.sensitivity
    yield standing_text(catalogue, found)
    if found.acceptability and len(found.acceptability.tools) > 1:
        firsts = first_ranked(decision.ranking)
        shares = [f"{catalogue.tools[tool].facts.name} in {share_text(found.acceptability.of(tool).ranks[0])}" for tool in firsts]
        yield f"If all weightings count alike, first place goes to {listed(shares)} of {found.acceptability.samples:,} drawn."
    if decision.advice:
        yield from advice_text.agreement(catalogue, decision.advice)
    if decision.stored.follows is not Follows.NOTHING_STORED:
        yield _stored_text(decision)
    yield f"Computed from dataset {decision.dataset_version} by orchkit {decision.orchkit_version}."


def _stored_text(decision: Decision) -> str:
    """Say whether the result that the file brought follows from it."""
    kept = decision.stored
    match kept.follows:
        case Follows.SAME:
            return "The result that the file stores follows from it."
        case Follows.OTHER:
            differ = "differs" if len(kept.differing) == 1 else "differ"
            return f"The stored result does not follow from the file: {listed(kept.differing)} {differ}. The file was changed after it was computed."
        case _:
            made = f"dataset {kept.dataset_version}" if kept.dataset_version else "an unnamed dataset"
            differ = "is" if len(kept.differing) == 1 else "are"
            return f"The file stores a result of {made} or of another orchkit. Computed today, {listed(kept.differing)} {differ} not the same."


def _sources(catalogue: Catalogue, file: DecisionFile, decision: Decision) -> Iterator[SourceText]:
    """Name what the stated scores and the frameworks rest on, each once."""
    cited: dict[str, SourceText] = {}
    tool = decision.chosen.tool if decision.chosen else None
    if tool and file.scores == "catalogue":
        for _, name, _ in _marked(catalogue, file, decision, tool, STATED):
            known = catalogue.tools[tool].scores.get(name)
            for one in known.sources if known and name not in file.own_scores.get(tool, {}) else ():
                cited.setdefault(one.place, _source(catalogue, one))
    if file.scores != "catalogue":
        source = catalogue.published[file.scores.removeprefix("published:")].source
        cited.setdefault(source, _of_bibliography(catalogue, source))
    for voice in decision.advice.voices if decision.advice else ():
        source = catalogue.advice.frameworks[voice.framework].source
        cited.setdefault(source, _of_bibliography(catalogue, source))
    yield from cited.values()


def _source(catalogue: Catalogue, one: Citation) -> SourceText:
    if one.source:
        return _of_bibliography(catalogue, one.source)
    return SourceText(one.package.replace("==", " ") if one.package else one.elsewhere, one.url, one.read_on.isoformat())


def _of_bibliography(catalogue: Catalogue, name: str) -> SourceText:
    source = catalogue.sources[name]
    return SourceText(f"{source.title} ({source.publisher})", source.url, source.read_on.isoformat())


# --- Markdown ---------------------------------------------------------------------------------------------------------


def markdown_record(text: RecordText) -> str:
    """Write a record as a Markdown file in the form of MADR 4. Whatever anybody wrote stays text."""
    return document(_blocks(text))


def _blocks(text: RecordText) -> Iterator[list[str]]:
    yield list(front_matter(text.front))
    yield [f"# {block_text(text.title)}"]
    yield ["## Context and Problem Statement"]
    yield from _paragraphs(text.context)
    yield from _list(f"{question} {answer}" for question, answer in text.answers)
    yield ["## Decision Drivers"]
    yield from _list(text.drivers)
    yield ["## Considered Options"]
    yield from _list(text.options)
    if text.excluded:
        yield ["Left out:"]
        yield from _list(text.excluded)
    yield ["## Decision Outcome"]
    first, *others = [*lines_of(text.why), *text.because] or ["no reason is given."]
    yield [f'Chosen option: "{block_text(text.chosen)}", because: {block_text(first)}']
    yield from _paragraphs(others)
    yield from _list(text.outcome)
    yield ["### Consequences"]
    yield from _list([*_arguments(text.consequences), *(f"Accepted: {line}" for line in lines_of(text.accepted))] or ["Nothing is known."])
    yield ["### Confirmation"]
    yield from _list(text.confirmation)
    yield ["## Pros and Cons of the Options"]
    for option in text.pros:
        yield [f"### {block_text(option.name)}"]
        yield [block_text(option.about)]
        yield from _list(_arguments(option.arguments))
    yield ["## More Information"]
    yield from _list(text.more)
    if text.dissent:
        yield ["### Dissent"]
        yield from _list(": ".join(filter(None, (plain_text(who), plain_text(what)))) for who, what in text.dissent)
    yield [f"Replay it: <{text.link}>" if "://" in text.link else f"Replay it, below the address of the handbook: `{text.link}`"]
    if text.left_out:
        yield ["Names, reasons, own scores and amounts, and answers to checklists are in no link; the decision file carries them."]
    if text.sources:
        yield ["### Sources"]
        yield from _list(source_line(source) for source in text.sources)


def source_line(source: SourceText) -> str:
    """Write a source on one line."""
    where = f": {source.url}" if source.url and source.url != source.name else ""
    return f"{source.name}{where}, read on {source.read_on}"


def _arguments(arguments: tuple[Argument, ...]) -> list[str]:
    return [f"{one.kind}, because {one.text} {one.words}" for one in arguments]


def _paragraphs(texts: tuple[str, ...] | list[str]) -> Iterator[list[str]]:
    return ([block_text(one)] for one in texts if plain_text(one))


def _list(texts: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[list[str]]:
    if lines := [f"* {block_text(one)}" for one in texts if plain_text(one)]:
        yield lines
