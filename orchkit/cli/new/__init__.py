"""`orchkit new`: its table of commands."""

from __future__ import annotations

from orchkit.cli.lazy import Entry, group

COMMANDS = {
    "tool": Entry("orchkit.cli.new.tool", "A folder of records and a page for a tool."),
    "checklist": Entry("orchkit.cli.new.checklist", "The first version of a checklist, and its page."),
    "source": Entry("orchkit.cli.new.source", "A text for the bibliography."),
    "framework": Entry("orchkit.cli.new.framework", "A source's framework for the advisor, row by row."),
}

command = group(COMMANDS, "new", "Scaffold a record, and its page where it has one.")
