"""`orchkit checklist merge | upgrade | gate | release`."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

import orchkit as package
from orchkit.store.user import read_decision_file
from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout
from tests.pure.lint.test_checklists import MINOR, ONE, add_major, add_minor

NASTY = 'Ärger | "A" <script>alert(1)</script> \u0000\u202e 漢'


def filled(checkout: Checkout, name: str, *responses: dict[str, Any], **more: object) -> Path:
    """Write a decision file with responses to the small checklist."""
    frame = {"format": "orchkit-decision", "dataset_version": "2026.11.0", **more}
    made = [{"checklist": "trial", "version": "1.0", "id": f"one-{number}", **response} for number, response in enumerate(responses)]
    return checkout.write(name, json.dumps({**frame, "responses": made}))


def said(outcome: str, revision: int = 0, note: str = "") -> dict[str, Any]:
    return {"outcome": outcome, "revision": revision, "note": note}


class TestMerge:
    def test_two_people_in_one_file_with_a_report(self, small: Run, checkout: Checkout) -> None:
        ines = filled(checkout, "ines.json", {"evaluator": "Ines", "answers": {"starts": said("met"), "stops": said("met", 1)}}, title="Ours")
        omar = filled(
            checkout,
            "omar.json",
            {"evaluator": "Ines", "answers": {"starts": said("not_met"), "stops": said("not_met", 2)}},
            {"evaluator": "Omar", "subject": NASTY},
            title="Theirs",
        )
        result = small("checklist", "merge", ines.name, omar.name, "-o", "both.orchkit.json")
        assert (result.exit_code, result.stderr) == (0, "Written: both.orchkit.json\n")
        lines = [line.split() for line in result.stdout.splitlines()]
        assert ["starts", "contested;", "counts", "as", "unknown", "met", "ines.json,", "omar.json"] in lines
        assert ["stops", "newer", "one", "taken", "not", "met", "omar.json"] in lines
        assert "The files differ in title; what the first says was kept." in result.stdout
        assert "To settle: starts (one-0)." in result.stdout
        merged = read_decision_file(checkout.root / "both.orchkit.json", package.load(checkout.data))
        assert (merged.title, sorted(one.evaluator for one in merged.responses)) == ("Ours", ["Ines", "Omar"])
        assert small("checklist", "score", "both.orchkit.json").exit_code == 0

    @pytest.mark.parametrize("as_", ["table", "markdown", "json"])
    def test_without_a_name_nothing_is_written(self, small: Run, checkout: Checkout, as_: str) -> None:
        one, two = (filled(checkout, f"{name}.json", {"subject": NASTY, "answers": {"starts": said("met", note=name)}}) for name in ("a", "b"))
        before = {path: path.read_bytes() for path in checkout.root.glob("*.json")}
        result = small("checklist", "merge", one, two, "--format", as_)
        assert result.exit_code == 0
        assert "Nothing was written" in result.stderr
        assert {path: path.read_bytes() for path in checkout.root.glob("*.json")} == before
        if as_ == "json":
            found = json.loads(result.stdout)
            assert found["evaluations"][0]["nameless"] is True
            assert found["decision"]["responses"][0]["answers"]["starts"]["others"]
        else:
            assert "It names no evaluator" in result.stdout
            assert "\u202e" not in result.stdout
            assert as_ == "table" or "<script>" not in result.stdout

    def test_nothing_is_overwritten_unless_told(self, small: Run, checkout: Checkout) -> None:
        one, two = (filled(checkout, f"{name}.json", {"evaluator": name}) for name in ("a", "b"))
        refused = small("checklist", "merge", "a.json", "b.json", "-o", "a.json")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr == "a.json: exists already, and may hold somebody's answers. Name another file, or add --overwrite.\n"
        assert small("checklist", "merge", one.name, two.name, "-o", "a.json", "--overwrite").exit_code == 0
        assert len(json.loads(one.read_text(encoding="utf-8"))["responses"]) == 2

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["a.json"], "FILE: there is nothing to merge with. Name two files or more.\n"),
            (["a.json", "b.json", "-o", "c.yaml"], "c.yaml: is the name of a YAML file, and what is written is JSON. Name it c.orchkit.json.\n"),
            (
                ["a.json", "b.json", "-o", "absent/c.json"],
                "absent/c.json: cannot be written: No such file or directory. Name a file in a folder that exists.\n",
            ),
            (["a.json", "absent.json"], "absent.json: cannot be read: No such file or directory. Check the path and the permissions.\n"),
        ],
    )
    def test_bad_input(self, small: Run, checkout: Checkout, arguments: list[str], message: str) -> None:
        for name in ("a", "b"):
            filled(checkout, f"{name}.json", {"evaluator": name})
        result = small("checklist", "merge", *arguments)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


class TestUpgrade:
    def test_item_by_item(self, small: Run, checkout: Checkout) -> None:
        add_major(checkout)
        filled(checkout, "old.json", {"evaluator": "Ines", "answers": {"starts": said("met"), "stops": said("not_met")}})
        result = small("checklist", "upgrade", "old.json", "-o", "new.json")
        assert (result.exit_code, result.stderr) == (0, "Written: new.json\n")
        lines = [line.split() for line in result.stdout.splitlines()]
        assert ["begins", "moved", "from", "starts", "met"] in lines
        assert ["stops", "retired", "not", "met", "It", "is", "never", "stopped."] in lines
        assert "0 kept, 0 changed, 1 moved, 0 new, 1 retired." in result.stdout
        old, new = read_decision_file(checkout.root / "new.json", package.load(checkout.data)).responses
        assert (old.version, new.version, list(new.answers), list(new.retired)) == ("1.0", "2.0", ["begins"], ["stops"])
        first, second = (small("checklist", "score", name, "--format", "json").stdout for name in ("old.json", "new.json"))
        assert json.loads(first)["assessments"][0] == json.loads(second)["assessments"][0]

    @pytest.mark.parametrize("as_", ["table", "markdown", "json"])
    def test_without_a_name_nothing_is_written(self, small: Run, checkout: Checkout, as_: str) -> None:
        add_minor(checkout)
        path = filled(checkout, "old.json", {"subject": NASTY})
        before = path.read_bytes()
        result = small("checklist", "upgrade", path, "--format", as_)
        assert (result.exit_code, path.read_bytes()) == (0, before)
        assert "Nothing was written" in result.stderr
        if as_ == "json":
            (upgrade,) = json.loads(result.stdout)["upgrades"]
            assert [(item["item"], item["change"]) for item in upgrade["items"]] == [("starts", "kept"), ("stops", "kept"), ("rests", "new")]

    def test_what_is_newest_stays(self, small: Run, checkout: Checkout) -> None:
        filled(checkout, "old.json", {"evaluator": "Ines"})
        result = small("checklist", "upgrade", "old.json", "-o", "new.json")
        assert result.stdout == "Trial: filled in by Ines: version 1.0 already\n"
        assert len(json.loads((checkout.root / "new.json").read_text(encoding="utf-8"))["responses"]) == 1

    @pytest.mark.parametrize(
        ("version", "arguments", "begin"),
        [
            (
                "2.0",
                ["--to", "1.0"],
                "old.json: version: 1.0 is older than 2.0, which this evaluation answers; answers are carried to newer versions only. ",
            ),
            (
                "1.0",
                ["--to", "9.0"],
                "old.json: responses: no checklist that is filled in here has a version `9.0`. Leave the version out to take the newest.",
            ),
            ("1.0", ["-o", "old.json"], "old.json: exists already, and may hold somebody's answers. Name another file, or add --overwrite."),
        ],
    )
    def test_bad_input(self, small: Run, checkout: Checkout, version: str, arguments: list[str], begin: str) -> None:
        add_major(checkout)
        path = filled(checkout, "old.json", {"version": version})
        before = path.read_bytes()
        result = small("checklist", "upgrade", "old.json", *arguments)
        assert (result.exit_code, result.stdout, path.read_bytes()) == (2, "", before)
        assert result.stderr.startswith(begin)


class TestGate:
    @pytest.mark.parametrize(
        ("outcomes", "arguments", "code"),
        [
            (("met", "met"), ["--min-score", "100", "--no-blockers"], 0),
            (("met", "unknown"), ["--min-score", "62.5"], 0),
            (("met", "unknown"), ["--min-score", "63"], 1),
            (("partly_met", "met"), ["--no-blockers"], 1),
            (("unknown", "met"), ["--no-blockers"], 1),
            (("met", "not_met"), ["--no-blockers"], 0),
        ],
    )
    def test_exit_codes(self, small: Run, checkout: Checkout, outcomes: tuple[str, str], arguments: list[str], code: int) -> None:
        path = filled(checkout, "mine.json", {"answers": dict(zip(("starts", "stops"), map(said, outcomes), strict=True))})
        result = small("checklist", "gate", path, *arguments, "--format", "json")
        assert result.exit_code == code, result.output
        assert json.loads(result.stdout)["passed"] is (code == 0)

    def test_a_table_says_why(self, small: Run, checkout: Checkout) -> None:
        add_minor(checkout)
        path = filled(checkout, "mine.json", {"version": "1.1", "subject": NASTY, "answers": {"starts": said("met")}}, {"evaluator": "Ines"})
        text = small("checklist", "gate", path, "--min-score", "80", "--no-blockers").stdout
        flat = " ".join(text.split())
        assert "The score is at least 62.5 %, and 80 % is asked for." in flat
        assert "Blockers not known: starts." in flat
        assert "not asked for until the next MAJOR version: rests." in flat
        assert "\u202e" not in text

    def test_the_latest_state_is_tested_and_options_choose(self, small: Run, checkout: Checkout) -> None:
        done = {"starts": said("met"), "stops": said("met")}
        ours = {"subject": "Ours", "evaluator": "Ines"}
        path = filled(
            checkout,
            "mine.json",
            {**ours, "date": "2026-11-01"},
            {**ours, "date": "2026-11-20", "answers": done},
            {"tool": "ant", "deployment": "self-hosted", "evaluator": "Omar"},
        )
        asked = ["checklist", "gate", path, "--no-blockers"]
        assert small(*asked).exit_code == 1
        chosen = small(*asked, "--subject", "Ours", "--evaluator", "Ines", "--checklist", "trial")
        assert chosen.exit_code == 0
        assert "Not tested, because later ones took their place: 1 earlier state of these evaluations." in " ".join(chosen.stdout.split())
        assert [small(*asked, "--subject", name).exit_code for name in ("ant", "ant/self-hosted")] == [1, 1]

    @pytest.mark.parametrize("outcome", ["met", "not_met"])
    def test_a_badge_says_it_in_words(self, small: Run, checkout: Checkout, outcome: str) -> None:
        path = filled(checkout, "mine.json", {"subject": NASTY, "answers": {"starts": said(outcome)}})
        for _ in range(2):  # a badge takes the place of the last one
            small("checklist", "gate", path, "--min-score", "50", "--badge", "badge.svg")
        root = ET.fromstring((checkout.root / "badge.svg").read_text(encoding="utf-8"))  # noqa: S314 - written a line above
        texts = [node.text for node in root.iter() if node.tag.endswith("text")]
        score = "62–100 %, passed" if outcome == "met" else "0–37 %, failed"
        assert texts == ["Trial 1.0", score]
        title = next(node.text or "" for node in root.iter() if node.tag.endswith("title"))
        assert root.get("role") == "img"
        assert root.get("aria-label") == title
        assert title.startswith("Trial 1.0, Ärger")
        assert title.endswith(score)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ([], "orchkit checklist gate: nothing is asked for, so everything would pass. Add --min-score N or --no-blockers.\n"),
            (["--min-score", "many"], "--min-score: `many` is not a number. Write a number from 0 to 100, like 80.\n"),
            (["--min-score", "101"], "--min-score: `101` is not from 0 to 100. Write a percentage, like 80.\n"),
            (["--min-score", "nan"], "--min-score: `nan` is not from 0 to 100. Write a percentage, like 80.\n"),
            (["--no-blockers", "--checklist", "trail"], "--checklist: unknown checklist `trail`. Did you mean `trial`?\n"),
            (["--no-blockers", "--subject", "Our"], "--subject: no evaluation in mine.json has `Our`. Did you mean `Ours`?\n"),
            (
                ["--no-blockers", "--badge", "b.svg"],
                "--badge: a badge shows one evaluation, and 2 are tested: trial, Ours, Ines; trial, Ours, Omar. ",
            ),
            (["--no-blockers", "--evaluator", "Ines", "--badge", "mine.json"], "mine.json: exists already and is no badge. Name another file.\n"),
            (["--no-blockers", "--evaluator", "Ines", "--badge", "x/b.svg"], "x/b.svg: cannot be written: No such file or directory. "),
        ],
    )
    def test_bad_input(self, small: Run, checkout: Checkout, arguments: list[str], message: str) -> None:
        filled(checkout, "mine.json", {"subject": "Ours", "evaluator": "Ines"}, {"subject": "Ours", "evaluator": "Omar"})
        result = small("checklist", "gate", "mine.json", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(message)

    def test_a_file_without_responses_does_not_pass(self, small: Run, checkout: Checkout) -> None:
        filled(checkout, "none.json")
        result = small("checklist", "gate", "none.json", "--no-blockers")
        assert result.exit_code == 2
        assert result.stderr == "none.json: responses: there is no filled checklist in it. Begin one with `orchkit checklist new`.\n"


class TestRelease:
    def test_a_released_version_can_no_longer_be_edited(self, small: Run, checkout: Checkout) -> None:
        result = small("checklist", "release", "trial", "1.0")
        assert result.exit_code == 0, result.stderr
        digest = json.loads((checkout.data / "lists/released.json").read_text(encoding="utf-8"))["released"]["trial"]["1.0"]
        assert f"{ONE}: released, SHA-256 {digest}" in result.stdout
        assert small("checklist", "release", "trial", "1.0").stdout == f"{ONE} is released already, and unchanged.\n"
        assert small("lint").exit_code == 0
        checkout.replace(ONE, "It starts.", "It starts soon.")
        assert small("lint").exit_code == 2
        assert small("checklist", "release", "trial", "1.0").exit_code == 2

    def test_in_their_order(self, small: Run, checkout: Checkout) -> None:
        add_minor(checkout)
        early = small("checklist", "release", "trial", "1.1")
        assert (early.exit_code, early.stderr) == (2, "VERSION: `1.1` upgrades from 1.0, which is not released. Release 1.0 first.\n")
        assert [small("checklist", "release", "trial", version).exit_code for version in ("1.0", "1.1")] == [0, 0]

    def test_nothing_is_released_that_lint_dislikes(self, small: Run, checkout: Checkout) -> None:
        checkout.replace(ONE, "It starts.", "It starts and it stops.")
        assert small("checklist", "release", "trial", "1.0").exit_code == 2
        assert not (checkout.data / "lists/released.json").exists()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["trail", "1.0"], "ID: unknown checklist `trail`. Did you mean `trial`?\n"),
            (["trial", "1.1"], "VERSION: unknown version `1.1` of checklist `trial`. Did you mean `1.0`?\n"),
        ],
    )
    def test_bad_input(self, small: Run, checkout: Checkout, arguments: list[str], message: str) -> None:
        assert checkout.root
        assert small("checklist", "release", *arguments).stderr == message

    def test_a_release_of_the_dataset_releases_its_drafts(self, small: Run, checkout: Checkout) -> None:
        add_minor(checkout)
        result = small("release", "2026.11.0")
        assert "checklists/lists/released.json: released with it trial 1.0, trial 1.1\n" in result.stdout
        checkout.replace("checklists/dataset.yaml", "2026.11.0", "2026.12.0")
        checkout.replace(MINOR, "It rests.", "It rests well.")
        assert "1.1.yaml: is not what was released" in small("lint").stderr
