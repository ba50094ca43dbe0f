from __future__ import annotations

from pathlib import Path

import pytest

from orchkit.errors import Problem
from orchkit.lint import RULES, file_of, run
from orchkit.lint.subject import by_place
from orchkit.store.tree import read_tree
from tests.pure.lint.checkout import Checkout, broken_by

ANT = "checklists/tools/ant"
PRINTED = "checklists/published/printed.yaml"
FIRST = "checklists/profiles/first.yaml"
STALL = "checklists/costs/deployments/stall.yaml"
SHOP = "checklists/costs/prices/shop.yaml"
CASE = "checklists/costs/cases/printed.yaml"
CASES = "checklists/cases"
SOURCE = "checklists/sources/printed.yaml"
HITS = "checklists/hits.yaml"
FEATURES = f"{ANT}/features.yaml"

FACT = """
  value: x
  sources:
    - url: https://example.com/box/docs
      shows: first paragraph
      read_on: 2026-11-20"""
COMPANION = f"""# yaml-language-server: $schema=../schema/companion.json
name: Box
category: registry
homepage: https://example.com/
summary: It keeps models.
beside: It knows which model is in use.
not_for: It runs nothing.
licence:{FACT}
owner:{FACT}
current_version:{FACT}
meets:
  ant:
    says: A job writes to it.
    sources:
      - url: https://example.com/box/ant
        shows: first paragraph
        read_on: 2026-11-20
"""
MIGRATION = """# yaml-language-server: $schema=../schema/migration.json
title: Ant to Bee
order: 1
from_tool: ant
to_tool: bee
summary: From jobs to flights.
worth_it: [The hill is full.]
not_worth_it: [The hill is empty.]
carries_over: []
basis: reviewed
basis_why: We counted.
steps:
  - title: Move
    text: Carry everything.
    effort: { low_days: 1, high_days: 2 }
    done_when: The hill is empty.
parallel_run: One week.
risks: []
"""

BREAKS = [
    # rule, file, old, new → place, fact, repair
    (
        "known-sources",
        f"{ANT}/scores.yaml",
        "source: printed",
        "source: printd",
        f"{ANT}/scores.yaml:9: scores.speed.sources[0].source",
        "unknown source `printd`",
        "Did you mean `printed`",
    ),
    ("known-sources", FIRST, "source: printed", "source: other", f"{FIRST}:6: source", "unknown source `other`", "add checklists/sources/other.yaml"),
    ("known-sources", PRINTED, "source: printed", "source: other", f"{PRINTED}:2: source", "unknown source `other`", "Use one of: printed"),
    (
        "landing-pages",
        f"{ANT}/tool.yaml",
        "https://example.com/ant/docs",
        "https://example.com",
        f"{ANT}/tool.yaml:21: strengths[0].sources[0].url",
        "front page",
        "Name the page",
    ),
    (
        "landing-pages",
        f"{ANT}/tool.yaml",
        "https://example.com/ant/docs",
        "https://example.com/?a=b#c",
        f"{ANT}/tool.yaml:21",
        "front page",
        "Name the page",
    ),
    ("landing-pages", "checklists/sources/printed.yaml", "/two-tools", "/", "checklists/sources/printed.yaml:4: url", "front page", "Name the page"),
    (
        "days",
        f"{ANT}/tool.yaml",
        "read_on: 2026-11-20",
        "read_on: 2026-11-22",
        f"{ANT}/tool.yaml:23: strengths[0].sources[0].read_on",
        "2026-11-22 is after",
        "released_on",
    ),
    (
        "days",
        "checklists/sources/printed.yaml",
        "read_on: 2026-11-21",
        "read_on: 2027-01-01",
        "checklists/sources/printed.yaml:5: read_on",
        "2027-01-01 is after",
        "Mend the day",
    ),
    (
        "complete-scores",
        f"{ANT}/scores.yaml",
        "  care:",
        "  cares:",
        f"{ANT}/scores.yaml:12: scores.cares",
        "unknown criterion `cares`",
        "Did you mean `care`",
    ),
    (
        "complete-scores",
        f"{ANT}/scores.yaml",
        "  care:\n    value: null\n    why: nobody has looked\n",
        "",
        f"{ANT}/scores.yaml:2: scores",
        "no score for the criterion `care`",
        "Add `care:`",
    ),
    (
        "complete-scores",
        f"{ANT}/deployments.yaml",
        "      speed:",
        "      sped:",
        f"{ANT}/deployments.yaml:10: deployments.self-hosted.scores.sped",
        "unknown criterion `sped`",
        "`speed`",
    ),
    (
        "as-printed",
        f"{ANT}/scores.yaml",
        "value: 3",
        "value: 4",
        f"{ANT}/scores.yaml:4: scores.speed.value",
        "the value is 4, but checklists/published/printed.yaml prints 3 for `ant`",
        "Write 3 again; or, if 4",
    ),
    (
        "as-printed",
        f"{ANT}/scores.yaml",
        "source: printed",
        "url: https://example.com/other",
        f"{ANT}/scores.yaml:5: scores.speed.basis",
        "no cited source",
        "documented, reviewed or measured",
    ),
    ("as-printed", PRINTED, "    speed: 3\n", "", f"{ANT}/scores.yaml:5: scores.speed.basis", "prints no `speed` for `ant`", "Mend the citation"),
    ("known-names", FIRST, "  care: 0.25", "  cares: 0.25", f"{FIRST}:9: weights.cares", "unknown criterion `cares`", "Did you mean `care`"),
    ("known-names", PRINTED, "  ant:", "  aunt:", f"{PRINTED}:5: matrix.aunt", "unknown tool `aunt`", "Did you mean `ant`"),
    ("known-names", PRINTED, "    care: 4", "    car: 4", f"{PRINTED}:7: matrix.ant.car", "unknown criterion `car`", "Did you mean `care`"),
    (
        "known-names",
        PRINTED,
        "profile: first",
        "profile: frist",
        f"{PRINTED}:12: rankings[0].profile",
        "unknown weight profile `frist`",
        "Did you mean `first`",
    ),
    (
        "known-names",
        PRINTED,
        "- tool: ant",
        "- tool: xyz",
        f"{PRINTED}:18: rankings[0].totals[1].tool",
        "unknown line of the matrix `xyz`",
        "Use one of: ant, bee",
    ),
    ("alternatives", f"{ANT}/tool.yaml", "  - bee", "  - beee", f"{ANT}/tool.yaml:26: alternatives[0]", "unknown tool `beee`", "Did you mean `bee`"),
    (
        "alternatives",
        f"{ANT}/tool.yaml",
        "  - bee",
        "  - ant",
        f"{ANT}/tool.yaml:26: alternatives[0]",
        "`ant` is the tool itself",
        "name another tool",
    ),
    (
        "homepages",
        f"{ANT}/tool.yaml",
        "https://example.com/ant",
        "http://example.com/ant",
        f"{ANT}/tool.yaml:6: homepage",
        "is not an https address",
        "with https",
    ),
    (
        "homepages",
        f"{ANT}/tool.yaml",
        "https://example.com/ant",
        "https://example.org/ant",
        f"{ANT}/tool.yaml:6: homepage",
        "is a placeholder",
        "the tool's own site",
    ),
    ("tool-pages", "docs/tools/ant.md", "tool: ant", "tool: bee", "docs/tools/ant.md:3", "names the tool `bee`, the file `ant`", "Write `tool: ant`"),
    ("tool-pages", "docs/tools/ant.md", "tool: ant\n", "", "docs/tools/ant.md:2", "names no tool", "Write `tool: ant`"),
    ("tool-pages", "docs/tools/ant.md", "---\ntitle: Ant\ntool: ant\n---\n", "", "docs/tools/ant.md:1", "names no tool", "Write `tool: ant`"),
    ("tool-pages", "docs/tools/ant.md", "tool: ant\n---\n", "tool: ant\n", "docs/tools/ant.md:1", "has no end", "Add a line `---`"),
    ("tool-pages", "docs/tools/ant.md", "title: Ant", "title: [Ant", "docs/tools/ant.md:3", "cannot be read as YAML", "brackets"),
    (
        "cases",
        f"{CASES}/anthill.yaml",
        "  - tool: ant",
        "  - tool: aunt",
        f"{CASES}/anthill.yaml:9: moved_from[0].tool",
        "unknown tool `aunt`",
        "Did you mean `ant`, or `other`",
    ),
    (
        "cases",
        f"{CASES}/anthill.yaml",
        "other: Wasp",
        "other: BEE",
        f"{CASES}/anthill.yaml:11: considered[0].other",
        "`BEE` is a tool of the dataset",
        "Write `tool: bee`",
    ),
    (
        "cases",
        f"{CASES}/anthill.yaml",
        "url: https://example.com/why-ants",
        "source: printed",
        f"{CASES}/anthill.yaml:28: sources[0]",
        "not cited by its address",
        "Write `url`",
    ),
    (
        "cases",
        f"{CASES}/fable.yaml",
        "source: printed",
        "url: https://example.com/fable",
        f"{CASES}/fable.yaml:14: sources[0]",
        "which source tells it",
        "Write `source`",
    ),
    (
        "verdict-words",
        "docs/index.md",
        "Ant waits for work",
        "Ant waits for the best work",
        "docs/index.md:7",
        "`best` stands in one sentence with `Ant`",
        "without a verdict",
    ),
    ("cost-names", STALL, "tool: ant", "tool: aunt", f"{STALL}:3: tool", "unknown tool `aunt`", "Did you mean `ant`"),
    ("cost-names", STALL, "deployment: self-hosted", "deployment: self-hostd", f"{STALL}:4: deployment", "unknown deployment", "`self-hosted`"),
    ("cost-names", STALL, "shop/machine", "shop/machin", f"{STALL}:10: lines.machine.price", "unknown price `shop/machin`", "`shop/machine`"),
    ("cost-names", STALL, "[shop/plan]", "[shop/plam]", f"{STALL}:22: lines.plan.plans[0]", "unknown price `shop/plam`", "`shop/plan`"),
    (
        "cost-names",
        CASE,
        "corrected_by: stall",
        "corrected_by: stal",
        f"{CASE}:24: stacks.stall.corrected_by",
        "unknown costed deployment",
        "`stall`",
    ),
    ("cost-names", CASE, "[forgotten]", "[forgoten]", f"{CASE}:25: stacks.stall.errors[0]", "unknown error `forgoten`", "`forgotten`"),
    ("cost-names", SHOP, "overage: shop/run", "overage: shop/rum", f"{SHOP}:21: prices.plan.includes.overage", "unknown price", "`shop/run`"),
    (
        "cost-names",
        "checklists/costs/categories.yaml",
        "  licence: { name: Licence, question: May we?, explained: Paper. }\n",
        "",
        "checklists/costs/categories.yaml:2: categories",
        "the category `licence` is not explained",
        "Add it",
    ),
    (
        "cost-units",
        STALL,
        "per: hours",
        "per: runs",
        f"{STALL}:11: lines.machine.per",
        "does not go with a price in `usd_per_hour`",
        "hours, task_hours",
    ),
    ("cost-units", STALL, "[shop/plan]", "[shop/run]", f"{STALL}:22: lines.plan.plans", "a plan is paid by the month", "Name a plan"),
    ("cost-units", SHOP, ", overage: shop/run", "", f"{SHOP}:23: prices.run", "no line uses this price", "remove it"),
    ("known-sources", CASE, "source: printed", "source: prined", f"{CASE}:2: source", "unknown source `prined`", "Did you mean `printed`"),
    ("days", SHOP, "read_on: 2026-11-20", "read_on: 2026-11-23", f"{SHOP}:15: prices.machine.sources[0].read_on", "is after", "Mend the day"),
    (
        "schema-lines",
        f"{ANT}/tool.yaml",
        "../../schema/tool.json",
        "../schema/tool.json",
        f"{ANT}/tool.yaml:1",
        "does not name",
        "`# yaml-language-server: $schema=../../schema/tool.json`",
    ),
    (
        "schema-lines",
        "checklists/dataset.yaml",
        "# yaml-language-server: $schema=schema/dataset.json\n",
        "",
        "checklists/dataset.yaml:1",
        "does not name",
        "$schema=schema/dataset.json",
    ),
    ("schema-lines", FIRST, "profile.json", "tool.json", f"{FIRST}:1", "does not name", "$schema=../schema/profile.json"),
    ("features", FEATURES, "  steps:", "  stepps:", f"{FEATURES}:11: features.stepps", "unknown row `stepps`", "Did you mean `steps`"),
    (
        "features",
        FEATURES,
        "value: fixed",
        "value: fixd",
        f"{FEATURES}:4: features.retries.value",
        "no value of the row `retries`",
        "Did you mean `fixed`",
    ),
    ("days", f"{ANT}/tool.yaml", "read_on: 2026-11-20", "read_on: 2025-11-20", f"{ANT}/tool.yaml", "more than 180", "Read it again"),
    ("hits", HITS, "misses:\n  anthill:", "misses:\n  anthil:", f"{HITS}:12: misses.anthil", "unknown account `anthil`", "`anthill`"),
    ("hits", HITS, "advised:\n    anthill:", "advised:\n    ants:", f"{HITS}:8: first_run.chosen.anthill", "was advised nothing", "Restore"),
    ("placeholders", SOURCE, "sells: ", "sells: To be written. # ", f"{SOURCE}:6: sells", "is still to be written", "Write it"),
    (
        "schema-files",
        "checklists/schema/tool.json",
        "Tool",
        "Toll",
        "checklists/schema/tool.json",
        "is not what the models give",
        "orchkit schema --write",
    ),
]


def test_the_small_checkout_has_no_problems(checkout: Checkout) -> None:
    assert checkout.lint() == []


@pytest.mark.parametrize(
    ("rule", "file", "old", "new", "place", "fact", "repair"), BREAKS, ids=[f"{row[0]}-{index}" for index, row in enumerate(BREAKS)]
)
def test_one_break_is_one_problem_with_place_fact_and_repair(
    checkout: Checkout, rule: str, file: str, old: str, new: str, place: str, fact: str, repair: str
) -> None:
    checkout.replace(file, old, new)

    found = broken_by(checkout, rule)

    hits = [problem for problem in found if problem.place.startswith(place)]
    assert len(hits) == 1, found
    assert fact in hits[0].fact
    assert repair in hits[0].repair
    assert hits[0] in checkout.lint()


def test_every_rule_is_broken_by_some_row() -> None:
    elsewhere = {"advice-rules", "checklist-pages", "internal-links", "known-enough", "readable-pages", "releases"}
    elsewhere |= {
        "acceptances",
        "checklist-names",
        "double-questions",
        "efforts",
        "implied-scores",
        "item-sources",
        "lab-names",
        "measured",
        "minor-versions",
        "released-checklists",
        "stable-ids",
    }
    assert {row[0] for row in BREAKS} | elsewhere == {rule.name for rule in RULES}


def test_the_address_of_a_post_by_its_number_is_a_page(checkout: Checkout) -> None:
    checkout.replace(f"{ANT}/tool.yaml", "https://example.com/ant/docs", "https://example.com/?p=7462")
    assert checkout.lint() == []


def test_a_tool_without_a_page(checkout: Checkout) -> None:
    (checkout.root / "docs/tools/ant.md").unlink()
    (problem,) = checkout.lint()
    assert str(problem).startswith("docs/tools/ant.md: is missing: the tool `ant` has no page. ")


def test_a_page_without_a_tool(checkout: Checkout) -> None:
    checkout.write("docs/tools/ants.md", "# Ants\n")
    (problem,) = checkout.lint()
    assert str(problem) == "docs/tools/ants.md: there is no tool `ants` in checklists/tools/. Did you mean `ant`, or add its records?"


def test_a_checklist_without_a_page(checkout: Checkout) -> None:
    (checkout.root / "docs/checklists/trial.md").unlink()
    (problem,) = checkout.lint()
    assert problem.place == "docs/checklists/trial.md"
    assert '{{ view("checklist", checklist="trial") }}' in problem.repair


def test_a_feature_table_with_holes(checkout: Checkout) -> None:
    group = "checklists/features/failure.yaml"
    checkout.write("checklists/features/twice.yaml", (checkout.root / group).read_text("utf-8").replace("order: 1", "order: 2"))
    again = {f"the row `{row}` stands in another group too" for row in ("retries", "steps")}
    assert {problem.fact for problem in broken_by(checkout, "features")} == again
    (checkout.root / "checklists/features/twice.yaml").unlink()

    checkout.replace(FEATURES, "    value: fixed\n", "    value: null\n    why: No page says so.\n")
    (unknown,) = broken_by(checkout, "features")
    assert unknown.fact == "1 of 2 rows are unknown, more than one in ten: retries"

    checkout.replace(group, "  steps:", "  logs:\n    name: Logs\n    asks: Where are they?\n  steps:")
    assert "lacks the rows logs" in {problem.fact for problem in broken_by(checkout, "features")}


def test_a_ranked_tool_without_alternatives(checkout: Checkout) -> None:
    checkout.replace(f"{ANT}/tool.yaml", "alternatives:\n  - bee\n", "")
    (problem,) = broken_by(checkout, "alternatives")
    assert problem.fact == "a ranked tool names no alternatives"


@pytest.mark.parametrize(
    ("link", "facts"),
    [
        ("[a page](tools/ant.md)", 0),
        ("[a page](tools/ant.md#scores 'title')", 0),
        ("[a page](tools/aunt.md)", 1),
        ("![a page](<tools/aunt.md#scores>)", 1),
        ("[a page][one]\n\n[one]: tools/aunt.md", 1),
        ("[a page](https://example.com/aunt.md)", 0),
        ("`[a page](tools/aunt.md)`", 0),
        ("```text\n[a page](tools/aunt.md)\n```", 0),
    ],
)
def test_a_link_to_a_page_that_does_not_exist(checkout: Checkout, link: str, facts: int) -> None:
    text = (checkout.root / "docs/index.md").read_text("utf-8")
    checkout.write("docs/index.md", f"{text}\n{link}\n")
    found = broken_by(checkout, "internal-links")
    line = next((number for number, one in enumerate(f"{text}\n{link}".splitlines(), 1) if "aunt.md" in one), 0)
    assert [(problem.place, problem.repair) for problem in found] == [(f"docs/index.md:{line}", "Did you mean docs/tools/ant.md")] * facts


def test_companions_and_migrations_name_tools_that_exist(checkout: Checkout) -> None:
    checkout.write("checklists/companions/box.yaml", COMPANION.replace("ant:", "aunt:"))
    checkout.write("checklists/migrations/away.yaml", MIGRATION.replace("to_tool: bee", "to_tool: wasp"))
    found = broken_by(checkout, "known-names")
    assert [(problem.place, problem.fact) for problem in found] == [
        ("checklists/companions/box.yaml:27: meets.aunt", "unknown tool `aunt`"),
        ("checklists/migrations/away.yaml:5: to_tool", "unknown tool `wasp`"),
    ]


def test_a_page_that_is_not_text_is_one_problem(checkout: Checkout) -> None:
    (checkout.root / "docs/tools/ant.md").write_bytes(b"---\ntool: \xff\n---\n")
    (problem,) = checkout.lint()
    assert str(problem) == "docs/tools/ant.md: is not UTF-8 text (byte 10). Save it as UTF-8."


@pytest.mark.parametrize(("name", "fact"), [("tool.json", "is missing"), ("stray.json", "belongs to no model")])
def test_a_schema_that_is_missing_or_astray(checkout: Checkout, name: str, fact: str) -> None:
    path = checkout.data / "schema" / name
    path.unlink() if path.exists() else path.write_text("{}")
    (problem,) = checkout.lint()
    assert (problem.place, problem.fact) == (f"checklists/schema/{name}", fact)


def test_an_unranked_tool_may_leave_criteria_out(checkout: Checkout) -> None:
    checkout.replace(f"{ANT}/scores.yaml", "  care:\n    value: null\n    why: nobody has looked\n", "")
    checkout.replace(f"{ANT}/tool.yaml", "ranked: true", "ranked: false\nwhy_not_ranked: it is a tracker")
    assert checkout.lint() == []


def test_a_tree_that_cannot_be_loaded_has_only_those_problems(checkout: Checkout) -> None:
    checkout.replace(f"{ANT}/tool.yaml", "ranked: true", "ranked: No")
    checkout.replace(f"{ANT}/tool.yaml", "https://example.com/ant/docs", "https://example.com")
    checkout.replace("checklists/tools/bee/scores.yaml", "value: 5", "value: 7")
    assert [str(problem).partition(". ")[0] for problem in checkout.lint()] == [
        f"{ANT}/tool.yaml:5: a bare `No` is true or false to some YAML readers and text to others",
        "checklists/tools/bee/scores.yaml:4: scores.speed.value: 7 is more than 5",
    ]


def test_problems_stand_in_the_order_of_files_and_lines() -> None:
    places = ["b.yaml:2: x", "a.yaml:10: x", "a.yaml:9: y", "a.yaml"]
    problems = sorted((Problem(place, "f", "r") for place in places), key=by_place)
    assert [problem.place for problem in problems] == ["a.yaml", "a.yaml:9: y", "a.yaml:10: x", "b.yaml:2: x"]
    assert [file_of(problem) for problem in problems] == ["a.yaml", "a.yaml", "a.yaml", "b.yaml"]


def test_the_handbook_itself_has_no_problems(root: Path) -> None:
    assert run(read_tree(root / "checklists")) == []


AS_PRINTED = """\
    value: {value}
    basis: published
    confidence: low
    why: As printed.
    sources:
      - source: {source}
        shows: Comparison Matrix
        read_on: 2026-11-21
"""


def test_a_changed_printed_score_of_the_handbook_is_found(root: Path, tmp_path: Path) -> None:
    checkout = Checkout(tmp_path, root)
    tree = read_tree(checkout.data)
    assert tree.catalogue is not None
    published, *_ = tree.catalogue.published.values()
    tool, row = next(iter(published.matrix.items()))
    criterion, value = next(iter(row.items()))
    file = f"checklists/tools/{tool}/scores.yaml"
    line = tree.files[file].document.line_of(("scores", criterion, "value"))
    lines = (checkout.root / file).read_text(encoding="utf-8").splitlines(keepends=True)
    end = next((number for number, text in enumerate(lines) if number >= line and not text.startswith("    ")), len(lines))

    def printed(value: int) -> str:
        entry = AS_PRINTED.format(value=value, source=published.source)
        return "".join([*lines[: line - 1], entry, *lines[end:]])

    checkout.write(file, printed(value))
    assert checkout.lint() == []
    checkout.write(file, printed(value % 5 + 1))
    (problem,) = checkout.lint()

    assert problem.place == f"{file}:{line}: scores.{criterion}.value"
    assert f"prints {value} for `{tool}`" in problem.fact
