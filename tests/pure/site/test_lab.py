"""The lab's pages say what the records say, and escape what tools wrote."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.model.lab import LAB_GROUPS, LabGroup
from orchkit.model.records import LabRecord
from orchkit.site import agreement, lab
from orchkit.site.replay import runs_of
from orchkit.views.environment import render
from orchkit.views.place import Place
from tests.recorded import STEPS, record
from tests.strategies import catalogue_of

HERE = Place(base="/h/")
CASES: dict[str, dict[str, Any]] = {
    "install": {"group": "start", "numbers": {"services": "services", "distributions": "distributions", "installed": "size"}},
    "first-run": {"group": "start", "numbers": {"cold-run": "cold", "warm-run": "warm"}},
    "failure": {"group": "failure", "numbers": {"seconds-to-know": "s", "exit-code": "e", "facts-told": "f"}},
    "resume": {"group": "failure", "numbers": {"steps-repeated": "s", "resume-start": "r", "resume-run": "r"}},
    "retry": {"group": "failure"},
    "offline": {"group": "isolation"},
}


def catalogue(**changes: Any) -> Catalogue:
    cases = {name: {"name": name.capitalize(), "holds": "It holds", "why": "Nights.", **case} for name, case in CASES.items()}
    data = catalogue_of({"ant": {"alpha": 3}, "bee": {"alpha": 2}}).model_dump(mode="json")
    not_run = {"bee": {"why": "It needs a cluster.", "would_run": "The same on one."}}
    data |= {"lab_cases": {"cases": cases, "not_run": not_run}, "lab": {"ant": {"name": "2026-11-20", "record": record() | changes}}}
    return Catalogue.model_validate(data)


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def test_the_matrix_has_a_cell_for_every_case_and_mode() -> None:
    drawn = lab.lab_matrix(catalogue(), HERE)
    rows = {
        found[1]: re.findall(r'<td class="ok-is-(\w+)">([^<]+)</td>', found[0])
        for found in re.finditer(r'<tr id="([\w-]+)">.*?</tr>', drawn, re.DOTALL)
    }
    assert rows == {
        "first-run": [("held", "yes"), ("held", "yes")],
        "failure": [("held", "yes"), ("held", "yes")],
        "resume": [("held", "yes"), ("failed", "no")],
        "retry": [("not_run", "–"), ("unsupported", "not claimed")],
        "offline": [("not_run", "–"), ("not_run", "not run")],
    }


def test_every_group_has_a_name() -> None:
    assert list(LAB_GROUPS) == list(LabGroup)


def test_bars_stand_in_order_and_a_mode_without_a_value_is_named() -> None:
    drawn = lab.lab_chart(catalogue(), HERE, "first-run.cold-run")
    assert re.findall(r"<td>([\d.]+ s)</td>", drawn) == ["4.5 s", "75 s"]
    assert re.findall(r'class="ok-s1" y="4" width="([\d.]+)"', drawn) == ["6.0", "100.0"]
    assert "Without a value: ant, with a server." in text_of(lab.lab_chart(catalogue(), HERE, "resume.resume-run"))


def test_an_unknown_number_or_tool_says_what_there_is() -> None:
    with pytest.raises(InputError, match="unknown number `first-run`"):
        lab.lab_chart(catalogue(), HERE, "first-run")
    with pytest.raises(InputError, match="unknown tool `wasp`"):
        lab.tool_lab(catalogue(), HERE, "wasp")


def test_what_did_not_hold_is_said_in_the_records_words() -> None:
    text = text_of(lab.lab_failures(catalogue(), HERE))
    assert "Whatever it claims held." in text
    assert "Resume : 4 of the 4 steps that had ended well were repeated" in text


def test_a_tools_page_shows_its_modes_numbers_and_record() -> None:
    drawn = lab.tool_lab(catalogue(), HERE, "ant")
    assert 'href="/h/evidence/ant/2026-11-20.json"' in drawn
    text = text_of(drawn)
    assert "Version 1.2.0 on Python 3.12.1" in text
    assert "One step, fresh home 4.5 s 75 s" in text
    assert "Ants try once." in text


def test_a_tool_that_was_not_run_says_why() -> None:
    text = text_of(lab.tool_lab(catalogue(), HERE, "bee"))
    assert "It needs a cluster. What somebody with the means would run: The same on one." in text


def test_a_tool_without_a_record_says_how_to_make_one() -> None:
    empty = catalogue().model_copy(update={"lab": {}})
    assert "No pass of this tool is on record. make lab-ant makes one" in text_of(lab.tool_lab(empty, HERE, "ant"))


def test_runs_are_replayed_as_recorded() -> None:
    script, server = runs_of(LabRecord.model_validate(record()), "Ant")
    failing, resumed = script.acts
    assert [spell.step for spell in failing.spells] == list(STEPS[:5])
    assert [spell.failed for spell in failing.spells] == [False] * 4 + [True]
    assert (failing.exit_code, failing.said, resumed.exit_code) == ("1", ("train failed",), "0")
    assert (script.repeated, script.no_resume) == (0, None)
    assert server.no_resume is not None


def test_a_step_that_ran_again_counts_as_repeated_and_one_that_was_killed_as_failed() -> None:
    data = record()
    trace = data["modes"]["script"]["cases"]["resume"]["trace"]
    trace += [{"step": "load", "event": event, "seconds": second, "command": 2} for event, second in (("start", 7.0), ("end", 7.5))]
    trace[:] = [line for line in trace if (line["step"], line["event"]) != ("train", "fail")]
    script, _ = runs_of(LabRecord.model_validate(data), "Ant")
    assert script.repeated == 1
    assert script.acts[0].spells[-1].failed


def passes(*changes: dict[str, Any]) -> dict[str, dict[str, LabRecord]]:
    return {"ant": {f"2026-11-20.{at}": LabRecord.model_validate(record() | change) for at, change in enumerate(changes, 2)}}


def agreement_of(found: dict[str, dict[str, LabRecord]], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(agreement, "records", lambda: found)
    return agreement.lab_agreement(catalogue(), HERE)


def test_the_last_two_passes_are_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = copy.deepcopy(record()["modes"])
    changed["script"]["cases"]["resume"] |= {"outcome": "failed", "why": "it began <i>anew</i>"}
    drawn = agreement_of(passes({"modes": {}}, {}, {"modes": changed}), monkeypatch)
    text = text_of(drawn)
    assert "9 of 10 verdicts are the same." in text
    assert "ant, a script: Resume yes no it began &lt;i&gt;anew&lt;/i&gt;" in text
    assert 'href="/h/evidence/ant/2026-11-20.4.json"' in drawn
    assert "2026-11-20.2" not in drawn


@pytest.mark.parametrize("changes", [[{}], [{"package": None}, {}]], ids=["one pass", "another version"])
def test_what_ran_once_is_not_compared(changes: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No tool has two passes of one version on record." in agreement_of(passes(*changes), monkeypatch)


def test_what_a_tool_wrote_is_text() -> None:
    drawn = render("lab_replay.html.jinja", place=HERE, runs=list(runs_of(LabRecord.model_validate(record()), "Ant<b>")), wide=100)
    assert "<b>" not in drawn
    assert "Ant&lt;b&gt;, a script" in drawn
