"""The reference pages, drawn from the code itself: the command from click, the library from its docstrings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import griffe
from markupsafe import Markup

import orchkit
from orchkit.site.endpoints import ENDPOINTS
from orchkit.views.environment import render
from orchkit.views.place import Place

LONGEST_LINE = 80
"""Characters that fit into the content column."""


def command_reference() -> str:
    """Return Markdown: what `--help` prints, for the command and each of its subcommands."""
    from orchkit.cli import main  # noqa: PLC0415 - the site imports the command only for this page

    return "\n".join(f"## `{name}` {{ #{name.replace(' ', '-')} }}\n\n```text\n{text}\n```\n" for name, text in _helps(main, "orchkit", None))


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    with click.Context(command, info_name=name, parent=parent, max_content_width=LONGEST_LINE, terminal_width=LONGEST_LINE) as context:
        full = context.command_path
        yield full, command.get_help(context)
        if isinstance(command, click.Group):
            for child in command.list_commands(context):
                if found := command.get_command(context, child):
                    yield from _helps(found, child, context)


def library_reference() -> str:
    """Return Markdown: every public name of the package with its signature and docstring."""
    return "\n".join(_section(name) for name in orchkit.__all__ if not name.startswith("_"))


def _section(name: str) -> str:
    value = getattr(orchkit, name)
    target = _module(value.__module__)[value.__name__]
    return f"## `orchkit.{name}` {{ #{name} }}\n\n```python\n{_signature(target)}\n```\n\n{_prose(target)}\n"


@cache
def _module(name: str) -> griffe.Module:
    """Parse one module, and no other: its annotations are printed as they are written."""
    file = Path(orchkit.__file__).resolve().parents[1] / f"{name.replace('.', '/')}.py"
    return griffe.visit(name, filepath=file, code=file.read_text(encoding="utf-8"))


def _signature(target: griffe.Object | griffe.Alias) -> str:
    """Write a signature, one parameter a line where it is long."""
    if isinstance(target, griffe.Function):
        parts = [f"    {parameter}," for parameter in _parameters(target)]
        line = f"{target.name}({', '.join(part.strip().rstrip(',') for part in parts)}) -> {target.returns}"
        return line if len(line) <= LONGEST_LINE else "\n".join([f"{target.name}(", *parts, f") -> {target.returns}"])
    bases = ", ".join(str(base) for base in target.bases) if isinstance(target, griffe.Class) else ""
    return f"class {target.name}({bases})" if bases else f"class {target.name}"


def _parameters(function: griffe.Function) -> Iterator[str]:
    starred = False
    for parameter in function.parameters:
        if parameter.kind is griffe.ParameterKind.var_positional:
            starred = True
            yield f"*{parameter.name}: {parameter.annotation}"
            continue
        if parameter.kind is griffe.ParameterKind.keyword_only and not starred:
            starred = True
            yield "*"
        default = f" = {parameter.default}" if parameter.default is not None else ""
        yield f"{parameter.name}: {parameter.annotation}{default}"


def _prose(target: griffe.Object | griffe.Alias) -> str:
    """Return a docstring as Markdown, its doctests fenced."""
    text = target.docstring.value if target.docstring else ""
    prose, _, example = text.partition(">>>")
    return f"{prose.strip()}\n\n```pycon\n>>>{example.rstrip()}\n```\n" if example else prose.strip()


def schema_table(place: Place) -> Markup:
    """Render the list of published JSON Schemas."""
    names = sorted(path.name for path in Path("checklists/schema").glob("*.json"))
    return render("schema_table.html.jinja", names=names, place=place)


def api_table(place: Place) -> Markup:
    """Render what the static API consists of; a path without parameters is a link."""
    return render("api_table.html.jinja", endpoints=ENDPOINTS, place=place)
