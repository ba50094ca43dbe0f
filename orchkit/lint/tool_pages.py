"""A tool has a page and a page has a tool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.lint.subject import Subject
from orchkit.model.base import nearest
from orchkit.store.strict_yaml import Document, parse

_FOLDER = "docs/tools"


def check(subject: Subject) -> Iterator[Problem]:
    """Compare the folders under checklists/tools/ with the pages under docs/tools/."""
    tools = subject.catalogue.tools
    for tool in tools:
        file = f"{_FOLDER}/{tool}.md"
        if file in subject.pages:
            yield from _front_matter_problems(file, subject.pages[file], tool)
        elif not (subject.root / file).exists():
            yield Problem(file, f"is missing: the tool `{tool}` has no page", "Write it; a page that `orchkit new tool` made shows its form")
    for file in subject.pages:
        page = Path(file)
        if page.parent.as_posix() == _FOLDER and page.stem != "index" and page.stem not in tools:
            yield Problem(file, f"there is no tool `{page.stem}` in checklists/tools/", f"{nearest(page.stem, tools)}, or add its records")


def _front_matter_problems(file: str, text: str, tool: str) -> Iterator[Problem]:
    try:
        found = front_matter(text, file)
    except InputError as error:
        yield from error.problems
        return
    named: Any = found.value.get("tool") if isinstance(found.value, dict) else None
    if named != tool:
        fact = "the front matter names no tool" if named is None else f"the front matter names the tool `{named}`, the file `{tool}`"
        yield Problem(f"{file}:{found.line_of(('tool',))}", fact, f"Write `tool: {tool}` between the lines `---` at the top")


def front_matter(text: str, file: str) -> Document:
    """Read the YAML between the two lines `---` at the top of a page, with the lines of the page. Raises `InputError`."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        return Document(None, {})
    rest = [line.rstrip() for line in lines[1:]]
    if "---" not in rest:
        raise InputError(Problem(f"{file}:1", "the front matter has no end", "Add a line `---` after it"))
    return parse("\n".join(["#", *rest[: rest.index("---")]]), file)
