"""What is said to be measured is what the lab's records say."""

from __future__ import annotations

import pytest

from tests.pure.lint.checkout import Checkout, broken_by
from tests.recorded import record, write

SCORES = "checklists/tools/ant/scores.yaml"
CITED = """    sources:
      - record: { tool: ant, day: 2026-11-20, mode: script, case: resume, outcome: held }
        shows: it went on at step five
        read_on: 2026-11-20
"""
PRINTED = """    sources:
      - source: printed
        shows: row of ant
        read_on: 2026-11-21
"""
HELD = "mode: script, case: resume, outcome: held"
LAB = """# yaml-language-server: $schema=schema/lab.json
cases:
  install: { name: Install, holds: h, why: w, group: start, numbers: { services: s, distributions: d, installed: i } }
  first-run: { name: First run, holds: h, why: w, group: start, numbers: { cold-run: c, warm-run: w } }
  failure: { name: Failure, holds: h, why: w, group: failure, numbers: { seconds-to-know: s, exit-code: e, facts-told: f } }
  resume: { name: Resume, holds: h, why: w, group: failure, numbers: { steps-repeated: s, resume-start: s, resume-run: r } }
  retry: { name: Retry, holds: h, why: w, group: failure }
  offline: { name: Offline, holds: h, why: w, group: isolation }
"""
BOUNDED = """    measurements:
      services-first:
        name: services
        unit: count
        direction: lower_is_better
        bounds: { three: 1, five: 0 }
        lab: install.services
"""
MISNAMED = BOUNDED.replace("install.services", "install.service") + "  care:"


@pytest.fixture
def measured(checkout: Checkout) -> Checkout:
    """Give the small checkout a lab, a record, and a score that rests on it."""
    checkout.write("checklists/lab.yaml", LAB)
    write(checkout.data, record())
    checkout.replace(SCORES, "basis: published", "basis: measured")
    checkout.replace(SCORES, PRINTED, CITED)
    checkout.replace("checklists/tools/ant/tool.yaml", "current_version: { value: null, why: not looked up }", VERSION.format("1.2.0 (2026-11-01)"))
    return checkout


VERSION = "current_version: {{ value: '{}', sources: [{{ package: ant==1.0, shows: the README, read_on: 2026-11-20 }}] }}"


def test_a_score_that_was_measured_stands(measured: Checkout) -> None:
    assert measured.lint() == []


@pytest.mark.parametrize(
    ("old", "new", "fact", "repair"),
    [
        ("day: 2026-11-20,", "day: 2026-11-19,", "there is no record ant/2026-11-19", "Did you mean `2026-11-20`"),
        ("mode: script", "mode: sript", "has no mode `sript`", "Did you mean `script`"),
        ("case: resume", "case: resum", "has no case `resum`", "Did you mean `resume`"),
        ("mode: script", "mode: server", "came to `failed`, not to `held`", "Cite what the record says"),
        (
            "mode: script, case: resume, outcome: held",
            "mode: server, case: offline, outcome: not_run",
            "`offline` was not run",
            "Cite a case that was",
        ),
        (CITED, PRINTED, "`measured`, but no record of the lab is cited", "Cite one with `record`"),
    ],
)
def test_what_the_record_does_not_say_is_refused(measured: Checkout, old: str, new: str, fact: str, repair: str) -> None:
    measured.replace(SCORES, old, new)
    (problem,) = broken_by(measured, "measured")
    assert problem.place.startswith(f"{SCORES}:")
    assert fact in problem.fact
    assert repair in problem.repair


def test_a_record_older_than_the_tool_is_refused(measured: Checkout) -> None:
    measured.replace("checklists/tools/ant/tool.yaml", "1.2.0 (2026-11-01)", "1.10.0 (2026-11-01)")
    (problem,) = broken_by(measured, "measured")
    assert "the record is of version 1.2.0, and tool.yaml says 1.10.0" in problem.fact


def test_another_tools_record_measures_nothing(measured: Checkout) -> None:
    write(measured.data, record(tool="bee"))
    measured.replace(SCORES, "tool: ant, day", "tool: bee, day")
    (problem,) = broken_by(measured, "measured")
    assert "is a record of `bee`" in problem.fact


def test_a_record_that_is_not_there_has_to_be_made(measured: Checkout) -> None:
    measured.replace(SCORES, "tool: ant, day", "tool: bee, day")
    facts = {problem.fact: problem.repair for problem in broken_by(measured, "measured")}
    assert "make lab-bee" in facts["there is no record bee/2026-11-20"]


FEW = BOUNDED.replace("lower_is_better", "higher_is_better").replace("{ three: 1, five: 0 }", "{ three: 2 }")


@pytest.mark.parametrize(
    ("bounds", "score", "cited", "said"),
    [
        (BOUNDED, 3, False, None),
        (BOUNDED, 5, False, None),
        (BOUNDED, 2, True, None),
        (BOUNDED, 2, False, "allows 3 to 5"),
        (FEW, 2, True, None),
        (FEW, 3, True, "allows 1 to 2"),
    ],
    ids=[
        "at the lower end",
        "at the upper end",
        "below, looked at",
        "below, not looked at",
        "at the upper end of a low range",
        "above, whatever is cited",
    ],
)
def test_a_score_lies_where_the_numbers_allow_it(measured: Checkout, bounds: str, score: int, cited: bool, said: str | None) -> None:  # noqa: FBT001 - a column
    measured.replace("checklists/criteria.yaml", "  care:", bounds + "  care:")
    measured.replace(SCORES, "value: 3", f"value: {score}")
    if not cited:
        measured.replace(SCORES, CITED, PRINTED)
    found = [problem.fact for problem in broken_by(measured, "implied-scores")]
    assert found == ([] if said is None else [f"the score is {score}, but what the lab measured as `services-first` {said}"])


@pytest.mark.parametrize(
    ("file", "old", "new", "fact"),
    [
        ("checklists/lab.yaml", "group: failure }", "group: failure, answers: { nothing: { leaves_open: much } } }", "unknown item `nothing`"),
        ("checklists/lab.yaml", "cases:", "not_run: { wasp: { why: w, would_run: r } }\ncases:", "unknown tool `wasp`"),
        ("checklists/lab.yaml", "cases:", "not_run: { ant: { why: w, would_run: r } }\ncases:", "has records, so it was run"),
        ("checklists/lab.yaml", "  retry:", "  try:", "has the case `retry`, which lab.yaml does not know"),
        ("checklists/lab.yaml", "exit-code: e, ", "", "has the number `exit-code` of the case `failure`"),
        (
            "checklists/criteria.yaml",
            "  care:",
            MISNAMED,
            "unknown number `install.service`",
        ),
    ],
)
def test_what_nobody_explains_is_refused(measured: Checkout, file: str, old: str, new: str, fact: str) -> None:
    measured.replace(file, old, new)
    (problem,) = broken_by(measured, "lab-names")
    assert fact in problem.fact


def test_a_damaged_record_is_a_problem_of_loading(measured: Checkout) -> None:
    (measured.data / "evidence" / "ant" / "2026-11-20.json").write_text("{}", encoding="utf-8")
    assert {problem.place.partition(":")[0] for problem in measured.lint()} == {"checklists/evidence/ant/2026-11-20.json"}
