"""An advice in sentences, for the page, the command and a screen reader alike."""

from __future__ import annotations

from collections.abc import Iterable

from orchkit.advice import Advice, Confidence, Fired, First, Pivot, Voice
from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.views.numbers import fixed, listed

OUTCOMES = {
    OutcomeKind.CHOOSE: "take it",
    OutcomeKind.STAY: "stay with what you have",
    OutcomeKind.PROCESS: "mend the process first",
    OutcomeKind.CRON: "a cron script is enough",
    OutcomeKind.NONE: "none of these",
}
"""What each outcome says, in a phrase."""


def tool_name(catalogue: Catalogue, tool: str) -> str:
    """Name a tool as people do."""
    return catalogue.tools[tool].facts.name


def headline(catalogue: Catalogue, advice: Advice) -> str:
    """Say the one thing to do."""
    found = advice.recommendation
    if found.say is not None:
        return found.say
    if found.tool is None:
        return "None of these: your answers rule out every way to have each of them."
    name = tool_name(catalogue, found.tool)
    if advice.confidence is Confidence.OPEN:
        return f"No clear winner. {name} is ahead, by too little to rely on."
    if found.outcome is OutcomeKind.STAY:
        return f"Stay with {name}."
    return f"Take {name}{_as(catalogue, found.tool, found.deployment)}."


def _as(catalogue: Catalogue, tool: str, deployment: str | None) -> str:
    return f", as {catalogue.tools[tool].deployments[deployment].name}" if deployment else ""


def confidence(catalogue: Catalogue, advice: Advice) -> str:
    """Say how far that can be relied on."""
    pending = len(advice.open_questions)
    could = f"{pending} open question{'' if pending == 1 else 's'} could change it"
    if advice.recommendation.say is not None:
        return (
            f"A rule decided this, not the order of the tools; {could}." if pending else "A rule decided this, and no open question could change it."
        )
    if advice.lead is None:
        return f"There is nothing left to compare it with; {could}." if pending else "There is nothing left to compare it with."
    second = tool_name(catalogue, advice.candidates[1].tool)
    if advice.confidence is Confidence.OPEN:
        ahead = (
            f"It leads {second} by {fixed(advice.lead, 1)} points" if advice.lead > 0 else f"Unknown scores or a tie leave the order to {second} open"
        )
        return (
            f"{ahead}, and less than {fixed(advice.margin, 0)} is no lead. {could.capitalize()}."
            if pending
            else f"{ahead}, and less than {fixed(advice.margin, 0)} is no lead."
        )
    lead = f"It leads {second} by {fixed(advice.lead, 1)} points, at least {fixed(advice.margin, 0)} being a lead"
    return f"{lead}; {could}." if pending else f"{lead}, and no open question could change that."


def agreement(catalogue: Catalogue, advice: Advice) -> list[str]:
    """Say where the frameworks agree and where they differ, and why."""
    speaking = [voice for voice in advice.voices if voice.tools or voice.other or voice.outcomes]
    if not speaking:
        return ["No framework of the sources has anything to say yet."]
    dissent = [voice for voice in speaking if voice.dissents]
    agreed = len(speaking) - len(dissent)
    said = [
        f"Of {len(speaking)} framework{'' if len(speaking) == 1 else 's'} with something to say, {agreed} point{'s' if agreed == 1 else ''} to this."
    ]
    return said + [
        f"{catalogue.advice.frameworks[voice.framework].name} point{'s' if _single(catalogue, voice) else ''} elsewhere: {pointed(catalogue, voice)}."
        for voice in dissent
    ]


def _single(catalogue: Catalogue, voice: Voice) -> bool:
    return not catalogue.advice.frameworks[voice.framework].name.split()[-1].endswith("s")


def pointed(catalogue: Catalogue, voice: Voice) -> str:
    """Name what a framework points at."""
    names = [tool_name(catalogue, tool) for tool in voice.tools] + list(voice.other) + [OUTCOMES[outcome] for outcome in voice.outcomes]
    return listed(names) if names else "a way to have it, and no tool"


def first_text(catalogue: Catalogue, first: First) -> str:
    """Say a first place in a phrase."""
    if first.tool is None:
        return OUTCOMES[first.outcome]
    name = tool_name(catalogue, first.tool)
    return f"stay with {name}" if first.outcome is OutcomeKind.STAY else name


def turns(catalogue: Catalogue, pivot: Pivot) -> str:
    """Say which answers lead where."""
    ends: dict[str, list[str]] = {}
    answers = catalogue.advice.bank.questions[pivot.question].answers
    for turn in pivot.turns:
        ends.setdefault(first_text(catalogue, turn.first), []).append(f"“{answers[turn.answer].label}”")
    return "; ".join(f"{' or '.join(labels)}: {end}" for end, labels in ends.items())


def because(catalogue: Catalogue, fired: Fired) -> str:
    """Name the answers on which a rule fired."""
    questions = catalogue.advice.bank.questions
    labels = [f"“{questions[question].answers[answer].label}” ({question})" for question, answer in fired.answers.items()]
    return listed(labels) if labels else ""


def reason(catalogue: Catalogue, fired: Fired) -> str:
    """Say a reason with whose it is."""
    if fired.kind != "row":
        return fired.text
    framework = catalogue.advice.frameworks[fired.rule.partition("/")[0]]
    return f"{framework.name}: {fired.text}"


def lasting(catalogue: Catalogue, reasons: Iterable[Fired]) -> list[tuple[str, str]]:
    """Return reasons as (text, answers)."""
    return [(reason(catalogue, fired), because(catalogue, fired)) for fired in reasons]


def leaders(catalogue: Catalogue, advice: Advice) -> list[tuple[str, str]]:
    """Return the heaviest criteria on which the recommended tool scores high, as (sentence, rules behind the weight)."""
    tool = advice.recommendation.tool
    if tool is None or not advice.candidates or tool != advice.candidates[0].tool:
        return []
    scores = advice.candidates[0].values
    heavy = sorted(advice.weights, key=lambda name: (-advice.weights[name], list(advice.weights).index(name)))[:3]
    texts = {fired.rule: fired.text for fired in advice.derivation}
    found = []
    for name in heavy:
        value = scores.get(name)
        if value is not None and value >= 4:  # noqa: PLR2004 - above the middle of the 1-5 scale
            why = [texts[rule] for rule, added in advice.added.items() if added.get(name, 0) > 0 and rule in texts]
            found.append(
                (f"{fixed(value, 0)} of 5 on {catalogue.criteria[name].name}, which weighs {fixed(100 * advice.weights[name], 0)} %.", " ".join(why))
            )
    return found
