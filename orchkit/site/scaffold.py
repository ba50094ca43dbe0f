"""What a new tool begins as: records in which everything is unknown, with the instructions in comments, and a page."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from orchkit.errors import InputError, Problem
from orchkit.lint.homepages import PLACEHOLDER
from orchkit.lint.schema_lines import schema_line
from orchkit.model.criteria import Criterion
from orchkit.model.tools import Identity, Kind
from orchkit.store.tree import load_tree

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_NAME = re.compile(r"[^\W_](?:[\w .+/&()'-]*[\w.+)'])?\Z")
_ADDRESS = re.compile(r"https://[^\s<>\"/.]+\.[^\s<>\"]+\Z")
_LONGEST = 80
_RESERVED = {"index": "docs/tools/index.md is the list of all tools"}

CITATION = """\
#     sources:
#       - url: the page itself; or `source: ID` of checklists/sources/, or `package: name==version` that you opened
#         shows: which passage supports it
#         read_on: the day on which you read it, like 2026-11-21
"""

_TOOL = """\
# A fact that you have read somewhere:
#   licence:
#     value: Apache-2.0
{citation}# A fact that you cannot verify stays `value: null`, with the reason in `why`.
name: {name}
# A name for narrow columns.
short: {name}
# One of: {kinds}.
kind: orchestrator
# Set to true, and remove the line below it, when at least 7 of the 10 criteria in scores.yaml have a value and the others a reason why not.
ranked: false
why_not_ranked: Its scores have not been reviewed yet.
# The tool's own site.
homepage: {homepage}
# Two plain sentences: what it is and how it thinks.
summary: Nobody has described this tool yet.
# What a workflow, a task and a run are in this tool.
mental_model: Not described yet.
# Situations, one a line, in which it fits; and those in which it does not.
choose_when: []
avoid_when: []
identity:
{identity}# Strengths and weaknesses, each with what supports it:
#   - text: One sentence.
{citation}strengths: []
weaknesses: []
# The same form: what goes wrong at night, published advisories, what a buyer has to know.
breaks: []
vulnerabilities: []
market: []
# Ids of tools in this dataset that a reader should compare it with.
alternatives: []
"""

_SCORES = """\
# A score that somebody has judged:
#   learning-curve:
#     value: 4, a whole number from 1 to 5
#     basis: documented (you read it), reviewed (you used it), measured (there is a record), published (as printed)
#     confidence: high, medium or low: would a second reviewer with the same sources write the same value?
#     why: the reason for this value and not the next one
{citation}# A score that nobody has judged stays null, with the reason in `why`. It is never guessed.
scores:
{scores}"""

_DEPLOYMENTS = """\
# One entry for each way in which the tool can be had, like:
#   self-hosted:
#     name: Self-hosted
#     operator: self_hosted or managed
#     provider: your own team, or the company that runs it
#     summary: what runs where, and who is paged
#     kubernetes_required: true, false, or null with the reason among the limits
#     limits: a list of entries with `text` and `sources`
{citation}deployments: {{}}
"""

_PAGE = """\
---
title: {quoted}
description: {description}
search:
  boost: 1.5
tool: {id}
---

# {name}

{{{{ tool_part("{id}", "header") }}}}

## When it fits

<!-- Whose problem does it solve, and what has to be true before it does? Say it from experience. -->
The records of this tool are new. What stands below is what has been verified so far.

{{{{ tool_part("{id}", "fit") }}}}

## What it does well, and what hurts

<!-- What is said against it that no longer holds? What wakes people up? -->

{{{{ tool_part("{id}", "points") }}}}

## Scores

<!-- Why the values are what they are stands in scores.yaml, criterion by criterion. Say here only how to read them. -->

{{{{ tool_part("{id}", "scores") }}}}

## Where it can be had

{{{{ tool_part("{id}", "deployments") }}}}

## At 3 a.m.

<!-- What has woken people up, and what ends it? -->

{{{{ tool_part("{id}", "breaks") }}}}

## Support and security

{{{{ tool_part("{id}", "security") }}}}

## The company and its terms

{{{{ tool_part("{id}", "market") }}}}

## Getting out

{{{{ tool_part("{id}", "lock_in") }}}}

## What its documentation says

{{{{ tool_part("{id}", "features") }}}}

## What to do next

1. Choose a [checklist](../checklists/index.md) and run its blockers on a trial workflow of your own.
2. [Correct a fact](../contribute/correct-a-fact.md), or fill in one that is still unknown.
"""


def new_tool(folder: Path, tool: str, *, name: str | None = None, homepage: str | None = None) -> list[Path]:
    """Write the three records and the page of a tool, and return their paths; the page is the last.

    `folder` is the dataset's. Nothing is overwritten, and nothing is written when any of it exists. Raises `InputError`
    for a wrong id, name or address, and `DataError` when the dataset cannot be loaded.
    """
    name = name if name is not None else name_of(tool)
    refuse(tool, name, taken=_RESERVED, address=homepage)
    return write_new(folder, _texts(folder, tool, name, homepage or PLACEHOLDER))


def write_new(folder: Path, texts: Mapping[Path, str]) -> list[Path]:
    """Write files that must not exist yet, and return their paths. Raises `InputError` where one exists or cannot be written."""
    if problems := [_exists(path, folder.parent) for path in texts if path.exists() or path.is_symlink()]:
        raise InputError(problems)
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise InputError(Problem(str(path), f"cannot be written: {error.strerror or error}", "Check the permissions")) from None
    return list(texts)


def refuse(id_: str, name: str, *, taken: Mapping[str, str], address: str | None = None, option: str = "--homepage") -> None:
    """Raise `InputError` for a wrong id, name or address. `taken` says of ids that stand for something else what that is."""
    problems = []
    if not _ID.match(id_) or len(id_) > _LONGEST:
        problems.append(
            Problem("ID", f"`{id_}` is no id", f"Use lower-case letters, digits and single hyphens, at most {_LONGEST}, like kubeflow-pipelines")
        )
    elif id_ in taken:
        problems.append(Problem("ID", f"`{id_}` is taken: {taken[id_]}", "Choose another id"))
    elif not _NAME.match(name) or len(name) > _LONGEST:
        problems.append(Problem("--name", f"`{name}` is no name", f"Write it in at most {_LONGEST} letters, digits, blanks and .+/&()'-"))
    if address is not None and not _ADDRESS.match(address):
        problems.append(Problem(option, f"`{address}` is not an https address", f"Write it like {PLACEHOLDER}"))
    if problems:
        raise InputError(problems)


def name_of(id_: str) -> str:
    """Make a name out of an id, for where none is given."""
    return " ".join(id_.split("-")).title()


def quoted(text: str) -> str:
    """Write a text so that YAML takes it as one."""
    return json.dumps(text, ensure_ascii=False)


def _exists(path: Path, root: Path) -> Problem:
    return Problem(path.relative_to(root).as_posix(), "exists already", "Edit it, or choose another id")


def _texts(folder: Path, tool: str, name: str, homepage: str) -> dict[Path, str]:
    criteria = load_tree(folder).criteria
    records = {
        "tool": _TOOL.format(
            name=quoted(name),
            kinds=", ".join(Kind),
            homepage=quoted(homepage),
            identity="".join(f"  {field}:\n    value: null\n    why: Not reviewed yet.\n" for field in Identity.model_fields),
            citation=CITATION,
        ),
        "scores": _SCORES.format(scores="".join(_score(key, criterion) for key, criterion in criteria.items()), citation=CITATION),
        "deployments": _DEPLOYMENTS.format(citation=CITATION),
    }
    texts = {}
    for kind, text in records.items():
        path = folder / "tools" / tool / f"{kind}.yaml"
        texts[path] = f"{schema_line(path.relative_to(folder.parent).as_posix(), kind)}\n{text}"
    description = quoted(f"What is known of {name}, what it is good for, and where it can be had.")
    page = _PAGE.format(id=tool, name=name, quoted=quoted(name), description=description)
    return {**texts, folder.parent / "docs" / "tools" / f"{tool}.md": page}


def _score(key: str, criterion: Criterion) -> str:
    """Write one unknown score under what its criterion asks."""
    asks = [f"{criterion.name}: {criterion.question}", f"1: {criterion.anchors.one}", f"3: {criterion.anchors.three}", f"5: {criterion.anchors.five}"]
    comments = "".join(f"{textwrap.fill(' '.join(line.split()), 118, initial_indent='  # ', subsequent_indent='  #    ')}\n" for line in asks)
    return f"{comments}  {key}:\n    value: null\n    why: Not reviewed yet.\n"
