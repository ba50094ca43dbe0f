"""`orchkit new`: its table of commands."""

from __future__ import annotations

from orchkit.cli.lazy import Entry, group

COMMANDS = {"tool": Entry("orchkit.cli.new.tool", "A folder of records and a page for a tool.")}

command = group(COMMANDS, "new", "Scaffold a record and its page.")
