"""What a new checklist, source or framework begins as: a record that loads, with what is wanted in comments, and a page for a checklist."""

from __future__ import annotations

from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.lint.homepages import PLACEHOLDER
from orchkit.lint.placeholders import TO_WRITE
from orchkit.lint.schema_lines import schema_line
from orchkit.model.base import nearest
from orchkit.site.scaffold import name_of, quoted, refuse, write_new
from orchkit.store.tree import load_tree

_LONGEST_TITLE = 200

_SOURCE = """\
# The title as printed; say in `note` if it is one of yours.
title: {name}
# The author's name, where one is printed.
author: null
# Who put it out.
publisher: {to_write}
# The page itself, not a front page; null when only a copy is known, which `note` then says.
url: {url}
# The day printed on it, like 2026-11-21; null when none is.
published_on: null
# The day on which you read it.
read_on: {day}
# What the publisher sells that the text bears on: the reader's warning. `Nothing that it bears on.` is an answer.
sells: {to_write}
# What else a reader must know before trusting it: a copy, a translation, a missing part.
note: null
"""

_FRAMEWORK = """\
name: {name}
source: {source}
# Place in tables.
order: {order}
# Where in the source it stands: a heading, a table, a sentence.
passage: {to_write}
# What its voice is worth, out of the 100 of a perfect tool, shared among what it points at. Eight and less so far; 0 is heard and counts nothing.
points: 0
# Why it is worth that much.
weighed: {to_write}
# What we think of it: how it was derived, where it fails.
opinion: {to_write}
# One entry a row of the source, each by itself, in any order:
#   few-workflows:
#     printed: What the source says, in your words, with the names as it printed them.
#     when:                                # every question has one of the answers
#       workflows: [under-5]
#     unless:                              # no question has one of these; may be left out
#       lineage: [required]
#     tools: [id-of-a-tool]                # what it points at; or `other:` with names that the dataset does not rank,
#     outcome: cron                        # or choose, stay, process, cron, none
#     prefers: {{operator: managed}}         # or deployments that it asks for (`prefers`) or warns of (`avoids`)
rows: {{}}
"""

_CHECKLIST = """\
title: {name}
released_on: {day}
# Which decision it serves.
purpose: {to_write}
# What is assessed with it: one tool in one deployment, one team, one plan.
subject: {to_write}
# What an item of each severity counts in the score.
severity_weights:
  blocker: 5
  major: 3
  minor: 1
# Ids of sections and items are kebab-case and for ever: saved answers hang on them. A released version does not change; the next is a new file.
sections:
  - id: first-section
    title: {to_write}
    items:
      - id: first-item
        # One statement, put so that true is good.
        claim: {to_write}
        # When it counts as met: a number, a command or an artefact.
        acceptance: {to_write}
        # How to find out.
        check: {to_write}
        # What goes wrong without it.
        why: {to_write}
        # What to do when it is not met.
        remedy: {to_write}
        # blocker, major or minor
        severity: major
        # How long one person works on the check, and on the remedy: hour, day, week or month.
        check_effort: hour
        remedy_effort: day
        # Where it comes from: `source: ID` or `url:`, with `shows` and `read_on`.
        sources: []
"""

_PAGE = """\
---
title: {quoted}
description: {description}
hide:
  - navigation
  - toc
---

# {name}

<!-- Which question does it answer, who fills it in, and when? -->

{{{{ view("checklist", checklist="{id}") }}}}

## How to answer

<!-- What has to be at hand before the first item? When is a check too small to count? -->

Answer what you have checked; what nobody has looked at stays unknown, and the score is an interval until it is known.

## What to do next

1. Run the checks of the blockers first: one that is not met decides.
2. Export the answers and keep the file beside the decision.
"""


def new_source(folder: Path, source: str, *, name: str | None = None, url: str | None = None) -> list[Path]:
    """Write the record of a source and return its path. Raises `InputError` and `DataError` as `new_tool` does."""
    refuse(source, name_of(source), taken={}, address=url, option="--url")
    name = name if name is not None else name_of(source)
    if not name.isprintable() or not name.strip() or len(name) > _LONGEST_TITLE:
        raise InputError(Problem("--name", f"`{name}` is no title", f"Write it in one line of at most {_LONGEST_TITLE} signs"))
    day = load_tree(folder).dataset.released_on
    text = _SOURCE.format(name=quoted(name), url=quoted(url or PLACEHOLDER), day=day, to_write=TO_WRITE)
    return write_new(folder, _record(folder, folder / "sources" / f"{source}.yaml", "source", text))


def new_framework(folder: Path, framework: str, *, source: str, name: str | None = None) -> list[Path]:
    """Write the record of a framework and return its path. `source` is an id of the bibliography."""
    name = name if name is not None else name_of(framework)
    refuse(framework, name, taken={})
    catalogue = load_tree(folder)
    if not catalogue.advice.bank.questions:
        raise InputError(Problem("ID", "this dataset has no advisor to speak in", "Write its questions first, in checklists/advice/"))
    if source not in catalogue.sources:
        raise InputError(Problem("--source", f"unknown source `{source}`", nearest(source, catalogue.sources)))
    order = 1 + max((record.order for record in catalogue.advice.frameworks.values()), default=0)
    text = _FRAMEWORK.format(name=quoted(name), source=source, order=order, to_write=TO_WRITE)
    return write_new(folder, _record(folder, folder / "advice" / "frameworks" / f"{framework}.yaml", "framework", text))


def new_checklist(folder: Path, checklist: str, *, name: str | None = None) -> list[Path]:
    """Write version 1.0 of a checklist and its page, and return their paths; the page is the last."""
    name = name if name is not None else name_of(checklist)
    refuse(checklist, name, taken={"index": "docs/checklists/index.md is the list of all checklists"})
    day = load_tree(folder).dataset.released_on
    text = _CHECKLIST.format(name=quoted(name), day=day, to_write=TO_WRITE)
    page = _PAGE.format(
        id=checklist, name=name, quoted=quoted(name), description=quoted(f"{name}: items to check, with the result as you fill it in.")
    )
    record = _record(folder, folder / "lists" / checklist / "1.0.yaml", "checklist", text)
    return write_new(folder, {**record, folder.parent / "docs" / "checklists" / f"{checklist}.md": page})


def _record(folder: Path, path: Path, kind: str, text: str) -> dict[Path, str]:
    return {path: f"{schema_line(path.relative_to(folder.parent).as_posix(), kind)}\n{text}"}
