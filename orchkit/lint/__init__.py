"""What a dataset must hold beyond its schemas: one rule a file, listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from orchkit.errors import Problem
from orchkit.lint import (
    acceptances,
    advice_rules,
    alternatives,
    as_printed,
    cases,
    checklist_names,
    checklist_pages,
    complete_scores,
    cost_names,
    cost_units,
    days,
    double_questions,
    efforts,
    features,
    hits,
    homepages,
    implied_scores,
    internal_links,
    item_sources,
    known_enough,
    known_names,
    known_sources,
    lab_names,
    landing_pages,
    measured,
    minor_versions,
    placeholders,
    readable_pages,
    released_checklists,
    releases,
    schema_files,
    schema_lines,
    stable_ids,
    tool_pages,
    verdict_words,
)
from orchkit.lint.subject import Subject, by_place, file_of
from orchkit.store.tree import Tree

__all__ = ["RULES", "Rule", "Subject", "file_of", "run"]


class Rule(NamedTuple):
    """One thing that lint demands."""

    name: str
    demands: str
    check: Callable[[Subject], Iterator[Problem]]


RULES = (
    Rule("known-sources", "A source that is named stands in the bibliography.", known_sources.check),
    Rule("landing-pages", "A citation names a page with the passage, not a site's front page.", landing_pages.check),
    Rule("days", "Nothing was read after the dataset was released, nor so long before that it is stale.", days.check),
    Rule("complete-scores", "A ranked tool has a score, or a null with its reason, for every criterion and for nothing else.", complete_scores.check),
    Rule("known-enough", "A ranked tool is unknown on at most three criteria.", known_enough.check),
    Rule("as-printed", "A score with the basis `published` is what the cited source prints.", as_printed.check),
    Rule("measured", "What the lab's records are cited for is what they say, and a measured score rests on a fresh one.", measured.check),
    Rule("implied-scores", "A score lies in the range that the lab's measurements allow.", implied_scores.check),
    Rule("lab-names", "The lab's cases, records and measurements name what exists.", lab_names.check),
    Rule("known-names", "Profiles, published sets, companions and migrations name what exists.", known_names.check),
    Rule("cost-names", "A cost names prices, tools, deployments, errors and categories that exist.", cost_names.check),
    Rule("cost-units", "A price is multiplied by what its unit is paid for, and no price stands unused.", cost_units.check),
    Rule("features", "A tool's value stands in a row of the feature tables, and at most one row in ten is unknown.", features.check),
    Rule("alternatives", "A tool's alternatives are other tools of the dataset, and a ranked tool has some.", alternatives.check),
    Rule("homepages", "A tool's homepage is its own address, with https.", homepages.check),
    Rule("cases", "A case cites the page it was read on, and names tools, questions and answers that exist.", cases.check),
    Rule("hits", "The record of the first run on the cases is whole, and reasons for misses name accounts that exist.", hits.check),
    Rule("tool-pages", "A tool has a page and a page has a tool.", tool_pages.check),
    Rule("checklist-pages", "A checklist has a page.", checklist_pages.check),
    Rule("checklist-names", "A checklist names traits and measurements that exist.", checklist_names.check),
    Rule("double-questions", "A claim of a checklist makes one statement.", double_questions.check),
    Rule("acceptances", "An acceptance names a number, a command or an artefact.", acceptances.check),
    Rule("efforts", "An item of a checklist says how long its check and its remedy take.", efforts.check),
    Rule("item-sources", "An item of a checklist says where it comes from, or the checklist does.", item_sources.check),
    Rule("stable-ids", "Items keep their ids, and what becomes of each is said.", stable_ids.check),
    Rule("minor-versions", "A MINOR version of a checklist alters no old outcome, and what it adds does not gate yet.", minor_versions.check),
    Rule("released-checklists", "A released version of a checklist is what was released.", released_checklists.check),
    Rule("readable-pages", "A page is UTF-8 text.", readable_pages.check),
    Rule("internal-links", "A link from page to page leads to a page that exists.", internal_links.check),
    Rule("placeholders", "Nothing is left to be written that a scaffold left so.", placeholders.check),
    Rule("verdict-words", "No sentence of a page passes a verdict on a tool: verdicts are computed.", verdict_words.check),
    Rule("advice-rules", "The advisor's rules name what exists, every question is used, and no rule is dead.", advice_rules.check),
    Rule("releases", "A frozen release is what was frozen, and what it published under a version stays what it was.", releases.check),
    Rule("schema-lines", "The first line of a record names its JSON Schema, so that editors help.", schema_lines.check),
    Rule("schema-files", "The committed JSON Schemas are what the models give.", schema_files.check),
)


def run(tree: Tree) -> list[Problem]:
    """Check a dataset and the pages beside it. A tree that cannot be loaded has only the problems of loading it."""
    if tree.catalogue is None:
        return sorted(tree.problems, key=by_place)
    subject = Subject(tree, tree.catalogue)
    return sorted({problem for rule in RULES for problem in rule.check(subject)}, key=by_place)
