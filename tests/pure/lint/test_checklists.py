"""The rules for checklists, each shown to fail on one seeded error."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from orchkit.errors import Problem
from orchkit.lint.acceptances import names_something
from orchkit.lint.double_questions import second_statement
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Item
from orchkit.store.released import drafts, read_released, with_release, write_released
from orchkit.store.tree import load_tree
from tests.pure.lint.checkout import Checkout, broken_by

ONE, MINOR, TWO = (f"checklists/lists/trial/{version}.yaml" for version in ("1.0", "1.1", "2.0"))

ADDED = """\
      - id: rests
        since: "1.1"
        claim: It rests.
        acceptance: It uses 0 % of a processor.
        check: Look.
        why: It heats the room otherwise.
        remedy: Let it.
        severity: blocker
        check_effort: hour
        remedy_effort: day
"""


def add_minor(checkout: Checkout) -> None:
    """Add version 1.1, with one item more and nothing wrong."""
    text = (checkout.root / ONE).read_text(encoding="utf-8")
    checkout.write(MINOR, text.replace("title: Trial\n", 'title: Trial\nupgrades_from: "1.0"\n') + ADDED)


def add_major(checkout: Checkout) -> None:
    """Add version 2.0, in which one item is renamed and one retired, with nothing wrong."""
    text = (checkout.root / ONE).read_text(encoding="utf-8")
    text = text.replace("title: Trial\n", 'title: Trial\nupgrades_from: "1.0"\nretired: { stops: It is never stopped. }\n')
    checkout.write(TWO, text.partition("      - id: stops")[0].replace("- id: starts\n", "- id: begins\n        was: [starts]\n"))


def release(checkout: Checkout) -> None:
    catalogue = load_tree(checkout.data)
    write_released(checkout.data, with_release(catalogue, read_released(checkout.data), drafts(catalogue, read_released(checkout.data))))


def nothing(_: Checkout) -> None:
    """The one version that is there."""


Before = Callable[[Checkout], None]

BREAKS: list[tuple[str, Before, str, str, str, str, str, str]] = [
    # rule, what is added, file, old, new → place, fact, repair
    (
        "double-questions",
        nothing,
        ONE,
        "It starts.",
        "It starts and it stops.",
        "sections[0].items[0].claim",
        "at `and it stops`",
        "Split the item",
    ),
    (
        "double-questions",
        nothing,
        ONE,
        "claim: It starts.",
        "one_statement: It is short.\n        claim: It starts.",
        "sections[0].items[0].one_statement",
        "reads like one",
        "Remove it",
    ),
    ("acceptances", nothing, ONE, "One command exits with 0.", "It is fine.", "sections[0].items[0].acceptance", "no number", "Write how many"),
    ("efforts", nothing, ONE, "        check_effort: hour\n", "", "sections[0].items[0]", "`starts` has no `check_effort`", "one of hour, day"),
    ("efforts", nothing, ONE, "        remedy_effort: day\n", "", "sections[0].items[0]", "`starts` has no `remedy_effort`", "one of hour, day"),
    (
        "checklist-names",
        nothing,
        ONE,
        "severity: major",
        "severity: major\n        documented: [{ trait: flies, present: met }]",
        "sections[0].items[1].documented[0].trait",
        "unknown trait `flies`",
        "advice/constraints.yaml",
    ),
    ("stable-ids", nothing, ONE, "title: Trial\n", 'title: Trial\nupgrades_from: "0.9"\n', "upgrades_from", "no version before 1.0", "Remove it"),
    (
        "stable-ids",
        nothing,
        ONE,
        "claim: It starts.",
        "was: [begins]\n        claim: x",
        "sections[0].items[0].was[0]",
        "no item of",
        "Remove it",
    ),
    (
        "stable-ids",
        nothing,
        ONE,
        "claim: It starts.",
        "changed: Much.\n        claim: x",
        "sections[0].items[0].changed",
        "nothing of",
        "Remove it",
    ),
    ("stable-ids", add_major, TWO, 'upgrades_from: "1.0"\n', "", "", "the version before it is 1.0", 'Write `upgrades_from: "1.0"`'),
    (
        "stable-ids",
        add_major,
        TWO,
        'upgrades_from: "1.0"',
        'upgrades_from: "0.1"',
        "upgrades_from",
        "upgrades from 0.1",
        'Write `upgrades_from: "1.0"`',
    ),
    (
        "stable-ids",
        add_major,
        TWO,
        "was: [starts]",
        "was: [strts, starts]",
        "sections[0].items[0].was[0]",
        "`strts` is no item",
        "Did you mean `starts`",
    ),
    (
        "stable-ids",
        add_major,
        TWO,
        "was: [starts]",
        "was: [begins, starts]",
        "sections[0].items[0].was[0]",
        "its own answers anyway",
        "Remove it",
    ),
    ("stable-ids", add_major, TWO, "        was: [starts]\n", "", "", "the item `starts` of 1.0 is gone without a word", "under `was`"),
    ("stable-ids", add_major, TWO, "retired: { stops:", "retired: { stps:", "retired.stps", "`stps` is no item", "Did you mean `stops`"),
    (
        "stable-ids",
        add_major,
        TWO,
        "retired: { stops:",
        "retired: { starts: x, stops:",
        "retired.starts",
        "its answers are still used",
        "Remove it",
    ),
    (
        "minor-versions",
        add_minor,
        MINOR,
        "exits with 0",
        "exits with 1",
        "sections[0].items[0].acceptance",
        "another acceptance",
        "make the version 2.0",
    ),
    ("minor-versions", add_minor, MINOR, "severity: major", "severity: minor", "sections[0].items[1].severity", "another severity", "Undo it"),
    ("minor-versions", add_minor, MINOR, "blocker: 5", "blocker: 6", "severity_weights", "other weights", "Undo it"),
    ("minor-versions", add_minor, MINOR, "- id: starts", "- id: begins\n        was: [starts]", "", "without the item `starts`", "Undo it"),
    ("minor-versions", add_minor, MINOR, '        since: "1.1"\n', "", "sections[0].items[2]", "`rests` is new in 1.1", 'Write `since: "1.1"`'),
    (
        "minor-versions",
        add_minor,
        MINOR,
        'since: "1.1"',
        'since: "1.0"',
        "sections[0].items[2].since",
        "`rests` is new in 1.1",
        'Write `since: "1.1"`',
    ),
    (
        "minor-versions",
        add_minor,
        MINOR,
        "claim: It stops.",
        'since: "1.1"\n        claim: It stops.',
        "sections[0].items[1].since",
        "`stops` is not new",
        "Remove it",
    ),
    (
        "minor-versions",
        add_minor,
        MINOR,
        "claim: It stops.",
        "changed: Much.\n        claim: It stops.",
        "sections[0].items[1].changed",
        "another outcome",
        "Undo it",
    ),
    (
        "minor-versions",
        add_major,
        TWO,
        "was: [starts]",
        'was: [starts]\n        since: "2.0"',
        "sections[0].items[0].since",
        "everything in a MAJOR version gates",
        "Remove it",
    ),
]


@pytest.mark.parametrize(
    ("rule", "before", "file", "old", "new", "place", "fact", "repair"), BREAKS, ids=[f"{row[0]}-{index}" for index, row in enumerate(BREAKS)]
)
def test_one_break_is_one_problem_with_place_fact_and_repair(
    checkout: Checkout, rule: str, before: Before, file: str, old: str, new: str, place: str, fact: str, repair: str
) -> None:
    before(checkout)
    assert checkout.lint() == []
    checkout.replace(file, old, new)
    hits = [
        problem for problem in broken_by(checkout, rule) if re.fullmatch(rf"{re.escape(file)}:\d+" + re.escape(place and f": {place}"), problem.place)
    ]
    assert len(hits) == 1, broken_by(checkout, rule)
    assert fact in hits[0].fact
    assert repair in hits[0].repair
    assert hits[0] in checkout.lint()


def test_items_without_a_source(checkout: Checkout) -> None:
    text = (checkout.root / ONE).read_text(encoding="utf-8")
    begin, _, rest = text.partition("sources:\n")
    checkout.write(ONE, begin + "severity_weights" + rest.partition("severity_weights")[2])
    found = broken_by(checkout, "item-sources")
    assert [problem.fact for problem in found] == [
        f"the item `{name}` has no source, and the checklist has none for all of them" for name in ("starts", "stops")
    ]
    source = "        sources: [{ url: https://example.com/a/page, shows: the passage, read_on: 2026-11-20 }]\n"
    checkout.write(ONE, (checkout.root / ONE).read_text(encoding="utf-8").replace("        check_effort", f"{source}        check_effort"))
    assert checkout.lint() == []


def test_an_id_is_not_used_again(checkout: Checkout) -> None:
    add_major(checkout)
    text = (checkout.root / TWO).read_text(encoding="utf-8").replace('"1.0"', '"2.0"').replace("retired: { stops: It is never stopped. }\n", "")
    checkout.write(
        "checklists/lists/trial/3.0.yaml",
        text.replace("was: [starts]", "changed: It is put otherwise.") + ADDED.replace("rests", "stops").replace('        since: "1.1"\n', ""),
    )
    (problem,) = broken_by(checkout, "stable-ids")
    assert problem.fact == "the id `stops` was given up in an older version, and answers under it may still lie there"


def test_a_minor_version_needs_its_major(checkout: Checkout) -> None:
    (checkout.root / ONE).rename(checkout.root / "checklists/lists/trial/1.3.yaml")
    (problem,) = broken_by(checkout, "minor-versions")
    assert (problem.fact, problem.repair) == ("there is no version 1.0 that 1.3 adds to", "Name the file 1.0.yaml")


class TestReleased:
    def test_a_comment_or_a_line_break_changes_nothing(self, checkout: Checkout) -> None:
        release(checkout)
        checkout.replace(ONE, "claim: It starts.", "# a comment\n        claim: >-\n          It\n          starts.")
        assert checkout.lint() == []

    @pytest.mark.parametrize(
        ("old", "new"), [("It starts.", "It starts!"), ("severity: blocker", "severity: minor"), ("check_effort: hour", "check_effort: day")]
    )
    def test_a_change_is_refused(self, checkout: Checkout, old: str, new: str) -> None:
        release(checkout)
        checkout.replace(ONE, old, new)
        fact = "is not what was released; a released version of a checklist never changes"
        repair = "Undo the change here, and make it in a copy under the next version"
        assert checkout.lint() == [Problem(ONE, fact, repair)]

    def test_a_version_that_is_gone(self, checkout: Checkout) -> None:
        add_minor(checkout)
        release(checkout)
        (checkout.root / MINOR).unlink()
        assert [problem.fact for problem in checkout.lint()] == ["is gone, and it is released: saved answers name it"]

    @pytest.mark.parametrize("text", ["{", "[]", '{"released": {"trial": {"1.0": "x"}}}', "\udcff"])
    def test_a_damaged_file_is_one_problem(self, checkout: Checkout, text: str) -> None:
        (checkout.data / "lists" / "released.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        (problem,) = checkout.lint()
        assert problem.place.startswith("checklists/lists/released.json")
        assert problem.repair == "Take it from the repository again; only `orchkit checklist release` writes it"

    def test_what_can_no_longer_be_mended_is_not_nagged_about(self, checkout: Checkout) -> None:
        checkout.replace(ONE, "        check_effort: hour\n", "")
        release(checkout)
        assert checkout.lint() == []


def test_the_released_checklist_of_the_handbook_has_no_double_question_and_can_be_judged(catalogue: Catalogue) -> None:
    items = list(catalogue.checklists["production-adoption"]["1.0"].items)
    assert [second_statement(item.claim) for item in items] == [None] * len(items)
    assert all(names_something(item.acceptance) for item in items)


def test_the_item_that_authors_are_shown_is_one(root: Path) -> None:
    page = (root / "docs" / "contribute" / "write-a-checklist.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (data,) = yaml.safe_load(example)
    item = Item.model_validate(data)
    assert (second_statement(item.claim), names_something(item.acceptance)) == (None, True)
    assert item.check_effort
    assert item.remedy_effort


@pytest.mark.parametrize(
    ("claim", "second"),
    [
        ("Every run is logged and is kept for a year.", "and is"),
        ("A failed run sends an alert and names the task.", "and names the"),
        ("Backups are made, and somebody has restored one.", "and somebody has"),
        ("Logs are kept and the alerts are sent.", "and the alerts are"),
        ("Runs are limited or costs are capped.", "or costs are"),
        ("It starts; it stops.", ";"),
        ("It starts. It stops.", ". I"),
        ("Secrets and/or tokens are kept in the store.", "and/or"),
        ("Logs and their indices are kept for a year.", None),
        ("The name, the owner and the cost of every workflow are known.", None),
        ("A newcomer and an expert find the cause alike.", None),
        ("Retries and time-outs are set for each task.", None),
        ("The command `make and is` is documented.", None),
        ("A task is given up for good, and is then not retried.", None),
        ("The state is kept in the store and nowhere else.", None),
    ],
)
def test_two_statements_in_one(claim: str, second: str | None) -> None:
    assert second_statement(claim) == second
