"""A click group that imports a command when it is run, not when it is listed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click

from orchkit.errors import InputError, Problem


class Entry(NamedTuple):
    """Where a command lives, and what the list of commands says of it."""

    module: str
    """A module with a click command named `command`."""
    help: str
    """One line."""


class LazyGroup(click.Group):
    """A group whose commands stand in a table."""

    table: Mapping[str, Entry] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """Name the commands in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import one command."""
        if cmd_name not in self.table:
            return None
        command = import_module(self.table[cmd_name].module).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or say which one may have been."""
        if args[0] not in self.table and not args[0].startswith("-"):
            from orchkit.model.base import nearest  # noqa: PLC0415 - only a wrong name needs it

            raise InputError(Problem(ctx.command_path, f"unknown command `{args[0]}`", nearest(args[0], self.table)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands from the table, so that none is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.table.items()])


def group(table: Mapping[str, Entry], name: str, doc: str) -> LazyGroup:
    """Make a group of commands."""
    made = LazyGroup(name=name, help=doc)
    made.table = table
    return made
